import { describe, expect, test } from "vitest";
import { Condition, comparisons, conditionTerms } from "#contracts/conditions.ts";
import { type Seeded, seeded } from "#core/engine/testing/seeded.ts";
import { parseCondition } from "./parse.ts";
import { conditionText } from "./text.ts";

describe("a condition is read", () => {
  test.each([
    ["fires(V1) > 500", { op: ">", left: { op: "fires", area: "V1" }, right: { op: "number", value: 500 } }],
    ["dweight(S#88121) > 5", { op: ">", left: { op: "dweight", synapse: 88121 }, right: { op: "number", value: 5 } }],
    ["burst_ms()>12", { op: ">", left: { op: "burst_ms" }, right: { op: "number", value: 12 } }],
    ['rate("visual cortex, left", 30)', { op: "rate", area: "visual cortex, left", bursts: 30 }],
    ["fires(X19fcG93ZXI=)", { op: "fires", area: "X19fcG93ZXI=" }],
    ["potential( 4812 )", { op: "potential", neuron: 4812 }],
  ])("%s", (text, expected) => {
    expect(parseCondition(text)).toEqual(expected);
  });

  test("and binds tighter than or, not tighter than and, and a comparison tighter than both", () => {
    const [a, b, c] = ["a", "b", "c"].map((area) => ({ op: "fires", area }));
    expect(parseCondition("fires(a) or fires(b) and not fires(c) > 2")).toEqual({
      op: "or",
      left: a,
      right: { op: "and", left: b, right: { op: "not", value: { op: ">", left: c, right: { op: "number", value: 2 } } } },
    });
  });

  test("sums and products lean to the left", () => {
    expect(conditionText(parseCondition("(1 - 2) - 3 * 4 / 5"))).toBe("1 - 2 - 3 * 4 / 5");
    expect(conditionText(parseCondition("1 - (2 - 3)"))).toBe("1 - (2 - 3)");
    expect(parseCondition("1-2")).toEqual(parseCondition("1 - 2"));
  });

  test("what is written out is read back as the same condition", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const condition = generated(seeded(seed), 5);
      const text = conditionText(condition);
      expect(parseCondition(text), text).toEqual(condition);
      expect(Condition.parse(JSON.parse(JSON.stringify(condition)))).toEqual(condition);
    }
  });
});

describe("a condition that cannot be read is refused with its place", () => {
  test.each([
    ["fires(V1", 9, ") was expected"],
    ["fires(V1) >", 12, "a number, a term or ( was expected"],
    ["fires(V1) 5", 11, "the end was expected"],
    ["spikes(V1)", 1, "there is no term spikes"],
    ["fires()", 7, "the name or id of an area was expected"],
    ["rate(V1)", 8, ", was expected"],
    ["rate(V1, 0)", 10, "a number of bursts from 1"],
    ["weight(N#3)", 8, "an id such as S#4812"],
    ["fired(N#4294967296)", 9, "an id such as N#4812"],
    ["not not fires(V1)", 5, "there is no term not"],
    ["1 < 2 < 3", 7, "the end was expected"],
    ["", 1, "a number, a term or ( was expected"],
    ["fires(V1) && 1", 11, "the end was expected"],
    ["(".repeat(80), 62, "deep at most"],
    ['fires("V1)', 7, "the name or id of an area"],
  ])("%s", (text, at, problem) => {
    expect(() => parseCondition(text)).toThrow(
      expect.objectContaining({ code: "E_INVALID", message: expect.stringContaining(problem), details: expect.objectContaining({ at }) }),
    );
  });
});

function generated(random: Seeded, depth: number): Condition {
  const { int, pick, chance, unit } = random;
  const { areaTerms, windowTerms, neuronTerms, synapseTerms, hostTerms, namedTerms } = conditionTerms;
  const name = () => pick(["V1", 'a "quoted" one', "back\\slash", "X19fcG93ZXI=", "with, comma"]);
  if (depth > 0 && chance(0.7)) {
    const [left, right] = [generated(random, depth - 1), generated(random, depth - 1)];
    return chance(0.2) ? { op: "not", value: left } : { op: pick([...comparisons, "and", "or", "+", "-", "*", "/"]), left, right };
  }
  return pick<() => Condition>([
    () => ({ op: "number", value: pick([int(-5, 900), unit(), 1e21, 5e-324]) }),
    () => ({ op: pick(areaTerms), area: name() }),
    () => ({ op: pick(windowTerms), area: name(), bursts: int(1, 100_000) }),
    () => ({ op: pick(neuronTerms), neuron: int(0, 0xffffffff) }),
    () => ({ op: pick(synapseTerms), synapse: int(0, 100) }),
    () => ({ op: pick(hostTerms) }),
    () => ({ op: pick(namedTerms), name: name() }),
  ])();
}

import { describe, expect, test } from "vitest";
import { writeGenome } from "../genome/save.ts";
import { validateGenome } from "../genome/validate.ts";
import { readParent } from "./birth.ts";
import { drawOf } from "./draw.ts";
import { championOf, judgedOf, reportOf } from "./generation.ts";
import { brainBytes, planOf } from "./plan.ts";
import { attractions, ranking, tournament } from "./select.ts";
import { beatText, bredHere, championText, littleExperiment, littlePlan, to } from "./testing/little-experiment.ts";

describe("an experiment", () => {
  test("gives the same champion for the same seed, byte for byte, and another for another seed", () => {
    expect(championText(littlePlan({ seed: 5 }))).toBe(championText(littlePlan({ seed: 5 })));
    expect(championText(littlePlan({ seed: 6, generations: 2 }))).not.toBe(championText(littlePlan({ seed: 5 })));
  });

  test("gets better, and its champion is never lost", () => {
    const plan = littlePlan({ generations: 8 });
    const best = bredHere(plan).map((generation) => reportOf(generation).best!);
    expect(best).toEqual([...best].sort((a, b) => a - b));
    expect(best[0]).toBeLessThan(best.at(-1)!);
    expect(best.at(-1)).toBeCloseTo(0, 12);
  });

  test("ends after so many generations or evaluations, whichever comes first; who goes on is not judged again", () => {
    const evaluations = (changes: Record<string, unknown>) => bredHere(littlePlan(changes)).map((one) => one.evaluations);
    expect(evaluations({ generations: 2, selection: { elite: 2 } })).toEqual([8, 14]);
    expect(evaluations({ evaluations: 18, selection: { elite: 2 } })).toEqual([8, 14, 18]);
    expect(evaluations({ evaluations: 5 })).toEqual([5]);
  });

  test("tells where everybody came from", () => {
    const generations = bredHere(littlePlan({ selection: { crossover: 1 } }));
    const ids = new Set(generations.flatMap(({ members }) => members.map(({ id }) => id)));
    const judged = generations.at(-1)!.members.map(judgedOf);
    expect(judged.some(({ parents }) => parents.length === 2)).toBe(true);
    for (const { parents, score, sha256 } of judged) {
      for (const parent of parents) expect(ids.has(parent)).toBe(true);
      expect(score).not.toBeNull();
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(generations[0]!.members[0]).toMatchObject({ id: "1-0", parents: [], changes: [] });
  });

  test("has members whose texts are valid and as Gyrus writes them, under an id of their own", () => {
    for (const { id, genome } of bredHere(littlePlan({ generations: 2 })).at(-1)!.members) {
      expect(readParent(genome).id).toBe(`little.${id}`);
      expect(writeGenome(readParent(genome), "feagi-3")).toBe(genome);
      expect(validateGenome(genome).errors).toEqual([]);
    }
  });

  test("breeds no brain that would take more than its memory", () => {
    const operators = { dimensions: { rate: 1, strength: 10 } };
    const largest = (brainMegabytes: number) => {
      const trial = { bursts: 1, fitness: "0 + fires(Echo)", brainMegabytes };
      const plan = littlePlan({ operators, generations: 2, trial });
      return Math.max(
        ...bredHere(plan).flatMap(({ members }) => members.map(({ genome }) => brainBytes(readParent(genome), plan.experiment))),
      );
    };
    const limit = brainBytes(readParent(beatText()), littleExperiment()) + 500;
    expect(largest(1)).toBeGreaterThan(limit);
    expect(largest(limit / 1e6)).toBeLessThanOrEqual(limit);
  });

  test("goes on where brains fail, and says why they did", () => {
    // Removing the mapping leaves an echo that never fires: its rate is known, its rate over its rate is not.
    const operators = { removeMapping: { rate: 1 } };
    const plan = littlePlan({ operators, trial: { bursts: 30, fitness: "rate(Echo, 9) / rate(Echo, 9)", brainMegabytes: 1 } });
    const first = bredHere(plan)[0]!;
    const report = reportOf(first);
    expect(report.failed).toBe(7);
    expect(championOf(first).id).toBe("1-0");
    expect(judgedOf(first.members[1]!)).toMatchObject({ score: null, failure: "rate(Echo, 9) / rate(Echo, 9) has no value (NaN)" });
  });
});

describe("before anything starts", () => {
  const plan =
    (changes: Record<string, unknown>, text = beatText()) =>
    () =>
      planOf(littleExperiment(changes), [text]);
  const trial = (fitness: unknown, rest: object = {}) => ({ trial: { bursts: 10, brainMegabytes: 1, fitness, ...rest } });

  test.each([
    ["a genome that does not load", {}, beatText().slice(0, 300), "E_GENOME"],
    ["a genome that leads nowhere", {}, beatText(to("c_gone__")), "E_GENOME"],
    ["a brain beyond its memory", {}, beatText({ "cx-___bbx-i": 200, "cx-___bby-i": 200 }), "E_INVALID"],
    ["an area that is not there", trial("rate(Nobody, 5)"), undefined, "E_NOT_FOUND"],
    ["an expression that cannot be read", trial("rate(Echo"), undefined, "E_INVALID"],
    ["a fitness of this machine", trial("0 - burst_ms()"), undefined, "E_INVALID"],
    ["a term nothing answers", trial("emitted(motor)"), undefined, "E_UNSUPPORTED"],
    [
      "an agent that senses by an unknown area",
      trial([{ kind: "agent", agent: "tracker", senses: "Nobody", acts: "Echo" }]),
      undefined,
      "E_NOT_FOUND",
    ],
    ["a voxel outside", trial([{ kind: "pattern", area: "Echo", raster: [[0, 4, 0, 0]] }]), undefined, "E_INVALID"],
    ["a burst after the last", trial([{ kind: "expression", expression: "fires(Echo)", at: 11 }]), undefined, "E_INVALID"],
    [
      "a stimulus on nothing",
      trial("fires(Echo)", { stimuli: [{ area: "Eye", kind: "poisson", amplitude: 1 }] }),
      undefined,
      "E_NOT_FOUND",
    ],
    ["bounds beyond the operator's", { operators: { leak: { rate: 1, max: 2 } } }, undefined, "E_INVALID"],
    ["no operator", { operators: { leak: { rate: 0 } } }, undefined, "E_INVALID"],
    ["an operator on no area", { operators: { leak: { rate: 1, areas: ["Nobody"] } } }, undefined, "E_NOT_FOUND"],
  ])("%s is refused", (_what, changes, text, code) => {
    expect(plan(changes, text)).toThrow(expect.objectContaining({ code }));
  });
});

describe("selection", () => {
  test("the best come first, failures last, and of equals who was born first", () => {
    expect(ranking([{ score: 1 }, { score: null }, { score: 3 }, { score: 1 }])).toEqual([2, 0, 3, 1]);
  });

  test("a species shares what its members are worth", () => {
    expect(attractions([2, 0, 1], [0, 0, 0])).toEqual([2 / 3, 1 / 3, 1]);
    expect(attractions([2, 0, 1], [0, 1, 0])).toEqual([1, 1, 1.5]);
  });

  test("a larger tournament is won by better ones", () => {
    const mean = (size: number) => {
      const winners = Array.from({ length: 200 }, (_, i) => tournament([4, 3, 2, 1], size, drawOf(`${i}`)));
      return winners.reduce((sum, one) => sum + one, 0) / winners.length;
    };
    expect(mean(1)).toBeGreaterThan(mean(3));
    expect(mean(20)).toBeLessThan(0.1);
  });

  test("with species, a generation reports how many there are", () => {
    const [generation] = bredHere(littlePlan({ generations: 1, selection: { speciesDistance: 0.001 } }));
    expect(reportOf(generation!).species).toBeGreaterThan(1);
  });
});

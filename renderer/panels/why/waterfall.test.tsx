import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Account, Contribution } from "#contracts/debug.ts";
import { accountCsv } from "./account-files.ts";
import { Waterfall } from "./Waterfall.tsx";
import { barsOf, scaleOf, thresholdOf } from "./waterfall.ts";

const synapse = (slot: number, value: number, sum: number): Contribution => ({
  origin: "synapse",
  value,
  sum,
  synapse: {
    slot,
    source: 100 + slot,
    firedAt: 4,
    delay: 1,
    weight: Math.abs(value),
    psp: 1,
    mpDriven: false,
    inhibitory: value < 0,
    divisor: 1,
    factor: 1,
  },
});

function account(values: readonly number[], more: Partial<Account> = {}): Account {
  let sum = 0;
  const contributions = values.map((value, slot) => {
    sum = Math.fround(sum + value);
    return synapse(slot, value, sum);
  });
  return {
    neuron: 7,
    burst: 5,
    area: 1,
    fired: true,
    cause: "dynamics",
    sentence: "",
    carried: { stored: 4, elapsed: 1, leak: 0.5, forgotten: false, left: 2, drive: 0 },
    contributions,
    sum,
    input: sum,
    potential: 2 + sum,
    tests: [{ name: "threshold", passed: true, value: 2 + sum, bound: 3, text: "" }],
    blockedBy: null,
    engine: { sum, potential: 2 + sum, firedPotential: 2 + sum },
    residual: { sum: 0, potential: 0 },
    exact: true,
    ...more,
  };
}

test("bars stand on the engine's own partial sums, from what was carried to the potential", () => {
  const bars = barsOf(account([0.1, 0.2, -0.5]));
  expect(bars.map(({ kind }) => kind)).toEqual(["carried", "contribution", "contribution", "contribution", "potential"]);
  for (const [at, bar] of bars.slice(1, -1).entries()) expect(bar.from).toBe(bars[at]!.to);
  const [, , , last, whole] = bars;
  expect(last!.to).toBe(2 + Math.fround(Math.fround(Math.fround(0.1) + 0.2) - 0.5));
  expect(whole).toMatchObject({ from: 0, value: account([0.1, 0.2, -0.5]).potential });
});

test("of many contributions the small ones are joined, and none is lost", () => {
  const values = Array.from({ length: 300 }, (_, at) => (at % 15 === 0 ? 10 : 0.25));
  const bars = barsOf(account(values));
  const joined = bars.flatMap((bar) => (bar.kind === "smaller" ? [bar] : []));
  const single = bars.filter(({ kind }) => kind === "contribution");
  expect(single.length + joined.reduce((sum, { count }) => sum + count, 0)).toBe(300);
  expect(single.length).toBeGreaterThanOrEqual(20);
  expect(bars.at(-2)!.to).toBe(bars.at(-1)!.to);
});

test("what of the sum does not count is a bar of its own", () => {
  const refractory = account([5], { input: 0, potential: 2, tests: [], fired: false });
  const lost = barsOf(refractory).find(({ kind }) => kind === "notCounted");
  expect(lost).toMatchObject({ value: -5, from: 7, to: 2 });
  expect(thresholdOf(refractory)).toBeNull();
});

test("the scale holds every bar, zero and the threshold, and is never empty", () => {
  expect(scaleOf(barsOf(account([1, -6])), 3)).toEqual([-3, 3]);
  const nothing = account([], { carried: { stored: 0, elapsed: 1, leak: 0, forgotten: false, left: 0, drive: 0 }, potential: 0 });
  expect(scaleOf(barsOf(nothing), null)).toEqual([0, 1]);
});

test("only what a replay can leave out has a box, named after where it came from", () => {
  const shown = account([1], { contributions: [synapse(3, 1, 1), { origin: "power", value: 2, sum: 3, synapse: null }] });
  const html = renderToStaticMarkup(
    <Waterfall
      account={shown}
      nameOf={(neuron) => `V1 ${neuron}`}
      chosen={new Set([3])}
      withoutInput={false}
      onChoose={() => {}}
      onChooseInput={() => {}}
    />,
  );
  expect(html.match(/type="checkbox"/g)).toHaveLength(1);
  expect(html).toContain('aria-label="Leave out → V1 103"');
  expect(html).toContain('checked=""');
});

test("the table to take away has the numbers as they are, in the engine's order", () => {
  expect(
    accountCsv({ account: account([0.1, -2]) })
      .trim()
      .split("\n")
      .slice(1),
  ).toEqual([
    `synapse,0,100,4,1,0.1,1,false,1,1,0.1,${Math.fround(0.1)}`,
    `synapse,1,101,4,1,2,1,true,1,1,-2,${Math.fround(Math.fround(0.1) - 2)}`,
  ]);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Trial } from "#contracts/evolution.ts";
import { A, MEMORY, switchedGenome } from "../development/testing/switched.ts";
import { readParent } from "./birth.ts";
import { evaluate } from "./evaluate.ts";
import { beatText, createEngine } from "./testing/little-experiment.ts";

/** Echo fires in bursts 3, 7, 11 … with a refractory period of 3. */
const fourth = beatText({ "nx-refrac-i": 3 });

function worth(fitness: unknown, text = fourth, rest: object = {}) {
  return evaluate(readParent(text), Trial.parse({ bursts: 42, fitness, ...rest }), createEngine);
}

test("an expression is told of the last burst, of a named one, or as a mean", () => {
  expect(worth("rate(Echo, 20) - 2 * synchrony(Beat, 20)")).toEqual({ score: 0.25, values: [0.25] });
  const fires = (rest: object) => worth([{ kind: "expression", expression: "fires(Echo)", ...rest }]);
  const bursts = [1, 2, 3, 4, 5, 6, 7, 8].filter((at) => "score" in fires({ at }) && (fires({ at }) as { score: number }).score === 1);
  expect(bursts).toHaveLength(2);
  expect(bursts[1]! - bursts[0]!).toBe(4);
  expect(fires({ meanFrom: 23 })).toMatchObject({ score: 0.25 });
});

test("a pattern is 1 where spikes are as wanted, 0 for silence, and between for what is missed or too much", () => {
  const first = [1, 2, 3, 4].find((burst) => {
    const told = worth([{ kind: "expression", expression: "fires(Echo)", at: burst + 20 }]);
    return "score" in told && told.score === 1;
  })!;
  const pattern = (raster: number[], text = fourth) =>
    worth([{ kind: "pattern", area: "Echo", from: first + 4, period: 4, raster: raster.map((burst) => [burst, 0, 0, 0]) }], text);
  expect(pattern([0])).toMatchObject({ score: 1 });
  expect(pattern([1])).toMatchObject({ score: 0 });
  expect(pattern([0, 1])).toMatchObject({ score: expect.closeTo(2 / 3, 1) });
  // Twice as often as wanted: half of the spikes hit.
  expect(pattern([0], beatText())).toMatchObject({ score: expect.closeTo(2 / (1 + 4), 1) });
  expect(pattern([0], beatText({ "nx-fire_t-f": 99 }))).toMatchObject({ score: 0 });
});

test("the score is the weighted sum of all observables", () => {
  const told = worth([
    { kind: "expression", expression: "rate(Echo, 20)", weight: 8 },
    { kind: "expression", expression: "rate(Beat, 20)", weight: -0.5 },
  ]);
  expect(told).toEqual({ score: 1.5, values: [0.25, 1] });
});

test("stimuli reach their area, and a Poisson one is the same every time", () => {
  const deaf = beatText({ "nx-fire_t-f": 5 });
  const stimuli = [{ area: "Echo", kind: "poisson", amplitude: 9, probability: 0.3, seed: 4, from: 3 }];
  const told = worth("rate(Echo, 40)", deaf, { stimuli });
  expect(told).toMatchObject({ score: expect.closeTo(0.26, 0.5) });
  expect((told as { score: number }).score).toBeGreaterThan(0.1);
  expect(worth("rate(Echo, 40)", deaf, { stimuli })).toEqual(told);
  expect(worth("rate(Echo, 40)", deaf)).toMatchObject({ score: 0 });
});

test("a brain beyond its memory is refused before it grows, with the reason as its failure", () => {
  const large = beatText({ "cx-___bbx-i": 300, "cx-___bby-i": 300 });
  expect(worth("rate(Echo, 4)", large, { brainMegabytes: 0.5 })).toMatchObject({ failure: expect.stringContaining("room for 500 KB") });
});

test("an agent says how well its eye follows the target, the same every time", () => {
  const probe = readFileSync(new URL("../genome/golden/probe-edits.json", import.meta.url), "utf8");
  const followed = (acts: string, rest: object = {}) => {
    const told = worth([{ kind: "agent", agent: "tracker", senses: "A", acts, ...rest }], probe);
    return "score" in told ? told.score : Number.NaN;
  };
  // A fires where it is shone on, in the same burst; B, to which A leads, looks where the target was.
  expect(followed("A")).toBe(1);
  expect(followed("B")).toBeGreaterThan(0.6);
  expect(followed("B")).toBeLessThan(1);
  expect(followed("B", { pace: 1 })).toBeLessThan(followed("B"));
  expect(followed("B")).toBe(followed("B"));
  expect(followed("A", { amplitude: 0 })).toBe(0);
});

test("a brain with a memory area forms and recognises memories while it is judged", () => {
  const areas = {
    [A]: { to: { [MEMORY]: [{ morphology_id: "episodic_memory" }] } },
    [MEMORY]: { size: [1, 1, 1] as [number, number, number], init_lifespan: 40 },
  };
  const { source } = switchedGenome(areas);
  const stimuli = [{ area: A, kind: "voxels", voxels: [[0, 0, 0]], amplitude: 9, from: 2, every: 10 }];
  const fires = (at: number) => worth([{ kind: "expression", expression: `fires(${MEMORY})`, at }], source, { stimuli });
  const bursts = Array.from({ length: 30 }, (_, i) => i + 1).filter((at) => (fires(at) as { score: number }).score > 0);
  // Each time its pattern was there in the burst before.
  expect(bursts).toEqual([3, 13, 23]);
});

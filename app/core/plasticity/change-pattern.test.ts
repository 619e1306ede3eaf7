import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ChangeCoding, changeHash, changeSteps } from "./change-pattern.ts";

interface GoldenCase {
  mode: "mp_differential" | "mp_ratio";
  quantization: number;
  areas: { area: number; frames: [id: number, potential: number][][] }[];
  steps: [id: number, bucket: number][][];
  hash: string;
}
const golden: { cases: GoldenCase[] } = JSON.parse(readFileSync(new URL("golden/mp_change_patterns.json", import.meta.url), "utf8"));

const frameOf = (fires: [number, number][]) => ({ ids: fires.map(([id]) => id), potentials: fires.map(([, potential]) => potential) });

test.each(golden.cases.map((one, i) => [i, one] as const))("recorded case %d has the recorded buckets and hash", (_, recorded) => {
  const coding: ChangeCoding = { by: recorded.mode === "mp_ratio" ? "ratio" : "difference", quantization: recorded.quantization };
  const steps = changeSteps(
    recorded.areas.map(({ frames }) => frames.map(frameOf)),
    coding,
  );
  expect(steps).toEqual(recorded.steps);
  expect(changeHash(steps, coding)!.toString(16).padStart(16, "0")).toBe(recorded.hash);
});

const difference: ChangeCoding = { by: "difference", quantization: 1 };

test("halves go away from zero, and what is just short of one stays at zero", () => {
  const now = frameOf([
    [1, 0.5],
    [2, -0.5],
    [3, 0.49999997],
    [4, -2.5],
  ]);
  expect(changeSteps([[frameOf([]), now]], difference)).toEqual([
    [
      [1, 1],
      [2, -1],
      [3, 0],
      [4, -3],
    ],
  ]);
});

test("a ratio needs both potentials above zero; where nobody took part there is no pattern", () => {
  const ratio: ChangeCoding = { by: "ratio", quantization: 20 };
  const steps = changeSteps(
    [
      [
        frameOf([
          [1, 0],
          [2, 1],
          [3, 2],
        ]),
        frameOf([
          [1, 1],
          [2, -1],
          [4, 2],
        ]),
      ],
    ],
    ratio,
  );
  expect(steps).toEqual([[]]);
  expect(changeHash(steps, ratio)).toBeUndefined();
  expect(changeHash(changeSteps([[frameOf([]), frameOf([])]], difference), difference)).toBeUndefined();
});

test("a change that did not move a bucket is still a pattern, another than silence", () => {
  const still = changeSteps([[frameOf([[1, 3]]), frameOf([[1, 3.2]])]], difference);
  expect(still).toEqual([[[1, 0]]]);
  expect(changeHash(still, difference)).toBeDefined();
});

test("potentials beyond all bounds still make a pattern", () => {
  const steps = changeSteps(
    [
      [
        frameOf([[1, 1]]),
        frameOf([
          [1, Number.POSITIVE_INFINITY],
          [2, Number.NEGATIVE_INFINITY],
          [3, Number.NaN],
        ]),
      ],
    ],
    difference,
  );
  expect(changeHash(steps, difference)).toBeDefined();
});

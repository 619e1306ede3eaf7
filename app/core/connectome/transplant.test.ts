import { expect, test } from "vitest";
import { grown } from "../development/grow.ts";
import { handMade, idOf } from "../development/testing/hand-made.ts";
import { GONE, transplant } from "./transplant.ts";

test("neurons of unchanged areas move with their area; those of resized or removed areas are gone", () => {
  const old = grown(
    handMade({ caaaaaaa: { dimensions: [2, 1, 1] }, cbbbbbbb: { dimensions: [3, 1, 1] }, cccccccc: {}, cddddddd: { neuronsPerVoxel: 2 } }),
  );
  const regrown = grown(
    handMade({ caaaaaaa: { dimensions: [4, 1, 1] }, cbbbbbbb: { dimensions: [3, 1, 1] }, cddddddd: { neuronsPerVoxel: 1 } }),
  );
  const moves = transplant(old, regrown);
  expect([...moves.slice(0, 7)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([...moves.slice(7)]).toEqual([GONE, GONE, 11, 12, 13, GONE, GONE, GONE]);
  expect(regrown.areas.get(idOf("cbbbbbbb"))!.firstNeuron).toBe(11);
});

import { expect, test } from "vitest";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { readVoxels, voxelsText } from "./voxels-text.ts";

const V1 = { id: "Y0FBQUFBX18=", name: "V1", dimensions: [8, 4, 1] } as unknown as CorticalArea;
const areas = new Map([[V1.id, V1]]);

test("what was copied is read again as it was", () => {
  const voxels: Vec3[] = [
    [7, 3, 0],
    [0, 0, 0],
  ];
  expect(voxelsText(V1.id, voxels)).toBe('{"area":"Y0FBQUFBX18=","voxels":[[7,3,0],[0,0,0]]}');
  expect(readVoxels(voxelsText(V1.id, voxels), areas)).toEqual({ area: V1, voxels });
});

test.each([
  ["Hello", /^This is no JSON: .*Hello/],
  ["[1, 2]", /^the text as a whole: .*expected object/i],
  ['{"area":"Y0FBQUFBX18=","voxels":[]}', /^voxels: .*>=1/],
  ['{"area":"Y0FBQUFBX18=","voxels":[[0,0,0],[1,-2,0]]}', /^voxels\[1\]\[1\]: .*>=0/],
  ['{"area":"Y0FBQUFBX18=","voxels":[[0,0]]}', /^voxels\[0\]/],
  ['{"area":"nobody","voxels":[[0,0,0]]}', /^area: no cortical area here has the id nobody/],
  ['{"area":"Y0FBQUFBX18=","voxels":[[0,0,0],[8,0,0]]}', /^voxels\[1\]: 8, 0, 0 is not inside V1, which has 8 × 4 × 1 voxels/],
])("%s is refused by what is wrong and where", (text, message) => expect(() => readVoxels(text, areas)).toThrow(message));

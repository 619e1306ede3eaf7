import fc from "fast-check";
import { expect, test } from "vitest";
import type { Vec3 } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "./genome.ts";
import { placementPreview } from "./placement.ts";

const within = (least: number, most: number) =>
  fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: least, max: most }))) as fc.Arbitrary<Vec3>;
const boxes = fc.record({ position: within(-4, 4), dimensions: within(1, 3) });
const genomeOf = (standing: { position: Vec3; dimensions: Vec3 }[]) =>
  ({ areas: new Map(standing.map((box, i) => [String(i), { id: String(i), ...box } as GenomeArea])) }) as Genome;
type Box = { position: Vec3; dimensions: Vec3 };
const overlap = (a: Box, b: Box) =>
  [0, 1, 2].every((i) => a.position[i]! < b.position[i]! + b.dimensions[i]! && b.position[i]! < a.position[i]! + a.dimensions[i]!);
const distance = (a: Vec3, b: Vec3) => a.reduce((sum, one, i) => sum + (one - b[i]!) ** 2, 0);

test("the proposed position is free, and no other whole position is nearer", () => {
  fc.assert(
    fc.property(fc.array(boxes, { maxLength: 6 }), boxes, (standing, box) => {
      const [placed] = placementPreview(genomeOf(standing), [box]);
      const isFree = (position: Vec3) => !standing.some((one) => overlap(one, { ...box, position }));
      expect(isFree(placed!.free)).toBe(true);
      expect(placed!.overlaps).toEqual(standing.flatMap((one, i) => (overlap(one, box) ? [String(i)] : [])));
      const found = distance(placed!.free, box.position);
      const reach = Math.floor(Math.sqrt(found));
      for (let x = -reach; x <= reach; x++)
        for (let y = -reach; y <= reach; y++)
          for (let z = -reach; z <= reach; z++) {
            if (x * x + y * y + z * z >= found) continue;
            expect(isFree([box.position[0] + x, box.position[1] + y, box.position[2] + z])).toBe(false);
          }
    }),
    { numRuns: 200, seed: 3 },
  );
});

test("boxes that are placed together keep clear of each other, and whole positions are proposed", () => {
  const box = { position: [0.4, 0, 0] as Vec3, dimensions: [2, 2, 2] as Vec3 };
  const [first, second] = placementPreview(genomeOf([]), [box, box]);
  expect(first).toEqual({ ...box, overlaps: [], free: [0, 0, 0] });
  expect(second!.free).toEqual([2, 0, 0]);
});

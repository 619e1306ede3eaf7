import fc from "fast-check";
import { expect, test } from "vitest";
import { communitiesOf, type Link } from "./communities.ts";

const clique = (...areas: number[]): Link[] =>
  areas.flatMap((src) => areas.filter((dst) => dst !== src).map((dst) => ({ src, dst, weight: 10 })));

test("areas that are linked among themselves are one community each; the larger one is the first", () => {
  const { of, modularity } = communitiesOf(8, [...clique(0, 3, 5), ...clique(1, 2, 4, 6), { src: 5, dst: 1, weight: 10 }]);
  expect(of).toEqual([2, 1, 1, 2, 1, 2, 1, null]);
  // 19 links of one weight: 6 and 12 within, 13 and 25 of 38 ends.
  expect(modularity).toBeCloseTo(18 / 19 - (13 / 38) ** 2 - (25 / 38) ** 2, 12);
});

test("links decide by their weight: a ring falls apart where it is thin", () => {
  const ring = [9, 1, 9, 1].map((weight, at) => ({ src: at, dst: (at + 1) % 4, weight }));
  expect(communitiesOf(4, ring).of).toEqual([1, 1, 2, 2]);
});

test("an area that is linked to itself alone is a community, and without links there is none", () => {
  expect(communitiesOf(3, [{ src: 1, dst: 1, weight: 5 }])).toEqual({ of: [null, 1, null], modularity: 0 });
  expect(communitiesOf(2, [])).toEqual({ of: [null, null], modularity: null });
});

test("modularity is that of the communities, and no worse than of one community or of each area alone", () => {
  const link = fc.record({ src: fc.nat(9), dst: fc.nat(9), weight: fc.integer({ min: 1, max: 1000 }) });
  fc.assert(
    fc.property(fc.array(link, { minLength: 1, maxLength: 40 }), (links) => {
      const { of, modularity } = communitiesOf(10, links);
      expect(modularity).toBeCloseTo(modularityOf(of, links), 9);
      const alone = [...Array(10).keys()];
      for (const other of [alone, alone.map(() => 0)]) expect(modularity!).toBeGreaterThanOrEqual(modularityOf(other, links) - 1e-9);
    }),
  );
});

/** By its definition, over all pairs. */
function modularityOf(of: readonly (number | null)[], links: readonly Link[]): number {
  const total = links.reduce((sum, { weight }) => sum + 2 * weight, 0);
  const degree = of.map((_, at) =>
    links.reduce((sum, { src, dst, weight }) => sum + weight * (Number(src === at) + Number(dst === at)), 0),
  );
  const within = links.reduce((sum, { src, dst, weight }) => sum + (of[src] === of[dst] ? 2 * weight : 0), 0);
  let expected = 0;
  for (const [i, a] of of.entries()) for (const [j, b] of of.entries()) if (a === b) expected += (degree[i]! * degree[j]!) / total;
  return (within - expected) / total;
}

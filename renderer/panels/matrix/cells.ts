/** What a connectivity matrix draws: areas in an order, and of each pair how strong it is among all. */
import type { Flow } from "#contracts/commands/analysis.ts";
import type { MatrixOrder, MatrixValue } from "../../stores/matrix-store.ts";

export interface Cell {
  /** Places in the order. */
  row: number;
  column: number;
  pair: Flow["pairs"][number];
  value: number;
  /** 0 to 1 of the largest, by size; negative weights keep their sign in `value`. */
  strength: number;
}

export interface MatrixCells {
  /** Indices into `flow.areas`; only those that send or receive. */
  order: number[];
  /** Places in the order at which another region or community begins; none where it is by neither. */
  breaks: number[];
  cells: Cell[];
  largest: number;
}

export function matrixCells(flow: Flow, value: MatrixValue, order: MatrixOrder, isLogarithmic: boolean): MatrixCells {
  const traffic = new Map<number, number>();
  for (const { src, dst, flow: sent } of flow.pairs) for (const at of [src, dst]) traffic.set(at, (traffic.get(at) ?? 0) + sent);
  const keyOf = (at: number) => flow.areas[at]!;
  const byName = (a: number, b: number) => keyOf(a).name.localeCompare(keyOf(b).name) || a - b;
  const regionOf = (at: number) => keyOf(at).region;
  const communityOf = (at: number) => keyOf(at).community ?? 0;
  const comparisons: Record<MatrixOrder, (a: number, b: number) => number> = {
    name: byName,
    region: (a, b) => regionOf(a).localeCompare(regionOf(b)) || byName(a, b),
    community: (a, b) => communityOf(a) - communityOf(b) || byName(a, b),
    traffic: (a, b) => traffic.get(b)! - traffic.get(a)! || byName(a, b),
  };
  const sorted = [...traffic.keys()].sort(comparisons[order]);
  const groupOf = order === "region" ? regionOf : order === "community" ? communityOf : () => "";
  const breaks = sorted.flatMap((at, place) => (place > 0 && groupOf(sorted[place - 1]!) !== groupOf(at) ? [place] : []));
  const placeOf = new Map(sorted.map((at, place) => [at, place]));
  const sizes = flow.pairs.map((pair) => Math.abs(pair[value]));
  const largest = Math.max(0, ...sizes);
  const scaled = (size: number) => (isLogarithmic ? Math.log1p(size) / Math.log1p(largest) : size / largest);
  const cells = flow.pairs.map((pair) => ({
    ...{ row: placeOf.get(pair.src)!, column: placeOf.get(pair.dst)!, pair, value: pair[value] },
    strength: largest === 0 ? 0 : scaled(Math.abs(pair[value])),
  }));
  return { order: sorted, breaks, cells, largest };
}

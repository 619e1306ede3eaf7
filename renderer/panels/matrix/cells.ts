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
  cells: Cell[];
  largest: number;
}

export function matrixCells(flow: Flow, value: MatrixValue, order: MatrixOrder, isLogarithmic: boolean): MatrixCells {
  const traffic = new Map<number, number>();
  for (const { src, dst, flow: sent } of flow.pairs) for (const at of [src, dst]) traffic.set(at, (traffic.get(at) ?? 0) + sent);
  const keyOf = (at: number) => flow.areas[at]!;
  const byName = (a: number, b: number) => keyOf(a).name.localeCompare(keyOf(b).name) || a - b;
  const comparisons: Record<MatrixOrder, (a: number, b: number) => number> = {
    name: byName,
    region: (a, b) => keyOf(a).region.localeCompare(keyOf(b).region) || byName(a, b),
    traffic: (a, b) => traffic.get(b)! - traffic.get(a)! || byName(a, b),
  };
  const sorted = [...traffic.keys()].sort(comparisons[order]);
  const placeOf = new Map(sorted.map((at, place) => [at, place]));
  const sizes = flow.pairs.map((pair) => Math.abs(pair[value]));
  const largest = Math.max(0, ...sizes);
  const scaled = (size: number) => (isLogarithmic ? Math.log1p(size) / Math.log1p(largest) : size / largest);
  const cells = flow.pairs.map((pair) => ({
    ...{ row: placeOf.get(pair.src)!, column: placeOf.get(pair.dst)!, pair, value: pair[value] },
    strength: largest === 0 ? 0 : scaled(Math.abs(pair[value])),
  }));
  return { order: sorted, cells, largest };
}

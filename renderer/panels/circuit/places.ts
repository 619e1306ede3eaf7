/** Where nodes are: inner ones where the genome has them, those outside of the region in columns beside it. */
import type { CircuitItem } from "./circuit-graph.ts";
import type { Places } from "./use-layers.ts";

const columnGap = 160;
const rowGap = 56;
/** Of a node that has not been measured. */
export const usualSize = { width: 150, height: 34 };

/** Inner nodes where the genome has them; what is outside in columns to the left and right. */
export function placed(items: readonly CircuitItem[], places: Places): { item: CircuitItem; x: number; y: number }[] {
  const inner = items.flatMap((item) => {
    if (item.kind === "area" && item.side !== "inside") return [];
    return [{ item, ...(places.get(item.id) ?? { x: 0, y: 0 }) }];
  });
  const xs = inner.map(({ x }) => x);
  const top = Math.min(0, ...inner.map(({ y }) => y));
  const columns = { before: Math.min(0, ...xs) - usualSize.width - columnGap, after: Math.max(0, ...xs) + usualSize.width + columnGap };
  const rows = { before: 0, after: 0 };
  const outer = items.flatMap((item) => {
    if (item.kind !== "area" || item.side === "inside") return [];
    return [{ item, x: columns[item.side], y: top + rows[item.side]++ * rowGap }];
  });
  return [...inner, ...outer];
}

/**
 * Whether nodes can be read where the genome has them. Genomes from elsewhere often leave them on one spot or a screen's width
 * apart each; then the view lays them out in layers, for itself alone.
 */
import type { Placed } from "./circuit-graph.ts";

/** A window's worth of nodes at the smallest zoom at which names can still be made out. */
const widest = 4200;
const highest = 2800;
/** Of the nodes. */
const mostOverlapping = 0.15;

export function isReadable(nodes: readonly Placed[]): boolean {
  const right = Math.max(...nodes.map(({ x, width }) => x + width));
  const bottom = Math.max(...nodes.map(({ y, height }) => y + height));
  const left = Math.min(...nodes.map(({ x }) => x));
  const top = Math.min(...nodes.map(({ y }) => y));
  if (right - left > widest || bottom - top > highest) return false;
  const covered = nodes.filter((node, i) => nodes.some((other, j) => i !== j && overlap(node, other)));
  return covered.length <= nodes.length * mostOverlapping;
}

function overlap(a: Placed, b: Placed): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

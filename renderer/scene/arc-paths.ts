/**
 * Mappings as arcs: what each says (sign, plasticity, how many synapses) and where it runs. An arc leaves the top of its source and
 * lands on the top of its target; between regions it passes over both, so that what leads the same way runs together.
 * Bundling: D. Holten, Hierarchical Edge Bundles, IEEE TVCG 12 (2006).
 */
import type { CorticalId, CorticalMapping, Vec3 } from "#contracts/connectome.ts";
import { type Box, union } from "./placement.ts";

export interface Arc {
  src: CorticalId;
  dst: CorticalId;
  inhibitory: boolean;
  plastic: boolean;
  /** Of the whole mapping: rules of both signs are two arcs of one count. */
  synapses: number;
}
interface Route {
  /** Points along it, first and last on the boxes. */
  path: Vec3[];
}
export type RoutedArc = Arc & Route;

const segments = 20;
/** How much of the way over the regions is taken; 0 is straight on. */
const bundling = 0.85;
/** Rise of an arc as a share of its length. */
const rise = 0.16;
/** Where an arc over nothing reaches its height, as a share of its length. */
const shoulder = 0.22;
const widest = 6;

export function arcsOf(mappings: readonly CorticalMapping[]): Arc[] {
  return mappings.flatMap(({ src, dst, rules, synapses }) =>
    [false, true].flatMap((inhibitory) => {
      const ofSign = rules.filter(({ multiplier }) => multiplier < 0 === inhibitory);
      return ofSign.length === 0 ? [] : [{ src, dst, inhibitory, plastic: ofSign.some(({ plastic }) => plastic), synapses }];
    }),
  );
}

/** CSS pixels: one for the first synapse and one more for every ten times as many. */
export function arcWidth(synapses: number): number {
  return Math.min(widest, 1 + Math.floor(Math.log10(1 + synapses)));
}

/** `regionOf`: the region of an area, with which others its arcs are bundled. Arcs without a box on both sides are left out. */
export function routeArcs(
  arcs: readonly Arc[],
  boxes: ReadonlyMap<CorticalId, Box>,
  regionOf: (id: CorticalId) => string | undefined,
): RoutedArc[] {
  const byRegion = Map.groupBy(boxes.keys(), (id) => regionOf(id) ?? "");
  const tops = new Map([...byRegion].map(([region, ids]) => [region, topOf(union(ids.map((id) => boxes.get(id)!))!, 0)]));
  return arcs.flatMap((arc) => {
    const [from, to] = [boxes.get(arc.src), boxes.get(arc.dst)];
    if (!from || !to) return [];
    const [a, b] = [regionOf(arc.src) ?? "", regionOf(arc.dst) ?? ""];
    const over = a === b ? [] : [tops.get(a)!, tops.get(b)!];
    // Out on the left, in on the right: there and back are two lines.
    const [start, end] = [topOf(from, -0.25), topOf(to, 0.25)];
    return [{ ...arc, path: pathOf(start, end, over, arc.src === arc.dst ? loopSize(from) : 0, arc.inhibitory ? 1.25 : 1) }];
  });
}

function pathOf(start: Vec3, end: Vec3, over: readonly Vec3[], loop: number, lift: number): Vec3[] {
  const length = Math.hypot(...start.map((at, i) => end[i]! - at));
  const height = Math.max(loop, length * rise) * lift;
  const top = Math.max(start[1], end[1]) + height;
  const raised = ([x, , z]: Vec3): Vec3 => [x, top, z];
  const straight = (share: number): Vec3 => [mixed(start[0], end[0], share), top, mixed(start[2], end[2], share)];
  const middle = over.length === 0 ? [straight(shoulder), straight(1 - shoulder)] : [raised(start), ...over.map(raised), raised(end)];
  const pulled = middle.map((at, i) => {
    if (over.length === 0) return at;
    const onLine = straight(i / (middle.length - 1));
    return at.map((value, axis) => mixed(onLine[axis]!, value, bundling)) as Vec3;
  });
  const ends = [start, end] as const;
  return spline([ends[0], ends[0], ends[0], ...pulled, ends[1], ends[1], ends[1]]);
}

/** Points of a uniform cubic B-spline. */
function spline(controls: readonly Vec3[]): Vec3[] {
  const spans = controls.length - 3;
  return Array.from({ length: segments + 1 }, (_, i) => {
    const at = Math.min((i / segments) * spans, spans - 1e-9);
    const span = Math.floor(at);
    const t = at - span;
    const weights = [(1 - t) ** 3, 3 * t ** 3 - 6 * t ** 2 + 4, -3 * t ** 3 + 3 * t ** 2 + 3 * t + 1, t ** 3];
    return [0, 1, 2].map((axis) => weights.reduce((sum, weight, k) => sum + (weight * controls[span + k]![axis]!) / 6, 0)) as Vec3;
  });
}

/** The middle of the top, moved along x by a share of the width. */
function topOf({ min, max }: Box, aside: number): Vec3 {
  return [(min[0] + max[0]) / 2 + aside * (max[0] - min[0]), max[1], (min[2] + max[2]) / 2];
}

function loopSize({ min, max }: Box): number {
  return Math.max(2, 0.6 * Math.max(...max.map((high, i) => high - min[i]!)));
}

function mixed(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/**
 * Mapping arcs in the picture: solid or, where they learn, dashed; with an arrow head where they excite and a bar where they inhibit.
 * Built when areas, mappings or selection change; dots that run along them move with the bursts, not with the clock.
 */
import * as THREE from "three";
import type { CorticalId, CorticalMapping, Vec3 } from "#contracts/connectome.ts";
import { arcsOf, arcWidth, type RoutedArc, routeArcs } from "./arc-paths.ts";
import { empty, thickLines } from "./lines.ts";
import type { Box } from "./placement.ts";
import type { ArcsShown, SceneTheme, Way } from "./scene-types.ts";

/** Most arcs drawn, the ones with the most synapses; thick lines are dear to a software rasteriser. */
const budget = { card: 4000, software: 300 };
const opacity = { lit: 0.9, dim: 0.22 };
/** Heads and dashes as shares of the brain's extent. */
const headShare = 0.014;
const dashShare = 0.012;
/** CSS pixels that an outline is wider than its arc. */
const outline = 5;
/** Bursts in which a dot runs from source to target. */
const flowBursts = 24;

export interface ArcParts {
  mappings: readonly CorticalMapping[];
  /** Of the areas in the picture. */
  boxes: ReadonlyMap<CorticalId, Box>;
  regionOf(id: CorticalId): string | undefined;
  selected: readonly CorticalId[];
  /** Mappings that are outlined, whatever is shown besides. */
  ways: readonly Way[];
  shown: ArcsShown;
  /** Largest side of the brain. */
  extent: number;
}

export class Arcs {
  readonly object = new THREE.Group();
  /** Arcs drawn, of those that there are to draw. */
  counts = { arcs: 0, ofArcs: 0 };
  readonly #budget: number;
  #routed: RoutedArc[] = [];
  #dots: THREE.Points | null = null;

  constructor(software: boolean) {
    this.#budget = software ? budget.software : budget.card;
  }

  build({ mappings, boxes, regionOf, selected, ways, shown, extent }: ArcParts, theme: SceneTheme): void {
    empty(this.object);
    this.#dots = null;
    const chosen = new Set(selected);
    const touches = ({ src, dst }: { src: CorticalId; dst: CorticalId }) => chosen.has(src) || chosen.has(dst);
    const outlined = new Set(ways.map(({ src, dst }) => `${src} ${dst}`));
    const isWay = ({ src, dst }: Way) => outlined.has(`${src} ${dst}`);
    const wanted = arcsOf(mappings).filter((arc) => isWay(arc) || (shown !== "off" && (shown === "all" || touches(arc))));
    const rank = (arc: Way) => 2 * Number(isWay(arc)) + Number(touches(arc));
    const routed = routeArcs(wanted, boxes, regionOf).sort((a, b) => rank(b) - rank(a) || b.synapses - a.synapses);
    this.counts = { arcs: Math.min(routed.length, this.#budget), ofArcs: routed.length };
    this.#routed = routed.slice(0, this.#budget);
    const lit = (arc: RoutedArc) => (outlined.size > 0 ? isWay(arc) : chosen.size === 0 || touches(arc));
    // What is outlined is drawn last, over the rest.
    const groups = Map.groupBy(this.#routed.toReversed(), (arc) => {
      return `${isWay(arc)} ${arc.inhibitory} ${arc.plastic} ${arcWidth(arc.synapses)} ${lit(arc)}`;
    });
    for (const arcs of groups.values()) {
      const { inhibitory, plastic, synapses } = arcs[0]!;
      const colour = new THREE.Color(inhibitory ? theme.inhibitory : theme.excitatory);
      const style = { width: arcWidth(synapses), opacity: lit(arcs[0]!) ? opacity.lit : opacity.dim };
      const dash = plastic ? { dash: extent * dashShare } : {};
      const ends = arcs.flatMap(({ path }) => (inhibitory ? bar(path, extent * headShare) : head(path, extent * headShare)));
      const segments = arcs.flatMap(({ path }) => segmentsOf(path));
      if (isWay(arcs[0]!)) {
        const around = [theme.text, theme.background].map((edge, i) =>
          thickLines(segments, new THREE.Color(edge), { width: style.width + outline - 2 * i }),
        );
        this.object.add(...around);
      }
      this.object.add(
        thickLines(segments, colour, { ...style, ...dash }),
        thickLines(ends, colour, { ...style, width: Math.max(1.5, style.width) }),
      );
    }
  }

  /** Dots along the arcs whose source glows, where they are at this burst; null takes them away. */
  flow(burst: number | null, glowOf: (id: CorticalId) => number, theme: SceneTheme): void {
    const running = burst === null ? [] : this.#routed.filter(({ src }) => glowOf(src) > 0.02);
    if (running.length === 0) {
      if (this.#dots) this.#dots.visible = false;
      return;
    }
    this.#dots ??= this.#makeDots(theme);
    const dots = this.#dots;
    const positions = dots.geometry.getAttribute("position") as THREE.BufferAttribute;
    const share = ((burst ?? 0) % flowBursts) / flowBursts;
    for (const [i, { path }] of running.entries()) positions.setXYZ(i, ...along(path, share));
    positions.needsUpdate = true;
    dots.geometry.setDrawRange(0, running.length);
    dots.visible = true;
  }

  dispose(): void {
    empty(this.object);
  }

  #makeDots(theme: SceneTheme): THREE.Points {
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.BufferAttribute(new Float32Array(this.#routed.length * 3), 3));
    const material = new THREE.PointsMaterial({ size: 7, sizeAttenuation: false, color: theme.text, transparent: true, depthTest: false });
    const dots = new THREE.Points(geometry, material);
    dots.frustumCulled = false;
    this.object.add(dots);
    return dots;
  }
}

function segmentsOf(path: readonly Vec3[]): number[] {
  return path.slice(1).flatMap((at, i) => [...path[i]!, ...at]);
}

/** Four barbs, so that the head is one from every side. */
function head(path: readonly Vec3[], size: number): number[] {
  const { end, back, aside } = ending(path, size);
  return aside.flatMap(([x, y, z]) =>
    [-0.5, 0.5].flatMap((share) => [...end, back[0] + x * share, back[1] + y * share, back[2] + z * share]),
  );
}

/** A cross at the end, which is a bar from every side. */
function bar(path: readonly Vec3[], size: number): number[] {
  const { end, aside } = ending(path, size);
  return aside.flatMap((across) => [-0.7, 0.7].flatMap((share) => end.map((at, i) => at + across[i]! * share)));
}

/** Where a path ends, the point a head's length before it, and two directions across it of that length. */
function ending(path: readonly Vec3[], size: number): { end: Vec3; back: Vec3; aside: [Vec3, Vec3] } {
  const end = new THREE.Vector3(...path.at(-1)!);
  const along = end.clone().sub(new THREE.Vector3(...path.at(-2)!));
  // The last points of a spline may lie on one another; arcs land from above.
  if (along.lengthSq() < 1e-9) along.set(0, -1, 0);
  along.normalize();
  const first = new THREE.Vector3(0, 0, 1).cross(along);
  if (first.lengthSq() < 1e-6) first.set(1, 0, 0);
  first.normalize().multiplyScalar(size);
  const second = along.clone().cross(first).normalize().multiplyScalar(size);
  const back = end.clone().addScaledVector(along, -size);
  return { end: end.toArray(), back: back.toArray(), aside: [first.toArray(), second.toArray()] };
}

function along(path: readonly Vec3[], share: number): Vec3 {
  const at = share * (path.length - 1);
  const from = Math.floor(at);
  const to = Math.min(path.length - 1, from + 1);
  return path[from]!.map((value, i) => value + (path[to]![i]! - value) * (at - from)) as Vec3;
}

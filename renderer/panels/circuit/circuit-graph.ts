/**
 * One region as a graph: its areas, the regions in it as single nodes, and whatever outside is mapped to or from them. Mappings that
 * join the same two nodes are one edge.
 */
import type { BrainRegion, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import type { Pair } from "../../stores/editing-store.ts";

export type CircuitItem =
  | { id: string; kind: "area"; area: CorticalArea; side: "inside" | "before" | "after" }
  | { id: string; kind: "region"; region: BrainRegion; areas: number };

export interface CircuitLink {
  id: string;
  from: string;
  to: string;
  pairs: readonly Pair[];
  synapses: number;
  /** All rules, some, or none of them. */
  inhibitory: "all" | "some" | "none";
  plastic: boolean;
}

export interface CircuitGraph {
  items: CircuitItem[];
  links: CircuitLink[];
}

export function circuitGraph(
  home: string,
  regions: readonly BrainRegion[],
  areas: readonly CorticalArea[],
  mappings: readonly CorticalMapping[],
): CircuitGraph {
  const parentOf = new Map(regions.map(({ id, parent }) => [id, parent]));
  const areaById = new Map(areas.map((area) => [area.id, area]));
  /** The region right below `home` that holds this one; null where it is elsewhere. */
  const below = (region: string): string | null => {
    let at: string | null | undefined = region;
    while (at) {
      const parent = parentOf.get(at);
      if (parent === home) return at;
      at = parent;
    }
    return null;
  };
  const nodeOf = (id: CorticalId): string | null => {
    const area = areaById.get(id);
    if (!area) return null;
    if (area.region === home) return `area:${id}`;
    const inside = below(area.region);
    return inside === null ? `outside:${id}` : `region:${inside}`;
  };

  const bundles = new Map<string, { from: string; to: string; mappings: CorticalMapping[] }>();
  for (const mapping of mappings) {
    const [from, to] = [nodeOf(mapping.src), nodeOf(mapping.dst)];
    if (!from || !to) continue;
    const isElsewhere = from.startsWith("outside:") && to.startsWith("outside:");
    // What stays inside of a region is seen by entering it.
    const isWithin = from === to && from.startsWith("region:");
    if (isElsewhere || isWithin) continue;
    const id = `${from} ${to}`;
    const bundle = bundles.get(id) ?? { from, to, mappings: [] };
    bundle.mappings.push(mapping);
    bundles.set(id, bundle);
  }
  const links = [...bundles].map(([id, bundle]) => linkOf(id, bundle));
  const ends = (side: "from" | "to") => new Set(links.map((link) => link[side]).filter((id) => id.startsWith("outside:")));
  const sources = ends("from");
  const outside = new Set([...sources, ...ends("to")]);
  return {
    items: [
      ...areas
        .filter(({ region }) => region === home)
        .map((area): CircuitItem => ({ id: `area:${area.id}`, kind: "area", area, side: "inside" })),
      ...regions
        .filter(({ parent }) => parent === home)
        .map((region): CircuitItem => {
          const count = areas.filter((area) => area.region === region.id || below(area.region) === region.id).length;
          return { id: `region:${region.id}`, kind: "region", region, areas: count };
        }),
      ...[...outside].map((id): CircuitItem => {
        const area = areaById.get(id.slice("outside:".length))!;
        return { id, kind: "area", area, side: sources.has(id) ? "before" : "after" };
      }),
    ],
    links,
  };
}

function linkOf(id: string, { from, to, mappings }: { from: string; to: string; mappings: CorticalMapping[] }): CircuitLink {
  const rules = mappings.flatMap((mapping) => mapping.rules);
  const inhibiting = rules.filter(({ multiplier }) => multiplier < 0).length;
  return {
    ...{ id, from, to },
    pairs: mappings.map(({ src, dst }) => ({ src, dst })),
    synapses: mappings.reduce((sum, { synapses }) => sum + synapses, 0),
    inhibitory: inhibiting === 0 ? "none" : inhibiting === rules.length ? "all" : "some",
    plastic: rules.some(({ plastic }) => plastic),
  };
}

/** The way from the root down to a region. */
export function pathTo(region: string, regions: readonly BrainRegion[]): BrainRegion[] {
  const here = regions.find(({ id }) => id === region);
  if (!here) return [];
  return [...(here.parent === null ? [] : pathTo(here.parent, regions)), here];
}

export interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The node nearest in a direction, looked for in a cone around it. */
export function neighbour(from: string, places: ReadonlyMap<string, Placed>, [dx, dy]: readonly [number, number]): string | null {
  const here = places.get(from);
  if (!here) return null;
  const centre = ({ x, y, width, height }: Placed) => [x + width / 2, y + height / 2] as const;
  const [x, y] = centre(here);
  let best: { id: string; cost: number } | null = null;
  for (const [id, place] of places) {
    const [px, py] = centre(place);
    const along = (px - x) * dx + (py - y) * dy;
    const across = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
    if (id === from || along <= 0 || across > along * 3) continue;
    const cost = along + 2 * across;
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id ?? null;
}

/** Regions and areas as the tree shows them: regions by name, then areas by kind and name; a filter keeps whole paths. */
import { type AreaKind, areaKinds, type BrainRegion, type CorticalArea, type CorticalId } from "#contracts/connectome.ts";

export interface ExplorerNode {
  key: string;
  name: string;
  area: CorticalArea | null;
  /** Of the area, or of all areas below the region. */
  neurons: number;
  children: ExplorerNode[];
}

/** An area has one node as long as it does not change, so that its row is kept while a filter is typed. */
const nodes = new WeakMap<CorticalArea, ExplorerNode>();
const order = new Intl.Collator().compare;

export function explorerTree(
  regions: readonly BrainRegion[],
  areas: readonly CorticalArea[],
  query: string,
  kinds: ReadonlySet<AreaKind> = new Set(),
): ExplorerNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const isFiltered = words.length > 0 || kinds.size > 0;
  const known = new Set(regions.map(({ id }) => id));
  const home = (id: string | null) => (id !== null && known.has(id) ? id : null);
  const found = areas.filter(({ name, kind, idText }) => {
    if (kinds.size > 0 && !kinds.has(kind)) return false;
    const text = words.length === 0 ? "" : `${name} ${kind} ${idText}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const areasIn = Map.groupBy(found, ({ region }) => home(region));
  const regionsIn = Map.groupBy(regions, ({ parent }) => home(parent));

  const areaNodes = (region: string | null): ExplorerNode[] =>
    (areasIn.get(region) ?? [])
      .sort((a, b) => areaKinds.indexOf(a.kind) - areaKinds.indexOf(b.kind) || order(a.name, b.name))
      .map(areaNode);

  const regionNodes = (parent: string | null): ExplorerNode[] =>
    [...(regionsIn.get(parent) ?? [])]
      .sort((a, b) => order(a.name, b.name))
      .map((region) => {
        const children = [...regionNodes(region.id), ...areaNodes(region.id)];
        const neurons = children.reduce((sum, child) => sum + child.neurons, 0);
        return { key: `region:${region.id}`, name: region.name, area: null, neurons, children };
      })
      .filter(({ children }) => !isFiltered || children.length > 0);

  return [...regionNodes(null), ...areaNodes(null)];
}

function areaNode(area: CorticalArea): ExplorerNode {
  const kept = nodes.get(area);
  if (kept) return kept;
  const node = { key: `area:${area.id}`, name: area.name, area, neurons: area.neurons, children: [] };
  nodes.set(area, node);
  return node;
}

/** The area of a row, or all areas below the region of one. */
export function areasOf({ area, children }: ExplorerNode): CorticalId[] {
  return area ? [area.id] : children.flatMap(areasOf);
}

export type RowKey = { area: CorticalId } | { region: string };

export function parseKey(key: unknown): RowKey {
  const text = String(key);
  return text.startsWith("area:") ? { area: text.slice(5) } : { region: text.slice(7) };
}

/** Regions and areas as the tree shows them: regions by name, then areas by kind and name; a filter keeps whole paths. */
import { areaKinds, type BrainRegion, type CorticalArea } from "#contracts/connectome.ts";

export interface ExplorerNode {
  key: string;
  name: string;
  area: CorticalArea | null;
  /** Of the area, or of all areas below the region. */
  neurons: number;
  children: ExplorerNode[];
}

export function explorerTree(regions: readonly BrainRegion[], areas: readonly CorticalArea[], query: string): ExplorerNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (name: string) => words.every((word) => name.toLowerCase().includes(word));
  const known = new Set(regions.map(({ id }) => id));

  const areaNodes = (region: string | null): ExplorerNode[] =>
    areas
      .filter((area) => (region === null ? !known.has(area.region) : area.region === region))
      .filter((area) => matches(`${area.name} ${area.kind} ${area.idText}`))
      .sort((a, b) => areaKinds.indexOf(a.kind) - areaKinds.indexOf(b.kind) || a.name.localeCompare(b.name))
      .map((area) => ({ key: `area:${area.id}`, name: area.name, area, neurons: area.neurons, children: [] }));

  const regionNodes = (parent: string | null): ExplorerNode[] =>
    regions
      .filter((region) => region.parent === parent || (parent === null && region.parent !== null && !known.has(region.parent)))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((region) => {
        const children = [...regionNodes(region.id), ...areaNodes(region.id)];
        const neurons = children.reduce((sum, child) => sum + child.neurons, 0);
        return { key: `region:${region.id}`, name: region.name, area: null, neurons, children };
      })
      .filter(({ children }) => words.length === 0 || children.length > 0);

  return [...regionNodes(null), ...areaNodes(null)];
}

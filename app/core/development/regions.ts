/**
 * The tree of brain regions: the genome's own, or one root and one circuit when it has none.
 * Inputs and outputs of a region are observed from the mappings. Source: spec/development.md section 3.
 */
import type { BrainRegion, CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { refused } from "./growth.ts";
import { Random } from "./random.ts";

/** The root comes first, parents before children. Every area of the genome is in at least one region. */
export function regionsOf(genome: Genome): Map<string, BrainRegion> {
  const regions = genome.regions.size > 0 ? ownRegions(genome) : generatedRegions(genome);
  observeInputsAndOutputs(genome, regions);
  return regions;
}

function ownRegions(genome: Genome): Map<string, BrainRegion> {
  const regions = new Map<string, BrainRegion>();
  const waiting = [...genome.regions.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let next = waiting.findIndex((r) => r.parent === null); next >= 0; next = waiting.findIndex((r) => regions.has(r.parent!))) {
    const [{ id, name, parent, areas, position }] = waiting.splice(next, 1) as [(typeof waiting)[number]];
    regions.set(id, { id, name, parent, areas: areas.filter((area) => genome.areas.has(area)), inputs: [], outputs: [], position });
  }
  const lost = waiting[0];
  if (lost) {
    throw refused({
      path: `brain_regions.${lost.id}.parent_region_id`,
      code: "REGION_PARENT_UNKNOWN",
      message: `region "${lost.name}" names a parent that is not there`,
      expected: "the id of a region, and one region without a parent",
      found: JSON.stringify(lost.parent),
    });
  }
  const placed = new Set([...regions.values()].flatMap((region) => region.areas));
  const root = regions.values().next().value!;
  root.areas.push(...[...genome.areas.keys()].filter((id) => !placed.has(id)).sort());
  return regions;
}

function generatedRegions(genome: Genome): Map<string, BrainRegion> {
  const areas = [...genome.areas.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const isCircuit = (area: GenomeArea) => area.kind === "custom" || area.kind === "memory";
  const ids = (members: GenomeArea[]) => members.map((area) => area.id);
  const rootAreas = areas.filter((area) => !isCircuit(area));
  const circuitAreas = areas.filter(isCircuit);
  const root = region(genome, "Root Brain Region", null, ids(rootAreas), [0, 0, 0]);
  const regions = new Map([[root.id, root]]);
  if (circuitAreas.length > 0) {
    const title = genome.title.trim();
    const name = title === "" || title === "Untitled" ? "Autogen Circuit" : title;
    const circuit = region(genome, name, root.id, ids(circuitAreas), besides(rootAreas));
    regions.set(circuit.id, circuit);
  }
  return regions;
}

function region(genome: Genome, name: string, parent: string | null, areas: CorticalId[], position: Vec3): BrainRegion {
  return { id: regionId(`${genome.id}/${parent === null ? "root" : "circuit"}`), name, parent, areas, inputs: [], outputs: [], position };
}

/** To the right of the box around the root areas, at half its height and depth. */
function besides(rootAreas: GenomeArea[]): Vec3 {
  if (rootAreas.length === 0) return [100, 0, 0];
  const low = (axis: 0 | 1 | 2) => Math.min(...rootAreas.map((area) => area.position[axis]));
  const high = (axis: 0 | 1 | 2) => Math.max(...rootAreas.map((area) => area.position[axis] + area.dimensions[axis]));
  const gap = Math.max(50, Math.floor(Math.max(1, high(0) - low(0)) / 5));
  const middle = (axis: 1 | 2) => Math.trunc((low(axis) + high(axis)) / 2) + 0;
  return [high(0) + gap, middle(1), middle(2)];
}

/** In the shape of a UUID, because FEAGI's own files ask for one, and the same for the same genome. */
function regionId(key: string): string {
  const random = new Random(`region/${key}`);
  const hex = Array.from({ length: 4 }, () => random.next().toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** An output maps to an area outside its region, an input is mapped to from outside; child regions count as outside. */
function observeInputsAndOutputs(genome: Genome, regions: Map<string, BrainRegion>): void {
  const regionsHolding = new Map<CorticalId, BrainRegion[]>();
  for (const region of regions.values()) {
    for (const area of region.areas) regionsHolding.set(area, [...(regionsHolding.get(area) ?? []), region]);
  }
  const inputs = new Map([...regions.keys()].map((id) => [id, new Set<CorticalId>()]));
  const outputs = new Map([...regions.keys()].map((id) => [id, new Set<CorticalId>()]));
  for (const source of genome.areas.values()) {
    for (const destination of source.mappings.keys()) {
      const from = regionsHolding.get(source.id) ?? [];
      const to = regionsHolding.get(destination) ?? [];
      if (to.length === 0) continue;
      for (const region of from) if (!to.includes(region)) outputs.get(region.id)!.add(source.id);
      for (const region of to) if (!from.includes(region)) inputs.get(region.id)!.add(destination);
    }
  }
  for (const region of regions.values()) {
    region.inputs = [...inputs.get(region.id)!].sort();
    region.outputs = [...outputs.get(region.id)!].sort();
  }
}

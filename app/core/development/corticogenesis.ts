/**
 * Stage 1: cortical areas get their order and index, and the brain its regions.
 * Core areas own the indices 0 to 6; the others follow from 7 by ascending base64 id. Source: spec/development.md sections 2 and 3.
 */
import type { CorticalArea } from "#contracts/connectome.ts";
import { coreAreas } from "../genome/cortical-id.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { lockedParameters } from "./driver-areas.ts";
import { type GrowingArea, type Growth, progress, type Stage } from "./growth.ts";
import { regionsOf } from "./regions.ts";

export function* corticogenesis(growth: Growth): Stage {
  growth.regions = regionsOf(growth.genome);
  const regionOf = new Map([...growth.regions.values()].flatMap((region) => region.areas.map((id) => [id, region.id] as const)).reverse());
  const ordered = inOrder(growth.genome);
  for (const { gene, index } of ordered) {
    const growing: GrowingArea = { gene, area: bareArea(growth.genome, gene, index, regionOf.get(gene.id)!) };
    growth.areas.push(growing);
    growth.areaById.set(gene.id, growing);
    yield progress(growth, "corticogenesis", growth.areas.length / ordered.length);
  }
}

function inOrder(genome: Genome): { gene: GenomeArea; index: number }[] {
  const genes = [...genome.areas.values()];
  const coreIndex = (gene: GenomeArea) => coreAreas.findIndex(({ bytes }) => bytes === gene.idText);
  const core = genes
    .filter((gene) => coreIndex(gene) >= 0)
    .map((gene) => ({ gene, index: coreIndex(gene) }))
    .sort((a, b) => a.index - b.index);
  const others = genes
    .filter((gene) => coreIndex(gene) < 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((gene, place) => ({ gene, index: coreAreas.length + place }));
  return [...core, ...others];
}

function bareArea(genome: Genome, gene: GenomeArea, index: number, region: string): CorticalArea {
  const { firingThresholdIncrement, ...parameters } = { ...gene.parameters, ...lockedParameters(genome, gene) };
  return {
    id: gene.id,
    idText: gene.idText,
    index,
    name: gene.name,
    kind: gene.kind,
    region,
    dimensions: [...gene.dimensions],
    position: [...gene.position],
    neuronsPerVoxel: gene.neuronsPerVoxel,
    firstNeuron: 0,
    neurons: 0,
    outgoingSynapses: 0,
    incomingSynapses: 0,
    parameters: { ...parameters, firingThresholdIncrement: [...firingThresholdIncrement] },
  };
}

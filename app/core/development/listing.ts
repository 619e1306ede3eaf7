/**
 * Synapses as people and golden files list them: by voxel and neuron in the voxel, sorted by number, with the digest by
 * which two developments of a genome are compared (spec/development.md section 13).
 */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { Connectome, GrownConnectome } from "../connectome/connectome.ts";
import { sha256 as plainSha256 } from "../genome/sha256.ts";

/** Digest of a text in hex. Hosts hand in a fast one; the one of core serves small brains. */
export type Sha256 = (text: string) => string;

/** x, y, z, neuron in the voxel. */
type NeuronPlace = [number, number, number, number];
/** Source, destination, weight, postsynaptic potential, kind (0 excitatory, 1 inhibitory), delay in bursts. */
export type SynapseRow = [NeuronPlace, NeuronPlace, number, number, number, number];

export interface SynapsePair {
  src: CorticalId;
  dst: CorticalId;
  synapses: SynapseRow[];
  sha256OfList: string;
}

/** The synapses from one area to another, or to each area it reaches when no destination is given. */
export function synapsesBetween(
  connectome: GrownConnectome,
  src: CorticalId,
  dst: CorticalId | undefined,
  sha256: Sha256 = plainSha256,
): SynapsePair[] {
  const reached = slotsByDestination(connectome, src);
  const destinations = dst === undefined ? [...reached.keys()].sort() : [dst];
  return destinations.map((destination) => {
    const slots = sorted(connectome, reached.get(destination) ?? new Uint32Array());
    const { source, target, weight, psp, kind, delay } = connectome.image.synapses;
    const from = placesOf(connectome, src);
    const to = placesOf(connectome, destination);
    const synapses = Array.from(
      slots,
      (slot): SynapseRow => [from(source[slot]!), to(target[slot]!), weight[slot]!, psp[slot]!, kind[slot]!, delay[slot]!],
    );
    return { src, dst: destination, synapses, sha256OfList: sha256OfSlots(connectome, slots, sha256) };
  });
}

/** Digest of the list of synapses to each area that `src` reaches. */
export function listDigests(connectome: GrownConnectome, src: CorticalId, sha256: Sha256): Map<CorticalId, string> {
  const digests = new Map<CorticalId, string>();
  for (const [dst, slots] of slotsByDestination(connectome, src)) digests.set(dst, sha256OfSlots(connectome, slots, sha256));
  return digests;
}

/** An area by base64 id, id text (padding left out or not) or name. */
export function findArea(connectome: Connectome, text: string): CorticalArea | undefined {
  const areas = [...connectome.areas.values()];
  const written = connectome.genome.areas;
  return (
    connectome.areas.get(text) ??
    areas.find((area) => area.idText === text || area.idText.replace(/_+$/, "") === text) ??
    areas.find((area) => written.get(area.id)?.documentId === text) ??
    areas.find((area) => area.name === text)
  );
}

/** Synapse slots out of one area, which stand together because synapses are sorted by source, by the area they reach. */
function slotsByDestination({ areas, image }: GrownConnectome, src: CorticalId): Map<CorticalId, Uint32Array> {
  const area = areas.get(src)!;
  const { source, target, count } = image.synapses;
  const first = firstSlotFrom(source, count, area.firstNeuron);
  const end = firstSlotFrom(source, count, area.firstNeuron + area.neurons);
  const sizes = new Map<number, number>();
  for (let slot = first; slot < end; slot++) {
    const index = image.neurons.area[target[slot]!]!;
    sizes.set(index, (sizes.get(index) ?? 0) + 1);
  }
  const buckets = new Map([...sizes].map(([index, size]) => [index, { slots: new Uint32Array(size), filled: 0 }]));
  for (let slot = first; slot < end; slot++) {
    const bucket = buckets.get(image.neurons.area[target[slot]!]!)!;
    bucket.slots[bucket.filled++] = slot;
  }
  const idOf = new Map([...areas.values()].map(({ index, id }) => [index, id]));
  return new Map([...buckets].map(([index, { slots }]) => [idOf.get(index)!, slots]));
}

/** The first slot whose source is not below `neuron`. */
function firstSlotFrom(source: Uint32Array, count: number, neuron: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (source[middle]! < neuron) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By source, destination, weight, potential and kind. Ids of one area ascend as places do. */
function sorted({ image }: GrownConnectome, slots: Uint32Array): Uint32Array {
  const { source, target, weight, psp, kind } = image.synapses;
  const order = (a: number, b: number): number =>
    source[a]! - source[b]! || target[a]! - target[b]! || weight[a]! - weight[b]! || psp[a]! - psp[b]! || kind[a]! - kind[b]!;
  return isSorted(slots, order) ? slots : slots.slice().sort(order);
}

function isSorted(slots: Uint32Array, order: (a: number, b: number) => number): boolean {
  for (let i = 1; i < slots.length; i++) if (order(slots[i - 1]!, slots[i]!) > 0) return false;
  return true;
}

/** The golden list knows voxels, not neurons, and whole weights and potentials. */
function sha256OfSlots({ image }: GrownConnectome, slots: Uint32Array, sha256: Sha256): string {
  const { neurons, synapses } = image;
  const { x, y, z } = neurons;
  const voxelOrder = (a: number, b: number) => x[a]! - x[b]! || y[a]! - y[b]! || z[a]! - z[b]!;
  const whole = (value: number) => Math.trunc(value) + 0;
  const order = (a: number, b: number): number =>
    voxelOrder(synapses.source[a]!, synapses.source[b]!) ||
    voxelOrder(synapses.target[a]!, synapses.target[b]!) ||
    whole(synapses.weight[a]!) - whole(synapses.weight[b]!) ||
    whole(synapses.psp[a]!) - whole(synapses.psp[b]!) ||
    synapses.kind[a]! - synapses.kind[b]!;
  const inOrder = isSorted(slots, order) ? slots : slots.slice().sort(order);
  const lines: string[] = [];
  for (const slot of inOrder) {
    const from = synapses.source[slot]!;
    const to = synapses.target[slot]!;
    const made = `w${whole(synapses.weight[slot]!)} p${whole(synapses.psp[slot]!)} t${synapses.kind[slot]}`;
    lines.push(`${x[from]},${y[from]},${z[from]}>${x[to]},${y[to]},${z[to]} ${made}`);
  }
  return sha256(lines.join("\n"));
}

function placesOf({ areas, image }: GrownConnectome, id: CorticalId): (neuron: number) => NeuronPlace {
  const { firstNeuron, neuronsPerVoxel } = areas.get(id)!;
  const { x, y, z } = image.neurons;
  return (neuron) => [x[neuron]!, y[neuron]!, z[neuron]!, (neuron - firstNeuron) % neuronsPerVoxel];
}

/**
 * The state of a brain from a `.connectome` file, on the neurons that its genome grows. Source: spec/burst-engine-extensions.md 15.
 *
 * Areas are matched by id, neurons by place: one that has the id it would have here keeps it, the others take what is free at their
 * voxel. Synapses are those of the file. What is not in such a file starts anew: deliveries, ledgers, staged input. A lite file has no
 * neurons: they are as they grow, at burst 0, and so are synapses that no memory area and no plastic mapping has.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { NetworkImage } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { namesOf, noModulation } from "../development/modulation.ts";
import { switchesOf, switchPatch } from "../development/switches.ts";
import type { Engine } from "../engine/engine.ts";
import { isMemoryId } from "../engine/reference/id-ranges.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { decodeSnapshot, encodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { neuronAt } from "../engine/stimulus.ts";
import { modulatorsOf } from "../genome/rule-learning.ts";
import type { ConnectomeBody, SynapseEnd } from "./connectome-body.ts";
import { type FoundMemories, memoriesOf } from "./memories-of-connectome.ts";

export interface GrownBrain extends Pick<Connectome, "genome" | "areas" | "dynamics" | "modulation"> {
  image: NetworkImage;
}

export interface RestoredState {
  /** Complete engine state. */
  snapshot: Uint8Array;
  /** Neurons of blocks that the file says are deleted. */
  holes: Map<CorticalId, readonly number[]>;
  /** State of pattern memory; empty where the file remembers nothing. */
  memory: Uint8Array;
  /** What of the file found no place, in sentences for people. */
  leftOut: string[];
}

const NOWHERE = 0xffffffff;

/** The genome to grow. Refuses files that have none. */
export function genomeOfConnectome({ genome }: ConnectomeBody): string {
  if (genome === null) throw refused("it has no genome");
  return genome;
}

export function stateOfConnectome(body: ConnectomeBody, grown: GrownBrain): RestoredState {
  if (body.burst >= NOWHERE) throw refused(`its burst ${body.burst} is beyond 32 bits`);
  const isLite = body.mode === "lite";
  const burst = isLite ? 0 : body.burst;
  const ids = isLite ? new Uint32Array(0) : placesOf(body, grown);
  const hasSameIds = !isLite && ids.every((id, row) => id === row || body.neurons.valid[row] === 0);
  const memories = memoriesOf(body, grown, { hasSameIds, burst });
  const { synapses, links, leftOut } = isLite ? liteSynapses(body, grown, memories) : fullSynapses(body, ids, memories);
  const neurons = { ...grown.image.neurons };
  const { neurons: n } = body;
  for (const name of settings) neurons[name] = moved(grown.image.neurons[name], n[name], ids) as never;
  const engine = createReferenceEngine();
  engine.load({ ...grown.image, powerAmount: isLite ? grown.image.powerAmount : body.powerAmount, neurons, synapses: synapses.columns() });
  const flags = putState(engine, body, { ids, burst, trace: synapses.trace.slice(0, synapses.count) });
  const { genome, areas, dynamics, modulation = noModulation } = grown;
  engine.apply(switchPatch(switchesOf(genome, areas, dynamics), namesOf(modulation)));
  engine.apply(memories.patch);
  engine.apply(addedPatch(links));
  const groups = groupsOf(grown, synapses, links, memories.areaOf);
  if (groups.words.length > 0) engine.apply(new PatchWriter().op("groupSynapses", groups.words).take());
  const snapshot = withTraces(engine.snapshot(), synapses.count, links);
  engine.dispose();
  const losses: [number, string][] = [
    [ids.reduce((sum, id, row) => sum + (id === NOWHERE && n.valid[row] === 1 ? 1 : 0), 0), "neurons whose voxel its genome does not grow"],
    [leftOut, "synapses from or to neurons that are not there"],
    [groups.unknown, "modulators of synapses between areas whose rules list different ones"],
    [memories.leftOut, "long-term memories"],
  ];
  return {
    snapshot,
    holes: holesOf(flags, grown),
    memory: memories.state,
    leftOut: losses.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  };
}

/** The state of the file's neurons and synapses in place of the fresh one; gives the flags of all neurons. Its two copies of the brain end with it. */
function putState(
  engine: Pick<Engine, "snapshot" | "restore">,
  { neurons: n }: ConnectomeBody,
  { ids, burst, trace }: { ids: Uint32Array; burst: number; trace: Float32Array },
): Uint8Array {
  const contents = decodeSnapshot(engine.snapshot());
  const { columns } = contents;
  const neuronFlags = columns.neuronFlags.slice();
  ids.forEach((id, row) => {
    if (id !== NOWHERE) neuronFlags[id] = (neuronFlags[id]! & ~1) | n.valid[row]!;
  });
  const state = encodeSnapshot({
    ...contents,
    burst,
    columns: {
      ...columns,
      potential: moved(columns.potential, n.potential, ids),
      lastUpdate: columns.lastUpdate.map(() => burst),
      countdown: moved(columns.countdown, n.countdown, ids),
      consecutiveFires: moved(columns.consecutiveFires, n.consecutiveFires, ids),
      neuronFlags,
      trace,
    },
  });
  engine.restore(state);
  return neuronFlags;
}

interface FileSynapse {
  source: number;
  target: number;
  weight: number;
  psp: number;
  kind: number;
  delay: number;
  flags: number;
  trace: number;
}

/** As columns: a file has millions. */
class SynapseList {
  count = 0;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly weight: Float32Array;
  readonly psp: Float32Array;
  readonly kind: Uint8Array;
  readonly delay: Uint8Array;
  readonly flags: Uint8Array;
  readonly trace: Float32Array;

  constructor(capacity: number) {
    [this.source, this.target] = [new Uint32Array(capacity), new Uint32Array(capacity)];
    [this.weight, this.psp, this.trace] = [new Float32Array(capacity), new Float32Array(capacity), new Float32Array(capacity)];
    [this.kind, this.delay, this.flags] = [new Uint8Array(capacity), new Uint8Array(capacity), new Uint8Array(capacity)];
  }

  push({ source, target, weight, psp, kind, delay, flags, trace }: FileSynapse): void {
    const row = this.count++;
    this.source[row] = source;
    this.target[row] = target;
    this.weight[row] = weight;
    this.psp[row] = psp;
    this.kind[row] = kind;
    this.delay[row] = delay;
    this.flags[row] = flags;
    this.trace[row] = trace;
  }

  columns(): NetworkImage["synapses"] {
    const { count, source, target, weight, psp, kind, delay, flags } = this;
    const part = <T extends Uint32Array | Float32Array | Uint8Array>(column: T) => column.subarray(0, count) as T;
    const ends = { source: part(source), target: part(target) };
    return { count, ...ends, weight: part(weight), psp: part(psp), kind: part(kind), delay: part(delay), flags: part(flags) };
  }
}

/** `links`: those of long-term memories, which an engine takes once it knows these. */
interface FileSynapses {
  synapses: SynapseList;
  links: FileSynapse[];
  leftOut: number;
}

/** The valid synapses both of whose ends are here, in the order of the file. */
function fullSynapses({ synapses: s }: ConnectomeBody, ids: Uint32Array, { areaOf }: FoundMemories): FileSynapses {
  const end = (id: number) => (areaOf.has(id) ? id : (ids[id] ?? NOWHERE));
  const found: FileSynapses = { synapses: new SynapseList(s.count), links: [], leftOut: 0 };
  for (let row = 0; row < s.count; row++) {
    if (s.valid[row] === 0) continue;
    const values = {
      weight: s.weight[row]!,
      psp: s.psp[row]!,
      kind: s.kind[row]!,
      delay: s.delay[row]!,
      flags: s.flags[row]!,
      trace: s.trace[row]!,
    };
    take(found, { source: end(s.source[row]!), target: end(s.target[row]!), ...values });
  }
  return found;
}

/** What grew, but of plastic mappings only what the file has; and what the file says of any synapse. */
function liteSynapses(body: ConnectomeBody, { areas, image }: GrownBrain, { areaOf }: FoundMemories): FileSynapses {
  const end = (one: SynapseEnd): number => {
    if (one.kind === "memory") return areaOf.has(one.neuron) ? one.neuron : NOWHERE;
    const area = areas.get(one.area);
    const last = area && neuronAt(area, [one.x, one.y, one.z]);
    if (last === null || last === undefined || one.rank >= area!.neuronsPerVoxel) return NOWHERE;
    return last - (area!.neuronsPerVoxel - 1) + one.rank;
  };
  const ends = body.liteSynapses.map(({ source, target, ...values }) => ({ source: end(source), target: end(target), ...values }));
  const isTold = new Set(ends.map(({ source, target }) => `${source}>${target}`));
  const index = (id: string) => areas.get(id)?.index;
  const plastic = new Set(body.plasticMappings.map(([src, dst]) => `${index(src)}>${index(dst)}`));
  const { neurons, synapses: s } = image;
  const found: FileSynapses = { synapses: new SynapseList(s.count + ends.length), links: [], leftOut: 0 };
  for (let row = 0; row < s.count; row++) {
    const [source, target] = [s.source[row]!, s.target[row]!];
    if (plastic.has(`${neurons.area[source]}>${neurons.area[target]}`) || isTold.has(`${source}>${target}`)) continue;
    const values = { weight: s.weight[row]!, psp: s.psp[row]!, kind: s.kind[row]!, delay: s.delay[row]!, flags: s.flags[row]! };
    found.synapses.push({ source, target, ...values, trace: 0 });
  }
  for (const synapse of ends) take(found, synapse);
  return found;
}

function take(found: FileSynapses, synapse: FileSynapse): void {
  const { source, target } = synapse;
  if (source === NOWHERE || target === NOWHERE) found.leftOut++;
  else (isMemoryId(source) || isMemoryId(target) ? found.links : found.synapses).push({ ...synapse, delay: Math.max(1, synapse.delay) });
}

function addedPatch(links: readonly FileSynapse[]): Uint32Array {
  const patch = new PatchWriter();
  if (links.length === 0) return patch.take();
  patch.begin("addSynapses", 5 * links.length);
  for (const { source, target, weight, psp, kind, delay, flags } of links)
    patch
      .u32(source)
      .u32(target)
      .f32(weight)
      .f32(psp)
      .u32(kind | (delay << 8) | (flags << 16));
  return patch.append(new PatchWriter().op("rebuildSynapseIndex", []).take()).take();
}

/** An engine adds synapses without a trace. */
function withTraces(snapshot: Uint8Array, first: number, links: readonly FileSynapse[]): Uint8Array {
  if (links.every(({ trace }) => trace === 0)) return snapshot;
  const contents = decodeSnapshot(snapshot);
  const trace = contents.columns.trace.slice();
  links.forEach((link, i) => {
    trace[first + i] = link.trace;
  });
  return encodeSnapshot({ ...contents, columns: { ...contents.columns, trace } });
}

const settings = [
  ...(["threshold", "thresholdLimit", "leak", "excitability"] as const),
  ...(["refractoryPeriod", "consecutiveFireLimit", "snoozePeriod", "accumulates"] as const),
] as const;

function holesOf(flags: Uint8Array, { areas }: GrownBrain): RestoredState["holes"] {
  const holes: [CorticalId, readonly number[]][] = [];
  for (const { id, firstNeuron, neurons } of areas.values()) {
    const gone: number[] = [];
    for (let neuron = firstNeuron; neuron < firstNeuron + neurons; neuron++) if ((flags[neuron]! & 1) === 0) gone.push(neuron);
    if (gone.length > 0) holes.push([id, gone]);
  }
  return new Map(holes);
}

/** The id each neuron of the file has here, or NOWHERE. */
function placesOf({ areaIds, neurons: n }: ConnectomeBody, { areas, image: { neurons } }: GrownBrain): Uint32Array {
  const areaOf = new Map(
    [...areaIds].map(([index, id]) => {
      const area = areas.get(id);
      if (!area) throw refused(`its genome grows no area ${id}`);
      return [index, area] as const;
    }),
  );
  const ids = new Uint32Array(n.count).fill(NOWHERE);
  const isTaken = new Uint8Array(neurons.count);
  const take = (row: number, id: number) => {
    ids[row] = id;
    isTaken[id] = 1;
  };
  const rows = Array.from({ length: n.count }, (_, row) => row);
  const strangers = rows.filter((row) => {
    const area = areaOf.get(n.area[row]!);
    const [x, y, z] = n.coordinates.subarray(3 * row, 3 * row + 3) as unknown as [number, number, number];
    const isHere = row < neurons.count && neurons.area[row] === area?.index;
    if (!isHere || neurons.x[row] !== x || neurons.y[row] !== y || neurons.z[row] !== z) return true;
    take(row, row);
    return false;
  });
  // Deleted ones come last: they take no place that a living one could have.
  for (const row of strangers.sort((a, b) => n.valid[b]! - n.valid[a]! || a - b)) {
    const area = areaOf.get(n.area[row]!);
    const [x, y, z] = n.coordinates.subarray(3 * row, 3 * row + 3) as unknown as [number, number, number];
    if (!area || x >= area.dimensions[0] || y >= area.dimensions[1] || z >= area.dimensions[2]) continue;
    const first = area.firstNeuron + ((x * area.dimensions[1] + y) * area.dimensions[2] + z) * area.neuronsPerVoxel;
    for (let id = first; id < first + area.neuronsPerVoxel && id < area.firstNeuron + area.neurons; id++) {
      if (isTaken[id] === 1) continue;
      take(row, id);
      break;
    }
  }
  return ids;
}

/** Modulation groups by the rules between two areas: such a file has numbers of its own, and no lists behind them. */
function groupsOf(
  { genome, areas, modulation = noModulation, image: { neurons } }: GrownBrain,
  synapses: SynapseList,
  links: readonly FileSynapse[],
  memoryAreaOf: ReadonlyMap<number, number>,
) {
  const names = namesOf(modulation);
  const ids = new Map([...areas.values()].map(({ index, id }) => [index, id]));
  const known = new Map<string, number | undefined>();
  const groupOf = (source: number, target: number): number | undefined => {
    const key = `${source}>${target}`;
    if (!known.has(key)) {
      const rules = genome.areas.get(ids.get(source) ?? "")?.mappings.get(ids.get(target) ?? "") ?? [];
      const groups = new Set(rules.map((rule) => names.group(modulatorsOf(rule))));
      known.set(key, groups.size > 1 ? undefined : ([...groups][0] ?? 0));
    }
    return known.get(key);
  };
  const words: number[] = [];
  let unknown = 0;
  const areaOf = (id: number) => memoryAreaOf.get(id) ?? neurons.area[id]!;
  const take = (slot: number, source: number, target: number) => {
    const group = groupOf(areaOf(source), areaOf(target));
    if (group === undefined) unknown++;
    else if (group > 0) words.push(slot, 1, group);
  };
  if (modulation.groups.length > 0) {
    for (let slot = 0; slot < synapses.count; slot++) take(slot, synapses.source[slot]!, synapses.target[slot]!);
    for (const [i, { source, target }] of links.entries()) take(synapses.count + i, source, target);
  }
  return { words, unknown };
}

/** A column with the values of the file where its neurons are. */
function moved<T extends Float32Array | Uint16Array | Uint8Array>(grown: T, read: T, ids: Uint32Array): T {
  const column = grown.slice() as T;
  ids.forEach((id, row) => {
    if (id !== NOWHERE) column[id] = read[row]!;
  });
  return column;
}

function refused(reason: string): LabError {
  return new LabError("E_NETWORK", `The connectome file was refused: ${reason}`, { reason }, "Open its genome instead.");
}

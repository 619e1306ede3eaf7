/** A living brain as the content of a `.connectome` file, and what of it such a file has no place for. Source: spec/burst-engine-extensions.md 15. */
import type { Connectome } from "../connectome/connectome.ts";
import { caughtUp } from "../engine/membrane.ts";
import { decodeSnapshot, type SnapshotColumns, type SnapshotContents } from "../engine/reference/snapshot-codec.ts";
import { saveGenome } from "../genome/save.ts";
import type { MemoryNeuron } from "../plasticity/memory-array.ts";
import { decodeMemoryState } from "../plasticity/memory-state.ts";
import type { PatternFrame } from "../plasticity/pattern-frames.ts";
import type { MemoryArea } from "../plasticity/pattern-memory.ts";
import type { ConnectomeBody } from "./connectome-body.ts";

const BODY_VERSION = 1;
/** Bursts FEAGI keeps of what areas fired unless a mapping needs more. */
const LEDGER_WINDOW = 20;
const GROUPS_TAG = "synapse_modulation_groups_v1";
const FIRST_MEMORY_NEURON = 50_000_000;

export interface BrainAtRest {
  connectome: Connectome;
  /** Complete engine state. */
  snapshot: Uint8Array;
  /** State of pattern memory; empty or absent where nothing is remembered. */
  memory?: Uint8Array;
  meta: { title: string; savedAt: string };
}

export function connectomeBodyOf({ connectome, snapshot, memory, meta }: BrainAtRest): ConnectomeBody {
  const contents = decodeSnapshot(snapshot);
  const memories = longTermOf(memory);
  const ids = new Set(memories.neurons.map(({ id }) => id));
  const areas = [...connectome.areas.values()];
  return {
    version: BODY_VERSION,
    neurons: neuronsOf(contents),
    synapses: synapsesOf(contents.columns, ids),
    areaIds: new Map(areas.map(({ index, id }) => [index, id])),
    burst: contents.burst,
    powerAmount: new Float32Array(contents.columns.globals.buffer, contents.columns.globals.byteOffset, 1)[0]!,
    ledgerWindow: LEDGER_WINDOW,
    metadata: {
      time: Math.floor(Date.parse(meta.savedAt) / 1000),
      description: meta.title,
      source: "gyrus",
      tags: groupTags(contents.columns, ids),
    },
    mode: "full",
    genome: saveGenome(connectome.genome, "feagi-3"),
    memoryAreas: areas.filter(({ kind }) => kind === "memory").map(({ id }) => id),
    plasticMappings: connectome.mappings
      .filter(({ rules }) => rules.some(({ plastic, morphology }) => plastic || morphology === "associative_memory"))
      .map(({ src, dst }) => [src, dst]),
    regions: [...connectome.regions.keys()],
    ...memoriesIn(memories, connectome),
    liteSynapses: [],
  };
}

/** In sentences for people; empty where the file says everything. */
export function lostInConnectomeFile(snapshot: Uint8Array, memory?: Uint8Array): string[] {
  const { columns: c } = decodeSnapshot(snapshot);
  const kept = new Set(longTermOf(memory).neurons.map(({ id }) => id));
  const losses: [number, string][] = [
    [c.arrivalBurst.length, "deliveries under way: what was sent and has not arrived yet"],
    [c.firedId.length, "neurons that fired in the last burst, as fired"],
    [c.trackFrames.reduce((sum, frames) => sum + frames, 0), "bursts of fire ledgers: learning pauses until they fill again"],
    [c.stagedId.length + c.injectedId.length, "inputs staged for the next burst"],
    [c.forcedId.length, "forced fires of the next burst"],
    [c.replayBurst.length, "voxels of replay on their way"],
    [c.memoryId.filter((id) => !kept.has(id)).length, "short-term memories with what they replay"],
    [livingSlots(c, kept).left, "synapses from or to short-term memories"],
    [c.mappingFlags.filter((flags) => (flags & 4) !== 0).length, "plastic mappings that were frozen: they learn again"],
  ];
  return losses.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

function neuronsOf({ burst, columns: c }: SnapshotContents): ConnectomeBody["neurons"] {
  const count = c.threshold.length;
  const coordinates = new Uint32Array(3 * count);
  const potential = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    coordinates.set([c.x[i]!, c.y[i]!, c.z[i]!], 3 * i);
    potential[i] = caughtUp(c.potential[i]!, c.leak[i]!, burst - c.lastUpdate[i]!);
  }
  return {
    count,
    capacity: count,
    potential,
    threshold: c.threshold,
    leak: c.leak,
    restingPotential: new Float32Array(count),
    type: new Int32Array(count),
    refractoryPeriod: c.refractoryPeriod,
    countdown: c.countdown,
    excitability: c.excitability,
    area: c.area,
    coordinates,
    valid: c.neuronFlags.map((flags) => flags & 1),
    thresholdLimit: c.thresholdLimit,
    consecutiveFires: c.consecutiveFires,
    consecutiveFireLimit: c.consecutiveFireLimit,
    snoozePeriod: c.snoozePeriod,
    accumulates: c.neuronFlags.map((flags) => (flags >> 1) & 1),
  };
}

interface LongTerm {
  areas: readonly MemoryArea[];
  neurons: readonly MemoryNeuron[];
  patterns: ReadonlyMap<number, readonly PatternFrame[]>;
}

function longTermOf(memory: Uint8Array | undefined): LongTerm {
  if (memory === undefined || memory.length === 0) return { areas: [], neurons: [], patterns: new Map() };
  const { areas, array, patterns } = decodeMemoryState(memory).memory;
  return { areas, neurons: array.slots.filter((neuron) => neuron?.longTerm === true) as MemoryNeuron[], patterns: new Map(patterns) };
}

function memoriesIn(
  { areas, neurons, patterns }: LongTerm,
  connectome: Connectome,
): Pick<ConnectomeBody, "longTermNeurons" | "replayFrames"> {
  const idOf = new Map([...connectome.areas.values()].map(({ index, id }) => [index, id]));
  const settings = new Map(areas.map((area) => [area.area, area]));
  return {
    longTermNeurons: neurons.map(({ id, area, hash, lifespan, created, lastSeen, activations }) => ({
      ...{ id, area, areaId: idOf.get(area) ?? null, patternHash: hash, isLongTerm: true, isActive: true, lifespan },
      initialLifespan: settings.get(area)?.initialLifespan ?? lifespan,
      lifespanGrowthRate: settings.get(area)?.lifespanGrowthRate ?? 0,
      ...{ created, lastSeen, activations, spatialSignature: null, classChannels: new Uint32Array(0) },
    })),
    replayFrames: neurons.flatMap(({ id }) => {
      const frames = patterns.get(id);
      if (!frames) return [];
      const written = frames.map(({ offset, upstreamArea, voxels, potentials }) => ({
        ...{ offset, upstreamArea, upstreamAreaId: idOf.get(upstreamArea) ?? null, voxels },
        potentials: potentials ? Float32Array.from(potentials) : null,
      }));
      return [{ neuron: id, frames: written }];
    }),
  };
}

/** Those that live and whose ends do. */
function synapsesOf(c: SnapshotColumns, memories: ReadonlySet<number>): ConnectomeBody["synapses"] {
  const { slots } = livingSlots(c, memories);
  const kept = <T extends Uint32Array | Float32Array | Uint8Array>(column: T): T => {
    const out = column.slice(0, slots.length) as T;
    for (let i = 0; i < slots.length; i++) out[i] = column[slots[i]!]!;
    return out;
  };
  return {
    count: slots.length,
    capacity: slots.length,
    source: kept(c.source),
    target: kept(c.target),
    weight: kept(c.weight),
    psp: kept(c.psp),
    kind: kept(c.kind),
    delay: kept(c.delay),
    valid: new Uint8Array(slots.length).fill(1),
    sourceIndex: new Map(),
    flags: kept(c.synapseFlags),
    trace: kept(c.trace),
  };
}

/** Groups are by place in the list of synapses; group 0 is not written. */
function groupTags(c: SnapshotColumns, memories: ReadonlySet<number>): Map<string, string> {
  if (c.synapseGroup.length === 0) return new Map();
  const { slots } = livingSlots(c, memories);
  const stamped = Array.from(slots, (slot, index) => ({ index, group: c.synapseGroup[slot] ?? 0 })).filter(({ group }) => group > 0);
  return new Map(stamped.length > 0 ? [[GROUPS_TAG, JSON.stringify(stamped)]] : []);
}

/** Valid slots between ordinary neurons and these memories, and how many others have another memory neuron at an end. */
function livingSlots(c: SnapshotColumns, memories: ReadonlySet<number>): { slots: Uint32Array; left: number } {
  const slots = new Uint32Array(c.source.length);
  const isGone = (id: number) => id >= FIRST_MEMORY_NEURON && !memories.has(id);
  let length = 0;
  let left = 0;
  for (let slot = 0; slot < slots.length; slot++) {
    if ((c.synapseState[slot]! & 1) === 0) continue;
    if (isGone(c.source[slot]!) || isGone(c.target[slot]!)) left++;
    else slots[length++] = slot;
  }
  return { slots: slots.subarray(0, length), left };
}

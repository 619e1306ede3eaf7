/** A living brain as the content of a `.connectome` file, and what of it such a file has no place for. Source: spec/burst-engine-extensions.md 15. */
import type { Connectome } from "../connectome/connectome.ts";
import { caughtUp } from "../engine/membrane.ts";
import { decodeSnapshot, type SnapshotColumns, type SnapshotContents } from "../engine/reference/snapshot-codec.ts";
import { saveGenome } from "../genome/save.ts";
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
  meta: { title: string; savedAt: string };
}

export function connectomeBodyOf({ connectome, snapshot, meta }: BrainAtRest): ConnectomeBody {
  const contents = decodeSnapshot(snapshot);
  const areas = [...connectome.areas.values()];
  return {
    version: BODY_VERSION,
    neurons: neuronsOf(contents),
    synapses: synapsesOf(contents.columns),
    areaIds: new Map(areas.map(({ index, id }) => [index, id])),
    burst: contents.burst,
    powerAmount: new Float32Array(contents.columns.globals.buffer, contents.columns.globals.byteOffset, 1)[0]!,
    ledgerWindow: LEDGER_WINDOW,
    metadata: {
      time: Math.floor(Date.parse(meta.savedAt) / 1000),
      description: meta.title,
      source: "gyrus",
      tags: groupTags(contents.columns),
    },
    mode: "full",
    genome: saveGenome(connectome.genome, "feagi-3"),
    memoryAreas: areas.filter(({ kind }) => kind === "memory").map(({ id }) => id),
    plasticMappings: connectome.mappings
      .filter(({ rules }) => rules.some(({ plastic, morphology }) => plastic || morphology === "associative_memory"))
      .map(({ src, dst }) => [src, dst]),
    regions: [...connectome.regions.keys()],
    longTermNeurons: [],
    replayFrames: [],
    liteSynapses: [],
  };
}

/** In sentences for people; empty where the file says everything. */
export function lostInConnectomeFile(snapshot: Uint8Array): string[] {
  const { columns: c } = decodeSnapshot(snapshot);
  const losses: [number, string][] = [
    [c.arrivalBurst.length, "deliveries under way: what was sent and has not arrived yet"],
    [c.firedId.length, "neurons that fired in the last burst, as fired"],
    [c.trackFrames.reduce((sum, frames) => sum + frames, 0), "bursts of fire ledgers: learning pauses until they fill again"],
    [c.stagedId.length + c.injectedId.length, "inputs staged for the next burst"],
    [c.forcedId.length, "forced fires of the next burst"],
    [c.replayBurst.length, "voxels of replay on their way"],
    [c.memoryId.length, "memory neurons with what they replay"],
    [livingSlots(c).memory, "synapses from or to memory neurons"],
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

/** Those that live and whose ends do. */
function synapsesOf(c: SnapshotColumns): ConnectomeBody["synapses"] {
  const { slots } = livingSlots(c);
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
function groupTags(c: SnapshotColumns): Map<string, string> {
  if (c.synapseGroup.length === 0) return new Map();
  const { slots } = livingSlots(c);
  const stamped = Array.from(slots, (slot, index) => ({ index, group: c.synapseGroup[slot] ?? 0 })).filter(({ group }) => group > 0);
  return new Map(stamped.length > 0 ? [[GROUPS_TAG, JSON.stringify(stamped)]] : []);
}

/** Valid slots between ordinary neurons, and how many others have a memory neuron at an end. */
function livingSlots(c: SnapshotColumns): { slots: Uint32Array; memory: number } {
  const slots = new Uint32Array(c.source.length);
  let length = 0;
  let memory = 0;
  for (let slot = 0; slot < slots.length; slot++) {
    if ((c.synapseState[slot]! & 1) === 0) continue;
    if (c.source[slot]! >= FIRST_MEMORY_NEURON || c.target[slot]! >= FIRST_MEMORY_NEURON) memory++;
    else slots[length++] = slot;
  }
  return { slots: slots.subarray(0, length), memory };
}

/** What a `.connectome` file holds, field by field in the order of the file. Source: spec/burst-engine-extensions.md 15.1. */
import {
  BinaryError,
  bool,
  type Codec,
  choice,
  column,
  f32,
  list,
  map,
  option,
  record,
  text,
  tuple,
  u8,
  u32,
  u64,
  wide,
} from "./bincode.ts";

const f32s = column<Float32Array>(Float32Array);
const u32s = column<Uint32Array>(Uint32Array);
const u16s = column<Uint16Array>(Uint16Array);
const bytes = column<Uint8Array>(Uint8Array);
const bools: Codec<Uint8Array> = {
  read(from) {
    const values = bytes.read(from);
    if (values.some((value) => value > 1)) throw new BinaryError(`a flag before byte ${from.at} is neither 0 nor 1`);
    return values;
  },
  write: bytes.write,
};

/** One element per neuron; its place is its id. */
const neurons = record({
  count: u64,
  capacity: u64,
  potential: f32s,
  threshold: f32s,
  leak: f32s,
  restingPotential: f32s,
  type: column<Int32Array>(Int32Array),
  refractoryPeriod: u16s,
  countdown: u16s,
  excitability: f32s,
  area: u32s,
  /** x, y, z of each. */
  coordinates: u32s,
  valid: bools,
  thresholdLimit: f32s,
  consecutiveFires: u16s,
  consecutiveFireLimit: u16s,
  snoozePeriod: u16s,
  accumulates: bools,
});

/** One element per synapse. */
const synapses = record({
  count: u64,
  capacity: u64,
  source: u32s,
  target: u32s,
  weight: f32s,
  psp: f32s,
  /** 0 excitatory, 1 inhibitory. */
  kind: bytes,
  delay: bytes,
  valid: bools,
  /** FEAGI builds it anew and so does who reads the file. */
  sourceIndex: map(u32, list(u64)),
  flags: bytes,
  trace: f32s,
});

const longTermNeuron = record({
  id: u32,
  area: u32,
  areaId: option(text),
  patternHash: option(wide),
  isLongTerm: bool,
  isActive: bool,
  lifespan: u32,
  initialLifespan: u32,
  lifespanGrowthRate: f32,
  created: u64,
  lastSeen: u64,
  activations: u32,
  spatialSignature: option(wide),
  classChannels: u32s,
});

const replayFrames = record({
  neuron: u32,
  frames: list(
    record({ offset: u32, upstreamArea: u32, upstreamAreaId: option(text), voxels: list(tuple(u32, u32, u32)), potentials: option(f32s) }),
  ),
});

/** An end of a synapse that outlives its neuron's id: the neuron of that rank at a voxel, or a long-term neuron. */
export type SynapseEnd =
  | { kind: "voxel"; area: string; x: number; y: number; z: number; rank: number }
  | { kind: "memory"; neuron: number; area: string };
const voxelEnd = record({ area: text, x: u32, y: u32, z: u32, rank: u32 });
const memoryEnd = record({ neuron: u32, area: text });
const endKind = choice("voxel", "memory");
const synapseEnd: Codec<SynapseEnd> = {
  read(from) {
    return endKind.read(from) === "voxel" ? { kind: "voxel", ...voxelEnd.read(from) } : { kind: "memory", ...memoryEnd.read(from) };
  },
  write(to, end) {
    endKind.write(to, end.kind);
    if (end.kind === "voxel") voxelEnd.write(to, end);
    else memoryEnd.write(to, end);
  },
};

export const connectomeBody = record({
  version: u32,
  neurons,
  synapses,
  /** Area index → eight-byte id as base64. */
  areaIds: map(u32, text),
  burst: u64,
  powerAmount: f32,
  /** Bursts. */
  ledgerWindow: u64,
  metadata: record({ /** Unix seconds. */ time: u64, description: text, source: text, tags: map(text, text) }),
  mode: choice("full", "lite"),
  genome: option(text),
  memoryAreas: list(text),
  plasticMappings: list(tuple(text, text)),
  regions: list(text),
  longTermNeurons: list(longTermNeuron),
  replayFrames: list(replayFrames),
  liteSynapses: list(record({ source: synapseEnd, target: synapseEnd, weight: f32, psp: f32, kind: u8, delay: u8, flags: u8, trace: f32 })),
});
export type ConnectomeBody = typeof connectomeBody extends Codec<infer T> ? T : never;

/** What contradicts itself in a body that decoded, undefined where nothing does. */
export function contradiction({ neurons: n, synapses: s }: ConnectomeBody): string | undefined {
  const { count: neuronCount, capacity: _n, coordinates, ...neuronColumns } = n;
  const { count: synapseCount, capacity: _s, sourceIndex: _i, ...synapseColumns } = s;
  for (const [name, { length }] of Object.entries(neuronColumns)) {
    if (length !== neuronCount) return `${neuronCount} neurons have ${length} values of ${name}`;
  }
  if (coordinates.length !== 3 * neuronCount) return `${neuronCount} neurons have ${coordinates.length} coordinates`;
  for (const [name, { length }] of Object.entries(synapseColumns)) {
    if (length !== synapseCount) return `${synapseCount} synapses have ${length} values of ${name}`;
  }
  return undefined;
}

/**
 * Engine snapshots: the complete state of one engine between two bursts, canonical, so that two engines in the same state
 * write the same bytes and either restores the other's. Source: spec/burst-engine.md section 9.
 *
 * Little endian. Header: u32 magic, u32 version, u32 section count, u32 mode (bit 0: feagi-strict, bit 1: int8, bit 2: lif-delta, alone), u32 burst,
 * u32 zero. Then per section {u32 id, u32 element bytes, u64 offset, u64 byte length}. Then the sections in ascending id, each
 * starting at a multiple of 8, gaps zero. The last 8 bytes are the xxHash64 (seed 0) of everything before: the state hash.
 * A NaN is written as 0x7fc00000. An empty section has length 0; only the sections of snapshot-extensions.ts are absent instead.
 * `native/crates/types/src/snapshot.rs` holds the same numbers.
 *
 * The mode tells which sections there are: `snapshotSection` or `lifSnapshotSection`.
 *
 * Refused with E_NETWORK: a wrong hash, another set or place of sections, groups of unequal length, orders that do not ascend,
 * ids without a neuron (fired, forced, arrivals; candidates and staged input may name any id), stamps or arrivals in an impossible
 * burst, unknown bits, delay 0, a power neuron that is not a valid neuron of area 1; INT8 values outside 0..255; in `standard` a
 * setting or staged value that is not finite, or a synapse valid and unindexed or the reverse. Memory neurons may be targets of arrivals and may have fired. Potentials, sums and firing
 * potentials may be infinite or NaN: an mp-driven loop grows without bound.
 */
import { extensionSections } from "./snapshot-extensions.ts";

export const SNAPSHOT_MAGIC = 0x50535947; // "GYSP"
export const SNAPSHOT_VERSION = 2;
export const snapshotHeaderBytes = 24;
export const snapshotEntryBytes = 24;

export const snapshotSection = {
  /** f32 power amount, u32 fatigue flag, u32 power neuron (0xffffffff none), u32 zero. */
  globals: 1,
  // One element per neuron.
  potential: 10, // f32, as of lastUpdate
  lastUpdate: 11, // u32 burst
  countdown: 12, // u16
  consecutiveFires: 13, // u16
  threshold: 14, // f32
  thresholdLimit: 15, // f32
  leak: 16, // f32
  refractoryPeriod: 17, // u16
  excitability: 18, // f32
  consecutiveFireLimit: 19, // u16
  snoozePeriod: 20, // u16
  neuronFlags: 21, // u8: bit 0 valid, bit 1 accumulates
  area: 22, // u32
  x: 23, // u32
  y: 24, // u32
  z: 25, // u32
  // One element per synapse slot.
  source: 40, // u32
  target: 41, // u32
  weight: 42, // f32
  psp: 43, // f32
  kind: 44, // u8
  delay: 45, // u8
  synapseFlags: 46, // u8
  synapseState: 47, // u8: bit 0 valid, bit 1 indexed, bit 2 (feagi-strict only) in the plasticity index
  trace: 48, // f32, eligibility
  // One element per area the engine knows settings of, ascending index.
  areaIndex: 60, // u32
  areaPspUniform: 61, // u8: 0 never set, 1 false, 2 true
  areaMpDrivenPsp: 62, // u8: likewise
  areaDegeneration: 63, // f32
  areaBaselinePsp: 64, // f32, NaN = never set
  // Scheduled arrivals, ascending (burst, target).
  arrivalBurst: 70, // u32
  arrivalTarget: 71, // u32
  arrivalSum: 72, // f32
  // Fire candidate list of the last burst, ascending id.
  candidateId: 73, // u32
  candidateSum: 74, // f32
  // Neurons that fired in the last burst, ascending id.
  firedId: 75, // u32
  firedPotential: 76, // f32
  // Input staged for the next burst, in staging order.
  stagedId: 77, // u32
  stagedPotential: 78, // f32
  // Forced fires of the next burst, in order of entry.
  forcedId: 79, // u32
  forcedPotential: 80, // f32
  // Fire ledgers, ascending (area, episodic). Frames oldest first, the newest is of the last burst; ids ascend within a frame.
  trackArea: 90, // u32
  trackEpisodic: 91, // u8: 1 holds fires by memory injection only
  trackWindow: 92, // u32 bursts
  trackFrames: 93, // u32, frames held
  trackFrameSize: 94, // u32 per frame
  trackFrameId: 95, // u32 per fire
  // Plastic mappings, ascending (source area, target area).
  mappingSource: 100, // u32 area
  mappingTarget: 101, // u32 area
  mappingMode: 102, // u8: 0 off, 1 stdp, 2 rstdp
  mappingWindow: 103, // u32 bursts
  mappingRise: 104, // u8
  mappingFall: 105, // u8
  mappingEta: 106, // f32
  mappingMaxWeight: 107, // f32
  mappingDecay: 108, // f32, share of a trace kept per burst
  mappingFlags: 109, // u8: bit 0 bidirectional, bit 1 associative, bit 2 frozen
  mappingPsp: 110, // f32, of created synapses
  mappingKind: 111, // u8, likewise
  mappingDelay: 112, // u8, likewise
  mappingGroup: 113, // u32 modulation group, 0 none
  // Modulators, in order of registration; their other columns are in snapshot-extensions.ts.
  modulatorDriver: 114, // u32 area
  modulatorMagnitude: 115, // f32, percent / 100
  modulatorNumber: 116, // u32
  // Memory neurons with a known area, ascending id.
  memoryId: 120, // u32
  memoryArea: 121, // u32
  // Memory injections staged for the next burst, in order.
  injectedId: 122, // u32
  injectedArea: 123, // u32
  injectedPotential: 124, // f32
  firedMemoryArea: 125, // u32 per memory neuron in firedId
  // Twins, ascending (memory area, upstream area).
  twinMemoryArea: 126, // u32
  twinUpstreamArea: 127, // u32
  twinArea: 128, // u32
  // Replay frames, ascending memory neuron, in given order; their voxels follow each other.
  frameNeuron: 129, // u32
  frameOffset: 130, // u32 bursts
  frameUpstreamArea: 131, // u32
  frameVoxels: 132, // u32, number
  voxelX: 133, // u32
  voxelY: 134, // u32
  voxelZ: 135, // u32
  // Replay on its way, one row per voxel, in order of scheduling.
  replayBurst: 136, // u32
  replayArea: 137, // u32
  replayPotential: 138, // f32
  replayX: 139, // u32
  replayY: 140, // u32
  replayZ: 141, // u32
  ...extensionSections,
} as const;
export type SnapshotSection = keyof typeof snapshotSection;

/**
 * The sections of `lif-delta`. Potentials are relative to the resting potential of their set unless said otherwise.
 *
 * Refused beside the container's faults: groups of unequal length, orders that do not ascend, ids, slots and sets that do not exist,
 * another number of plastic synapses than projections and areas tell, delay 0, arrivals and spikes in an impossible burst, values
 * that are NaN, parameters that an image could not hold, an arrival sum or a weight of -0, unknown flags.
 */
export const lifSnapshotSection = {
  stepMs: 200, // f64, one
  seed: 201, // u32, one
  // One element per parameter set.
  setThreshold: 202, // f64
  setReset: 203, // f64
  setDecay: 204, // f64
  setDrive: 205, // f64
  setRefractorySteps: 206, // u16
  setPoissonWeight: 207, // f64
  setPoissonEntries: 208, // u32, length of its Poisson table
  setRestingPotential: 209, // f64
  poissonTable: 210, // u32, the tables of all sets, one after the other
  // One element per neuron.
  potential: 220, // f64
  countdown: 221, // u16, refractory steps left
  parameterSet: 222, // u16
  neuronFlags: 223, // u8: bit 0 valid
  area: 224, // u32
  x: 225, // u32
  y: 226, // u32
  z: 227, // u32
  // One element per synapse slot.
  source: 240, // u32
  target: 241, // u32
  weight: 242, // f32; 0 where the slot is plastic or not valid
  delay: 243, // u8
  synapseState: 244, // u8: bit 0 valid
  // One element per plastic slot, ascending: the valid ones between areas that have a projection.
  plasticWeight: 250, // f64, as of the last spike sent
  plasticSpike: 251, // u32 burst of the last spike sent; when it was added (0: loaded) before the first
  plasticTrace: 252, // f64 trace of the spikes sent, as of the last one; 0 before the first
  // Projections, ascending (source area, target area).
  projectionSource: 260, // u32 area
  projectionTarget: 261, // u32 area
  projectionLambda: 262, // f64
  projectionAlpha: 263, // f64
  projectionMaxWeight: 264, // f64
  projectionMuPlus: 265, // u8: 0 or 1
  projectionMuMinus: 266, // u8: 0 or 1
  plusLow: 267, // f64, 1024 per projection
  plusHigh: 268, // f64, likewise
  minusLow: 269, // f64, likewise
  minusHigh: 270, // f64, likewise
  // Postsynaptic spikes that plastic synapses may still ask for, ascending (neuron, burst). See core/engine/lif/spike-history.ts.
  historyNeuron: 280, // u32
  historyBurst: 281, // u32
  historyTrace: 282, // f64 trace of the neuron's spikes, this one included
  // Arrivals on their way, ascending (burst, target).
  arrivalBurst: 290, // u32
  arrivalTarget: 291, // u32
  arrivalSum: 292, // f64
  // Neurons that fired in the last burst, ascending id.
  firedId: 300, // u32
  firedPotential: 301, // f32 mV, absolute
  // Input staged for the next burst, in staging order.
  stagedId: 302, // u32
  stagedPotential: 303, // f32
  // Forced fires of the next burst, in order of entry.
  forcedId: 304, // u32
  forcedPotential: 305, // f32 mV, absolute
} as const;
export type LifSnapshotSection = keyof typeof lifSnapshotSection;
/** Postsynaptic spikes that a neuron keeps to be read; the next one settles the oldest with every synapse that has not read it. */
export const LIF_HISTORY_SPIKES = 1024;

/**
 * Engine patches: everything that changes an engine between bursts, as one stream of 32-bit words.
 *
 * One operation = [opcode, n, n argument words]; f32 arguments travel as their bits. Operations apply in order, before the
 * next burst. `native/crates/types/src/patch.rs` holds the same numbers; a test compares them.
 * Effects: spec/burst-engine.md sections 3, 9, 10.2; recorded networks use the same names.
 *
 * A patch is checked whole before anything of it is applied; E_INVALID for an unknown opcode, a wrong argument count, arguments
 * past the end, delay 0, a 0|1 that is neither, more sources than ids, more than 50 000 000 neurons and, in `standard`, an f32
 * that is not finite. Beyond that:
 * - Area operations touch the valid neurons of the area. Unknown ids, areas and pairs have no effect. A setting of an area
 *   without a record makes one.
 * - u16 arguments are the low 16 bits of their word; unused high bits of a packed word are ignored.
 * - Area and image values are taken as they are; `neuronLeak` alone is confined to 0..1. INT8 converts thresholds and potentials
 *   as charges and limits as levels. A raw limit of 0 (image, addNeurons) is a limit; from areaThresholdLimit it means none.
 * - Indexed: in `standard` a synapse is indexed exactly while it is valid. In `feagi-strict` an added one is not indexed and a
 *   removed one stays so until rebuildSynapseIndex, and while no area flag is set the removed one also conducts.
 * - areaLeak, neuronLeak in `standard` write the caught-up potential with stamp = current burst before the leak changes.
 * - resetAreaRuntime: for the valid neurons of the area candidates, staged, forced and scheduled entries go, potential, countdown
 *   and consecutive fires become 0; every id of the area leaves the fired list; a baseline psp is written back; stamps stay.
 * - deleteNeurons clears the valid bit and the synapses, and undoes what modulators scale; every other column, and what is under way,
 *   stays.
 * - forceFire is resolved at once to the highest valid id of each voxel; 0, non-finite and unknown entries are dropped.
 * - addSynapses: each takes the lowest free slot, and without one a new slot behind all others; in `feagi-strict` always a new one. So do
 *   synapses that learning creates. A slot is free once its synapse was removed.
 * - addNeurons: new ids follow the last. If no power neuron is cached, the first of them in area 1 becomes it. Ids staged or
 *   scheduled before they existed mean the new neurons from then on.
 * - moveNeurons: a valid neuron goes on as another valid one: its settings, state, every synapse end, what is staged and forced go over,
 *   area and place do not, and it is deleted. So do its running train, what a homeostat knows of it and its fires in frames of watches
 *   where the new area has them; those of the other one end. Modulators scale it as they do its new area. What is under way to it and
 *   its fires in ledgers stay where they are. Pairs apply in order; one that names a neuron which is not valid by then has no effect.
 *   The power neuron goes over within area 1.
 * - neuronSettings are taken as in addNeurons; a new leak as in neuronLeak, modulated values as area edits are. neuronStates writes the
 *   stamp of the current burst.
 * - reviveNeurons: a deleted neuron is valid again, in the state it was left in, and scaled with its area; its synapses are gone.
 * - removeSynapseSlots, synapseWeights name synapses by slot; unknown and removed ones are passed over.
 * - trackFiring keeps the fires of the last `window` (1..65535) bursts of an area; a mapping learns only from tracked areas. untrackFiring
 *   forgets them.
 * - registerMapping: mode 0 off, 1 stdp, 2 rstdp; rise and fall 0..255 are added to a trace; decay is the share of it kept per
 *   burst; flags bit 0 bidirectional, bit 1 associative; maxWeight NO_MAX_WEIGHT: none; group: the modulation group whose rewards and
 *   learning rates act (patch-extensions.ts), 0 none. One registration per ordered pair, the last counts. Operations on a pair
 *   without one have no effect. A registration not off has none if its target area drives a reward in the group of another
 *   pair not off, or one of its own group's reward drivers is the target area of such a pair.
 * - Memory neurons have ids 50 000 000..99 999 999 and an area, but no slot. removeMemoryNeurons takes their synapses, frames,
 *   arrivals, staged injections and ledger entries with them.
 *
 * In `lif-delta` (potentials are absolute mV): stageInput, forceFire, deleteNeurons, removeSynapse, removeSynapsesFromTo, addSynapses,
 * updateSynapseWeight, neuronMembranePotential and neuronRefractory (the countdown). E_UNSUPPORTED for every other operation;
 * E_INVALID also for an added synapse whose psp is not 1, whose kind or flags are not 0, or one of whose ends is no neuron's id.
 * stageInput adds mV to what arrives; on unknown ids it has no effect. A weight of -0 is taken as 0.
 */
import { extensionOps } from "./patch-extensions.ts";

export const patchOp = {
  stageInput: 1, // (id, f32)…  in staging order; ids may repeat
  forceFire: 2, // area, (x, y, z, f32)…
  setPowerAmount: 3, // f32
  setFatigueActive: 4, // 0|1
  areaThreshold: 10, // area, f32
  areaThresholdLimit: 11, // area, f32 (0 = none)
  areaThresholdGradient: 12, // area, base, ix, iy, iz as f32
  areaRefractory: 13, // area, u16
  areaLeak: 14, // area, f32
  areaConsecutiveFireLimit: 15, // area, u16 (0 = none)
  areaSnooze: 16, // area, u16
  areaExcitability: 17, // area, f32
  areaAccumulation: 18, // area, 0|1
  areaPostsynapticCurrent: 19, // area, f32; also the baseline
  areaDegeneration: 20, // area, f32
  areaPspUniform: 21, // area, 0|1
  areaMpDrivenPsp: 22, // area, 0|1
  resetAreaRuntime: 23, // area
  deleteNeurons: 30, // id…
  removeSynapse: 31, // source, target
  removeSynapsesFromTo: 32, // number of sources, source…, target…
  addSynapses: 33, // (source, target, weight f32, psp f32, kind | delay << 8 | flags << 16)…
  updateSynapseWeight: 34, // source, target, f32
  rebuildSynapseIndex: 35, // -
  neuronMembranePotential: 36, // id, f32
  neuronLeak: 37, // id, f32
  neuronRefractory: 38, // id, u16; sets the countdown too
  addNeurons: 40, // area, (x, y, z, threshold f32, limit f32, leak f32, excitability f32, refractory | fireLimit << 16, snooze | accumulates << 16)…
  moveNeurons: 41, // (from, to)…
  neuronSettings: 42, // (id, threshold f32, limit f32, leak f32, excitability f32, refractory | fireLimit << 16, snooze | accumulates << 16)…
  neuronStates: 43, // (id, potential f32, countdown | consecutiveFires << 16)…
  removeSynapseSlots: 44, // slot…
  synapseWeights: 45, // (slot, f32)…
  reviveNeurons: 46, // id…
  trackFiring: 50, // area, window, 0|1 (1: fires by memory injection only)
  registerMapping: 51, // source area, target area, mode, window, rise, fall, eta f32, maxWeight f32, decay f32, flags, psp f32, kind | delay << 8 | group << 16
  unregisterMapping: 52, // source area, target area
  freezeMapping: 53, // source area, target area, 0|1
  resetMappingWeights: 54, // source area, target area, f32
  mapMemoryNeurons: 55, // (id, area)…
  removeMemoryNeurons: 56, // id…
  memoryInject: 57, // (id, area, f32)… in order; ids may repeat
  registerTwins: 58, // (memory area, upstream area, twin area)…
  replayFrames: 59, // id, (offset, upstream area, voxels n, n times x, y, z)…; replaces the frames of the neuron. Bit 31 of n: n potentials f32 follow
  untrackFiring: 60, // area, 0|1 (1: fires by memory injection only)
  ...extensionOps,
} as const;
/** `maxWeight` of a mapping that means none. */
export const NO_MAX_WEIGHT = 3.4028234663852886e38;
export type PatchOp = keyof typeof patchOp;

/** Gathers operations into one patch. Grows by doubling; `take` hands over the words and starts anew. */
export class PatchWriter {
  #words = new Uint32Array(64);
  #floats = new Float32Array(this.#words.buffer);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Appends one operation whose arguments are all integers, or f32 where `floats` says so by position. */
  op(name: PatchOp, args: readonly number[] = [], floats: readonly number[] = []): this {
    this.begin(name, args.length);
    for (let i = 0; i < args.length; i++) {
      if (floats.includes(i)) this.f32(args[i] as number);
      else this.u32(args[i] as number);
    }
    return this;
  }

  /** Opens an operation of `argumentWords` words, to be filled by `u32` and `f32`. */
  begin(name: PatchOp, argumentWords: number): this {
    this.#reserve(argumentWords + 2);
    this.u32(patchOp[name]);
    return this.u32(argumentWords);
  }

  u32(value: number): this {
    this.#reserve(1);
    this.#words[this.#length++] = value;
    return this;
  }

  f32(value: number): this {
    this.#reserve(1);
    this.#floats[this.#length++] = value;
    return this;
  }

  /** Appends words that are arguments already. */
  append(words: Uint32Array): this {
    this.#reserve(words.length);
    this.#words.set(words, this.#length);
    this.#length += words.length;
    return this;
  }

  take(): Uint32Array {
    const words = this.#words.slice(0, this.#length);
    this.#length = 0;
    return words;
  }

  #reserve(words: number): void {
    if (this.#length + words <= this.#words.length) return;
    const grown = new Uint32Array(Math.max(this.#words.length * 2, this.#length + words));
    grown.set(this.#words);
    this.#words = grown;
    this.#floats = new Float32Array(grown.buffer);
  }
}

/**
 * Patch operations of the engine's optional subsystems: modulators, spike trains, rate-modulated leak, classifier watches, memory
 * neurons under associative input, scheduled replay. Part of `patchOp`; layout and refusals as in patch.ts.
 *
 * Effects: spec/burst-engine-extensions.md sections 8 to 14. What `standard` does otherwise is in 11.5 and at the end of 13.
 * `lif-delta` has none of them (E_UNSUPPORTED).
 *
 * Modulators have numbers (u32) that the caller chooses; names are the caller's. A number that is not bound has no signal.
 * - setModulators replaces all. kind: `modulatorKinds` by position. signal = magnitude (percent / 100) when the driver area fired;
 *   with a fullScale above 0 times min(potential / fullScale, 1), the potential that of the lowest id that fired. A number listed
 *   twice is E_INVALID. In `feagi-strict` the last modulator of a driver area says magnitude and fullScale for all of that area.
 * - What is computed at the end of a burst is in force in the next. Edits leave it, except: a group that gets a gate and had none
 *   closes (0). In `standard` an edit after which no modulator is bound resets every factor, and an area that is no longer
 *   subscribed to a kind gets its values back at once.
 * - setSubscriptions replaces all, a row listed twice counts once. Factors multiply in the order of the rows of an area.
 * - modulationGroup defines a group or its new members, in order, each once. Group 0 does not exist (E_INVALID).
 * - removeModulator takes a number out of modulators, subscriptions and groups.
 * - rebaseModulated (kind 0..2) takes the present, scaled values as baseline and scales them once more; releaseModulated gives
 *   baselines without a subscription back and drops them. In `standard` both have no effect: there an edit of a modulated
 *   threshold, leak or excitability is one of its baseline, and the value written is scaled by the factor in force.
 * - A new neuron of a modulated area gets its values as baseline and is scaled at once.
 * - groupSynapses stamps runs of slots with a group, defined or not; 0 takes the stamp away. Slots beyond the last are passed over.
 *   addGroupedSynapses adds synapses that have one from the start.
 *
 * - spikeTrainAreas replaces the set; trains of areas no longer in it end as they are.
 *
 * - rateModulatedLeak: flags bit 0 per neuron, bit 1 silent neurons unregulated. rateShare, armShare = 1 - exp(-1 / tau), taken by
 *   the caller, so that all engines have the same bits. every 0 counts as 1, armBursts 0 is E_INVALID. Registers the valid neurons
 *   the area has now; tracks the area with window 1 where it is not tracked. Per neuron a registration that starts afresh is an
 *   edit of their leaks to the base leak, after the idle stretch was settled in both dynamics.
 *
 * - setClassifierWatches replaces all and forgets what was seen. correctArea NO_AREA: none. answerDelay above 65535 is E_INVALID.
 *
 * - sparseMemory: parameters of an area's memory neurons under associative input, limit 0 = none. The area operations threshold,
 *   threshold limit, refractory, fire limit and snooze change them too, where they were given.
 * - clearConsolidated forgets the marks of memory neurons that reward consolidated.
 * - scheduleReplay: burst b, voxels of an area, forced firing (0) or staged input (1) with these potentials; dropped if b is not to
 *   come. Voxels become neurons in burst b.
 */
export const extensionOps = {
  setModulators: 70, // (number, kind, driver area, magnitude f32, fullScale f32)…
  setSubscriptions: 71, // (area, number)…
  modulationGroup: 72, // group, number…
  removeModulator: 73, // number
  rebaseModulated: 74, // area, kind
  releaseModulated: 75, // -
  groupSynapses: 76, // (first slot, slots, group)…
  spikeTrainAreas: 77, // area…
  rateModulatedLeak: 78, // area, flags, target f32, rateShare f32, gain f32, leakMin f32, leakMax f32, every, armBursts, armShare f32, minTarget f32, epoch, base leak f32
  stopRateModulatedLeak: 79, // area
  setClassifierWatches: 80, // (errorArea, correctArea, answerDelay, pairs n, n times (input area, output area))…
  sparseMemory: 81, // area, threshold f32, limit f32, excitability f32, refractory | fireLimit << 16, snooze
  clearConsolidated: 82, // -
  scheduleReplay: 83, // burst, area, 0|1, (x, y, z, f32)…
  unregisterTwin: 84, // memory area, upstream area
  addGroupedSynapses: 85, // group, (source, target, weight f32, psp f32, kind | delay << 8 | flags << 16)…
} as const;

/** Kinds of modulators by their number in a patch. */
export const modulatorKinds = [
  "neuro.firing_threshold",
  "neuro.leak",
  "neuro.firing_probability",
  "synaptic.transmission_gain",
  "synaptic.gate",
  "synaptic.reward",
  "synaptic.learning_rate",
  "memory.formation",
] as const;
export type ModulatorKind = (typeof modulatorKinds)[number];

/** Stands for an area that is not there. */
export const NO_AREA = 0xffffffff;

/**
 * Snapshot sections of the engine's optional subsystems. Part of `snapshotSection`; types and order as said here.
 *
 * A section is absent exactly when it would have no element, one marked "0: absent" also when all its elements are 0. So a brain
 * that uses none of this has the snapshot it had before. Columns of one list have equal length.
 *
 * Refused beside the container's faults: an absent-rule broken either way, lists of unequal length, lengths that do not add up, orders that
 * do not ascend, unknown kinds and flags, neurons that do not exist, a modulator number twice, group 0, a group member or
 * subscription twice within its group or area, a factor of a group that is no group; in `standard` a setting that is not finite.
 */
export const extensionSections = {
  synapseGroup: 150, // u16 per slot, modulation group; 0: absent
  // Beside modulatorNumber, modulatorDriver, modulatorMagnitude.
  modulatorKind: 151, // u8, position in modulatorKinds; not absent for being 0
  modulatorFullScale: 152, // f32, 0 not graded; not absent for being 0
  // Subscriptions, ascending area, within one in given order.
  subscriptionArea: 153, // u32
  subscriptionModulator: 154, // u32 number
  // Groups, ascending; the factors are in force in the next burst.
  groupNumber: 155, // u32
  groupSize: 156, // u32, number of members
  groupMember: 157, // u32 modulator number per member
  groupTransmission: 158, // f32, what a contribution is multiplied by
  groupReward: 159, // f32, sum of reward signals
  groupLearning: 160, // f32, learning rate factor
  // Values as they were before modulators scaled them, ascending (area, kind).
  baselineArea: 161, // u32
  baselineKind: 162, // u8: 0 threshold, 1 leak, 2 excitability
  baselineFactor: 163, // f32, by which the values are scaled now
  baselineSize: 164, // u32, number of neurons
  baselineNeuron: 165, // u32 per neuron, ascending within an area
  baselineValue: 166, // f32 per neuron
  suppressedArea: 167, // u32 areas, ascending, that form no memory neurons in the next memory step
  // Spike trains.
  trainArea: 168, // u32 areas, ascending
  trainNeuron: 169, // u32 running trains, ascending
  trainPotential: 170, // f32, held
  // Associative part of arrivals at memory neurons, ascending (burst, target).
  associativeBurst: 171, // u32
  associativeTarget: 172, // u32
  associativeSum: 173, // f32
  // Parameters of memory neurons under associative input, ascending area.
  sparseArea: 174, // u32
  sparseThreshold: 175, // f32
  sparseLimit: 176, // f32, NO_THRESHOLD_LIMIT none
  sparseExcitability: 177, // f32
  sparseRefractory: 178, // u16
  sparseFireLimit: 179, // u16, 65535 none
  sparseSnooze: 180, // u16
  // State of memory neurons that once got associative input, ascending id.
  sparseId: 181, // u32
  sparsePotential: 182, // f32
  sparseFires: 183, // u16, consecutive
  sparseCountdown: 184, // u16
  consolidatedId: 185, // u32 memory neurons marked by reward, ascending
  replayKind: 186, // u8 per replay row: 0 forced firing, 1 staged input; 0: absent
  frameKind: 187, // u8 per replay frame: 0 voxels, 1 voxels with potentials; 0: absent
  framePotential: 188, // f32 per voxel of the frames of kind 1
  // Classifier watches, in given order.
  watchError: 189, // u32 area
  watchCorrect: 190, // u32 area, NO_AREA none
  watchDelay: 191, // u32 bursts
  watchPairs: 192, // u32, number of pairs
  watchInput: 193, // u32 area per pair
  watchOutput: 194, // u32 area per pair
  watchFrames: 195, // u32 per watch, bursts of input kept, at most delay + 1
  watchFrameSize: 196, // u32 per frame and pair: oldest frame first, pairs in order
  watchFrameId: 197, // u32, ascending within a frame and pair
  // Rate-modulated leak, ascending area.
  homeostatArea: 310, // u32
  homeostatFlags: 311, // u8: bit 0 per neuron, bit 1 silent neurons unregulated
  homeostatTarget: 312, // f32 fires per burst
  homeostatRateShare: 313, // f32
  homeostatGain: 314, // f32
  homeostatLeakMin: 315, // f32
  homeostatLeakMax: 316, // f32
  homeostatEvery: 317, // u32 bursts, at least 1
  homeostatArmBursts: 318, // u32, at least 1
  homeostatArmShare: 319, // f32
  homeostatMinTarget: 320, // f32
  homeostatEpoch: 321, // u32
  homeostatBase: 322, // f32 leak
  homeostatArmed: 323, // u32 bursts of arming that are over; armBursts: armed
  homeostatSize: 324, // u32, number of neurons
  homeostatNeuron: 325, // u32 per neuron, ascending within an area
  homeostatRate: 326, // f32 per neuron
  homeostatSetPoint: 327, // f32 per neuron: the average taken while arming, then the target
  homeostatLeak: 328, // f32 per neuron, before modulation
  homeostatRule: 329, // u8 per neuron: 0 not regulated, 1 one-sided, 2 two-sided
} as const;

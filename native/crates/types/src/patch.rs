//! Patches: the operation codes of `app/contracts/patch.ts`. One operation = [opcode, n, n argument words].

/// (id, f32)…  in staging order; ids may repeat
pub const STAGE_INPUT: u32 = 1;
/// area, (x, y, z, f32)…
pub const FORCE_FIRE: u32 = 2;
/// f32
pub const SET_POWER_AMOUNT: u32 = 3;
/// 0|1
pub const SET_FATIGUE_ACTIVE: u32 = 4;
/// area, f32
pub const AREA_THRESHOLD: u32 = 10;
/// area, f32 (0 = none)
pub const AREA_THRESHOLD_LIMIT: u32 = 11;
/// area, base, ix, iy, iz as f32
pub const AREA_THRESHOLD_GRADIENT: u32 = 12;
/// area, u16
pub const AREA_REFRACTORY: u32 = 13;
/// area, f32
pub const AREA_LEAK: u32 = 14;
/// area, u16 (0 = none)
pub const AREA_CONSECUTIVE_FIRE_LIMIT: u32 = 15;
/// area, u16
pub const AREA_SNOOZE: u32 = 16;
/// area, f32
pub const AREA_EXCITABILITY: u32 = 17;
/// area, 0|1
pub const AREA_ACCUMULATION: u32 = 18;
/// area, f32; also the baseline
pub const AREA_POSTSYNAPTIC_CURRENT: u32 = 19;
/// area, f32
pub const AREA_DEGENERATION: u32 = 20;
/// area, 0|1
pub const AREA_PSP_UNIFORM: u32 = 21;
/// area, 0|1
pub const AREA_MP_DRIVEN_PSP: u32 = 22;
/// area
pub const RESET_AREA_RUNTIME: u32 = 23;
/// id…
pub const DELETE_NEURONS: u32 = 30;
/// source, target
pub const REMOVE_SYNAPSE: u32 = 31;
/// number of sources, source…, target…
pub const REMOVE_SYNAPSES_FROM_TO: u32 = 32;
/// (source, target, weight f32, psp f32, kind | delay << 8 | flags << 16)…
pub const ADD_SYNAPSES: u32 = 33;
/// source, target, f32
pub const UPDATE_SYNAPSE_WEIGHT: u32 = 34;
/// -
pub const REBUILD_SYNAPSE_INDEX: u32 = 35;
/// id, f32
pub const NEURON_MEMBRANE_POTENTIAL: u32 = 36;
/// id, f32
pub const NEURON_LEAK: u32 = 37;
/// id, u16; sets the countdown too
pub const NEURON_REFRACTORY: u32 = 38;
/// area, (x, y, z, threshold f32, limit f32, leak f32, excitability f32, refractory | fireLimit << 16, snooze | accumulates << 16)…
pub const ADD_NEURONS: u32 = 40;
/// (from, to)…
pub const MOVE_NEURONS: u32 = 41;
/// (id, threshold f32, limit f32, leak f32, excitability f32, refractory | fireLimit << 16, snooze | accumulates << 16)…
pub const NEURON_SETTINGS: u32 = 42;
/// (id, potential f32, countdown | consecutiveFires << 16)…
pub const NEURON_STATES: u32 = 43;
/// slot…
pub const REMOVE_SYNAPSE_SLOTS: u32 = 44;
/// (slot, f32)…
pub const SYNAPSE_WEIGHTS: u32 = 45;
/// id…
pub const REVIVE_NEURONS: u32 = 46;
/// area, window, 0|1 (1: fires by memory injection only)
pub const TRACK_FIRING: u32 = 50;
/// source area, target area, mode, window, rise, fall, eta f32, maxWeight f32, decay f32, flags, psp f32, kind | delay << 8 | group << 16
pub const REGISTER_MAPPING: u32 = 51;
/// source area, target area
pub const UNREGISTER_MAPPING: u32 = 52;
/// source area, target area, 0|1
pub const FREEZE_MAPPING: u32 = 53;
/// source area, target area, f32
pub const RESET_MAPPING_WEIGHTS: u32 = 54;
/// (id, area)…
pub const MAP_MEMORY_NEURONS: u32 = 55;
/// id…
pub const REMOVE_MEMORY_NEURONS: u32 = 56;
/// (id, area, f32)… in order; ids may repeat
pub const MEMORY_INJECT: u32 = 57;
/// (memory area, upstream area, twin area)…
pub const REGISTER_TWINS: u32 = 58;
/// id, (offset, upstream area, voxels n, n times x, y, z)…; replaces the frames of the neuron. Bit 31 of n: n potentials f32 follow
pub const REPLAY_FRAMES: u32 = 59;
/// area, 0|1
pub const UNTRACK_FIRING: u32 = 60;
/// Bit of a number of voxels in [`REPLAY_FRAMES`].
pub const WITH_POTENTIALS: u32 = 1 << 31;
/// (number, kind, driver area, magnitude f32, fullScale f32)…
pub const SET_MODULATORS: u32 = 70;
/// (area, number)…
pub const SET_SUBSCRIPTIONS: u32 = 71;
/// group, number…
pub const MODULATION_GROUP: u32 = 72;
/// number
pub const REMOVE_MODULATOR: u32 = 73;
/// area, kind
pub const REBASE_MODULATED: u32 = 74;
/// -
pub const RELEASE_MODULATED: u32 = 75;
/// (first slot, slots, group)…
pub const GROUP_SYNAPSES: u32 = 76;
/// area…
pub const SPIKE_TRAIN_AREAS: u32 = 77;
/// area, flags, target f32, rateShare f32, gain f32, leakMin f32, leakMax f32, every, armBursts, armShare f32, minTarget f32, epoch, base leak f32
pub const RATE_MODULATED_LEAK: u32 = 78;
/// area
pub const STOP_RATE_MODULATED_LEAK: u32 = 79;
/// (errorArea, correctArea, answerDelay, pairs n, n times (input area, output area))…
pub const SET_CLASSIFIER_WATCHES: u32 = 80;
/// area, threshold f32, limit f32, excitability f32, refractory | fireLimit << 16, snooze
pub const SPARSE_MEMORY: u32 = 81;
/// -
pub const CLEAR_CONSOLIDATED: u32 = 82;
/// burst, area, 0|1, (x, y, z, f32)…
pub const SCHEDULE_REPLAY: u32 = 83;
/// memory area, upstream area
pub const UNREGISTER_TWIN: u32 = 84;
/// group, then as [`ADD_SYNAPSES`]
pub const ADD_GROUPED_SYNAPSES: u32 = 85;
/// Stands for an area that is not there.
pub const NO_AREA: u32 = u32::MAX;

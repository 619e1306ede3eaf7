//! Snapshots: the numbers of `app/contracts/snapshot.ts`.

pub const MAGIC: u32 = 0x5053_5947;
pub const VERSION: u32 = 2;
pub const HEADER_BYTES: usize = 24;
pub const ENTRY_BYTES: usize = 24;
/// Bits of the mode word.
pub const MODE_STRICT: u32 = 1;
pub const MODE_INT8: u32 = 2;
pub const MODE_LIF: u32 = 4;
/// Sections start at multiples of this.
pub const SECTION_ALIGNMENT: usize = 8;
/// The state hash at the end.
pub const HASH_BYTES: usize = 8;
pub const CANONICAL_NAN: u32 = 0x7fc0_0000;
pub const NO_POWER_NEURON: u32 = u32::MAX;
/// Length of the globals section: power amount, fatigue flag, power neuron, zero.
pub const GLOBALS_BYTES: usize = 16;

pub const GLOBALS: u32 = 1;
pub const POTENTIAL: u32 = 10;
pub const LAST_UPDATE: u32 = 11;
pub const COUNTDOWN: u32 = 12;
pub const CONSECUTIVE_FIRES: u32 = 13;
pub const THRESHOLD: u32 = 14;
pub const THRESHOLD_LIMIT: u32 = 15;
pub const LEAK: u32 = 16;
pub const REFRACTORY_PERIOD: u32 = 17;
pub const EXCITABILITY: u32 = 18;
pub const CONSECUTIVE_FIRE_LIMIT: u32 = 19;
pub const SNOOZE_PERIOD: u32 = 20;
pub const NEURON_FLAGS: u32 = 21;
pub const AREA: u32 = 22;
pub const X: u32 = 23;
pub const Y: u32 = 24;
pub const Z: u32 = 25;
pub const SOURCE: u32 = 40;
pub const TARGET: u32 = 41;
pub const WEIGHT: u32 = 42;
pub const PSP: u32 = 43;
pub const KIND: u32 = 44;
pub const DELAY: u32 = 45;
pub const SYNAPSE_FLAGS: u32 = 46;
pub const SYNAPSE_STATE: u32 = 47;
pub const TRACE: u32 = 48;
pub const AREA_INDEX: u32 = 60;
pub const AREA_PSP_UNIFORM: u32 = 61;
pub const AREA_MP_DRIVEN_PSP: u32 = 62;
pub const AREA_DEGENERATION: u32 = 63;
pub const AREA_BASELINE_PSP: u32 = 64;
pub const ARRIVAL_BURST: u32 = 70;
pub const ARRIVAL_TARGET: u32 = 71;
pub const ARRIVAL_SUM: u32 = 72;
pub const CANDIDATE_ID: u32 = 73;
pub const CANDIDATE_SUM: u32 = 74;
pub const FIRED_ID: u32 = 75;
pub const FIRED_POTENTIAL: u32 = 76;
pub const STAGED_ID: u32 = 77;
pub const STAGED_POTENTIAL: u32 = 78;
pub const FORCED_ID: u32 = 79;
pub const FORCED_POTENTIAL: u32 = 80;
pub const TRACK_AREA: u32 = 90;
pub const TRACK_EPISODIC: u32 = 91;
pub const TRACK_WINDOW: u32 = 92;
pub const TRACK_FRAMES: u32 = 93;
pub const TRACK_FRAME_SIZE: u32 = 94;
pub const TRACK_FRAME_ID: u32 = 95;
pub const MAPPING_SOURCE: u32 = 100;
pub const MAPPING_TARGET: u32 = 101;
pub const MAPPING_MODE: u32 = 102;
pub const MAPPING_WINDOW: u32 = 103;
pub const MAPPING_RISE: u32 = 104;
pub const MAPPING_FALL: u32 = 105;
pub const MAPPING_ETA: u32 = 106;
pub const MAPPING_MAX_WEIGHT: u32 = 107;
pub const MAPPING_DECAY: u32 = 108;
pub const MAPPING_FLAGS: u32 = 109;
pub const MAPPING_PSP: u32 = 110;
pub const MAPPING_KIND: u32 = 111;
pub const MAPPING_DELAY: u32 = 112;
pub const MAPPING_GROUP: u32 = 113;
pub const MODULATOR_DRIVER: u32 = 114;
pub const MODULATOR_MAGNITUDE: u32 = 115;
pub const MODULATOR_NUMBER: u32 = 116;
pub const MEMORY_ID: u32 = 120;
pub const MEMORY_AREA: u32 = 121;
pub const INJECTED_ID: u32 = 122;
pub const INJECTED_AREA: u32 = 123;
pub const INJECTED_POTENTIAL: u32 = 124;
pub const FIRED_MEMORY_AREA: u32 = 125;
pub const TWIN_MEMORY_AREA: u32 = 126;
pub const TWIN_UPSTREAM_AREA: u32 = 127;
pub const TWIN_AREA: u32 = 128;
pub const FRAME_NEURON: u32 = 129;
pub const FRAME_OFFSET: u32 = 130;
pub const FRAME_UPSTREAM_AREA: u32 = 131;
pub const FRAME_VOXELS: u32 = 132;
pub const VOXEL_X: u32 = 133;
pub const VOXEL_Y: u32 = 134;
pub const VOXEL_Z: u32 = 135;
pub const REPLAY_BURST: u32 = 136;
pub const REPLAY_AREA: u32 = 137;
pub const REPLAY_POTENTIAL: u32 = 138;
pub const REPLAY_X: u32 = 139;
pub const REPLAY_Y: u32 = 140;
pub const REPLAY_Z: u32 = 141;
pub const SYNAPSE_GROUP: u32 = 150;
pub const MODULATOR_KIND: u32 = 151;
pub const MODULATOR_FULL_SCALE: u32 = 152;
pub const SUBSCRIPTION_AREA: u32 = 153;
pub const SUBSCRIPTION_MODULATOR: u32 = 154;
pub const GROUP_NUMBER: u32 = 155;
pub const GROUP_SIZE: u32 = 156;
pub const GROUP_MEMBER: u32 = 157;
pub const GROUP_TRANSMISSION: u32 = 158;
pub const GROUP_REWARD: u32 = 159;
pub const GROUP_LEARNING: u32 = 160;
pub const BASELINE_AREA: u32 = 161;
pub const BASELINE_KIND: u32 = 162;
pub const BASELINE_FACTOR: u32 = 163;
pub const BASELINE_SIZE: u32 = 164;
pub const BASELINE_NEURON: u32 = 165;
pub const BASELINE_VALUE: u32 = 166;
pub const SUPPRESSED_AREA: u32 = 167;
pub const TRAIN_AREA: u32 = 168;
pub const TRAIN_NEURON: u32 = 169;
pub const TRAIN_POTENTIAL: u32 = 170;
pub const ASSOCIATIVE_BURST: u32 = 171;
pub const ASSOCIATIVE_TARGET: u32 = 172;
pub const ASSOCIATIVE_SUM: u32 = 173;
pub const SPARSE_AREA: u32 = 174;
pub const SPARSE_THRESHOLD: u32 = 175;
pub const SPARSE_LIMIT: u32 = 176;
pub const SPARSE_EXCITABILITY: u32 = 177;
pub const SPARSE_REFRACTORY: u32 = 178;
pub const SPARSE_FIRE_LIMIT: u32 = 179;
pub const SPARSE_SNOOZE: u32 = 180;
pub const SPARSE_ID: u32 = 181;
pub const SPARSE_POTENTIAL: u32 = 182;
pub const SPARSE_FIRES: u32 = 183;
pub const SPARSE_COUNTDOWN: u32 = 184;
pub const CONSOLIDATED_ID: u32 = 185;
pub const REPLAY_KIND: u32 = 186;
pub const FRAME_KIND: u32 = 187;
pub const FRAME_POTENTIAL: u32 = 188;
pub const WATCH_ERROR: u32 = 189;
pub const WATCH_CORRECT: u32 = 190;
pub const WATCH_DELAY: u32 = 191;
pub const WATCH_PAIRS: u32 = 192;
pub const WATCH_INPUT: u32 = 193;
pub const WATCH_OUTPUT: u32 = 194;
pub const WATCH_FRAMES: u32 = 195;
pub const WATCH_FRAME_SIZE: u32 = 196;
pub const WATCH_FRAME_ID: u32 = 197;
pub const HOMEOSTAT_AREA: u32 = 310;
pub const HOMEOSTAT_FLAGS: u32 = 311;
pub const HOMEOSTAT_TARGET: u32 = 312;
pub const HOMEOSTAT_RATE_SHARE: u32 = 313;
pub const HOMEOSTAT_GAIN: u32 = 314;
pub const HOMEOSTAT_LEAK_MIN: u32 = 315;
pub const HOMEOSTAT_LEAK_MAX: u32 = 316;
pub const HOMEOSTAT_EVERY: u32 = 317;
pub const HOMEOSTAT_ARM_BURSTS: u32 = 318;
pub const HOMEOSTAT_ARM_SHARE: u32 = 319;
pub const HOMEOSTAT_MIN_TARGET: u32 = 320;
pub const HOMEOSTAT_EPOCH: u32 = 321;
pub const HOMEOSTAT_BASE: u32 = 322;
pub const HOMEOSTAT_ARMED: u32 = 323;
pub const HOMEOSTAT_SIZE: u32 = 324;
pub const HOMEOSTAT_NEURON: u32 = 325;
pub const HOMEOSTAT_RATE: u32 = 326;
pub const HOMEOSTAT_SET_POINT: u32 = 327;
pub const HOMEOSTAT_LEAK: u32 = 328;
pub const HOMEOSTAT_RULE: u32 = 329;

/// So many sections are always there; those behind them, of optional subsystems, only where they have elements.
pub const CORE_SECTIONS: usize = 87;

/// Every section in file order: id, bytes of one element.
pub const SECTIONS: [(u32, u32); CORE_SECTIONS + 68] = [
    (GLOBALS, 4),
    (POTENTIAL, 4),
    (LAST_UPDATE, 4),
    (COUNTDOWN, 2),
    (CONSECUTIVE_FIRES, 2),
    (THRESHOLD, 4),
    (THRESHOLD_LIMIT, 4),
    (LEAK, 4),
    (REFRACTORY_PERIOD, 2),
    (EXCITABILITY, 4),
    (CONSECUTIVE_FIRE_LIMIT, 2),
    (SNOOZE_PERIOD, 2),
    (NEURON_FLAGS, 1),
    (AREA, 4),
    (X, 4),
    (Y, 4),
    (Z, 4),
    (SOURCE, 4),
    (TARGET, 4),
    (WEIGHT, 4),
    (PSP, 4),
    (KIND, 1),
    (DELAY, 1),
    (SYNAPSE_FLAGS, 1),
    (SYNAPSE_STATE, 1),
    (TRACE, 4),
    (AREA_INDEX, 4),
    (AREA_PSP_UNIFORM, 1),
    (AREA_MP_DRIVEN_PSP, 1),
    (AREA_DEGENERATION, 4),
    (AREA_BASELINE_PSP, 4),
    (ARRIVAL_BURST, 4),
    (ARRIVAL_TARGET, 4),
    (ARRIVAL_SUM, 4),
    (CANDIDATE_ID, 4),
    (CANDIDATE_SUM, 4),
    (FIRED_ID, 4),
    (FIRED_POTENTIAL, 4),
    (STAGED_ID, 4),
    (STAGED_POTENTIAL, 4),
    (FORCED_ID, 4),
    (FORCED_POTENTIAL, 4),
    (TRACK_AREA, 4),
    (TRACK_EPISODIC, 1),
    (TRACK_WINDOW, 4),
    (TRACK_FRAMES, 4),
    (TRACK_FRAME_SIZE, 4),
    (TRACK_FRAME_ID, 4),
    (MAPPING_SOURCE, 4),
    (MAPPING_TARGET, 4),
    (MAPPING_MODE, 1),
    (MAPPING_WINDOW, 4),
    (MAPPING_RISE, 1),
    (MAPPING_FALL, 1),
    (MAPPING_ETA, 4),
    (MAPPING_MAX_WEIGHT, 4),
    (MAPPING_DECAY, 4),
    (MAPPING_FLAGS, 1),
    (MAPPING_PSP, 4),
    (MAPPING_KIND, 1),
    (MAPPING_DELAY, 1),
    (MAPPING_GROUP, 4),
    (MODULATOR_DRIVER, 4),
    (MODULATOR_MAGNITUDE, 4),
    (MODULATOR_NUMBER, 4),
    (MEMORY_ID, 4),
    (MEMORY_AREA, 4),
    (INJECTED_ID, 4),
    (INJECTED_AREA, 4),
    (INJECTED_POTENTIAL, 4),
    (FIRED_MEMORY_AREA, 4),
    (TWIN_MEMORY_AREA, 4),
    (TWIN_UPSTREAM_AREA, 4),
    (TWIN_AREA, 4),
    (FRAME_NEURON, 4),
    (FRAME_OFFSET, 4),
    (FRAME_UPSTREAM_AREA, 4),
    (FRAME_VOXELS, 4),
    (VOXEL_X, 4),
    (VOXEL_Y, 4),
    (VOXEL_Z, 4),
    (REPLAY_BURST, 4),
    (REPLAY_AREA, 4),
    (REPLAY_POTENTIAL, 4),
    (REPLAY_X, 4),
    (REPLAY_Y, 4),
    (REPLAY_Z, 4),
    (SYNAPSE_GROUP, 2),
    (MODULATOR_KIND, 1),
    (MODULATOR_FULL_SCALE, 4),
    (SUBSCRIPTION_AREA, 4),
    (SUBSCRIPTION_MODULATOR, 4),
    (GROUP_NUMBER, 4),
    (GROUP_SIZE, 4),
    (GROUP_MEMBER, 4),
    (GROUP_TRANSMISSION, 4),
    (GROUP_REWARD, 4),
    (GROUP_LEARNING, 4),
    (BASELINE_AREA, 4),
    (BASELINE_KIND, 1),
    (BASELINE_FACTOR, 4),
    (BASELINE_SIZE, 4),
    (BASELINE_NEURON, 4),
    (BASELINE_VALUE, 4),
    (SUPPRESSED_AREA, 4),
    (TRAIN_AREA, 4),
    (TRAIN_NEURON, 4),
    (TRAIN_POTENTIAL, 4),
    (ASSOCIATIVE_BURST, 4),
    (ASSOCIATIVE_TARGET, 4),
    (ASSOCIATIVE_SUM, 4),
    (SPARSE_AREA, 4),
    (SPARSE_THRESHOLD, 4),
    (SPARSE_LIMIT, 4),
    (SPARSE_EXCITABILITY, 4),
    (SPARSE_REFRACTORY, 2),
    (SPARSE_FIRE_LIMIT, 2),
    (SPARSE_SNOOZE, 2),
    (SPARSE_ID, 4),
    (SPARSE_POTENTIAL, 4),
    (SPARSE_FIRES, 2),
    (SPARSE_COUNTDOWN, 2),
    (CONSOLIDATED_ID, 4),
    (REPLAY_KIND, 1),
    (FRAME_KIND, 1),
    (FRAME_POTENTIAL, 4),
    (WATCH_ERROR, 4),
    (WATCH_CORRECT, 4),
    (WATCH_DELAY, 4),
    (WATCH_PAIRS, 4),
    (WATCH_INPUT, 4),
    (WATCH_OUTPUT, 4),
    (WATCH_FRAMES, 4),
    (WATCH_FRAME_SIZE, 4),
    (WATCH_FRAME_ID, 4),
    (HOMEOSTAT_AREA, 4),
    (HOMEOSTAT_FLAGS, 1),
    (HOMEOSTAT_TARGET, 4),
    (HOMEOSTAT_RATE_SHARE, 4),
    (HOMEOSTAT_GAIN, 4),
    (HOMEOSTAT_LEAK_MIN, 4),
    (HOMEOSTAT_LEAK_MAX, 4),
    (HOMEOSTAT_EVERY, 4),
    (HOMEOSTAT_ARM_BURSTS, 4),
    (HOMEOSTAT_ARM_SHARE, 4),
    (HOMEOSTAT_MIN_TARGET, 4),
    (HOMEOSTAT_EPOCH, 4),
    (HOMEOSTAT_BASE, 4),
    (HOMEOSTAT_ARMED, 4),
    (HOMEOSTAT_SIZE, 4),
    (HOMEOSTAT_NEURON, 4),
    (HOMEOSTAT_RATE, 4),
    (HOMEOSTAT_SET_POINT, 4),
    (HOMEOSTAT_LEAK, 4),
    (HOMEOSTAT_RULE, 1),
];

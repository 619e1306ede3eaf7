//! The sections of a `lif-delta` snapshot: the numbers of `lifSnapshotSection` in `app/contracts/snapshot.ts`.

pub const STEP_MS: u32 = 200;
pub const SEED: u32 = 201;
pub const SET_THRESHOLD: u32 = 202;
pub const SET_RESET: u32 = 203;
pub const SET_DECAY: u32 = 204;
pub const SET_DRIVE: u32 = 205;
pub const SET_REFRACTORY_STEPS: u32 = 206;
pub const SET_POISSON_WEIGHT: u32 = 207;
pub const SET_POISSON_ENTRIES: u32 = 208;
pub const SET_RESTING_POTENTIAL: u32 = 209;
pub const POISSON_TABLE: u32 = 210;
pub const POTENTIAL: u32 = 220;
pub const COUNTDOWN: u32 = 221;
pub const PARAMETER_SET: u32 = 222;
pub const NEURON_FLAGS: u32 = 223;
pub const AREA: u32 = 224;
pub const X: u32 = 225;
pub const Y: u32 = 226;
pub const Z: u32 = 227;
pub const SOURCE: u32 = 240;
pub const TARGET: u32 = 241;
pub const WEIGHT: u32 = 242;
pub const DELAY: u32 = 243;
pub const SYNAPSE_STATE: u32 = 244;
pub const PLASTIC_WEIGHT: u32 = 250;
pub const PLASTIC_SPIKE: u32 = 251;
pub const PLASTIC_TRACE: u32 = 252;
pub const PROJECTION_SOURCE: u32 = 260;
pub const PROJECTION_TARGET: u32 = 261;
pub const PROJECTION_LAMBDA: u32 = 262;
pub const PROJECTION_ALPHA: u32 = 263;
pub const PROJECTION_MAX_WEIGHT: u32 = 264;
pub const PROJECTION_MU_PLUS: u32 = 265;
pub const PROJECTION_MU_MINUS: u32 = 266;
pub const PLUS_LOW: u32 = 267;
pub const PLUS_HIGH: u32 = 268;
pub const MINUS_LOW: u32 = 269;
pub const MINUS_HIGH: u32 = 270;
pub const HISTORY_NEURON: u32 = 280;
pub const HISTORY_BURST: u32 = 281;
pub const HISTORY_TRACE: u32 = 282;
pub const ARRIVAL_BURST: u32 = 290;
pub const ARRIVAL_TARGET: u32 = 291;
pub const ARRIVAL_SUM: u32 = 292;
pub const FIRED_ID: u32 = 300;
pub const FIRED_POTENTIAL: u32 = 301;
pub const STAGED_ID: u32 = 302;
pub const STAGED_POTENTIAL: u32 = 303;
pub const FORCED_ID: u32 = 304;
pub const FORCED_POTENTIAL: u32 = 305;

/// Every section in file order: id, bytes of one element.
pub const SECTIONS: [(u32, u32); 50] = [
    (STEP_MS, 8),
    (SEED, 4),
    (SET_THRESHOLD, 8),
    (SET_RESET, 8),
    (SET_DECAY, 8),
    (SET_DRIVE, 8),
    (SET_REFRACTORY_STEPS, 2),
    (SET_POISSON_WEIGHT, 8),
    (SET_POISSON_ENTRIES, 4),
    (SET_RESTING_POTENTIAL, 8),
    (POISSON_TABLE, 4),
    (POTENTIAL, 8),
    (COUNTDOWN, 2),
    (PARAMETER_SET, 2),
    (NEURON_FLAGS, 1),
    (AREA, 4),
    (X, 4),
    (Y, 4),
    (Z, 4),
    (SOURCE, 4),
    (TARGET, 4),
    (WEIGHT, 4),
    (DELAY, 1),
    (SYNAPSE_STATE, 1),
    (PLASTIC_WEIGHT, 8),
    (PLASTIC_SPIKE, 4),
    (PLASTIC_TRACE, 8),
    (PROJECTION_SOURCE, 4),
    (PROJECTION_TARGET, 4),
    (PROJECTION_LAMBDA, 8),
    (PROJECTION_ALPHA, 8),
    (PROJECTION_MAX_WEIGHT, 8),
    (PROJECTION_MU_PLUS, 1),
    (PROJECTION_MU_MINUS, 1),
    (PLUS_LOW, 8),
    (PLUS_HIGH, 8),
    (MINUS_LOW, 8),
    (MINUS_HIGH, 8),
    (HISTORY_NEURON, 4),
    (HISTORY_BURST, 4),
    (HISTORY_TRACE, 8),
    (ARRIVAL_BURST, 4),
    (ARRIVAL_TARGET, 4),
    (ARRIVAL_SUM, 8),
    (FIRED_ID, 4),
    (FIRED_POTENTIAL, 4),
    (STAGED_ID, 4),
    (STAGED_POTENTIAL, 4),
    (FORCED_ID, 4),
    (FORCED_POTENTIAL, 4),
];

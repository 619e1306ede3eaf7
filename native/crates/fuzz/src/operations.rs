//! Patch operations from fuzzed bytes: of the right shape mostly, so that what lies behind the checks is reached.

use gyrus_types::patch;

use crate::bytes::Bytes;
use crate::network::{AREAS, FIRST_MEMORY, neuron_or_memory};

/// Code, its fixed arguments, and those that may follow any number of times. A letter is a kind of argument, a digit itself:
/// area, neuron, memory neuron, float, coordinate, switch, half word, window, trace step, learning mode, flags, packed synapse, the same of kind 0 without flags, unit,
/// packed mapping, a voxel with potential, number and kind of modulator, group, kind that scales.
pub type Shape = (u32, &'static str, &'static str);

pub const FEAGI: [Shape; 62] = [
    (patch::STAGE_INPUT, "", "nf"),
    (patch::FORCE_FIRE, "a", "cccf"),
    (patch::SET_POWER_AMOUNT, "f", ""),
    (patch::SET_FATIGUE_ACTIVE, "b", ""),
    (patch::AREA_THRESHOLD, "af", ""),
    (patch::AREA_THRESHOLD_LIMIT, "af", ""),
    (patch::AREA_THRESHOLD_GRADIENT, "affff", ""),
    (patch::AREA_REFRACTORY, "ah", ""),
    (patch::AREA_LEAK, "af", ""),
    (patch::AREA_CONSECUTIVE_FIRE_LIMIT, "ah", ""),
    (patch::AREA_SNOOZE, "ah", ""),
    (patch::AREA_EXCITABILITY, "af", ""),
    (patch::AREA_ACCUMULATION, "ab", ""),
    (patch::AREA_POSTSYNAPTIC_CURRENT, "af", ""),
    (patch::AREA_DEGENERATION, "af", ""),
    (patch::AREA_PSP_UNIFORM, "ab", ""),
    (patch::AREA_MP_DRIVEN_PSP, "ab", ""),
    (patch::RESET_AREA_RUNTIME, "a", ""),
    (patch::DELETE_NEURONS, "", "n"),
    (patch::REMOVE_SYNAPSE, "nn", ""),
    (patch::REMOVE_SYNAPSES_FROM_TO, "2nn", "n"),
    (patch::ADD_SYNAPSES, "", "nnffk"),
    (patch::UPDATE_SYNAPSE_WEIGHT, "nnf", ""),
    (patch::REBUILD_SYNAPSE_INDEX, "", ""),
    (patch::NEURON_MEMBRANE_POTENTIAL, "nf", ""),
    (patch::NEURON_LEAK, "nf", ""),
    (patch::NEURON_REFRACTORY, "nh", ""),
    (patch::ADD_NEURONS, "a", "cccffffhh"),
    (patch::MOVE_NEURONS, "", "nn"),
    (patch::NEURON_SETTINGS, "", "nffffhh"),
    (patch::NEURON_STATES, "", "nfh"),
    (patch::REMOVE_SYNAPSE_SLOTS, "", "c"),
    (patch::REVIVE_NEURONS, "", "n"),
    (patch::SYNAPSE_WEIGHTS, "", "cf"),
    (patch::TRACK_FIRING, "awb", ""),
    (patch::REGISTER_MAPPING, "aaowttfffgfp", ""),
    (patch::UNREGISTER_MAPPING, "aa", ""),
    (patch::FREEZE_MAPPING, "aab", ""),
    (patch::RESET_MAPPING_WEIGHTS, "aaf", ""),
    (patch::MAP_MEMORY_NEURONS, "", "ma"),
    (patch::REMOVE_MEMORY_NEURONS, "", "m"),
    (patch::MEMORY_INJECT, "", "maf"),
    (patch::REGISTER_TWINS, "", "aaa"),
    (patch::REPLAY_FRAMES, "m", "wa1ccc"),
    (patch::REPLAY_FRAMES, "m", "waecccf"),
    (patch::SET_MODULATORS, "", "zyaff"),
    (patch::SET_SUBSCRIPTIONS, "", "az"),
    (patch::MODULATION_GROUP, "x", "z"),
    (patch::REMOVE_MODULATOR, "z", ""),
    (patch::REBASE_MODULATED, "av", ""),
    (patch::RELEASE_MODULATED, "", ""),
    (patch::GROUP_SYNAPSES, "", "ccx"),
    (patch::SPIKE_TRAIN_AREAS, "", "a"),
    (patch::RATE_MODULATED_LEAK, "agfffffcwffcf", ""),
    (patch::STOP_RATE_MODULATED_LEAK, "a", ""),
    (patch::SET_CLASSIFIER_WATCHES, "", "aac1aa"),
    (patch::SPARSE_MEMORY, "afffhh", ""),
    (patch::CLEAR_CONSOLIDATED, "", ""),
    (patch::SCHEDULE_REPLAY, "cab", "cccf"),
    (patch::UNREGISTER_TWIN, "aa", ""),
    (patch::UNTRACK_FIRING, "ab", ""),
    (patch::ADD_GROUPED_SYNAPSES, "x", "nnffk"),
];

/// What an engine may be told.
pub struct Talk {
    pub shapes: &'static [Shape],
    /// Only numbers that every image and patch may hold.
    pub finite: bool,
}

impl Talk {
    /// A patch of so many operations for a network of `count` neurons.
    pub fn patch(&self, bytes: &mut Bytes, operations: u8, count: u32) -> Vec<u32> {
        let mut patch = Vec::new();
        for _ in 0..operations {
            push_operation(&mut patch, bytes, self, count);
        }
        patch
    }
}

fn push_operation(patch: &mut Vec<u32>, bytes: &mut Bytes, talk: &Talk, count: u32) {
    let (code, fixed, repeated) = bytes.pick(talk.shapes);
    let how = bytes.byte();
    let began = patch.len();
    patch.extend([code, 0]);
    let rows = if repeated.is_empty() { 0 } else { how & 3 };
    for kind in fixed.bytes().chain(
        repeated
            .bytes()
            .cycle()
            .take(repeated.len() * rows as usize),
    ) {
        let word = argument(kind, bytes, count, talk.finite);
        patch.push(word);
    }
    let arguments = patch.len() - began - 2;
    patch[began + 1] = arguments as u32;
    match how >> 2 {
        63 => patch[began + 1] = bytes.word(),
        62 => patch[began] = u32::from(bytes.byte()),
        60..62 => {
            let at = began + bytes.byte() as usize % (arguments + 2);
            patch[at] = bytes.word();
        }
        _ => {}
    }
}

fn argument(kind: u8, bytes: &mut Bytes, count: u32, finite: bool) -> u32 {
    match kind {
        b'a' => bytes.pick(&AREAS),
        b'n' => neuron_or_memory(bytes.byte(), count),
        b'm' => FIRST_MEMORY + u32::from(bytes.below(8)),
        b'f' => bytes.real(finite).to_bits(),
        b'c' => u32::from(bytes.below(5)),
        b'b' => u32::from(bytes.below(2)),
        b'h' => bytes.pick(&[0, 1, 3, 65_535, 65_536, 1 << 16 | 2, 0xffff_0001]),
        b'w' => bytes.pick(&[1, 2, 3, 5, 300]),
        b't' => bytes.pick(&[0, 1, 2, 255]),
        b'o' => bytes.pick(&[1, 1, 2, 0]),
        b'g' => u32::from(bytes.below(4)),
        b'k' => {
            let kind = bytes.pick(&[0, 0, 1, 200]);
            kind | bytes.pick(&[1, 1, 2, 9, 255]) << 8 | bytes.pick(&[0, 0, 1]) << 16
        }
        b'p' => {
            let kind = bytes.pick(&[0, 0, 1, 200]);
            kind | bytes.pick(&[1, 1, 2, 9, 255]) << 8 | bytes.pick(&[0, 1, 2, 3]) << 16
        }
        b'e' => patch::WITH_POTENTIALS | 1,
        b'z' => u32::from(bytes.below(6)),
        b'y' => u32::from(bytes.below(8)),
        b'x' => bytes.pick(&[1, 2, 3, 1, 2, 3, 0, 65_535]),
        b'v' => u32::from(bytes.below(3)),
        b's' => bytes.pick(&[1, 1, 2, 9, 255]) << 8,
        b'u' => 1.0_f32.to_bits(),
        digit => u32::from(digit - b'0'),
    }
}

//! Checks operations on learning and memory neurons.

use gyrus_plasticity::is_memory;
use gyrus_port::patch::Operation;
use gyrus_types::{EngineError, patch};

use crate::extensions::check_extension;

/// Largest window, and largest offset of a replay frame, in bursts.
const MAX_BURSTS: u32 = 65_535;

pub(crate) fn check_operation(op: &Operation, strict: bool) -> Result<(), EngineError> {
    let words = op.words;
    let n = words.len();
    if op.code >= patch::SET_MODULATORS {
        return check_extension(op, strict);
    }
    let fits = match op.code {
        patch::TRACK_FIRING | patch::FREEZE_MAPPING | patch::RESET_MAPPING_WEIGHTS => n == 3,
        patch::REGISTER_MAPPING => n == 12,
        patch::UNREGISTER_MAPPING | patch::UNTRACK_FIRING => n == 2,
        patch::MAP_MEMORY_NEURONS => n.is_multiple_of(2),
        patch::MEMORY_INJECT | patch::REGISTER_TWINS => n.is_multiple_of(3),
        patch::REPLAY_FRAMES => n >= 1,
        patch::REMOVE_MEMORY_NEURONS => true,
        _ => return op.refuse("no such operation"),
    };
    if !fits {
        return op.refuse("wrong number of arguments");
    }
    let is_window = |window: u32| (1..=MAX_BURSTS).contains(&window);
    let (in_range, reason) = match op.code {
        patch::TRACK_FIRING => (
            is_window(words[1]) && words[2] <= 1,
            "a window or switch out of range",
        ),
        patch::UNTRACK_FIRING => (words[1] <= 1, "a switch is 0 or 1"),
        patch::FREEZE_MAPPING => (words[2] <= 1, "a switch is 0 or 1"),
        patch::REGISTER_MAPPING => (is_mapping(words), "a mapping out of range"),
        patch::MAP_MEMORY_NEURONS => (are_memory(words, 2), NO_MEMORY_ID),
        patch::REMOVE_MEMORY_NEURONS => (are_memory(words, 1), NO_MEMORY_ID),
        patch::MEMORY_INJECT => (are_memory(words, 3), NO_MEMORY_ID),
        patch::REPLAY_FRAMES => (
            is_memory(words[0]) && are_frames(&words[1..]),
            "no memory neuron or a frame out of range",
        ),
        _ => (true, ""),
    };
    if !in_range {
        return op.refuse(reason);
    }
    let is_finite = |at: usize| op.f32(at).is_finite();
    let all_finite = match op.code {
        patch::RESET_MAPPING_WEIGHTS => is_finite(2),
        patch::REGISTER_MAPPING => [6, 7, 8, 10].into_iter().all(is_finite),
        patch::REPLAY_FRAMES => are_potentials_finite(&words[1..]),
        patch::MEMORY_INJECT => (2..n).step_by(3).all(is_finite),
        _ => true,
    };
    if strict || all_finite {
        Ok(())
    } else {
        op.refuse("a number that is not finite")
    }
}

const NO_MEMORY_ID: &str = "no id of a memory neuron";

fn are_memory(words: &[u32], every: usize) -> bool {
    words.iter().step_by(every).all(|&id| is_memory(id))
}

fn is_mapping(words: &[u32]) -> bool {
    let is_window = (1..=MAX_BURSTS).contains(&words[3]);
    let has_delay = words[11].to_le_bytes()[1] != 0;
    words[2] <= 2 && is_window && words[4] <= 255 && words[5] <= 255 && words[9] <= 3 && has_delay
}

/// The words of a frame behind its head, and those of the potentials among them.
fn frame_words(count: u32) -> Option<(usize, usize)> {
    let voxels = (count & !patch::WITH_POTENTIALS) as usize;
    let potentials = if count & patch::WITH_POTENTIALS == 0 {
        0
    } else {
        voxels
    };
    let words = voxels.checked_mul(3)?.checked_add(potentials)?;
    Some((words, potentials))
}

fn are_frames(mut words: &[u32]) -> bool {
    while !words.is_empty() {
        let [offset, _, count, rest @ ..] = words else {
            return false;
        };
        let after = frame_words(*count).and_then(|(length, _)| rest.get(length..));
        let Some(after) = after.filter(|_| *offset <= MAX_BURSTS) else {
            return false;
        };
        words = after;
    }
    true
}

fn are_potentials_finite(mut words: &[u32]) -> bool {
    while let [_, _, count, rest @ ..] = words {
        let Some((length, potentials)) = frame_words(*count) else {
            return false;
        };
        let values = &rest[length - potentials..length];
        if values.iter().any(|&bits| !f32::from_bits(bits).is_finite()) {
            return false;
        }
        words = &rest[length..];
    }
    true
}

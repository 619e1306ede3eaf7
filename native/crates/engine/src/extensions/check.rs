//! Checks operations of the optional subsystems.

use gyrus_port::patch::Operation;
use gyrus_types::{EngineError, patch};

use super::modulators::{FORMATION, SCALED_KINDS};
use crate::learning_snapshot::MAX_BURSTS;

const LAST_GROUP: u32 = 0xffff;
const LAST_FLAGS: u32 = 3;
/// Words of a classifier watch in front of its pairs.
pub const WATCH_WORDS: usize = 4;

pub(crate) fn check_extension(op: &Operation, strict: bool) -> Result<(), EngineError> {
    let words = op.words;
    let n = words.len();
    let fits = match op.code {
        patch::SET_MODULATORS => n.is_multiple_of(5),
        patch::SET_SUBSCRIPTIONS => n.is_multiple_of(2),
        patch::MODULATION_GROUP => n >= 1,
        patch::REMOVE_MODULATOR | patch::STOP_RATE_MODULATED_LEAK => n == 1,
        patch::REBASE_MODULATED | patch::UNREGISTER_TWIN => n == 2,
        patch::RELEASE_MODULATED | patch::CLEAR_CONSOLIDATED => n == 0,
        patch::GROUP_SYNAPSES => n.is_multiple_of(3),
        patch::ADD_GROUPED_SYNAPSES => n % 5 == 1,
        patch::SPIKE_TRAIN_AREAS => true,
        patch::RATE_MODULATED_LEAK => n == 13,
        patch::SET_CLASSIFIER_WATCHES => are_watches(words),
        patch::SPARSE_MEMORY => n == 6,
        patch::SCHEDULE_REPLAY => n % 4 == 3,
        _ => return op.refuse("no such operation"),
    };
    if !fits {
        return op.refuse("wrong number of arguments, or a watch that looks too far back");
    }
    let every = |width: usize, at: usize| words.iter().skip(at).step_by(width).copied();
    let (in_range, reason) = match op.code {
        patch::SET_MODULATORS => (
            every(5, 1).all(|kind| kind <= u32::from(FORMATION)) && all_differ(every(5, 0)),
            "an unknown kind of modulator, or one listed twice",
        ),
        patch::MODULATION_GROUP => ((1..=LAST_GROUP).contains(&words[0]), "no group of 1..65535"),
        patch::REBASE_MODULATED => (
            words[1] < u32::from(SCALED_KINDS),
            "no kind that scales a setting",
        ),
        patch::GROUP_SYNAPSES => (
            every(3, 2).all(|group| group <= LAST_GROUP),
            "no group of 0..65535",
        ),
        patch::ADD_GROUPED_SYNAPSES => (
            words[0] <= LAST_GROUP && every(5, 5).all(|packed| packed >> 8 & 0xff != 0),
            "no group of 0..65535, or a delay of 0",
        ),
        patch::RATE_MODULATED_LEAK => (
            words[1] <= LAST_FLAGS && words[8] > 0,
            "unknown flags, or 0 bursts of arming",
        ),
        patch::SCHEDULE_REPLAY => (words[2] <= 1, "a switch is 0 or 1"),
        _ => (true, ""),
    };
    if !in_range {
        return op.refuse(reason);
    }
    let is_finite = |at: usize| op.f32(at).is_finite();
    let all_finite = match op.code {
        patch::SET_MODULATORS => (0..n)
            .step_by(5)
            .all(|at| is_finite(at + 3) && is_finite(at + 4)),
        patch::ADD_GROUPED_SYNAPSES => (1..n)
            .step_by(5)
            .all(|at| is_finite(at + 2) && is_finite(at + 3)),
        patch::RATE_MODULATED_LEAK => [2, 3, 4, 5, 6, 9, 10, 12].into_iter().all(is_finite),
        patch::SPARSE_MEMORY => [1, 2, 3].into_iter().all(is_finite),
        patch::SCHEDULE_REPLAY => (6..n).step_by(4).all(is_finite),
        _ => true,
    };
    if strict || all_finite {
        Ok(())
    } else {
        op.refuse("a number that is not finite")
    }
}

fn all_differ(numbers: impl Iterator<Item = u32>) -> bool {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.windows(2).all(|pair| pair[0] != pair[1])
}

fn are_watches(mut words: &[u32]) -> bool {
    while !words.is_empty() {
        let [_, _, delay, pairs, rest @ ..] = words else {
            return false;
        };
        let length = (*pairs as usize).checked_mul(2);
        let after = length.and_then(|length| rest.get(length..));
        let Some(after) = after.filter(|_| *delay <= MAX_BURSTS) else {
            return false;
        };
        words = after;
    }
    true
}

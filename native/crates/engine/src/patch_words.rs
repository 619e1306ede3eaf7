//! Checks the shape of a patch's operations.

use gyrus_port::patch::Operation;
use gyrus_types::{EngineError, patch};

use crate::learning::check_operation;

pub const WORDS_PER_NEW_NEURON: usize = 9;

/// Checks the shape of the arguments; returns how many neurons it adds.
pub fn check(op: &Operation, strict: bool) -> Result<usize, EngineError> {
    let n = op.words.len();
    let refuse = |reason: &str| op.refuse(reason);
    if op.code >= patch::TRACK_FIRING {
        return check_operation(op, strict).map(|()| 0);
    }
    let (fits, floats): (bool, &[usize]) = match op.code {
        patch::STAGE_INPUT | patch::MOVE_NEURONS | patch::SYNAPSE_WEIGHTS => {
            (n.is_multiple_of(2), &[])
        }
        patch::FORCE_FIRE => (n % 4 == 1, &[]),
        patch::SET_POWER_AMOUNT => (n == 1, &[0]),
        patch::SET_FATIGUE_ACTIVE | patch::RESET_AREA_RUNTIME => (n == 1, &[]),
        patch::AREA_THRESHOLD
        | patch::AREA_THRESHOLD_LIMIT
        | patch::AREA_LEAK
        | patch::AREA_EXCITABILITY
        | patch::AREA_POSTSYNAPTIC_CURRENT
        | patch::AREA_DEGENERATION
        | patch::NEURON_MEMBRANE_POTENTIAL
        | patch::NEURON_LEAK => (n == 2, &[1]),
        patch::AREA_THRESHOLD_GRADIENT => (n == 5, &[1, 2, 3, 4]),
        patch::AREA_REFRACTORY
        | patch::AREA_CONSECUTIVE_FIRE_LIMIT
        | patch::AREA_SNOOZE
        | patch::AREA_ACCUMULATION
        | patch::AREA_PSP_UNIFORM
        | patch::AREA_MP_DRIVEN_PSP
        | patch::REMOVE_SYNAPSE
        | patch::NEURON_REFRACTORY => (n == 2, &[]),
        patch::DELETE_NEURONS | patch::REMOVE_SYNAPSE_SLOTS | patch::REVIVE_NEURONS => (true, &[]),
        patch::REMOVE_SYNAPSES_FROM_TO => (n >= 1 && (op.words[0] as usize) < n, &[]),
        patch::ADD_SYNAPSES => (n.is_multiple_of(5), &[]),
        patch::UPDATE_SYNAPSE_WEIGHT => (n == 3, &[2]),
        patch::REBUILD_SYNAPSE_INDEX => (n == 0, &[]),
        patch::ADD_NEURONS => (n % WORDS_PER_NEW_NEURON == 1, &[]),
        patch::NEURON_SETTINGS => (n.is_multiple_of(7), &[]),
        patch::NEURON_STATES => (n.is_multiple_of(3), &[]),
        _ => return refuse("no such operation"),
    };
    if !fits {
        return refuse("wrong number of arguments");
    }
    let flag = match op.code {
        patch::SET_FATIGUE_ACTIVE => Some(op.words[0]),
        patch::AREA_ACCUMULATION | patch::AREA_PSP_UNIFORM | patch::AREA_MP_DRIVEN_PSP => {
            Some(op.words[1])
        }
        _ => None,
    };
    if flag.is_some_and(|flag| flag > 1) {
        return refuse("a switch is 0 or 1");
    }
    if op.code == patch::ADD_SYNAPSES
        && op
            .words
            .chunks_exact(5)
            .any(|row| row[4].to_le_bytes()[1] == 0)
    {
        return refuse("a delay of 0; a spike takes at least one burst");
    }
    let is_finite = |at: usize| op.f32(at).is_finite();
    let listed = match op.code {
        patch::STAGE_INPUT | patch::SYNAPSE_WEIGHTS => (1..n).step_by(2).all(is_finite),
        patch::FORCE_FIRE => (4..n).step_by(4).all(is_finite),
        patch::ADD_SYNAPSES => (0..n)
            .step_by(5)
            .all(|at| is_finite(at + 2) && is_finite(at + 3)),
        patch::ADD_NEURONS => (1..n)
            .step_by(WORDS_PER_NEW_NEURON)
            .all(|at| (at + 3..at + 7).all(is_finite)),
        patch::NEURON_SETTINGS => (0..n).step_by(7).all(|at| (at + 1..at + 5).all(is_finite)),
        patch::NEURON_STATES => (1..n).step_by(3).all(is_finite),
        _ => true,
    };
    let all_finite = listed && floats.iter().all(|&at| is_finite(at));
    if !(strict || all_finite) {
        return refuse("a number that is not finite");
    }
    Ok(if op.code == patch::ADD_NEURONS {
        n / WORDS_PER_NEW_NEURON
    } else {
        0
    })
}

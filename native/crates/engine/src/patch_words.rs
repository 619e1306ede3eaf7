//! Reads a patch as operations and checks their shape.

use gyrus_types::{EngineError, patch};

use crate::learning::check_operation;

pub const WORDS_PER_NEW_NEURON: usize = 9;

/// One operation of a patch: its code and argument words.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    pub code: u32,
    pub words: &'a [u32],
    /// Position of the code in the patch, for messages.
    at: usize,
}

/// The operations of a patch in order; one that reaches past the end is an error and the last.
pub struct Operations<'a> {
    patch: &'a [u32],
    at: usize,
}

impl<'a> Operations<'a> {
    pub fn of(patch: &'a [u32]) -> Self {
        Self { patch, at: 0 }
    }
}

impl<'a> Iterator for Operations<'a> {
    type Item = Result<Operation<'a>, EngineError>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let code = *self.patch.get(at)?;
        let words = self
            .patch
            .get(at + 1)
            .and_then(|&n| self.patch[at + 2..].get(..n as usize));
        let Some(words) = words else {
            self.at = self.patch.len();
            return Some(Err(EngineError::Patch(format!(
                "operation {code} at word {at} reaches past the end"
            ))));
        };
        self.at = at + 2 + words.len();
        Some(Ok(Operation { code, words, at }))
    }
}

impl Operation<'_> {
    pub fn f32(&self, at: usize) -> f32 {
        f32::from_bits(self.words[at])
    }

    pub fn u16(&self, at: usize) -> u16 {
        (self.words[at] & 0xffff) as u16
    }

    /// This operation as the reason why a patch is refused.
    pub fn refuse<T>(&self, reason: &str) -> Result<T, EngineError> {
        Err(EngineError::Patch(format!(
            "operation {} at word {}: {reason}",
            self.code, self.at
        )))
    }

    /// Checks the shape of the arguments; returns how many neurons it adds.
    pub fn check(&self, strict: bool) -> Result<usize, EngineError> {
        let n = self.words.len();
        let refuse = |reason: &str| self.refuse(reason);
        if self.code >= patch::TRACK_FIRING {
            return check_operation(self, strict).map(|()| 0);
        }
        let (fits, floats): (bool, &[usize]) = match self.code {
            patch::STAGE_INPUT => (n.is_multiple_of(2), &[]),
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
            patch::DELETE_NEURONS => (true, &[]),
            patch::REMOVE_SYNAPSES_FROM_TO => (n >= 1 && (self.words[0] as usize) < n, &[]),
            patch::ADD_SYNAPSES => (n.is_multiple_of(5), &[]),
            patch::UPDATE_SYNAPSE_WEIGHT => (n == 3, &[2]),
            patch::REBUILD_SYNAPSE_INDEX => (n == 0, &[]),
            patch::ADD_NEURONS => (n % WORDS_PER_NEW_NEURON == 1, &[]),
            _ => return refuse("no such operation"),
        };
        if !fits {
            return refuse("wrong number of arguments");
        }
        let flag = match self.code {
            patch::SET_FATIGUE_ACTIVE => Some(self.words[0]),
            patch::AREA_ACCUMULATION | patch::AREA_PSP_UNIFORM | patch::AREA_MP_DRIVEN_PSP => {
                Some(self.words[1])
            }
            _ => None,
        };
        if flag.is_some_and(|flag| flag > 1) {
            return refuse("a switch is 0 or 1");
        }
        if self.code == patch::ADD_SYNAPSES
            && self
                .words
                .chunks_exact(5)
                .any(|row| row[4].to_le_bytes()[1] == 0)
        {
            return refuse("a delay of 0; a spike takes at least one burst");
        }
        let is_finite = |at: usize| self.f32(at).is_finite();
        let listed = match self.code {
            patch::STAGE_INPUT => (1..n).step_by(2).all(is_finite),
            patch::FORCE_FIRE => (4..n).step_by(4).all(is_finite),
            patch::ADD_SYNAPSES => (0..n)
                .step_by(5)
                .all(|at| is_finite(at + 2) && is_finite(at + 3)),
            patch::ADD_NEURONS => (1..n)
                .step_by(WORDS_PER_NEW_NEURON)
                .all(|at| (at + 3..at + 7).all(is_finite)),
            _ => true,
        };
        let all_finite = listed && floats.iter().all(|&at| is_finite(at));
        if !(strict || all_finite) {
            return refuse("a number that is not finite");
        }
        Ok(if self.code == patch::ADD_NEURONS {
            n / WORDS_PER_NEW_NEURON
        } else {
            0
        })
    }
}

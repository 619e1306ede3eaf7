//! Patches: what changes a network between bursts. A patch is checked as a whole before any of it applies.

use std::collections::HashSet;
use std::sync::Arc;

use gyrus_port::patch::{Operation, Operations};
use gyrus_types::{EngineError, patch};

use crate::lif::Lif;
use crate::wiring::NewSynapse;

impl Lif {
    /// Applies a patch before the next burst.
    ///
    /// # Errors
    /// When the patch is malformed, or holds what these neurons cannot do; nothing of it is applied then.
    pub fn apply(&mut self, patch: &[u32]) -> Result<(), EngineError> {
        for operation in Operations::of(patch) {
            check(&operation?, self.neurons.count)?;
        }
        for operation in Operations::of(patch) {
            self.apply_operation(&operation?);
        }
        Ok(())
    }

    fn apply_operation(&mut self, op: &Operation) {
        let words = op.words;
        match op.code {
            patch::STAGE_INPUT => {
                let count = self.neurons.count;
                let pairs = words
                    .chunks_exact(2)
                    .map(|pair| (pair[0], f32::from_bits(pair[1])));
                self.staged
                    .extend(pairs.filter(|&(id, _)| (id as usize) < count));
            }
            patch::FORCE_FIRE => self.force_fire(words[0], &words[1..]),
            patch::DELETE_NEURONS => self.delete_neurons(words),
            patch::REMOVE_SYNAPSE => {
                if let Some(slot) = self.wiring.find(words[0], words[1]) {
                    self.remove_slots(&[slot]);
                }
            }
            patch::REMOVE_SYNAPSES_FROM_TO => {
                let (sources, targets) = words[1..].split_at(words[0] as usize);
                let [sources, targets] =
                    [sources, targets].map(|ids| ids.iter().copied().collect::<HashSet<u32>>());
                self.remove_where(|source, target| {
                    sources.contains(&source) && targets.contains(&target)
                });
            }
            patch::ADD_SYNAPSES => self.add_synapses(words),
            patch::UPDATE_SYNAPSE_WEIGHT => {
                if let Some(slot) = self.wiring.find(words[0], words[1]) {
                    self.set_weight(slot, op.f32(2));
                }
            }
            patch::NEURON_MEMBRANE_POTENTIAL => {
                if self.neurons.is_valid(words[0]) {
                    let id = words[0] as usize;
                    let set = self.neurons.sites.parameter_set[id] as usize;
                    self.neurons.potential[id] =
                        f64::from(op.f32(1)) - self.sets[set].resting_potential;
                }
            }
            patch::NEURON_REFRACTORY => {
                if self.neurons.is_valid(words[0]) {
                    self.neurons.set_countdown(words[0] as usize, op.u16(1));
                }
            }
            _ => unreachable!("refused before"),
        }
    }

    /// Resolves coordinates to the highest living id there and keeps the forced fires in order of entry.
    fn force_fire(&mut self, area: u32, rows: &[u32]) {
        let sites = Arc::clone(&self.neurons.sites);
        for row in rows.chunks_exact(4) {
            let potential = f32::from_bits(row[3]);
            let is_there = |&id: &usize| {
                sites.area[id] == area
                    && [sites.x[id], sites.y[id], sites.z[id]] == row[..3]
                    && self.neurons.is_valid(id as u32)
            };
            let found = (0..self.neurons.count).rev().find(is_there);
            if let Some(id) = found.filter(|_| potential != 0.0) {
                self.forced.push((id as u32, potential));
            }
        }
    }

    fn delete_neurons(&mut self, ids: &[u32]) {
        let mut gone = vec![false; self.neurons.count];
        for &id in ids {
            if let Some(gone) = gone.get_mut(id as usize) {
                *gone = true;
                self.neurons.remove(id);
            }
        }
        self.remove_where(|source, target| gone[source as usize] || gone[target as usize]);
    }

    fn remove_where(&mut self, is_gone: impl Fn(u32, u32) -> bool) {
        let wiring = &self.wiring;
        let slots: Vec<usize> = wiring
            .valid_slots()
            .filter(|&slot| is_gone(wiring.source.get(slot), wiring.target.get(slot)))
            .collect();
        self.remove_slots(&slots);
    }

    fn remove_slots(&mut self, slots: &[usize]) {
        if slots.is_empty() {
            return;
        }
        self.unload();
        let wiring = Arc::make_mut(&mut self.wiring);
        for &slot in slots {
            wiring.remove(slot);
        }
        self.learning.forget(&self.wiring);
        let (neurons, span) = (self.neurons.count, self.span);
        self.learning.lay_out(&self.wiring, neurons, span);
    }

    fn add_synapses(&mut self, words: &[u32]) {
        self.unload();
        let added: Vec<NewSynapse> = words
            .chunks_exact(5)
            .map(|row| NewSynapse {
                source: row[0],
                target: row[1],
                weight: f32::from_bits(row[2]),
                delay: row[4].to_le_bytes()[1],
            })
            .collect();
        let slots = Arc::make_mut(&mut self.wiring).extend(&added);
        let area = &self.neurons.sites.area;
        self.learning.teach(&self.wiring, area, slots, self.burst);
        let (neurons, span) = (self.neurons.count, self.span);
        self.learning.lay_out(&self.wiring, neurons, span);
    }

    fn set_weight(&mut self, slot: usize, weight: f32) {
        if self
            .learning
            .set_weight(slot as u32, f64::from(weight) + 0.0)
        {
            return;
        }
        self.unload();
        Arc::make_mut(&mut self.wiring)
            .weight
            .set(slot, weight + 0.0);
    }

    /// Takes what is under way out of the laps, because the rows they belong to are about to be outdated.
    fn unload(&mut self) {
        if !self.rows_stale {
            self.unloaded = self.pending();
            self.rows_stale = true;
        }
    }
}

/// Checks the shape of an operation.
fn check(op: &Operation, neurons: usize) -> Result<(), EngineError> {
    let n = op.words.len();
    let (fits, floats): (bool, (usize, usize)) = match op.code {
        patch::STAGE_INPUT => (n.is_multiple_of(2), (1, 2)),
        patch::FORCE_FIRE => (n % 4 == 1, (4, 4)),
        patch::DELETE_NEURONS => (true, (n, 1)),
        patch::REMOVE_SYNAPSE | patch::NEURON_REFRACTORY => (n == 2, (n, 1)),
        patch::REMOVE_SYNAPSES_FROM_TO => (n >= 1 && (op.words[0] as usize) < n, (n, 1)),
        patch::ADD_SYNAPSES => (n.is_multiple_of(5), (2, 5)),
        patch::UPDATE_SYNAPSE_WEIGHT => (n == 3, (2, 1)),
        patch::NEURON_MEMBRANE_POTENTIAL => (n == 2, (1, 1)),
        _ => {
            return Err(EngineError::Unsupported(format!(
                "Neurons of lif-delta have no operation {}",
                op.code
            )));
        }
    };
    if !fits {
        return op.refuse("wrong number of arguments");
    }
    if !(floats.0..n)
        .step_by(floats.1)
        .all(|at| op.f32(at).is_finite())
    {
        return op.refuse("a number that is not finite");
    }
    if op.code != patch::ADD_SYNAPSES {
        return Ok(());
    }
    for row in op.words.chunks_exact(5) {
        let [kind, delay, flags, _] = row[4].to_le_bytes();
        if row[..2].iter().any(|&end| end as usize >= neurons) {
            return op.refuse("an end is no neuron");
        }
        if row[3] != 1.0_f32.to_bits() {
            return op.refuse("a psp is not 1: the weight alone is the potential");
        }
        if kind != 0 || flags != 0 {
            return op.refuse("a kind or flags: the sign of the weight says which");
        }
        if delay == 0 {
            return op.refuse("a delay of 0; a spike takes at least one burst");
        }
    }
    Ok(())
}

//! Operations that edit a brain while it lives: neurons that move to other ids, single neurons, synapses by slot.

use crate::dynamics::{charge, coarse};
use crate::engine::{Engine, POWER_AREA};
use crate::neurons::{ACCUMULATES, VALID as NEURON_VALID};
use crate::synapses::VALID;

impl Engine {
    /// Lets a neuron go on under another id: settings, state, synapses and what subsystems know of it, not its area and place. The
    /// first of a pair is deleted.
    pub(crate) fn move_neurons(&mut self, words: &[u32]) {
        // Who moves and who gives way are unscaled meanwhile: the new area may be scaled otherwise.
        self.leave_baselines(words);
        let pairs: Vec<[usize; 2]> = words
            .chunks_exact(2)
            .map(|pair| [pair[0] as usize, pair[1] as usize])
            .filter(|&[from, to]| self.move_one(from, to))
            .collect();
        let is_living = |&id: &u32| self.neurons.lives(id);
        let named = ascending_once(words.iter().copied().filter(is_living));
        self.join_baselines(&named);
        if pairs.is_empty() {
            return;
        }
        // Backwards, so that who moved on after it arrived is found where it went.
        let mut moved: Vec<u32> = (0..self.neurons.len() as u32).collect();
        for &[from, to] in pairs.iter().rev() {
            moved[from] = moved[to];
        }
        let layout = self.layout();
        self.synapses
            .move_ends(layout, |id| moved.get(id as usize).copied().unwrap_or(id));
        for (id, _) in self.staged.iter_mut().chain(&mut self.forced) {
            *id = moved.get(*id as usize).copied().unwrap_or(*id);
        }
        self.move_in_subsystems(&pairs);
        self.learning.structure_changed();
        self.places_changed();
    }

    fn move_one(&mut self, from: usize, to: usize) -> bool {
        let n = &mut self.neurons;
        if from == to || !n.lives(from as u32) || !n.lives(to as u32) {
            return false;
        }
        n.potential[to] = n.potential[from];
        n.last_update[to] = n.last_update[from];
        n.countdown[to] = n.countdown[from];
        n.consecutive_fires[to] = n.consecutive_fires[from];
        n.flags[to] = n.flags[from];
        n.flags[from] &= !NEURON_VALID;
        n.threshold.edit()[to] = n.threshold[from];
        n.threshold_limit.edit()[to] = n.threshold_limit[from];
        n.leak.edit()[to] = n.leak[from];
        n.excitability.edit()[to] = n.excitability[from];
        n.refractory_period.edit()[to] = n.refractory_period[from];
        n.consecutive_fire_limit.edit()[to] = n.consecutive_fire_limit[from];
        n.snooze_period.edit()[to] = n.snooze_period[from];
        if self.power_neuron == Some(from as u32) {
            self.power_neuron = (n.area[to] == POWER_AREA).then_some(to as u32);
        }
        self.watch_countdown(to);
        true
    }

    pub(crate) fn set_neuron_settings(&mut self, words: &[u32]) {
        let int8 = self.int8;
        for row in words.chunks_exact(7) {
            let [threshold, limit, leak, excitability] =
                [1, 2, 3, 4].map(|at| f32::from_bits(row[at]));
            self.on_neuron(row[0], |engine, id| {
                if !engine.strict {
                    engine.settle_leak(id);
                }
                let [threshold, leak, excitability] =
                    engine.edited_settings(id, [threshold, leak, excitability]);
                let n = &mut engine.neurons;
                n.threshold.edit()[id] = if int8 { charge(threshold) } else { threshold };
                n.threshold_limit.edit()[id] = if int8 { coarse(limit) } else { limit };
                n.leak.edit()[id] = leak;
                n.excitability.edit()[id] = excitability;
                n.refractory_period.edit()[id] = (row[5] & 0xffff) as u16;
                n.consecutive_fire_limit.edit()[id] = (row[5] >> 16) as u16;
                n.snooze_period.edit()[id] = (row[6] & 0xffff) as u16;
                n.flags[id] &= !ACCUMULATES;
                if row[6] >> 16 & 1 == 1 {
                    n.flags[id] |= ACCUMULATES;
                }
            });
        }
    }

    pub(crate) fn set_neuron_states(&mut self, words: &[u32]) {
        let int8 = self.int8;
        for row in words.chunks_exact(3) {
            let potential = f32::from_bits(row[1]);
            self.on_neuron(row[0], |engine, id| {
                engine.neurons.potential[id] = if int8 { charge(potential) } else { potential };
                engine.neurons.last_update[id] = engine.burst;
                engine.neurons.countdown[id] = (row[2] & 0xffff) as u16;
                engine.neurons.consecutive_fires[id] = (row[2] >> 16) as u16;
                engine.watch_countdown(id);
            });
        }
    }

    /// Deleted neurons live again, as they were but for their synapses.
    pub(crate) fn revive_neurons(&mut self, ids: &[u32]) {
        let n = &self.neurons;
        let is_dead = |&id: &u32| (id as usize) < n.len() && !n.lives(id);
        let revived = ascending_once(ids.iter().copied().filter(is_dead));
        self.leave_baselines(&revived);
        for &id in &revived {
            self.neurons.flags[id as usize] |= NEURON_VALID;
            self.watch_countdown(id as usize);
        }
        self.join_baselines(&revived);
        self.learning.structure_changed();
    }

    pub(crate) fn remove_slots(&mut self, slots: &[u32]) {
        self.settle();
        for &slot in slots {
            if (slot as usize) < self.synapses.placed() {
                self.remove_place(self.synapses.place_of(slot));
            }
        }
    }

    pub(crate) fn set_slot_weights(&mut self, words: &[u32]) {
        self.settle();
        for row in words.chunks_exact(2) {
            if (row[0] as usize) >= self.synapses.placed() {
                continue;
            }
            let place = self.synapses.place_of(row[0]);
            if self.synapses.state_of(place) & VALID != 0 {
                self.synapses.set_weight(place, f32::from_bits(row[1]));
            }
        }
    }
}

pub fn ascending_once(ids: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut ids: Vec<u32> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

//! Patches: everything that changes an engine between bursts. A patch is checked as a whole before any of it applies.
//! Effects: spec/burst-engine.md sections 3, 9, 10.2 and 11.

use gyrus_port::patch::{Operation, Operations};
use gyrus_types::network::{MAX_NEURONS, NO_FIRE_LIMIT};
use gyrus_types::{EngineError, patch};

use crate::dynamics::{charge, coarse};
use crate::engine::{Engine, POWER_AREA};
use crate::neurons::{ACCUMULATES, Neurons, NewNeuron, VALID as NEURON_VALID, no_threshold_limit};
use crate::palette::Class;
use crate::patch_words::{WORDS_PER_NEW_NEURON, check};
use crate::synapses::{INDEXED, VALID, is_live};

impl Engine {
    /// Applies a patch before the next burst.
    ///
    /// # Errors
    /// When the patch is malformed; nothing of it is applied then.
    pub fn apply(&mut self, patch: &[u32]) -> Result<(), EngineError> {
        let mut neurons = self.neurons.len();
        for operation in Operations::of(patch) {
            let operation = operation?;
            neurons += check(&operation, self.strict)?;
            if neurons > MAX_NEURONS {
                return Err(EngineError::Patch(format!(
                    "{neurons} neurons are more than {MAX_NEURONS}"
                )));
            }
        }
        for operation in Operations::of(patch) {
            self.apply_operation(operation?);
        }
        Ok(())
    }

    // A table of operations, one arm each.
    #[allow(clippy::too_many_lines)]
    fn apply_operation(&mut self, op: Operation) {
        let int8 = self.int8;
        let area = op.words.first().copied().unwrap_or(0);
        match op.code {
            patch::STAGE_INPUT => self.staged.extend(
                op.words
                    .chunks_exact(2)
                    .map(|pair| (pair[0], f32::from_bits(pair[1]))),
            ),
            patch::FORCE_FIRE => self.force_fire(area, &op.words[1..]),
            patch::SET_POWER_AMOUNT => self.power_amount = op.f32(0),
            patch::SET_FATIGUE_ACTIVE => self.fatigue_active = op.words[0] == 1,
            patch::AREA_THRESHOLD => {
                let threshold = if int8 { charge(op.f32(1)) } else { op.f32(1) };
                self.set_in_area(area, |n| n.threshold.edit(), |_| threshold);
            }
            patch::AREA_THRESHOLD_LIMIT => {
                let value = op.f32(1);
                let limit = match (value == 0.0, int8) {
                    (true, _) => no_threshold_limit(int8),
                    (false, true) => coarse(value),
                    (false, false) => value,
                };
                self.set_in_area(area, |n| n.threshold_limit.edit(), |_| limit);
            }
            patch::AREA_THRESHOLD_GRADIENT => {
                let [base, along_x, along_y, along_z] = [1, 2, 3, 4].map(|at| op.f32(at));
                let threshold = |[x, y, z]: [u32; 3]| {
                    let threshold =
                        base + x as f32 * along_x + y as f32 * along_y + z as f32 * along_z;
                    if int8 { charge(threshold) } else { threshold }
                };
                self.set_in_area(area, |n| n.threshold.edit(), threshold);
            }
            patch::AREA_REFRACTORY => {
                let period = op.u16(1);
                self.set_in_area(area, |n| n.refractory_period.edit(), |_| period);
                self.set_in_area(area, |n| &mut n.consecutive_fires, |_| 0);
                if period == 0 {
                    self.set_in_area(area, |n| &mut n.countdown, |_| 0);
                }
            }
            patch::AREA_LEAK => {
                if !self.strict {
                    self.each_in_area(area, Self::settle_leak);
                }
                self.set_in_area(area, |n| n.leak.edit(), |_| op.f32(1));
            }
            patch::AREA_CONSECUTIVE_FIRE_LIMIT => {
                let limit = if op.u16(1) == 0 {
                    NO_FIRE_LIMIT
                } else {
                    op.u16(1)
                };
                self.set_in_area(area, |n| n.consecutive_fire_limit.edit(), |_| limit);
            }
            patch::AREA_SNOOZE => {
                self.set_in_area(area, |n| n.snooze_period.edit(), |_| op.u16(1));
            }
            patch::AREA_EXCITABILITY => {
                self.set_in_area(area, |n| n.excitability.edit(), |_| op.f32(1));
            }
            patch::AREA_ACCUMULATION => {
                let accumulates = op.words[1] == 1;
                self.each_in_area(area, |engine, id| {
                    if accumulates {
                        engine.neurons.flags[id] |= ACCUMULATES;
                    } else {
                        engine.neurons.flags[id] &= !ACCUMULATES;
                        engine.neurons.potential[id] = 0.0;
                    }
                });
            }
            patch::AREA_POSTSYNAPTIC_CURRENT => {
                self.area_mut(area).baseline_psp = Some(op.f32(1));
                self.learning.set_psp_of_source(area, op.f32(1));
                self.set_psp_of_area(area, op.f32(1));
            }
            patch::AREA_DEGENERATION => {
                self.area_mut(area).degeneration = op.f32(1);
                self.drive_stale = true;
            }
            patch::AREA_PSP_UNIFORM => {
                self.area_mut(area).psp_uniform = Some(op.words[1] == 1);
                self.drive_stale = true;
            }
            patch::AREA_MP_DRIVEN_PSP => {
                self.area_mut(area).mp_driven_psp = Some(op.words[1] == 1);
                self.drive_stale = true;
            }
            patch::RESET_AREA_RUNTIME => self.reset_area_runtime(area),
            patch::DELETE_NEURONS => self.delete_neurons(op.words),
            patch::REMOVE_SYNAPSE => {
                if let Some(place) = self.find_synapse(op.words[0], op.words[1]) {
                    self.remove_place(place);
                }
            }
            patch::REMOVE_SYNAPSES_FROM_TO => self.remove_synapses_from_to(op.words),
            patch::ADD_SYNAPSES => self.add_synapses(op.words, 0),
            patch::UPDATE_SYNAPSE_WEIGHT => {
                if let Some(place) = self
                    .find_synapse(op.words[0], op.words[1])
                    .filter(|&place| self.synapses.state_of(place) & VALID != 0)
                {
                    self.synapses.set_weight(place, op.f32(2));
                }
            }
            patch::REBUILD_SYNAPSE_INDEX => {
                self.synapses.reindex();
                self.learning.structure_changed();
                // Outside feagi-strict the index is never behind.
                self.drive_stale |= self.strict;
            }
            patch::NEURON_MEMBRANE_POTENTIAL => self.on_neuron(op.words[0], |engine, id| {
                engine.neurons.potential[id] = if int8 { charge(op.f32(1)) } else { op.f32(1) };
                engine.neurons.last_update[id] = engine.burst;
            }),
            patch::NEURON_LEAK => self.on_neuron(op.words[0], |engine, id| {
                if !engine.strict {
                    engine.settle_leak(id);
                }
                engine.neurons.leak.edit()[id] = op.f32(1).clamp(0.0, 1.0) + 0.0;
            }),
            patch::NEURON_REFRACTORY => self.on_neuron(op.words[0], |engine, id| {
                engine.neurons.refractory_period.edit()[id] = op.u16(1);
                engine.neurons.countdown[id] = op.u16(1);
                engine.neurons.consecutive_fires[id] = 0;
                engine.watch_countdown(id);
            }),
            patch::ADD_NEURONS => self.add_neurons(area, &op.words[1..]),
            patch::MOVE_NEURONS => self.move_neurons(op.words),
            patch::NEURON_SETTINGS => self.set_neuron_settings(op.words),
            patch::NEURON_STATES => self.set_neuron_states(op.words),
            patch::REVIVE_NEURONS => self.revive_neurons(op.words),
            patch::REMOVE_SYNAPSE_SLOTS => self.remove_slots(op.words),
            patch::SYNAPSE_WEIGHTS => self.set_slot_weights(op.words),
            _ => self.apply_learning(&op),
        }
        self.follow_edit(&op);
    }

    /// Does something to every living neuron of an area.
    pub(crate) fn each_in_area(&mut self, area: u32, mut change: impl FnMut(&mut Self, usize)) {
        for id in 0..self.neurons.len() {
            if self.neurons.area[id] == area && self.neurons.flags[id] & NEURON_VALID != 0 {
                change(self, id);
            }
        }
    }

    /// Does something to one living neuron; unknown and deleted ones are passed over.
    pub(crate) fn on_neuron(&mut self, id: u32, change: impl FnOnce(&mut Self, usize)) {
        if self.neurons.lives(id) {
            change(self, id as usize);
        }
    }

    /// Sets one column of every living neuron of an area, by where it lies.
    fn set_in_area<T>(
        &mut self,
        area: u32,
        column: impl FnOnce(&mut Neurons) -> &mut Vec<T>,
        value: impl Fn([u32; 3]) -> T,
    ) {
        let mut values = Vec::new();
        self.each_in_area(area, |engine, id| {
            values.push((id, value(engine.neurons.position(id))));
        });
        let column = column(&mut self.neurons);
        for (id, value) in values {
            column[id] = value;
        }
    }

    /// A new leak acts from now on; in feagi-strict, back to the last update.
    pub(crate) fn settle_leak(&mut self, id: usize) {
        self.neurons.settle(id, self.burst, self.int8);
    }

    fn set_psp_of_area(&mut self, area: u32, psp: f32) {
        self.settle();
        let mut places = Vec::new();
        self.synapses.each_row(|source, row| {
            let at = source as usize;
            let is_of_area = self.neurons.area.get(at) == Some(&area);
            // Memory neurons keep theirs.
            if is_of_area && self.neurons.is_valid(at) {
                let live = row.filter(|&place| is_live(self.synapses.state_of(place)));
                places.extend(live.map(|place| place as u32));
            }
        });
        self.synapses.set_psps(&places, psp);
    }

    fn force_fire(&mut self, area: u32, rows: &[u32]) {
        self.force_voxels(area, rows, |potential| {
            potential != 0.0 && potential.is_finite()
        });
    }

    /// Resolves coordinates to the highest living id there and keeps the forced fires that `counts` in order of entry.
    pub(crate) fn force_voxels(&mut self, area: u32, rows: &[u32], counts: impl Fn(f32) -> bool) {
        let mut found = self.resolve_voxels(area, rows);
        found.retain(|&(_, potential)| counts(potential));
        self.forced.extend(found);
    }

    /// Turns coordinates with potentials into ids, the highest living one there; passes over those without a neuron.
    pub(crate) fn resolve_voxels(&mut self, area: u32, rows: &[u32]) -> Vec<(u32, f32)> {
        let wanted: Vec<([u32; 3], f32)> = rows
            .chunks_exact(4)
            .map(|row| ([row[0], row[1], row[2]], f32::from_bits(row[3])))
            .collect();
        let mut voxels: Vec<[u32; 3]> = wanted.iter().map(|&(voxel, _)| voxel).collect();
        voxels.sort_unstable();
        voxels.dedup();
        let mut found: Vec<Option<u32>> = vec![None; voxels.len()];
        self.each_in_area(area, |engine, id| {
            if let Ok(at) = voxels.binary_search(&engine.neurons.position(id)) {
                found[at] = Some(id as u32);
            }
        });
        let resolved = wanted.into_iter().filter_map(|(voxel, potential)| {
            let id = voxels.binary_search(&voxel).ok().and_then(|at| found[at]);
            id.map(|id| (id, potential))
        });
        resolved.collect()
    }

    /// Forgets what is under way in an area and silences its living neurons; parameters and weights stay.
    fn reset_area_runtime(&mut self, area: u32) {
        self.reset_memory_of(area);
        let n = &self.neurons;
        let is_of_area = |id: u32| n.area.get(id as usize) == Some(&area);
        let is_reset = |id: u32| is_of_area(id) && n.is_valid(id as usize);
        self.staged.retain(|&(id, _)| !is_reset(id));
        self.forced.retain(|&(id, _)| !is_reset(id));
        let mut kept = self.fired.iter().map(|&id| !is_of_area(id));
        self.fired_potential.retain(|_| kept.next() == Some(true));
        self.fired.retain(|&id| !is_of_area(id));
        for id in 0..self.neurons.len() {
            if self.neurons.area[id] == area {
                self.neurons.marks[id] = 0;
            }
        }
        self.each_in_area(area, |engine, id| {
            let (partition, at) = engine.place(id);
            engine.partitions[partition].forget(at);
            engine.neurons.potential[id] = 0.0;
            engine.neurons.countdown[id] = 0;
            engine.neurons.consecutive_fires[id] = 0;
        });
        if let Some(baseline) = self.area(area).and_then(|settings| settings.baseline_psp) {
            self.set_psp_of_area(area, baseline);
        }
    }

    fn delete_neurons(&mut self, ids: &[u32]) {
        self.learning.structure_changed();
        self.leave_baselines(ids);
        let mut gone = vec![false; self.neurons.len()];
        for &id in ids {
            if let Some(gone) = gone.get_mut(id as usize) {
                *gone = true;
                self.neurons.flags[id as usize] &= !NEURON_VALID;
                self.power_neuron = self.power_neuron.filter(|&power| power != id);
            }
        }
        self.settle();
        let is_gone = |id: u32| gone.get(id as usize) == Some(&true);
        let mut places = Vec::new();
        self.synapses.each_row(|source, row| {
            let is_source_gone = is_gone(source);
            let lost =
                row.filter(|&place| is_source_gone || is_gone(self.synapses.target_of(place)));
            places.extend(lost);
        });
        for place in places {
            self.remove_place(place);
        }
    }

    /// Makes a synapse invalid. In feagi-strict the index keeps it until a rebuild.
    pub(crate) fn remove_place(&mut self, place: usize) {
        let before = self.synapses.state_of(place);
        self.learning.structure_changed();
        if before & VALID == 0 {
            return;
        }
        let after = if self.strict { before & INDEXED } else { 0 };
        self.synapses.set_state(place, after);
        self.synapses.valid_count -= 1;
        if self.drive_stale || self.removed_conduct || !is_live(before) {
            return;
        }
        self.synapses.mute(place);
        // A divisor above 1 is the number of live synapses; one of 1 stays, whether it never divides or has one left.
        let source = self.synapses.source_of(place) as usize;
        if let Some(divisor) = self.divisor.get_mut(source).filter(|divisor| **divisor > 1) {
            *divisor -= 1;
        }
    }

    /// Place of the first slot of a pair: in feagi-strict even a removed one, else the first valid one.
    fn find_synapse(&mut self, source: u32, target: u32) -> Option<usize> {
        self.settle();
        let s = &self.synapses;
        s.places_of(source).find(|&place| {
            s.target_of(place) == target && (self.strict || s.state_of(place) & VALID != 0)
        })
    }

    fn remove_synapses_from_to(&mut self, words: &[u32]) {
        self.settle();
        let (sources, targets) = words[1..].split_at(words[0] as usize);
        let [sources, targets] = [sources, targets].map(|ids| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids.dedup();
            ids
        });
        for source in sources {
            let places = self.synapses.places_of(source).filter(|&place| {
                is_live(self.synapses.state_of(place))
                    && targets
                        .binary_search(&self.synapses.target_of(place))
                        .is_ok()
            });
            for place in places.collect::<Vec<_>>() {
                self.remove_place(place);
            }
        }
    }

    /// Adds synapses to a modulation group; 0 is none.
    pub(crate) fn add_synapses(&mut self, words: &[u32], group: u16) {
        for row in words.chunks_exact(5) {
            let [kind, delay, flags, _] = row[4].to_le_bytes();
            let class = Class {
                weight: f32::from_bits(row[2]),
                psp: f32::from_bits(row[3]),
                kind,
                delay,
                flags,
            };
            self.synapses
                .push([row[0], row[1]], class, group, self.strict);
        }
        self.make_room_for_delays(words.chunks_exact(5).map(|row| row[4].to_le_bytes()[1]));
    }

    /// Follows up on synapses that were appended.
    pub(crate) fn make_room_for_delays(&mut self, delays: impl Iterator<Item = u8>) {
        self.learning.synapses_added();
        if self.ring() <= delays.max().map_or(0, u32::from) {
            self.lay_out_again();
        }
    }

    fn add_neurons(&mut self, area: u32, words: &[u32]) {
        if area == POWER_AREA && self.power_neuron.is_none() && !words.is_empty() {
            self.power_neuron = Some(self.neurons.len() as u32);
        }
        let rows = words.chunks_exact(WORDS_PER_NEW_NEURON);
        let added: Vec<_> = rows
            .map(|row| NewNeuron {
                area,
                position: [row[0], row[1], row[2]],
                threshold: f32::from_bits(row[3]),
                threshold_limit: f32::from_bits(row[4]),
                leak: f32::from_bits(row[5]),
                excitability: f32::from_bits(row[6]),
                refractory_period: (row[7] & 0xffff) as u16,
                consecutive_fire_limit: (row[7] >> 16) as u16,
                snooze_period: (row[8] & 0xffff) as u16,
                accumulates: row[8] >> 16 & 1 == 1,
            })
            .collect();
        self.neurons.extend(&added, self.int8);
        self.learning.structure_changed();
        self.lay_out_again();
    }
}

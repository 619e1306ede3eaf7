//! Memory neurons, which have no slot in the engine's columns, and the replay of what they stand for.
//! Source: spec/burst-engine.md sections 7.5 and 7.6.

use std::collections::{BTreeMap, BTreeSet};

use crate::sparse::{Sparse, SparseParameters};

/// Coordinates that were active together, `offset` bursts after the oldest of the pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayFrame {
    pub offset: u32,
    pub upstream: u32,
    pub voxels: Vec<[u32; 3]>,
    /// What each voxel is given as input; without, it is made to fire.
    pub potentials: Option<Vec<f32>>,
}

/// One voxel to be forced, or given input, in a burst to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReplayRow {
    pub burst: u32,
    pub area: u32,
    pub potential: f32,
    pub voxel: [u32; 3],
    /// Whether the potential is input.
    pub is_input: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Area by memory neuron.
    pub areas: BTreeMap<u32, u32>,
    /// Id, area and potential, for the next burst, in order.
    pub injected: Vec<(u32, u32, f32)>,
    /// Twin area by (memory area, upstream area).
    pub twins: BTreeMap<(u32, u32), u32>,
    pub frames: BTreeMap<u32, Vec<ReplayFrame>>,
    pub replay: Vec<ReplayRow>,
    /// Sums on their way by (burst, memory neuron).
    pub arrivals: BTreeMap<(u32, u32), f32>,
    /// What associative synapses have in these sums.
    pub associative: BTreeMap<(u32, u32), f32>,
    /// How the memory neurons of an area take associative input.
    pub sparse_parameters: BTreeMap<u32, SparseParameters>,
    /// State of the memory neurons that ever got associative input.
    pub sparse: BTreeMap<u32, Sparse>,
    /// Memory neurons that reward made lasting, until somebody has seen it.
    pub consolidated: BTreeSet<u32>,
    /// Areas in which the memory neurons of the fired list fired, in its order.
    pub fired_areas: Vec<u32>,
    /// Whether they fired by pattern injection; of the burst under way.
    pub fired_injected: Vec<bool>,
}

impl Memory {
    /// Whether no memory neuron can be reached or fire.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.areas.is_empty()
            && self.injected.is_empty()
            && self.arrivals.is_empty()
            && self.replay.is_empty()
            && self.fired_areas.is_empty()
    }

    /// Memory neurons that may fire in the next burst, at most.
    #[must_use]
    pub fn reserve(&self) -> usize {
        self.areas.len() + self.injected.len()
    }

    /// Area and kind of a memory neuron's firing: that of its last injection, else the mapped one. Nowhere: it cannot fire.
    #[must_use]
    pub fn place(&self, id: u32) -> Option<(u32, bool)> {
        let injection = self.injected.iter().rev().find(|one| one.0 == id);
        injection
            .map(|one| (one.1, true))
            .or_else(|| self.areas.get(&id).map(|&area| (area, false)))
    }

    /// Takes out the sums that arrive in a burst, ascending by id.
    pub fn take_arrivals(&mut self, burst: u32) -> BTreeMap<(u32, u32), f32> {
        take_until(&mut self.arrivals, burst)
    }

    /// Takes out what associative synapses have in them.
    pub fn take_associative(&mut self, burst: u32) -> BTreeMap<(u32, u32), f32> {
        take_until(&mut self.associative, burst)
    }

    pub fn add_arrival(&mut self, burst: u32, id: u32, contribution: f32, associative: bool) {
        *self.arrivals.entry((burst, id)).or_insert(0.0) += contribution;
        if associative {
            *self.associative.entry((burst, id)).or_insert(0.0) += contribution;
        }
    }

    /// What a memory neuron in `area` fires with on this sum, of which associative synapses gave a part; nothing if it does not fire.
    /// Pattern injection always fires it and leaves its state alone. In feagi-strict any input fires one without a state, an
    /// inhibitory one too. `by_chance` tells whether a neuron of this excitability fires.
    pub fn receive(
        &mut self,
        id: u32,
        (area, injected): (u32, bool),
        (sum, associative): (f32, f32),
        strict: bool,
        by_chance: impl FnOnce(f32) -> bool,
    ) -> Option<f32> {
        let is_new = associative != 0.0 && !self.sparse.contains_key(&id);
        if injected || !is_new && !self.sparse.contains_key(&id) {
            return Some(sum).filter(|_| injected || strict || sum > 0.0);
        }
        let parameters = self.sparse_parameters.get(&area).copied();
        let state = self.sparse.entry(id).or_default();
        state.receive(&parameters.unwrap_or_default(), sum, associative, by_chance)
    }

    /// Takes out the rows due in a burst, in order; older ones are lost.
    pub fn take_replay(&mut self, burst: u32) -> Vec<ReplayRow> {
        let due = self.replay.iter().filter(|row| row.burst == burst);
        let due = due.copied().collect();
        self.replay.retain(|row| row.burst > burst);
        due
    }

    /// Queues what a memory neuron that fired in `area` stands for.
    pub fn schedule_replay(&mut self, id: u32, area: u32, burst: u32, potential: f32) {
        for frame in self.frames.get(&id).into_iter().flatten() {
            let Some(&twin) = self.twins.get(&(area, frame.upstream)) else {
                continue;
            };
            let burst = burst.saturating_add(frame.offset + 1);
            let values = frame.potentials.as_deref();
            for (at, &voxel) in frame.voxels.iter().enumerate() {
                self.replay.push(ReplayRow {
                    burst,
                    area: twin,
                    potential: values.map_or(potential, |values| values[at]),
                    voxel,
                    is_input: values.is_some(),
                });
            }
        }
    }

    /// Whether an area has a mapped memory neuron.
    pub(crate) fn has_area(&self, area: u32) -> bool {
        self.areas.values().any(|&one| one == area)
    }

    /// Forgets memory neurons; `gone` ascends.
    pub fn remove(&mut self, gone: &[u32]) {
        let is_gone = |id: &u32| gone.binary_search(id).is_ok();
        self.areas.retain(|id, _| !is_gone(id));
        self.frames.retain(|id, _| !is_gone(id));
        self.arrivals.retain(|(_, id), _| !is_gone(id));
        self.associative.retain(|(_, id), _| !is_gone(id));
        self.sparse.retain(|id, _| !is_gone(id));
        self.consolidated.retain(|id| !is_gone(id));
        self.injected.retain(|(id, ..)| !is_gone(id));
    }

    /// Forgets injections, replay and associative state of an area; what synapses have sent to its memory neurons still arrives.
    pub fn reset_area(&mut self, area: u32) {
        self.injected.retain(|&(_, at, _)| at != area);
        self.replay.retain(|row| row.area != area);
        self.sparse_parameters.remove(&area);
        let areas = &self.areas;
        self.sparse.retain(|id, _| areas.get(id) != Some(&area));
    }
}

/// Takes out what is due by a burst.
fn take_until(sums: &mut BTreeMap<(u32, u32), f32>, burst: u32) -> BTreeMap<(u32, u32), f32> {
    let later = sums.split_off(&(burst + 1, 0));
    std::mem::replace(sums, later)
}

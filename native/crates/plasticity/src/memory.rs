//! Memory neurons, which have no slot in the engine's columns, and the replay of what they stand for.
//! Source: spec/burst-engine.md sections 7.5 and 7.6.

use std::collections::BTreeMap;

/// Coordinates that were active together, `offset` bursts after the oldest of the pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayFrame {
    pub offset: u32,
    pub upstream: u32,
    pub voxels: Vec<[u32; 3]>,
}

/// One voxel to be forced in a burst to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReplayRow {
    pub burst: u32,
    pub area: u32,
    pub potential: f32,
    pub voxel: [u32; 3],
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
        let later = self.arrivals.split_off(&(burst + 1, 0));
        std::mem::replace(&mut self.arrivals, later)
    }

    pub fn add_arrival(&mut self, burst: u32, id: u32, contribution: f32) {
        *self.arrivals.entry((burst, id)).or_insert(0.0) += contribution;
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
            if let Some(&twin) = self.twins.get(&(area, frame.upstream)) {
                let burst = burst.saturating_add(frame.offset + 1);
                self.replay
                    .extend(frame.voxels.iter().map(|&voxel| ReplayRow {
                        burst,
                        area: twin,
                        potential,
                        voxel,
                    }));
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
        self.injected.retain(|(id, ..)| !is_gone(id));
    }

    /// Forgets injections and replay of an area; what synapses have sent to its memory neurons still arrives.
    pub fn reset_area(&mut self, area: u32) {
        self.injected.retain(|&(_, at, _)| at != area);
        self.replay.retain(|row| row.area != area);
    }
}

//! Spike trains: one firing of a driver starts a run of as many forced firings as its consecutive limit says, then its rest.
//! Source: spec/burst-engine-extensions.md section 11.4.

use crate::engine::Engine;
use crate::neurons::is_limit;

#[derive(Debug, Clone, Default)]
pub struct SpikeTrains {
    /// Ascending.
    pub areas: Vec<u32>,
    /// Neuron and held potential of every running train, ascending.
    pub running: Vec<(u32, f32)>,
    /// Those of the burst under way.
    next: Vec<(u32, f32)>,
}

impl SpikeTrains {
    pub fn new(areas: Vec<u32>, running: Vec<(u32, f32)>) -> Self {
        Self {
            areas,
            running,
            next: Vec::new(),
        }
    }

    fn held(&self, id: u32) -> Option<f32> {
        let found = self.running.binary_search_by_key(&id, |&(other, _)| other);
        found.ok().map(|at| self.running[at].1)
    }
}

impl Engine {
    /// Starts, continues and ends trains after the dynamics; what a train holds fires again in the next burst.
    pub(super) fn run_spike_trains(&mut self) {
        let Some(mut trains) = self.learning.extensions.trains.take() else {
            return;
        };
        trains.next.clear();
        for at in 0..self.fired_with_slots().len() {
            let id = self.fired[at];
            let i = id as usize;
            let limit = self.neurons.consecutive_fire_limit[i];
            let area = self.neurons.area[i];
            if !is_limit(limit) || trains.areas.binary_search(&area).is_err() {
                continue;
            }
            let held = trains.held(id);
            let fires = &mut self.neurons.consecutive_fires[i];
            if held.is_some() {
                *fires = fires.saturating_add(1);
            }
            match (*fires >= limit, held) {
                (true, None) => {}
                (true, Some(_)) => {
                    let rest = self.neurons.refractory_period[i];
                    self.set_countdown(i, rest.saturating_add(self.neurons.snooze_period[i]));
                }
                (false, _) => {
                    let potential = held.unwrap_or(self.fired_potential[at]);
                    trains.next.push((id, potential));
                    self.set_countdown(i, 1);
                    self.forced.push((id, potential));
                }
            }
        }
        let SpikeTrains { running, next, .. } = &mut *trains;
        std::mem::swap(running, next);
        self.learning.extensions.trains = Some(trains);
    }

    fn set_countdown(&mut self, id: usize, bursts: u16) {
        self.neurons.countdown[id] = bursts;
        if bursts > 0 {
            self.watch_countdown(id);
        }
    }

    /// Replaces the areas; trains of others end as they are.
    pub(super) fn set_train_areas(&mut self, areas: &[u32]) {
        let mut areas = areas.to_vec();
        areas.sort_unstable();
        areas.dedup();
        let before = self.learning.extensions.trains.take();
        if areas.is_empty() {
            return;
        }
        let mut running = before.map_or_else(Vec::new, |trains| trains.running);
        running.retain(|&(id, _)| {
            let area = self.neurons.area[id as usize];
            areas.binary_search(&area).is_ok()
        });
        self.learning.extensions.trains = Some(Box::new(SpikeTrains::new(areas, running)));
    }
}

//! What a caller may look at between two bursts.

use std::collections::BTreeMap;

use gyrus_port::{NeuronState, SynapseRow};
use gyrus_types::frame;

use crate::engine::Engine;
use crate::synapses::{VALID, is_live};

impl Engine {
    #[must_use]
    pub fn burst(&self) -> u32 {
        self.burst
    }

    #[must_use]
    pub fn neuron_count(&self) -> usize {
        self.neurons.len()
    }

    /// Valid synapses.
    #[must_use]
    pub fn synapse_count(&self) -> usize {
        self.synapses.valid_count
    }

    /// Words a frame must hold for any burst of this network.
    #[must_use]
    pub fn frame_words(&self) -> usize {
        let extra = self.learning.memory_reserve();
        frame::capacity_words(self.neurons.len() + extra, self.order.area_count() + extra)
    }

    #[must_use]
    pub fn neuron_state(&self, id: u32) -> NeuronState {
        let at = id as usize;
        if at >= self.neurons.len() || !self.neurons.is_valid(at) {
            return NeuronState {
                potential: f32::NAN,
                countdown: 0,
                consecutive_fires: 0,
            };
        }
        NeuronState {
            potential: self.neurons.caught_up(at, self.burst),
            countdown: self.neurons.countdown[at],
            consecutive_fires: self.neurons.consecutive_fires[at],
        }
    }

    /// Potentials at firing of the last burst, parallel to its ascending fired ids.
    #[must_use]
    pub fn fired_potentials(&self) -> &[f32] {
        &self.fired_potential
    }

    /// Whether to remember which weights learning changes.
    pub fn watch_weights(&mut self, on: bool) {
        self.watches_weights = on;
        self.changed_weights.clear();
    }

    /// Slots whose weights learning changed in the last burst, ascending, and their weights; none unless watched.
    pub fn weight_changes(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        let slots = self.changed_weights.iter();
        slots.map(|&slot| (slot, self.synapses.weight[slot as usize]))
    }

    /// The fire candidate list of the last burst, ascending.
    pub fn candidates(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        let known = self
            .partitions
            .iter()
            .flat_map(|p| p.touched(self.burst))
            .map(|(id, sum)| (id as u32, sum));
        known.chain(self.strays.iter().copied())
    }

    /// Valid synapses in slot order.
    pub fn synapses(&self) -> impl Iterator<Item = SynapseRow> + '_ {
        let slots = 0..self.synapses.len();
        slots
            .filter(|&slot| self.synapses.state[slot] & VALID != 0)
            .map(|slot| self.synapse_at(slot))
    }

    fn synapse_at(&self, slot: usize) -> SynapseRow {
        let s = &self.synapses;
        SynapseRow {
            slot: slot as u32,
            source: s.source[slot],
            target: s.target[slot],
            weight: s.weight[slot],
            psp: s.psp[slot],
            kind: s.kind[slot],
            delay: s.delay[slot],
            flags: s.flags[slot],
            trace: s.trace.get(slot).copied().unwrap_or(0.0),
        }
    }

    /// Slots to a neuron whose state has all the wanted bits, in slot order.
    pub(crate) fn slots_into(&self, target: u32, state: u8) -> Vec<SynapseRow> {
        let s = &self.synapses;
        (0..s.len())
            .filter(|&slot| s.target[slot] == target && s.state[slot] & state == state)
            .map(|slot| self.synapse_at(slot))
            .collect()
    }

    /// Adds to each listed source how many live synapses leave it.
    pub(crate) fn count_live(&self, sources: &mut BTreeMap<u32, u32>) {
        let s = &self.synapses;
        for (source, &state) in s.source.iter().zip(&s.state) {
            if let Some(count) = sources.get_mut(source) {
                *count += u32::from(is_live(state));
            }
        }
    }

    /// Weight of a slot, NaN where no valid synapse is.
    pub(crate) fn weight_of(&self, slot: u32) -> f64 {
        let s = &self.synapses;
        match s.state.get(slot as usize) {
            Some(state) if state & VALID != 0 => f64::from(s.weight[slot as usize]),
            _ => f64::NAN,
        }
    }

    /// Valid synapses from a neuron that the index lists, in slot order.
    pub fn outgoing(&self, neuron: u32) -> impl Iterator<Item = SynapseRow> + '_ {
        self.synapses().filter(move |row| {
            row.source == neuron && is_live(self.synapses.state[row.slot as usize])
        })
    }

    /// Valid synapses to a neuron, in slot order.
    pub fn incoming(&self, neuron: u32) -> impl Iterator<Item = SynapseRow> + '_ {
        self.synapses().filter(move |row| row.target == neuron)
    }
}

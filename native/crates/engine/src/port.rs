//! The engine behind the port that all neuron models share.

use gyrus_port::{
    Afferent, BurstEngine, MemoryBytes, MemorySignals, NeuronSettings, NeuronState, SynapseRow,
};
use gyrus_types::EngineError;

use crate::engine::Engine;

impl BurstEngine for Engine {
    fn burst(&self) -> u32 {
        Engine::burst(self)
    }

    fn neuron_count(&self) -> usize {
        Engine::neuron_count(self)
    }

    fn synapse_count(&self) -> usize {
        Engine::synapse_count(self)
    }

    fn synapse_slots(&self) -> usize {
        Engine::synapse_slots(self)
    }

    fn frame_words(&self) -> usize {
        Engine::frame_words(self)
    }

    fn memory_bytes(&self) -> MemoryBytes {
        Engine::memory_bytes(self)
    }

    fn apply(&mut self, patch: &[u32]) -> Result<(), EngineError> {
        Engine::apply(self, patch)
    }

    fn burst_into(&mut self, frame: &mut [u32]) -> Result<usize, EngineError> {
        Engine::burst_into(self, frame)
    }

    fn snapshot(&self) -> Vec<u8> {
        Engine::snapshot(self)
    }

    fn moment(&self) -> Vec<u8> {
        Engine::moment(self)
    }

    fn restore_moment(&mut self, moment: &[u8]) -> Result<bool, EngineError> {
        Engine::restore_moment(self, moment)
    }

    fn restore(&mut self, snapshot: &[u8]) -> Result<(), EngineError> {
        Engine::restore(self, snapshot)
    }

    fn state_hash(&self) -> u64 {
        Engine::state_hash(self)
    }

    fn watch_weights(&mut self, on: bool) {
        Engine::watch_weights(self, on);
    }

    fn weight_changes(&self) -> Vec<(u32, f32)> {
        Engine::weight_changes(self).collect()
    }

    fn neuron_state(&self, id: u32) -> NeuronState {
        Engine::neuron_state(self, id)
    }

    fn neuron_settings(&self, id: u32) -> NeuronSettings {
        Engine::neuron_settings(self, id)
    }

    fn fired_potentials(&self) -> Vec<f32> {
        Engine::fired_potentials(self).to_vec()
    }

    fn candidates(&self) -> Vec<(u32, f32)> {
        Engine::candidates(self).collect()
    }

    fn synapses(&self) -> Vec<SynapseRow> {
        Engine::synapses(self)
    }

    fn synapses_in(&self, from: u32, until: u32) -> Vec<SynapseRow> {
        Engine::synapses_in(self, from, until)
    }

    fn outgoing(&self, neuron: u32) -> Vec<SynapseRow> {
        Engine::outgoing(self, neuron)
    }

    fn incoming(&self, neuron: u32) -> Vec<SynapseRow> {
        Engine::incoming(self, neuron)
    }

    fn afferents(&self, target: u32) -> Vec<Afferent> {
        Engine::afferents(self, target)
    }

    fn memory_signals(&self) -> MemorySignals {
        self.learning.memory_signals()
    }

    fn has_fired(&self, id: u32) -> bool {
        self.has_fired(id)
    }

    fn weight_of(&self, slot: u32, ends: [u32; 2]) -> f64 {
        self.weight_of(slot, ends)
    }
}

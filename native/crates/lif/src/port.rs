//! The engine behind the port that all neuron models share, and what a caller may look at between two bursts.

use gyrus_port::snapshot::hash_of;
use gyrus_port::{
    Afferent, BurstEngine, MemoryBytes, NeuronSettings, NeuronState, SynapseRow, joins,
};
use gyrus_types::EngineError;

use crate::lif::Lif;

impl Lif {
    /// Valid synapses that are wanted, in slot order.
    fn rows_where(&self, is_wanted: impl Fn(u32, u32) -> bool) -> Vec<SynapseRow> {
        let wiring = &self.wiring;
        let plastic = self.learning.plastic();
        let mut next = plastic.iter().peekable();
        let mut rows = Vec::new();
        for slot in wiring.valid_slots() {
            let learned = next.next_if(|synapse| synapse.slot as usize == slot);
            let (source, target) = (wiring.source.get(slot), wiring.target.get(slot));
            if is_wanted(source, target) {
                rows.push(SynapseRow {
                    slot: slot as u32,
                    source,
                    target,
                    weight: learned.map_or(wiring.weight.get(slot), |one| one.weight as f32),
                    psp: 1.0,
                    kind: 0,
                    delay: wiring.delay.get(slot),
                    flags: 0,
                    trace: learned.map_or(0.0, |one| one.trace as f32),
                });
            }
        }
        rows
    }
}

impl BurstEngine for Lif {
    fn burst(&self) -> u32 {
        self.burst
    }

    fn neuron_count(&self) -> usize {
        self.neurons.count
    }

    fn synapse_count(&self) -> usize {
        self.wiring.valid_count
    }

    fn synapse_slots(&self) -> usize {
        self.wiring.len()
    }

    fn frame_words(&self) -> usize {
        Lif::frame_words(self)
    }

    fn memory_bytes(&self) -> MemoryBytes {
        Lif::memory_bytes(self)
    }

    fn apply(&mut self, patch: &[u32]) -> Result<(), EngineError> {
        Lif::apply(self, patch)
    }

    fn burst_into(&mut self, frame: &mut [u32]) -> Result<usize, EngineError> {
        Lif::burst_into(self, frame)
    }

    fn snapshot(&self) -> Vec<u8> {
        Lif::snapshot(self)
    }

    fn moment(&self) -> Vec<u8> {
        Lif::moment(self)
    }

    fn restore(&mut self, snapshot: &[u8]) -> Result<(), EngineError> {
        Lif::restore(self, snapshot)
    }

    fn state_hash(&self) -> u64 {
        hash_of(&Lif::snapshot(self))
    }

    fn watch_weights(&mut self, on: bool) {
        self.learning.watch(on);
    }

    fn weight_changes(&self) -> Vec<(u32, f32)> {
        self.learning.changes()
    }

    fn neuron_state(&self, id: u32) -> NeuronState {
        if !self.neurons.is_valid(id) {
            return NeuronState {
                potential: f32::NAN,
                countdown: 0,
                consecutive_fires: 0,
            };
        }
        let at = id as usize;
        let set = &self.sets[self.neurons.sites.parameter_set[at] as usize];
        NeuronState {
            potential: (self.neurons.potential[at] + set.resting_potential) as f32,
            countdown: self.neurons.countdown[at],
            consecutive_fires: 0,
        }
    }

    /// A parameter set says what these neurons do; of FEAGI's settings only the threshold, relative to rest, has a counterpart.
    fn neuron_settings(&self, id: u32) -> NeuronSettings {
        if !self.neurons.is_valid(id) {
            return NeuronSettings::default();
        }
        let at = id as usize;
        let sites = &self.neurons.sites;
        NeuronSettings {
            valid: true,
            area: sites.area[at],
            position: [sites.x[at], sites.y[at], sites.z[at]],
            threshold: self.sets[sites.parameter_set[at] as usize].threshold as f32,
            ..NeuronSettings::default()
        }
    }

    fn fired_potentials(&self) -> Vec<f32> {
        let ids = self.neurons.fired_ids();
        ids.map(|id| self.neurons.at_firing[id as usize]).collect()
    }

    /// Every neuron is updated in every burst: there are no candidates.
    fn candidates(&self) -> Vec<(u32, f32)> {
        Vec::new()
    }

    fn synapses(&self) -> Vec<SynapseRow> {
        self.rows_where(|_, _| true)
    }

    fn synapses_in(&self, from: u32, until: u32) -> Vec<SynapseRow> {
        let mut rows = self.synapses();
        rows.retain(|row| (from..until).contains(&row.slot));
        rows
    }

    fn outgoing(&self, neuron: u32) -> Vec<SynapseRow> {
        self.rows_where(|source, _| source == neuron)
    }

    fn incoming(&self, neuron: u32) -> Vec<SynapseRow> {
        self.rows_where(|_, target| target == neuron)
    }

    fn afferents(&self, target: u32) -> Vec<Afferent> {
        let mut rows = self.incoming(target);
        // Stable, so that the slots of one source keep their order.
        rows.sort_by_key(|row| row.source);
        let afferent = |synapse| Afferent {
            synapse,
            divisor: 1,
            factor: 1.0,
            mp_driven: false,
        };
        rows.into_iter().map(afferent).collect()
    }

    fn has_fired(&self, id: u32) -> bool {
        self.neurons.has_fired(id)
    }

    fn weight_of(&self, slot: u32, ends: [u32; 2]) -> f64 {
        let at = slot as usize;
        let wiring = &self.wiring;
        if at >= wiring.len() || !wiring.is_valid(at) {
            return f64::NAN;
        }
        let (source, target) = (wiring.source.get(at), wiring.target.get(at));
        if !joins([source, target], ends) {
            return f64::NAN;
        }
        self.learning
            .weight_of(slot, source as usize, target as usize)
            .unwrap_or_else(|| f64::from(wiring.weight.get(at)))
    }
}

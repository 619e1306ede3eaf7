//! What a caller may look at between two bursts.

use std::collections::BTreeMap;

use gyrus_port::{ANY_NEURON, NeuronSettings, NeuronState, SynapseRow, joins};
use gyrus_types::frame;

use crate::engine::Engine;
use crate::neurons::ACCUMULATES;
use crate::palette::Class;
use crate::synapses::{LIVE, Newcomer, SILENT, VALID, is_live};

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

    /// Slots of synapses, free ones included.
    #[must_use]
    pub fn synapse_slots(&self) -> usize {
        self.synapses.len()
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

    /// Whether a neuron fired in the last burst, deleted since or not. Memory neurons are not asked about here.
    #[must_use]
    pub fn has_fired(&self, id: u32) -> bool {
        (id as usize) < self.neurons.len() && self.fired.binary_search(&id).is_ok()
    }

    #[must_use]
    pub fn neuron_settings(&self, id: u32) -> NeuronSettings {
        let n = &self.neurons;
        let at = id as usize;
        if at >= n.len() || !n.is_valid(at) {
            return NeuronSettings::default();
        }
        let [threshold, leak, excitability] = self.set_values(at);
        NeuronSettings {
            valid: true,
            area: n.area[at],
            position: n.position(at),
            threshold,
            threshold_limit: n.threshold_limit[at],
            leak,
            excitability,
            refractory_period: n.refractory_period[at],
            consecutive_fire_limit: n.consecutive_fire_limit[at],
            snooze_period: n.snooze_period[at],
            accumulates: n.flags[at] & ACCUMULATES != 0,
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
        slots.map(|&(slot, place)| {
            let newcomer = self.synapses.newcomer(slot).map(|one| one.class.weight);
            let weight = newcomer.unwrap_or_else(|| self.synapses.weight_of(place as usize));
            (slot, weight)
        })
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
    #[must_use]
    pub fn synapses(&self) -> Vec<SynapseRow> {
        let s = &self.synapses;
        let mut rows = Vec::with_capacity(s.valid_count);
        s.each_row(|source, row| {
            let valid = row.filter(|&place| s.state_of(place) & VALID != 0);
            rows.extend(valid.map(|place| self.synapse_at(place, source)));
        });
        self.in_slot_order(rows, VALID, |_, _| true)
    }

    /// Valid synapses of the slots from one up to, and without, another, in slot order.
    #[must_use]
    pub fn synapses_in(&self, from: u32, until: u32) -> Vec<SynapseRow> {
        let s = &self.synapses;
        let placed = s.placed() as u32;
        let mut rows = Vec::new();
        for slot in from..until.min(placed) {
            let place = s.place_of(slot);
            if s.state_of(place) & VALID != 0 {
                rows.push(self.synapse_at(place, s.source_of(place)));
            }
        }
        let is_between = |one: &&Newcomer| (from..until).contains(&one.slot);
        let newcomers = s.newcomers.iter().filter(is_between);
        let valid = newcomers.filter(|one| one.state & VALID != 0);
        rows.extend(valid.map(newcomer_row));
        rows.sort_unstable_by_key(|row| row.slot);
        rows
    }

    /// Valid synapses from a neuron that the index lists, in slot order.
    #[must_use]
    pub fn outgoing(&self, neuron: u32) -> Vec<SynapseRow> {
        let s = &self.synapses;
        let live = s.places_of(neuron).filter(|&at| is_live(s.state_of(at)));
        let rows = live.map(|place| self.synapse_at(place, neuron)).collect();
        self.in_slot_order(rows, LIVE, |source, _| source == neuron)
    }

    /// Valid synapses to a neuron, in slot order.
    #[must_use]
    pub fn incoming(&self, neuron: u32) -> Vec<SynapseRow> {
        self.slots_into(neuron, VALID)
    }

    /// Synapses to a neuron whose state has all the wanted bits, in slot order.
    pub(crate) fn slots_into(&self, target: u32, state: u8) -> Vec<SynapseRow> {
        let s = &self.synapses;
        let may_fit = |&(_, other): &(usize, &u32)| (other ^ target) & !SILENT == 0;
        let places = s.target.iter().enumerate().filter(may_fit);
        let fits =
            |&place: &usize| s.target_of(place) == target && s.state_of(place) & state == state;
        let places = places.map(|(place, _)| place).filter(fits);
        let rows = places.map(|place| self.synapse_at(place, s.source_of(place)));
        self.in_slot_order(rows.collect(), state, |_, other| other == target)
    }

    /// Adds to each listed source how many live synapses leave it.
    pub(crate) fn count_live(&self, sources: &mut BTreeMap<u32, u32>) {
        let s = &self.synapses;
        for (&source, count) in sources {
            let live = s.places_of(source).filter(|&at| is_live(s.state_of(at)));
            let newcomers = s.newcomers.iter();
            let coming = newcomers.filter(|one| one.source == source && is_live(one.state));
            *count += (live.count() + coming.count()) as u32;
        }
    }

    /// Weight of a slot, NaN where no valid synapse between these two is.
    pub(crate) fn weight_of(&self, slot: u32, ends: [u32; 2]) -> f64 {
        let s = &self.synapses;
        let (is_there, weight) = if let Some(one) = s.newcomer(slot) {
            let is_valid = one.state & VALID != 0;
            (
                is_valid && joins([one.source, one.target], ends),
                one.class.weight,
            )
        } else if (slot as usize) < s.placed() {
            let place = s.place_of(slot);
            let is_valid = s.state_of(place) & VALID != 0;
            let is_meant =
                ends == [ANY_NEURON; 2] || joins([s.source_of(place), s.target_of(place)], ends);
            (is_valid && is_meant, s.weight_of(place))
        } else {
            return f64::NAN;
        };
        if is_there {
            f64::from(weight)
        } else {
            f64::NAN
        }
    }

    fn synapse_at(&self, place: usize, source: u32) -> SynapseRow {
        let s = &self.synapses;
        let ends = [source, s.target_of(place)];
        synapse(
            s.slot_of(place),
            ends,
            s.whole_class_of(place),
            s.trace_of(place),
        )
    }

    /// These, and the newcomers that have the wanted bits of a state and the wanted ends.
    fn in_slot_order(
        &self,
        mut rows: Vec<SynapseRow>,
        state: u8,
        is_wanted: impl Fn(u32, u32) -> bool,
    ) -> Vec<SynapseRow> {
        let s = &self.synapses;
        let newcomers = s.newcomers.iter();
        let wanted =
            newcomers.filter(|one| one.state & state == state && is_wanted(one.source, one.target));
        rows.extend(wanted.map(newcomer_row));
        if !(s.slot.is_empty() && s.newcomers.is_empty()) {
            rows.sort_unstable_by_key(|row| row.slot);
        }
        rows
    }
}

fn newcomer_row(one: &Newcomer) -> SynapseRow {
    synapse(one.slot, [one.source, one.target], one.class, 0.0)
}

fn synapse(slot: u32, [source, target]: [u32; 2], class: Class, trace: f32) -> SynapseRow {
    SynapseRow {
        slot,
        source,
        target,
        weight: class.weight,
        psp: class.psp,
        kind: class.kind,
        delay: class.delay,
        flags: class.flags,
        trace,
    }
}

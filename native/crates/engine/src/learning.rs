//! Where a burst touches learning and memory neurons. The rules are in `gyrus_plasticity`; without that crate `learning_absent.rs`
//! stands in here. Source: spec/burst-engine.md sections 3 and 7.

use gyrus_plasticity::{
    Firing, Learning as Rules, Listed, Mapping, Mode, Network, ReplayFrame, SynapseColumns,
    is_memory,
};
use gyrus_port::patch::Operation;
use gyrus_types::patch;

use crate::deliver::{contribution, driven_psp};
use crate::dynamics::fires_by_chance;
use crate::engine::{Engine, POWER_AREA};
use crate::extensions::Extensions;
use crate::neurons::Neurons;
use crate::palette::Class;
use crate::synapses::{INDEXED, LIVE, PLASTIC, Synapses, VALID, is_live};

pub(crate) use crate::learning_patch::check_operation;
pub(crate) use crate::learning_snapshot::{read, shelve, write_section};

/// Bit of a synapse's flags: associative.
const ASSOCIATIVE: u8 = 1;

/// What learning keeps between two bursts, and which synapses a memory neuron is part of.
#[derive(Clone)]
pub(crate) struct Learning {
    pub(crate) rules: Rules,
    pub(crate) extensions: Extensions,
    /// Source and place of every synapse with a memory neuron at an end, ascending; derived.
    outside: Vec<(u32, u32)>,
    outside_stale: bool,
}

impl Default for Learning {
    fn default() -> Self {
        Self::of(Rules::default())
    }
}

impl Learning {
    /// With everything derived still to be found.
    pub(crate) fn of(rules: Rules) -> Self {
        let mut rules = rules;
        rules.slots_stale = true;
        Self {
            rules,
            extensions: Extensions::default(),
            outside: Vec::new(),
            outside_stale: true,
        }
    }

    /// Memory neurons that a frame must have room for.
    pub(crate) fn memory_reserve(&self) -> usize {
        self.rules.memory.reserve()
    }

    /// Memory neurons at the end of the last burst's fired list.
    pub(crate) fn fired_memory(&self) -> usize {
        self.rules.memory.fired_areas.len()
    }

    /// Areas they fired in.
    pub(crate) fn fired_areas(&self) -> &[u32] {
        &self.rules.memory.fired_areas
    }

    /// Area of a mapped memory neuron.
    pub(crate) fn memory_area(&self, id: u32) -> Option<u32> {
        self.rules.memory.areas.get(&id).copied()
    }

    /// Sums on their way to memory neurons: burst, id and sum.
    pub(crate) fn arrivals(&self) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        let arrivals = self.rules.memory.arrivals.iter();
        arrivals.map(|(&(burst, id), &sum)| (burst, id, sum))
    }

    pub(crate) fn set_arrivals(&mut self, arrivals: &[(u32, u32, f32)]) {
        let arrivals = arrivals.iter().map(|&(burst, id, sum)| ((burst, id), sum));
        self.rules.memory.arrivals = arrivals.collect();
    }

    /// Whether bursts may change weights and traces.
    pub(crate) fn changes_weights(&self) -> bool {
        self.rules.has_mappings()
    }

    /// Whether bursts may change thresholds, leaks and excitabilities.
    pub(crate) fn changes_settings(&self) -> bool {
        self.extensions.changes_settings()
    }

    /// Whether fired lists and arrivals may name this id, which has no slot.
    pub(crate) fn may_name(id: u32) -> bool {
        is_memory(id)
    }

    /// Slots, neurons or their areas changed.
    pub(crate) fn structure_changed(&mut self) {
        self.rules.slots_stale = true;
    }

    /// Synapses lie elsewhere than before.
    pub(crate) fn places_changed(&mut self) {
        self.synapses_added();
    }

    pub(crate) fn synapses_added(&mut self) {
        self.rules.slots_stale = true;
        self.outside_stale = true;
    }

    pub(crate) fn set_psp_of_source(&mut self, area: u32, psp: f32) {
        for mapping in &mut self.rules.mappings {
            if mapping.source == area {
                mapping.psp = psp;
            }
        }
    }

    fn refresh_outside(&mut self, synapses: &Synapses) {
        if self.outside_stale {
            self.outside_stale = false;
            self.outside.clear();
            synapses.each_row(|source, row| {
                let outside =
                    row.filter(|&at| is_memory(source) || is_memory(synapses.target_of(at)));
                self.outside
                    .extend(outside.map(|place| (source, place as u32)));
            });
            self.outside.sort_unstable();
        }
    }

    /// Positions in `outside` of one source.
    fn outside_of(&self, source: u32) -> std::ops::Range<usize> {
        let start = self.outside.partition_point(|&(other, _)| other < source);
        let end = self.outside.partition_point(|&(other, _)| other <= source);
        start..end
    }
}

/// The engine as learning sees it.
struct View<'a> {
    neurons: &'a Neurons,
    synapses: &'a mut Synapses,
    is_strict: bool,
}

impl Network for View<'_> {
    fn is_strict(&self) -> bool {
        self.is_strict
    }

    fn neuron_count(&self) -> usize {
        self.neurons.len()
    }

    fn area_of(&self, id: u32) -> Option<u32> {
        let id = id as usize;
        (id < self.neurons.len() && self.neurons.is_valid(id)).then(|| self.neurons.area[id])
    }

    fn synapses(&mut self) -> SynapseColumns<'_> {
        SynapseColumns {
            target: &self.synapses.target,
            weight: self.synapses.weight.edit(),
            trace: self.synapses.trace.edit(),
        }
    }

    fn each_listed(&self, mut visit: impl FnMut(Listed)) {
        let wanted = if self.is_strict {
            VALID | PLASTIC
        } else {
            VALID
        };
        self.synapses.each_row(|source, row| {
            for place in row {
                if self.synapses.state_of(place) & wanted == wanted {
                    visit(Listed {
                        source,
                        target: self.synapses.target_of(place),
                        flags: self.synapses.flags_of(place),
                        place: place as u32,
                    });
                }
            }
        });
    }

    fn each_target(&self, source: u32, mut visit: impl FnMut(u32)) {
        for place in self.synapses.places_of(source) {
            if is_live(self.synapses.state_of(place)) {
                visit(self.synapses.target_of(place));
            }
        }
    }
}

impl Engine {
    /// Turns the replay due in this burst into forced fires and input.
    pub(crate) fn replay(&mut self) {
        if self.learning.rules.memory.replay.is_empty() {
            return;
        }
        let due = self.learning.rules.memory.take_replay(self.burst);
        for rows in due.chunk_by(|a, b| (a.area, a.is_input) == (b.area, b.is_input)) {
            let words: Vec<u32> = rows
                .iter()
                .flat_map(|row| {
                    let [x, y, z] = row.voxel;
                    [x, y, z, row.potential.to_bits()]
                })
                .collect();
            let found = self.resolve_voxels(rows[0].area, &words);
            if rows[0].is_input {
                self.staged.extend(found);
            } else {
                self.forced.extend(found);
            }
        }
    }

    /// Makes memory neurons with arrivals candidates; returns how many.
    pub(crate) fn receive_for_memory(&mut self) -> usize {
        if self.learning.rules.memory.arrivals.is_empty() {
            return 0;
        }
        let due = self.learning.rules.memory.take_arrivals(self.burst);
        self.strays
            .extend(due.iter().map(|(&(_, id), &sum)| (id, sum)));
        due.len()
    }

    pub(crate) fn inject_memory(&mut self, lap: usize) {
        for at in 0..self.learning.rules.memory.injected.len() {
            let (id, _, potential) = self.learning.rules.memory.injected[at];
            self.add_input(lap, id, potential);
        }
    }

    /// Lets memory neurons fire, behind all others, and queues the replay of what they stand for.
    pub(crate) fn fire_memory(&mut self) {
        let memory = &mut self.learning.rules.memory;
        memory.fired_areas.clear();
        memory.fired_injected.clear();
        let associative = memory.take_associative(self.burst);
        if self.strays.is_empty() {
            return;
        }
        for &(id, sum) in self.strays.iter().filter(|(id, _)| is_memory(*id)) {
            let Some((area, injected)) = memory.place(id) else {
                continue;
            };
            let part = associative.get(&(self.burst, id)).copied().unwrap_or(0.0);
            let by_chance = |excitability| fires_by_chance(excitability, id, self.burst);
            let inputs = (sum, part);
            if let Some(potential) =
                memory.receive(id, (area, injected), inputs, self.strict, by_chance)
            {
                self.fired.push(id);
                self.fired_potential.push(potential);
                memory.fired_areas.push(area);
                memory.fired_injected.push(injected);
            }
        }
        memory.injected.clear();
        let first = self.fired.len() - memory.fired_areas.len();
        for at in 0..memory.fired_areas.len() {
            let area = memory.fired_areas[at];
            let settings = self
                .areas
                .binary_search_by_key(&area, |settings| settings.index);
            let is_driven =
                settings.is_ok_and(|found| self.areas[found].mp_driven_psp == Some(true));
            let potential = if is_driven {
                self.fired_potential[first + at]
            } else {
                1.0
            };
            memory.schedule_replay(self.fired[first + at], area, self.burst, potential);
        }
    }

    /// Sends spikes to memory neurons, then those of memory neurons.
    pub(crate) fn send_by_memory(&mut self) {
        let memory = &self.learning.rules.memory;
        if memory.areas.is_empty() && memory.fired_areas.is_empty() {
            return;
        }
        self.learning.refresh_outside(&self.synapses);
        let known = self.fired_with_slots().len();
        let mut at = 0;
        while let Some(&(source, _)) = self.learning.outside.get(at) {
            let row = self.learning.outside_of(source);
            at = row.end;
            if is_memory(source) {
                break;
            }
            if let Ok(fired) = self.fired[..known].binary_search(&source) {
                let potential = self.fired_potential[fired];
                let divisor = self.divisor_of(source);
                self.send_row(row, potential, self.sends_potential(source), divisor);
            }
        }
        let is_divided = self.is_on_general_path();
        for fired in known..self.fired.len() {
            // What it sends follows the area it is mapped to, whatever area it was injected for; without one only the
            // undivided path sends.
            let area = self.learning.memory_area(self.fired[fired]);
            if area.is_none() && is_divided {
                continue;
            }
            let row = self.learning.outside_of(self.fired[fired]);
            let settings = area.and_then(|area| self.area(area)).copied();
            let is_driven = settings.is_some_and(|area| area.mp_driven_psp == Some(true));
            let is_uniform = settings.is_some_and(|area| area.psp_uniform == Some(true));
            let divisor = if is_divided && !is_uniform {
                let state = |at: usize| {
                    let place = self.learning.outside[at].1 as usize;
                    self.synapses.state_of(place)
                };
                row.clone().filter(|&at| is_live(state(at))).count() as u32
            } else {
                1
            };
            self.send_row(row.clone(), self.fired_potential[fired], is_driven, divisor);
        }
        self.wear_memory(known);
    }

    /// Schedules what one source sends over its synapses with a memory neuron at an end.
    fn send_row(
        &mut self,
        row: std::ops::Range<usize>,
        potential: f32,
        is_driven: bool,
        divisor: u32,
    ) {
        for at in row {
            let place = self.learning.outside[at].1 as usize;
            let state = self.synapses.state_of(place);
            let conducts = state & INDEXED != 0 && (state & VALID != 0 || self.removed_conduct);
            if !conducts {
                continue;
            }
            let psp = if is_driven {
                driven_psp(potential)
            } else {
                self.synapses.psp_of(place)
            };
            let sent = contribution(self.synapses.signed_weight(place), psp, divisor);
            let factor = self.transmission_of(place);
            // Never -0, so that a touched sum never is.
            let sent = factor.map_or(sent, |factor| sent * factor + 0.0);
            let burst = self.burst + u32::from(self.synapses.class_of(place).delay);
            let target = self.synapses.target_of(place);
            if (target as usize) < self.neurons.len() {
                let (partition, at) = self.place(target as usize);
                self.partitions[partition].add(burst, at, sent);
            } else if self.learning.memory_area(target).is_some() {
                let is_associative = self.synapses.flags_of(place) & ASSOCIATIVE != 0;
                let memory = &mut self.learning.rules.memory;
                memory.add_arrival(burst, target, sent, is_associative);
            }
        }
    }

    /// Wears the synapses of the memory neurons that fired.
    fn wear_memory(&mut self, known: usize) {
        for fired in known..self.fired.len() {
            let area = self.learning.memory_area(self.fired[fired]);
            let settings = area.and_then(|area| self.area(area));
            let wear = settings.map_or(0.0, |area| area.degeneration);
            if wear > 0.0 && area != Some(POWER_AREA) {
                self.synapses.wear(self.fired[fired], wear);
            }
        }
    }

    /// Ledgers, traces, weights and new synapses of this burst.
    pub(crate) fn learn(&mut self) {
        self.changed_weights.clear();
        if self.learning.rules.is_idle() {
            return;
        }
        if self.learning.rules.has_mappings() {
            self.synapses.spread_weights();
            self.synapses.make_traces();
        }
        let mut view = View {
            neurons: &self.neurons,
            synapses: &mut self.synapses,
            is_strict: self.strict,
        };
        let firing = Firing {
            ids: &self.fired,
            areas: &self.neurons.area,
        };
        let reinforcements = self.learning.extensions.reinforcements();
        self.learning
            .rules
            .learn(&mut view, &firing, reinforcements);
        if self.watches_weights {
            let changed = self.learning.rules.changed().iter();
            let slots = changed.map(|&place| (self.synapses.slot_of(place as usize), place));
            self.changed_weights.extend(slots);
            self.changed_weights.sort_unstable();
        }
        let created = self.learning.rules.take_created();
        if created.is_empty() {
            return;
        }
        for synapse in &created {
            let class = Class {
                weight: synapse.weight,
                psp: synapse.psp,
                kind: synapse.kind,
                delay: synapse.delay,
                flags: synapse.flags,
            };
            let ends = [synapse.source, synapse.target];
            self.synapses.push(ends, class, synapse.group, self.strict);
        }
        if self.strict {
            self.synapses.reindex();
            self.drive_stale = true;
        }
        self.make_room_for_delays(created.iter().map(|synapse| synapse.delay));
    }

    /// Forgets what memory neurons of an area have under way, before its neurons are reset.
    pub(crate) fn reset_memory_of(&mut self, area: u32) {
        let memory = &mut self.learning.rules.memory;
        let first = self.fired.len() - memory.fired_areas.len();
        for at in (0..memory.fired_areas.len()).rev() {
            if memory.fired_areas[at] == area {
                memory.fired_areas.remove(at);
                self.fired.remove(first + at);
                self.fired_potential.remove(first + at);
            }
        }
        memory.reset_area(area);
    }

    /// Applies an operation on learning or memory neurons.
    pub(crate) fn apply_learning(&mut self, op: &Operation) {
        let words = op.words;
        match op.code {
            patch::TRACK_FIRING => {
                let tracks = &mut self.learning.rules.tracks;
                tracks.track(words[0], words[2] == 1, words[1], self.burst);
            }
            patch::UNTRACK_FIRING => {
                self.learning.rules.tracks.untrack(words[0], words[1] == 1);
            }
            patch::REGISTER_MAPPING => {
                let mapping = mapping_of(op);
                if !self.learning.rewards_itself(&mapping) {
                    self.learning.rules.register(mapping);
                    self.rebuild_plasticity_index();
                }
            }
            patch::UNREGISTER_MAPPING => {
                if self.learning.rules.unregister((words[0], words[1])) {
                    self.rebuild_plasticity_index();
                }
            }
            patch::FREEZE_MAPPING => {
                if let Some(mapping) = self.learning.rules.mapping_mut((words[0], words[1])) {
                    mapping.frozen = words[2] == 1;
                }
            }
            patch::RESET_MAPPING_WEIGHTS => self.reset_weights((words[0], words[1]), op.f32(2)),
            patch::MAP_MEMORY_NEURONS => {
                for pair in words.chunks_exact(2) {
                    let before = self.learning.rules.memory.areas.insert(pair[0], pair[1]);
                    if before != Some(pair[1]) {
                        self.learning.structure_changed();
                    }
                }
            }
            patch::REMOVE_MEMORY_NEURONS => self.remove_memory_neurons(words),
            patch::MEMORY_INJECT => {
                let injections = words.chunks_exact(3);
                let injected = &mut self.learning.rules.memory.injected;
                injected.extend(injections.map(|row| (row[0], row[1], f32::from_bits(row[2]))));
            }
            patch::REGISTER_TWINS => {
                for row in words.chunks_exact(3) {
                    let twins = &mut self.learning.rules.memory.twins;
                    twins.insert((row[0], row[1]), row[2]);
                }
            }
            patch::REPLAY_FRAMES => {
                let frames = frames_of(&words[1..]);
                let known = &mut self.learning.rules.memory.frames;
                if frames.is_empty() {
                    known.remove(&words[0]);
                } else {
                    known.insert(words[0], frames);
                }
            }
            _ => self.apply_extension(op),
        }
    }

    /// In feagi-strict the index of mappings holds what was valid when it was last built.
    fn rebuild_plasticity_index(&mut self) {
        self.learning.structure_changed();
        if self.strict {
            self.synapses
                .change_states(|state| state & LIVE | if state & VALID != 0 { PLASTIC } else { 0 });
        }
    }

    /// Writes one weight to all valid synapses of a pair of areas and clears their traces, whether or not a mapping is registered.
    fn reset_weights(&mut self, (from, to): (u32, u32), weight: f32) {
        self.settle();
        let neurons = &self.neurons;
        let area_of = |id: u32| {
            let at = id as usize;
            if at < neurons.len() {
                neurons.is_valid(at).then(|| neurons.area[at])
            } else {
                self.learning.memory_area(id)
            }
        };
        let mut places = Vec::new();
        self.synapses.each_row(|source, row| {
            if area_of(source) == Some(from) {
                places.extend(row.filter(|&place| {
                    self.synapses.state_of(place) & VALID != 0
                        && area_of(self.synapses.target_of(place)) == Some(to)
                }));
            }
        });
        if places.is_empty() {
            return;
        }
        self.synapses.spread_weights();
        self.synapses.make_traces();
        let (weights, traces) = (self.synapses.weight.edit(), self.synapses.trace.edit());
        for place in places {
            weights[place] = weight;
            traces[place] = 0.0;
        }
    }

    fn remove_memory_neurons(&mut self, ids: &[u32]) {
        let mut gone = ids.to_vec();
        gone.sort_unstable();
        self.settle();
        self.learning.refresh_outside(&self.synapses);
        for at in 0..self.learning.outside.len() {
            let (source, place) = self.learning.outside[at];
            let target = self.synapses.target_of(place as usize);
            if [source, target]
                .iter()
                .any(|id| gone.binary_search(id).is_ok())
            {
                self.remove_place(place as usize);
            }
        }
        self.learning.rules.memory.remove(&gone);
        self.learning.rules.tracks.forget(&gone);
        self.learning.structure_changed();
    }
}

fn mapping_of(op: &Operation) -> Mapping {
    let words = op.words;
    let [kind, delay, ..] = words[11].to_le_bytes();
    let mut mapping = Mapping::new(words[0], words[1]);
    mapping.mode = match words[2] {
        0 => Mode::Off,
        1 => Mode::Stdp,
        _ => Mode::Rewarded,
    };
    mapping.window = words[3];
    mapping.rise = words[4] as u8;
    mapping.fall = words[5] as u8;
    mapping.eta = op.f32(6);
    mapping.max_weight = op.f32(7);
    mapping.decay = op.f32(8);
    mapping.bidirectional = words[9] & 1 != 0;
    mapping.associative = words[9] & 2 != 0;
    mapping.psp = op.f32(10);
    mapping.kind = kind;
    mapping.delay = delay;
    mapping.group = (words[11] >> 16) as u16;
    mapping
}

fn frames_of(mut words: &[u32]) -> Vec<ReplayFrame> {
    let mut frames = Vec::new();
    while let [offset, upstream, count, rest @ ..] = words {
        let voxels = (count & !patch::WITH_POTENTIALS) as usize;
        let has_potentials = count & patch::WITH_POTENTIALS != 0;
        let (coordinates, rest) = rest.split_at(voxels * 3);
        let (potentials, rest) = rest.split_at(if has_potentials { voxels } else { 0 });
        let values = potentials.iter().map(|&bits| f32::from_bits(bits));
        frames.push(ReplayFrame {
            offset: *offset,
            upstream: *upstream,
            voxels: coordinates.as_chunks().0.to_vec(),
            potentials: has_potentials.then(|| values.collect()),
        });
        words = rest;
    }
    frames
}

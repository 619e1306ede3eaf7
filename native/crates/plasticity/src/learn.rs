//! What is learned from one burst: ledgers, traces and weights, new synapses. Source: spec/burst-engine.md section 7.2.

use crate::mappings::{Mapping, Mode, NO_MAX_WEIGHT, Reinforcements};
use crate::memory::Memory;
use crate::rules::Change;
use crate::tracks::Tracks;
use crate::{FIRST_MEMORY_ID, Learning, is_memory};

/// Bit of a synapse's flags: associative.
const ASSOCIATIVE: u8 = 1;
/// Bits of `Scratch::active`.
const SOURCE: u8 = 1;
const TARGET: u8 = 2;

/// The columns learning reads and moves, by place.
pub struct SynapseColumns<'a> {
    /// Ids in the lower 31 bits; the uppermost is the network's own.
    pub target: &'a [u32],
    pub weight: &'a mut [f32],
    pub trace: &'a mut [f32],
}

/// Bits of a target that are its id.
const ID: u32 = u32::MAX >> 1;

/// A valid synapse that the plasticity index lists.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    pub source: u32,
    pub target: u32,
    pub flags: u8,
    /// Where it lies in the columns.
    pub place: u32,
}

/// What learning needs of the network it changes.
pub trait Network {
    /// Behaves as FEAGI does, defects included.
    fn is_strict(&self) -> bool;
    fn neuron_count(&self) -> usize;
    /// Area of a living neuron with a slot; none for all other ids.
    fn area_of(&self, id: u32) -> Option<u32>;
    fn synapses(&mut self) -> SynapseColumns<'_>;
    /// Visits every listed synapse, those of one source one after the other.
    fn each_listed(&self, visit: impl FnMut(Listed));
    /// Visits the target of every valid indexed synapse of one source, which may have been deleted.
    fn each_target(&self, source: u32, visit: impl FnMut(u32));
}

/// The fired list of a burst: neurons with slots ascending, then memory neurons ascending.
#[derive(Clone, Copy)]
pub struct Firing<'a> {
    pub ids: &'a [u32],
    /// Areas of the neurons with slots, by id.
    pub areas: &'a [u32],
}

impl Firing<'_> {
    /// Calls `visit` with area, id and whether it fired by pattern injection.
    fn each(&self, memory: &Memory, mut visit: impl FnMut(u32, u32, bool)) {
        let with_slots = self.ids.len() - memory.fired_areas.len();
        for &id in &self.ids[..with_slots] {
            visit(self.areas[id as usize], id, false);
        }
        let kinds = memory.fired_areas.iter().zip(&memory.fired_injected);
        for (&id, (&area, &injected)) in self.ids[with_slots..].iter().zip(kinds) {
            visit(area, id, injected);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewSynapse {
    pub source: u32,
    pub target: u32,
    pub weight: f32,
    pub psp: f32,
    pub kind: u8,
    pub delay: u8,
    pub flags: u8,
    pub group: u16,
}

/// Memory kept from burst to burst.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    /// Per neuron with a slot: active at this end of the mapping under way.
    active: Vec<u8>,
    source: Window,
    target: Window,
    /// Places whose weights changed.
    changed: Vec<u32>,
    created: Vec<NewSynapse>,
    /// Memory neurons at the ends of what reward strengthened or joined.
    consolidated: Vec<u32>,
}

/// Activity of one area in the last bursts.
#[derive(Debug, Clone, Default)]
struct Window {
    /// Ids of at least one frame, and of all of them; ascending.
    any: Vec<u32>,
    all: Vec<u32>,
}

impl Window {
    /// Reads the newest `depth` frames; false while there are too few.
    fn read(&mut self, tracks: &Tracks, area: u32, depth: u32, with_memory: bool) -> bool {
        let Some(frames) = tracks
            .get(area, false)
            .and_then(|track| track.latest(depth))
        else {
            return false;
        };
        self.any.clear();
        self.all.clear();
        for frame in frames {
            let end = if with_memory {
                frame.len()
            } else {
                frame.partition_point(|&id| id < FIRST_MEMORY_ID)
            };
            self.any.extend_from_slice(&frame[..end]);
        }
        self.any.sort_unstable();
        // An id is in a frame once, so one that comes `depth` times is in all.
        let runs = self.any.chunk_by(|a, b| a == b);
        let lasting = runs.filter(|run| run.len() == depth as usize);
        self.all.extend(lasting.map(|run| run[0]));
        self.any.dedup();
        true
    }

    fn contains(&self, id: u32) -> bool {
        self.any.binary_search(&id).is_ok()
    }
}

impl Learning {
    /// Learns from what fired in this burst. Afterwards [`Self::changed`] and [`Self::take_created`] tell what to follow up.
    pub fn learn<N: Network>(
        &mut self,
        network: &mut N,
        firing: &Firing,
        reinforcements: Reinforcements,
    ) {
        self.record(firing);
        self.scratch.changed.clear();
        if self.mappings.iter().any(|mapping| !mapping.frozen) {
            self.refresh_slots(network);
            self.scratch.active.resize(network.neuron_count(), 0);
            let Self {
                mappings,
                tracks,
                memory,
                scratch,
                ..
            } = self;
            for mapping in mappings.iter().filter(|mapping| !mapping.frozen) {
                let group = reinforcements.of(mapping.group);
                let is_gated = mapping.is_gated(group);
                let mut lesson = Lesson {
                    mapping,
                    tracks,
                    memory,
                    is_gated,
                    reward: if is_gated {
                        group.reward * group.learning
                    } else {
                        group.learning
                    },
                    is_strict: network.is_strict(),
                    scratch,
                };
                lesson.give(network);
            }
            memory.consolidated.extend(scratch.consolidated.drain(..));
        }
    }

    /// Places whose weights were written in the last burst.
    #[must_use]
    pub fn changed(&self) -> &[u32] {
        &self.scratch.changed
    }

    /// Synapses to be appended, in order.
    pub fn take_created(&mut self) -> Vec<NewSynapse> {
        std::mem::take(&mut self.scratch.created)
    }

    fn record(&mut self, firing: &Firing) {
        let tracks = &mut self.tracks;
        if tracks.is_empty() {
            return;
        }
        tracks.advance();
        firing.each(&self.memory, |area, id, injected| {
            tracks.note(area, false, id);
            if injected {
                tracks.note(area, true, id);
            }
        });
    }

    /// Finds the slots of every mapping again, after structure changed.
    fn refresh_slots<N: Network>(&mut self, network: &mut N) {
        if !self.slots_stale || self.mappings.is_empty() {
            return;
        }
        self.slots_stale = false;
        for mapping in &mut self.mappings {
            mapping.derived.runs.clear();
            mapping.derived.flagged = false;
        }
        let areas = &self.memory.areas;
        let area_of = |id: u32| network.area_of(id).or_else(|| areas.get(&id).copied());
        let mappings = &mut self.mappings;
        network.each_listed(|synapse| {
            let (Some(from), Some(to)) = (area_of(synapse.source), area_of(synapse.target)) else {
                return;
            };
            if let Ok(at) = mappings.binary_search_by_key(&(from, to), Mapping::pair) {
                let associative = synapse.flags & ASSOCIATIVE != 0;
                let derived = &mut mappings[at].derived;
                derived.push(synapse.source, synapse.place, associative);
            }
        });
    }
}

/// One mapping in one burst.
struct Lesson<'a> {
    mapping: &'a Mapping,
    tracks: &'a Tracks,
    memory: &'a Memory,
    /// Only reward lets it learn.
    is_gated: bool,
    reward: f32,
    is_strict: bool,
    scratch: &'a mut Scratch,
}

impl Lesson<'_> {
    fn give<N: Network>(&mut self, network: &mut N) {
        let mapping = self.mapping;
        let may_create = mapping.bidirectional || mapping.associative;
        let is_aware = may_create || mapping.derived.flagged;
        if mapping.mode == Mode::Off && !self.is_strict {
            return;
        }
        let read =
            |window: &mut Window, area| window.read(self.tracks, area, mapping.window, is_aware);
        let is_known = read(&mut self.scratch.source, mapping.source)
            && read(&mut self.scratch.target, mapping.target);
        if !is_known {
            self.let_traces_decay(network);
            return;
        }
        if mapping.mode != Mode::Off {
            if mapping.rise == 0 && mapping.fall == 0 && self.reward == 0.0 {
                self.let_traces_decay(network);
            } else {
                self.change_weights(network);
            }
        }
        if (may_create || self.is_strict && mapping.derived.flagged)
            && mapping.rise > 0
            && (!self.is_gated || self.reward > 0.0)
        {
            self.create(network);
        }
    }

    /// Outside feagi-strict time passes for traces even when nothing is learned.
    fn let_traces_decay<N: Network>(&self, network: &mut N) {
        if !self.is_strict {
            let trace = network.synapses().trace;
            for run in &self.mapping.derived.runs {
                for trace in &mut trace[run.places()] {
                    *trace *= self.mapping.decay;
                }
            }
        }
    }

    fn change_weights<N: Network>(&mut self, network: &mut N) {
        let (mapping, scratch) = (self.mapping, &mut *self.scratch);
        let change = Change {
            decay: mapping.decay,
            rise: f32::from(mapping.rise),
            fall: f32::from(mapping.fall),
            rate: mapping.eta * self.reward,
            reward: self.reward,
            max_weight: if mapping.max_weight.to_bits() == NO_MAX_WEIGHT.to_bits() {
                f32::INFINITY
            } else {
                mapping.max_weight
            },
            associative: mapping.associative,
        };
        let (source, target) = (&scratch.source, &scratch.target);
        let active = &mut scratch.active;
        mark(active, &source.any, SOURCE);
        mark(active, &target.any, TARGET);
        // An associative synapse takes any activity of an area for that of its neuron there.
        let stands_in = |window: &Window, area| {
            mapping.derived.flagged
                && !window.any.is_empty()
                && (self.is_strict
                    || self.tracks.get(area, true).is_some()
                    || self.memory.has_area(area))
        };
        let source_stands_in = stands_in(source, mapping.source);
        let target_stands_in = stands_in(target, mapping.target);
        let anything_stands_in = source_stands_in || target_stands_in;
        let skips_idle = change.leaves_idle_alone();
        let is_active = |id: u32, bit: u8, window: &Window| match active.get(id as usize) {
            Some(bits) => bits & bit != 0,
            None => window.contains(id),
        };
        let synapses = network.synapses();
        for run in &mapping.derived.runs {
            let may_stand_in = anything_stands_in && run.associative;
            let s = is_active(run.source, SOURCE, source)
                || may_stand_in && source_stands_in && run.source < FIRST_MEMORY_ID;
            for place in run.places() {
                let to = synapses.target[place] & ID;
                let t = is_active(to, TARGET, target)
                    || may_stand_in && target_stands_in && to < FIRST_MEMORY_ID;
                let trace = &mut synapses.trace[place];
                if skips_idle && !s && !t && *trace == 0.0 {
                    continue;
                }
                let weight = &mut synapses.weight[place];
                let before = *weight;
                if change.apply(trace, weight, s, t) {
                    scratch.changed.push(place as u32);
                    if self.is_gated && *weight > before {
                        scratch.consolidated.extend(memory_among([run.source, to]));
                    }
                }
            }
        }
        clear(active, &source.any);
        clear(active, &target.any);
    }

    /// Joins what was active together and is not joined yet.
    fn create<N: Network>(&mut self, network: &N) {
        let mapping = self.mapping;
        let ids = |window: &Window, area| -> Vec<u32> {
            let ids = if mapping.associative {
                &window.any
            } else {
                &window.all
            };
            let recalled = self.recalled(area);
            let counts = |id: u32| {
                !is_memory(id)
                    || recalled
                        .as_ref()
                        .is_none_or(|recalled| recalled.binary_search(&id).is_ok())
            };
            ids.iter().copied().filter(|&id| counts(id)).collect()
        };
        let sources = ids(&self.scratch.source, mapping.source);
        let targets = ids(&self.scratch.target, mapping.target);
        let area_of = |id: u32| {
            network
                .area_of(id)
                .or_else(|| self.memory.areas.get(&id).copied())
        };
        // In feagi-strict whatever fired is joined, a memory neuron injected without being mapped too.
        let may_join = |id: u32| self.is_strict || area_of(id).is_some();
        let mut joined = Vec::new();
        for &source in &sources {
            joined.clear();
            network.each_target(source, |target| {
                if area_of(target) == Some(mapping.target) {
                    joined.push(target);
                }
            });
            joined.sort_unstable();
            for &target in &targets {
                let is_new = joined.binary_search(&target).is_err();
                if is_new && may_join(source) && may_join(target) {
                    if self.is_gated {
                        let ends = memory_among([source, target]);
                        self.scratch.consolidated.extend(ends);
                    }
                    self.scratch.created.push(NewSynapse {
                        source,
                        target,
                        weight: f32::from(mapping.rise),
                        psp: mapping.psp,
                        kind: mapping.kind,
                        delay: mapping.delay,
                        flags: ASSOCIATIVE,
                        // FEAGI forgets the group: gates and gains do not touch what was learned.
                        group: if self.is_strict { 0 } else { mapping.group },
                    });
                }
            }
        }
    }

    /// Memory neurons of an area that fired by pattern injection in the window; none if its history is too short to tell.
    fn recalled(&self, area: u32) -> Option<Vec<u32>> {
        let track = self.tracks.get(area, true)?;
        let mut ids: Vec<u32> = track
            .latest(self.mapping.window)?
            .flatten()
            .copied()
            .collect();
        ids.sort_unstable();
        Some(ids)
    }
}

fn memory_among(ids: [u32; 2]) -> impl Iterator<Item = u32> {
    ids.into_iter().filter(|&id| is_memory(id))
}

fn mark(active: &mut [u8], ids: &[u32], bit: u8) {
    for &id in ids {
        if let Some(bits) = active.get_mut(id as usize) {
            *bits |= bit;
        }
    }
}

fn clear(active: &mut [u8], ids: &[u32]) {
    for &id in ids {
        if let Some(bits) = active.get_mut(id as usize) {
            *bits = 0;
        }
    }
}

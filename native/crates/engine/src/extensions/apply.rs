//! Applies operations of the optional subsystems, and what other edits mean for them. All were checked before.

use gyrus_plasticity::{Mapping, Mode, NOT_LIMITED, ReplayRow, SparseParameters};
use gyrus_port::patch::Operation;
use gyrus_types::patch;

use super::baselines::{EXCITABILITY, LEAK, THRESHOLD};
use super::check::WATCH_WORDS;
use super::homeostat::Settings;
use super::modulators::{Modulator, Modulators};
use super::watches::Watch;
use crate::engine::Engine;
use crate::learning::Learning;
use crate::neurons::Neurons;
use crate::patch_words::WORDS_PER_NEW_NEURON;

/// Flags of a rate-modulated leak.
const PER_NEURON: u32 = 1;
const LEAVES_SILENT: u32 = 2;

impl Engine {
    /// Applies an operation of an optional subsystem.
    pub(crate) fn apply_extension(&mut self, op: &Operation) {
        let words = op.words;
        match op.code {
            patch::SET_MODULATORS => self.edit_modulators(|modulators| {
                let rows = (0..words.len()).step_by(5);
                modulators.bound = rows
                    .map(|at| Modulator {
                        number: words[at],
                        kind: words[at + 1] as u8,
                        driver: words[at + 2],
                        magnitude: op.f32(at + 3),
                        full_scale: op.f32(at + 4),
                    })
                    .collect();
            }),
            patch::SET_SUBSCRIPTIONS => self.edit_modulators(|modulators| {
                let rows = words.chunks_exact(2).map(|row| (row[0], row[1]));
                modulators.subscriptions = once_each(rows);
                modulators.subscriptions.sort_by_key(|&(area, _)| area);
            }),
            patch::MODULATION_GROUP => self.edit_modulators(|modulators| {
                let members = once_each(words[1..].iter().copied());
                modulators.group_mut(words[0] as u16).members = members;
            }),
            patch::REMOVE_MODULATOR => {
                self.edit_modulators(|modulators| modulators.remove(words[0]));
            }
            patch::REBASE_MODULATED | patch::RELEASE_MODULATED => self.handle_baselines(op),
            patch::GROUP_SYNAPSES => self.synapses.stamp(words),
            patch::ADD_GROUPED_SYNAPSES => self.add_synapses(&words[1..], words[0] as u16),
            patch::SPIKE_TRAIN_AREAS => self.set_train_areas(words),
            patch::RATE_MODULATED_LEAK => self.register_homeostat(settings_of(op)),
            patch::STOP_RATE_MODULATED_LEAK => {
                let homeostats = &mut self.learning.extensions.homeostats;
                homeostats.retain(|one| one.settings.area != words[0]);
            }
            patch::SET_CLASSIFIER_WATCHES => self.learning.extensions.watches = watches_of(words),
            patch::SPARSE_MEMORY => {
                let parameters = &mut self.learning.rules.memory.sparse_parameters;
                parameters.insert(words[0], sparse_of(op));
            }
            patch::CLEAR_CONSOLIDATED => self.learning.rules.memory.consolidated.clear(),
            patch::SCHEDULE_REPLAY => self.schedule_replay(op),
            patch::UNREGISTER_TWIN => {
                let twins = &mut self.learning.rules.memory.twins;
                twins.remove(&(words[0], words[1]));
            }
            _ => unreachable!("checked before"),
        }
    }

    /// Groups that get a gate close, and `standard` takes back what nothing commands any more.
    fn edit_modulators(&mut self, change: impl FnOnce(&mut Modulators)) {
        let mut modulators = self
            .learning
            .extensions
            .modulators
            .take()
            .unwrap_or_default();
        let gated = |modulators: &Modulators| -> Vec<u16> {
            let gated = modulators.groups.iter();
            let gated = gated.filter(|group| modulators.is_gated(group));
            gated.map(|group| group.number).collect()
        };
        let before = gated(&modulators);
        change(&mut modulators);
        for number in gated(&modulators) {
            if before.binary_search(&number).is_err() {
                modulators.group_mut(number).transmission = 0.0;
            }
        }
        if !self.strict {
            self.release_baselines(&mut modulators);
            if modulators.bound.is_empty() {
                modulators.reset();
            }
        }
        modulators.refresh(self.strict);
        self.learning.extensions.modulators =
            Some(modulators).filter(|modulators| !modulators.is_unused());
        self.note_transmission();
    }

    /// Rebases and releases as FEAGI does; in `standard` there is nothing to do.
    fn handle_baselines(&mut self, op: &Operation) {
        if !self.strict {
            return;
        }
        if let Some(mut modulators) = self.learning.extensions.modulators.take() {
            if op.code == patch::REBASE_MODULATED {
                self.rebase(&mut modulators, op.words[0], op.words[1] as u8);
            } else {
                self.release_baselines(&mut modulators);
            }
            self.learning.extensions.modulators = Some(modulators);
        }
    }

    fn schedule_replay(&mut self, op: &Operation) {
        let [burst, area, is_input] = [op.words[0], op.words[1], op.words[2]];
        if burst <= self.burst {
            return;
        }
        let rows = op.words[3..].chunks_exact(4).map(|row| ReplayRow {
            burst,
            area,
            potential: f32::from_bits(row[3]),
            voxel: [row[0], row[1], row[2]],
            is_input: is_input == 1,
        });
        self.learning.rules.memory.replay.extend(rows);
    }

    /// What an edit of an area or neuron, already applied, means for what modulates it.
    pub(crate) fn follow_edit(&mut self, op: &Operation) {
        let area = op.words.first().copied().unwrap_or(0);
        let everywhere = |_: &Neurons, _: u32| Some(op.f32(1));
        match op.code {
            patch::AREA_THRESHOLD => self.edit_baseline((area, THRESHOLD), everywhere),
            patch::AREA_THRESHOLD_GRADIENT => {
                self.edit_baseline((area, THRESHOLD), |neurons, id| {
                    Some(gradient(op, neurons.position(id as usize)))
                });
            }
            patch::AREA_LEAK => {
                self.edit_baseline((area, LEAK), everywhere);
                self.reseed_homeostat(area, op.f32(1));
            }
            patch::AREA_EXCITABILITY => self.edit_baseline((area, EXCITABILITY), everywhere),
            patch::NEURON_LEAK => {
                let leak = op.f32(1).clamp(0.0, 1.0) + 0.0;
                self.follow_neuron(op.words[0], LEAK, leak);
            }
            patch::ADD_NEURONS => {
                let added = op.words.len() / WORDS_PER_NEW_NEURON;
                let count = self.neurons.len() as u32;
                let added: Vec<u32> = (count - added as u32..count).collect();
                self.join_baselines(&added);
            }
            _ => {}
        }
        let parameters = &mut self.learning.rules.memory.sparse_parameters;
        if (patch::AREA_THRESHOLD..=patch::AREA_SNOOZE).contains(&op.code)
            && let Some(sparse) = parameters.get_mut(&area)
        {
            follow_in_memory(op, sparse);
        }
    }

    /// The same of one setting of one neuron.
    fn follow_neuron(&mut self, id: u32, kind: u8, value: f32) {
        if let Some(&area) = self.neurons.area.get(id as usize) {
            self.edit_baseline((area, kind), |_, other| Some(value).filter(|_| other == id));
        }
    }
}

/// Memory neurons of an area take associative input by its settings.
fn follow_in_memory(op: &Operation, sparse: &mut SparseParameters) {
    match op.code {
        patch::AREA_THRESHOLD => sparse.threshold = op.f32(1),
        patch::AREA_THRESHOLD_LIMIT => sparse.threshold_limit = or_none(op.f32(1)),
        patch::AREA_REFRACTORY => sparse.refractory_period = op.u16(1),
        patch::AREA_CONSECUTIVE_FIRE_LIMIT => {
            sparse.consecutive_fire_limit = limit_or_none(op.u16(1));
        }
        patch::AREA_SNOOZE => sparse.snooze_period = op.u16(1),
        _ => {}
    }
}

impl Learning {
    /// Whether a mapping would let a brain reward itself: it ends on a driver that rewards another plastic mapping, or a driver of
    /// its own rewards is where another one ends.
    pub(crate) fn rewards_itself(&self, mapping: &Mapping) -> bool {
        let modulators = self.extensions.modulators.as_deref();
        let Some(modulators) = modulators.filter(|_| mapping.mode != Mode::Off) else {
            return false;
        };
        let own = modulators.reward_drivers(mapping.group);
        self.rules.mappings.iter().any(|other| {
            other.mode != Mode::Off
                && other.pair() != mapping.pair()
                && (own.contains(&other.target)
                    || modulators
                        .reward_drivers(other.group)
                        .contains(&mapping.target))
        })
    }
}

/// The first of equal ones, in order.
fn once_each<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for value in values {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    once
}

fn gradient(op: &Operation, [x, y, z]: [u32; 3]) -> f32 {
    op.f32(1) + x as f32 * op.f32(2) + y as f32 * op.f32(3) + z as f32 * op.f32(4)
}

/// A limit of 0 is none.
fn or_none(limit: f32) -> f32 {
    if limit == 0.0 { f32::MAX } else { limit }
}

fn limit_or_none(limit: u16) -> u16 {
    if limit == 0 { NOT_LIMITED } else { limit }
}

fn sparse_of(op: &Operation) -> SparseParameters {
    SparseParameters {
        threshold: op.f32(1),
        threshold_limit: or_none(op.f32(2)),
        excitability: op.f32(3),
        refractory_period: op.u16(4),
        consecutive_fire_limit: limit_or_none((op.words[4] >> 16) as u16),
        snooze_period: op.u16(5),
    }
}

fn settings_of(op: &Operation) -> Settings {
    let words = op.words;
    Settings {
        area: words[0],
        per_neuron: words[1] & PER_NEURON != 0,
        leaves_silent: words[1] & LEAVES_SILENT != 0,
        target: op.f32(2),
        rate_share: op.f32(3),
        gain: op.f32(4),
        leak_min: op.f32(5),
        leak_max: op.f32(6),
        every: words[7].max(1),
        arm_bursts: words[8],
        arm_share: op.f32(9),
        min_target: op.f32(10),
        epoch: words[11],
        base: op.f32(12),
    }
}

fn watches_of(mut words: &[u32]) -> Vec<Watch> {
    let mut watches = Vec::new();
    while !words.is_empty() {
        let (head, rest) = words.split_at(WATCH_WORDS);
        let (pairs, rest) = rest.split_at(head[3] as usize * 2);
        watches.push(Watch {
            error: head[0],
            correct: head[1],
            delay: head[2],
            pairs: pairs
                .chunks_exact(2)
                .map(|pair| (pair[0], pair[1]))
                .collect(),
            frames: std::collections::VecDeque::new(),
        });
        words = rest;
    }
    watches
}

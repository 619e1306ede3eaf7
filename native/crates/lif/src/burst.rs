//! The phases of one burst: gather, integrate and fire (block by block, `update.rs`), forced fires, propagate, learn, frame.

use gyrus_port::frame::{Counts, write_header};
use gyrus_port::runs::list;
use gyrus_port::threads::in_pool;

use crate::arrivals::{BLOCK, Fired, Laps};
use crate::lif::{Lif, Part};
use crate::neurons::{Neurons, Sites};
use crate::parameters::{ParameterSet, mix_of};
use crate::rows::Rows;
use crate::stdp::{PlasticPart, Rules};
use crate::update::{Input, Outcome, Range, update};

/// Neurons below which a step stays on one thread, and spikes below which their propagation does: waking others costs more.
const PARALLEL_NEURONS: usize = 8192;
const PARALLEL_EVENTS: usize = 16_384;
/// Spikes are few where no more than one neuron in so many fires.
pub(crate) const LISTED_SHARE: usize = 16;

impl Lif {
    /// Runs the phases of the burst whose number `self.burst` already is.
    pub(crate) fn run_phases(&mut self) -> Counts {
        self.take_carried();
        // Sorting takes memory; input mostly comes in order.
        if !self.staged.is_sorted_by_key(|&(id, _)| id) {
            self.staged.sort_by_key(|&(id, _)| id);
        }
        let synapses_per_neuron = self.wiring.valid_count / self.neurons.count.max(1) + 1;
        let is_large = self.neurons.count >= PARALLEL_NEURONS
            || self.wiring.valid_count / 64 >= PARALLEL_EVENTS;
        let pool = self
            .pool
            .clone()
            .filter(|_| self.parts.len() > 1 && is_large);
        self.outcomes.clear();
        self.outcomes.resize(self.parts.len(), Outcome::default());
        in_pool(pool.as_deref(), || {
            self.step(pool.is_some());
            self.force_fires();
            self.list_fired();
            let events = self.neurons.fired_count * synapses_per_neuron;
            self.propagate(pool.is_some() && events >= PARALLEL_EVENTS);
        });
        self.staged.clear();
        let total = |of: fn(&Outcome) -> usize| self.outcomes.iter().map(of).sum();
        Counts {
            processed: self.neurons.count,
            refractory: total(|outcome| outcome.refractory),
            synaptic: total(|outcome| outcome.reached),
            power: 0,
        }
    }

    /// Moves out of the carried sums what is due now.
    fn take_carried(&mut self) {
        let due = self
            .carried
            .partition_point(|&(burst, ..)| burst <= self.burst);
        self.carried_now.clear();
        let now = self.carried.drain(..due).map(|(_, id, sum)| (id, sum));
        self.carried_now.extend(now);
    }

    fn step(&mut self, parallel: bool) {
        let burst = self.burst;
        let neurons = &mut self.neurons;
        let all = Slices {
            parts: &mut self.parts,
            potential: &mut neurons.potential,
            countdown: &mut neurons.countdown,
            counting: &mut neurons.counting,
            at_firing: &mut neurons.at_firing,
            fired: &mut neurons.fired,
            outcomes: &mut self.outcomes,
        };
        let common = Common {
            burst,
            sets: &self.sets,
            sites: &neurons.sites,
            valid: &neurons.valid,
            weights: &self.rows.counted,
            carried: &self.carried_now,
            staged: &self.staged,
            mix: mix_of(self.seed, burst),
        };
        let simd = self.simd;
        each(parallel, all, &|slices| slices.step(&common, simd));
        neurons.fired_count = self.outcomes.iter().map(|outcome| outcome.fired).sum();
    }

    fn force_fires(&mut self) {
        for &(id, potential) in &self.forced {
            if self.neurons.is_valid(id) {
                self.neurons.fire(id, potential);
            }
        }
        self.forced.clear();
    }

    /// Few spikes are walked by their ids, many in runs of neighbours.
    fn list_fired(&mut self) {
        if is_listed(&self.neurons) {
            let words = self.neurons.fired.iter().copied().enumerate();
            list(words, self.neurons.fired_count, &mut self.fired_ids);
        }
    }

    fn propagate(&mut self, parallel: bool) {
        let (rules, plastic) = self.learning.split();
        let spikes = Spikes {
            burst: self.burst,
            fired: Fired {
                bits: &self.neurons.fired,
                ids: is_listed(&self.neurons).then_some(&self.fired_ids),
            },
            rows: &self.rows,
            rules,
        };
        if self.neurons.fired_count > 0 {
            deliver(parallel, &mut self.parts, plastic, 0, &spikes);
        }
    }

    pub(crate) fn write_frame(&mut self, frame: &mut [u32], counts: &Counts) -> usize {
        let neurons = &self.neurons;
        let area = &neurons.sites.area;
        let (end, sections) = if is_listed(neurons) {
            self.order.write_sections(frame, &self.fired_ids, area)
        } else {
            self.order.write_bits(frame, &neurons.fired, area)
        };
        write_header(
            frame,
            end,
            self.burst,
            neurons.fired_count,
            sections,
            counts,
        );
        end
    }
}

/// Whether the spikes of a burst are few.
fn is_listed(neurons: &Neurons) -> bool {
    neurons.fired_count * LISTED_SHARE <= neurons.count
}

/// What the ranges of neurons read.
struct Common<'a> {
    burst: u32,
    sets: &'a [ParameterSet],
    sites: &'a Sites,
    valid: &'a [u64],
    weights: &'a [f64],
    carried: &'a [(u32, f64)],
    staged: &'a [(u32, f32)],
    mix: u32,
}

/// Ranges of neurons, one behind the other, with what a step writes.
struct Slices<'a> {
    parts: &'a mut [Part],
    potential: &'a mut [f64],
    countdown: &'a mut [u16],
    counting: &'a mut [u8],
    at_firing: &'a mut [f32],
    fired: &'a mut [u64],
    outcomes: &'a mut [Outcome],
}

impl Slices<'_> {
    fn split(self, parts: usize) -> (Self, Self) {
        let (left_parts, right_parts) = self.parts.split_at_mut(parts);
        let blocks: usize = left_parts.iter().map(|part| part.blocks).sum();
        let neurons = blocks * BLOCK;
        let (left_potential, right_potential) = self.potential.split_at_mut(neurons);
        let (left_countdown, right_countdown) = self.countdown.split_at_mut(neurons);
        let (left_counting, right_counting) = self.counting.split_at_mut(blocks);
        let (left_at_firing, right_at_firing) = self.at_firing.split_at_mut(neurons);
        let (left_fired, right_fired) = self.fired.split_at_mut(blocks);
        let (left_outcomes, right_outcomes) = self.outcomes.split_at_mut(parts);
        (
            Self {
                parts: left_parts,
                potential: left_potential,
                countdown: left_countdown,
                counting: left_counting,
                at_firing: left_at_firing,
                fired: left_fired,
                outcomes: left_outcomes,
            },
            Self {
                parts: right_parts,
                potential: right_potential,
                countdown: right_countdown,
                counting: right_counting,
                at_firing: right_at_firing,
                fired: right_fired,
                outcomes: right_outcomes,
            },
        )
    }

    /// The step of the one range these are of.
    fn step(self, common: &Common, simd: gyrus_types::Simd) {
        let ([part], [outcome]) = (self.parts, self.outcomes) else {
            return;
        };
        let first = part.first_block * BLOCK;
        let blocks = part.first_block..part.first_block + part.blocks;
        let arrivals = &mut part.arrivals;
        let lap = arrivals.lap(common.burst);
        let input = match &mut arrivals.laps {
            Laps::Counted(laps) => {
                let width = arrivals.classes * arrivals.len;
                Input::Counted {
                    counts: &mut laps[lap * width..][..width],
                    len: arrivals.len,
                    weights: common.weights,
                }
            }
            Laps::Summed(laps) => Input::Summed(&mut laps[lap * arrivals.len..][..arrivals.len]),
        };
        let sites = common.sites;
        let mut range = Range {
            first,
            sets: common.sets,
            block_set: &sites.block_set[blocks.clone()],
            parameter_set: &sites.parameter_set[first..first + self.potential.len()],
            valid: &common.valid[blocks],
            potential: self.potential,
            countdown: self.countdown,
            counting: self.counting,
            at_firing: self.at_firing,
            fired: self.fired,
            input,
            carried: from_id(common.carried, first),
            staged: from_id(common.staged, first),
            mix: common.mix,
        };
        *outcome = update(simd, &mut range);
    }
}

/// The entries from an id on.
fn from_id<T>(list: &[(u32, T)], first: usize) -> &[(u32, T)] {
    &list[list.partition_point(|&(id, _)| (id as usize) < first)..]
}

/// Runs `work` on every range, halving the list between threads; nothing is allocated.
fn each(parallel: bool, slices: Slices, work: &(impl Fn(Slices) + Sync)) {
    if slices.parts.len() <= 1 {
        work(slices);
        return;
    }
    let half = slices.parts.len() / 2;
    let (left, right) = slices.split(half);
    if parallel {
        rayon::join(|| each(true, left, work), || each(true, right, work));
    } else {
        each(false, left, work);
        each(false, right, work);
    }
}

/// The spikes of a burst and where they go.
struct Spikes<'a> {
    burst: u32,
    fired: Fired<'a>,
    rows: &'a Rows,
    rules: &'a Rules,
}

/// Sends the spikes to every range of targets; `plastic` is parallel to them, or empty.
fn deliver(
    parallel: bool,
    parts: &mut [Part],
    plastic: &mut [PlasticPart],
    first: usize,
    spikes: &Spikes,
) {
    if let [part] = parts {
        let rows = &spikes.rows.parts[first];
        if let Some(plastic) = plastic.first_mut() {
            plastic.deliver(
                spikes.rules,
                rows,
                &mut part.arrivals,
                spikes.burst,
                spikes.fired.bits,
            );
        } else {
            part.arrivals.deliver(rows, spikes.burst, spikes.fired);
        }
        return;
    }
    if parts.is_empty() {
        return;
    }
    let half = parts.len() / 2;
    let (left, right) = parts.split_at_mut(half);
    let (left_plastic, right_plastic) = plastic.split_at_mut(half.min(plastic.len()));
    let mut run = [
        (left, left_plastic, first),
        (right, right_plastic, first + half),
    ];
    let [one, other] = &mut run;
    if parallel {
        rayon::join(
            || deliver(true, one.0, one.1, one.2, spikes),
            || deliver(true, other.0, other.1, other.2, spikes),
        );
    } else {
        deliver(false, one.0, one.1, one.2, spikes);
        deliver(false, other.0, other.1, other.2, spikes);
    }
}

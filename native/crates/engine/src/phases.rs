//! The phases of one burst, in order: inject, integrate (clear, integrate and fire, count down, block by block), merge forced
//! fires, propagate, degenerate, learn, modulate. Source: spec/burst-engine.md sections 3 to 6.

use gyrus_port::frame::Counts;
use gyrus_port::threads::in_pool;

use crate::blocks::run_blocks;
use crate::deliver::{Drive, Fired};
use crate::dynamics::Rules;
use crate::engine::{Engine, POWER_AREA};
use crate::neurons::{FIRES_NOW, NeuronSlices};
use crate::partition::{BLOCK, Partition};

/// Candidates from which on `feagi-strict` takes the batch path.
const BATCH_CANDIDATES: usize = 10_000;
/// Spikes and synapses below which a burst stays on one thread: waking others costs more.
const PARALLEL_NEURONS: usize = 4096;
const FATIGUE_AREA: u32 = 2;

struct Standard<const INT8: bool>;
struct Strict<const BATCH: bool, const INT8: bool>;

impl<const INT8: bool> Rules for Standard<INT8> {
    const STRICT: bool = false;
    const BATCH: bool = false;
    const INT8: bool = INT8;
}

impl<const BATCH: bool, const INT8: bool> Rules for Strict<BATCH, INT8> {
    const STRICT: bool = true;
    const BATCH: bool = BATCH;
    const INT8: bool = INT8;
}

impl Engine {
    /// Runs the phases of the burst whose number `self.burst` already is.
    pub(crate) fn run_phases(&mut self) -> Counts {
        let (injected, recalled, power) = self.inject();
        self.integrate_all();
        let touched: usize = self.partitions.iter().map(|p| p.candidates).sum();
        let refractory = self.partitions.iter().map(|p| p.refractory).sum();
        self.merge_fired();
        self.fire_memory();
        self.answer_firing();
        self.propagate_all();
        self.send_by_memory();
        if self.wears {
            self.degenerate();
        }
        self.learn();
        self.modulate();
        Counts {
            processed: touched + self.strays.len(),
            refractory,
            synaptic: touched - injected + recalled,
            power,
        }
    }

    /// Adds staged input, power and fatigue to the arrivals of this burst. Returns how many candidates that made anew among
    /// known neurons, the number of memory neurons with arrivals, and the number of power injections.
    fn inject(&mut self) -> (usize, usize, usize) {
        let mut fresh = 0;
        // All partitions count bursts alike.
        let lap = self.partitions.first().map_or(0, |p| p.lap(self.burst));
        self.strays.clear();
        self.replay();
        let recalled = self.receive_for_memory();
        let staged = std::mem::take(&mut self.staged);
        for &(id, value) in &staged {
            fresh += usize::from(self.add_input(lap, id, value));
        }
        self.staged = staged;
        self.staged.clear();
        let mut power = 0;
        if let Some(id) = self.power_neuron {
            fresh += usize::from(self.add_input(lap, id, self.power_amount));
            power = 1;
        }
        if self.fatigue_active {
            for id in 0..self.neurons.len() {
                if self.neurons.area[id] == FATIGUE_AREA && self.neurons.is_valid(id) {
                    fresh += usize::from(self.add_input(lap, id as u32, self.power_amount));
                }
            }
        }
        self.inject_memory(lap);
        (fresh, recalled, power)
    }

    /// Adds to the candidate `id`; true if that made a known neuron a candidate. Unknown ids are candidates aside.
    pub(crate) fn add_input(&mut self, lap: usize, id: u32, value: f32) -> bool {
        if (id as usize) < self.neurons.len() {
            let (partition, target) = self.place(id as usize);
            return self.partitions[partition].add_in_lap(lap, target, value);
        }
        match self.strays.binary_search_by_key(&id, |&(stray, _)| stray) {
            Ok(at) => self.strays[at].1 += value,
            Err(at) => self.strays.insert(at, (id, value + 0.0)),
        }
        false
    }

    fn integrate_all(&mut self) {
        for at in 0..self.forced.len() {
            let id = self.forced[at].0 as usize;
            if self.neurons.is_valid(id) {
                self.neurons.marks[id] |= FIRES_NOW;
                let (partition, target) = self.place(id);
                self.partitions[partition].marked[target / BLOCK] = 1;
            }
        }
        let burst = self.burst;
        let batch = self.strict && self.candidate_count(burst) >= BATCH_CANDIDATES;
        let run = match (self.strict, batch, self.int8) {
            (false, _, false) => run_blocks::<Standard<false>>,
            (false, _, true) => run_blocks::<Standard<true>>,
            (true, false, false) => run_blocks::<Strict<false, false>>,
            (true, false, true) => run_blocks::<Strict<false, true>>,
            (true, true, false) => run_blocks::<Strict<true, false>>,
            (true, true, true) => run_blocks::<Strict<true, true>>,
        };
        let pool = self
            .pool
            .as_deref()
            .filter(|_| self.neurons.len() >= PARALLEL_NEURONS);
        let simd = self.simd;
        let neurons = self.neurons.slices();
        let partitions = &mut self.partitions[..];
        in_pool(pool, move || {
            each_with_neurons(
                pool.is_some(),
                partitions,
                neurons,
                &|partition, neurons| run(simd, &mut partition.laps(burst), neurons, burst),
            );
        });
    }

    /// All spikes of this burst, ascending; forced ones add themselves where the neuron did not fire by itself.
    fn merge_fired(&mut self) {
        self.fired.clear();
        self.fired_potential.clear();
        if let [only] = &mut self.partitions[..] {
            std::mem::swap(&mut self.fired, &mut only.fired);
            std::mem::swap(&mut self.fired_potential, &mut only.fired_potential);
        } else {
            for partition in &self.partitions {
                self.fired.extend_from_slice(&partition.fired);
                self.fired_potential
                    .extend_from_slice(&partition.fired_potential);
            }
        }
        for &(id, potential) in &self.forced {
            if !self.neurons.is_valid(id as usize) {
                continue;
            }
            if let Err(at) = self.fired.binary_search(&id) {
                self.fired.insert(at, id);
                self.fired_potential.insert(at, potential);
            }
        }
        self.forced.clear();
    }

    fn propagate_all(&mut self) {
        let burst = self.burst;
        let with_slots = self.fired.len() - self.learning.fired_memory();
        let fired = Fired {
            ids: &self.fired[..with_slots],
            potential: &self.fired_potential,
        };
        let drive = Drive {
            is_driven: &self.is_driven,
            divisor: &self.divisor,
            factors: self.learning.transmission_factors(),
        };
        let is_plain =
            drive.is_driven.is_empty() && drive.divisor.is_empty() && drive.factors.is_empty();
        let drive = (!is_plain).then_some(&drive);
        let synapses = &self.synapses;
        let pool = self
            .pool
            .as_deref()
            .filter(|_| fired.ids.len() >= PARALLEL_NEURONS / 16);
        let partitions = &mut self.partitions[..];
        in_pool(pool, move || {
            each(pool.is_some(), partitions, &|partition| {
                partition.propagate(burst, fired, synapses, drive);
            });
        });
    }

    /// Wears the psp of every synapse that sent a spike out of an area with degeneration.
    fn degenerate(&mut self) {
        for at in 0..self.fired_with_slots().len() {
            let source = self.fired[at];
            let area = self.neurons.area[source as usize];
            let wear = self
                .area(area)
                .map_or(0.0, |settings| settings.degeneration);
            if wear > 0.0 && area != POWER_AREA {
                self.synapses.wear(source, wear);
            }
        }
    }

    fn candidate_count(&self, burst: u32) -> usize {
        self.strays.len()
            + self
                .partitions
                .iter()
                .map(|p| p.touched(burst).count())
                .sum::<usize>()
    }
}

/// Runs `work` on every partition, halving the list between threads; nothing is allocated.
fn each(parallel: bool, partitions: &mut [Partition], work: &(impl Fn(&mut Partition) + Sync)) {
    if parallel && partitions.len() > 1 {
        let (left, right) = partitions.split_at_mut(partitions.len() / 2);
        rayon::join(|| each(true, left, work), || each(true, right, work));
    } else {
        partitions.iter_mut().for_each(work);
    }
}

/// The same with each partition's own neurons.
fn each_with_neurons(
    parallel: bool,
    partitions: &mut [Partition],
    neurons: NeuronSlices,
    work: &(impl Fn(&mut Partition, NeuronSlices) + Sync),
) {
    match partitions {
        [] => {}
        [only] => work(only, neurons),
        many => {
            let (left, right) = many.split_at_mut(many.len() / 2);
            let (left_neurons, right_neurons) = neurons.split_at(right[0].first - left[0].first);
            if parallel {
                rayon::join(
                    || each_with_neurons(true, left, left_neurons, work),
                    || each_with_neurons(true, right, right_neurons, work),
                );
            } else {
                each_with_neurons(false, left, left_neurons, work);
                each_with_neurons(false, right, right_neurons, work);
            }
        }
    }
}

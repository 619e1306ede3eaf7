//! The burst: every thread integrates its range of neurons, then delivers all spikes to the targets of its range.

use std::sync::RwLock;
use std::time::Instant;

use crate::integrate::{Level, Membrane, SPARE, integrate, level};
use crate::pages::filled;
use crate::spin::SpinBarrier;
use crate::wiring::{BRUNEL_WEIGHT, Random, Rows, columns};
use crate::workload::Workload;

/// Milliseconds of the membrane time constant and millivolts of the threshold in a Brunel network.
const BRUNEL_TAU_MS: f32 = 20.0;
const BRUNEL_THRESHOLD: f32 = 20.0;
/// Events of outside input a neuron of a Brunel network gets in a millisecond.
const BRUNEL_POISSON_PER_MS: f64 = 20.0;
/// Bursts of the membrane time constant elsewhere.
const DRIVEN_TAU: f32 = 100.0;

pub struct Network {
    workload: Workload,
    barrier: SpinBarrier,
    level: Level,
    parts: Vec<Part>,
    /// Who fired last, by part: written by its thread, read by all after the barrier.
    fired: Vec<RwLock<Fired>>,
    /// Poisson counts by sixteen random bits.
    counts: Vec<u16>,
    burst: usize,
}

struct Fired {
    ids: Vec<u32>,
    count: usize,
}

/// The neurons of one thread.
struct Part {
    first: u32,
    rows: Rows,
    potentials: Vec<f32>,
    /// One column of sums for every burst a spike may be under way.
    sums: Vec<Vec<f32>>,
    refractory: Vec<u16>,
    random: u64,
}

impl Network {
    pub fn new(workload: &Workload, threads: usize) -> Self {
        let columns = columns(workload);
        let neurons = workload.neurons as usize;
        let mut random = Random(88_172_645_463_325_252);
        let bound = |part: usize| (neurons * part / threads) as u32;
        let parts: Vec<Part> = (0..threads)
            .map(|part| {
                let range = bound(part)..bound(part + 1);
                let count = range.len();
                Part {
                    first: range.start,
                    rows: Rows::new(&columns, neurons, &range),
                    potentials: range
                        .clone()
                        .map(|i| initial_potential(workload, i, &mut random))
                        .collect(),
                    sums: (0..workload.delay).map(|_| filled(count, 0.0)).collect(),
                    refractory: filled(count, 0),
                    random: 88_172_645_463_325_252 + part as u64,
                }
            })
            .collect();
        let fired = parts
            .iter()
            .map(|part| {
                RwLock::new(Fired {
                    ids: filled(part.potentials.len() + SPARE, 0),
                    count: 0,
                })
            })
            .collect();
        Self {
            workload: *workload,
            barrier: SpinBarrier::new(threads),
            level: level(),
            parts,
            fired,
            counts: poisson_counts(BRUNEL_POISSON_PER_MS * f64::from(workload.step_ms)),
            burst: 0,
        }
    }

    /// Milliseconds and spikes per burst of a stretch of bursts.
    pub fn run(&mut self, bursts: u32) -> (f64, f64) {
        let started = Instant::now();
        let shared = Shared {
            workload: &self.workload,
            barrier: &self.barrier,
            fired: &self.fired,
            counts: &self.counts,
            level: self.level,
            from: self.burst,
            bursts: bursts as usize,
        };
        let (own, others) = self.parts.split_at_mut(1);
        let spikes: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = others
                .iter_mut()
                .zip(1..)
                .map(|(part, at)| {
                    let shared = &shared;
                    scope.spawn(move || part.run(at, shared))
                })
                .collect();
            let own: usize = own.iter_mut().map(|part| part.run(0, &shared)).sum();
            own + threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or(0))
                .sum::<usize>()
        });
        self.burst += bursts as usize;
        let count = f64::from(bursts);
        (
            started.elapsed().as_secs_f64() * 1e3 / count,
            spikes as f64 / count,
        )
    }
}

/// What the threads of one stretch have in common.
struct Shared<'a> {
    workload: &'a Workload,
    barrier: &'a SpinBarrier,
    fired: &'a [RwLock<Fired>],
    counts: &'a [u16],
    level: Level,
    from: usize,
    bursts: usize,
}

impl Part {
    /// Spikes of this part in the stretch.
    fn run(&mut self, at: usize, shared: &Shared) -> usize {
        let mut spikes = 0;
        for burst in shared.from..shared.from + shared.bursts {
            let lap = burst % self.sums.len();
            if let Ok(mut fired) = shared.fired[at].write() {
                self.integrate(lap, &mut fired, shared);
                spikes += fired.count;
            }
            shared.barrier.wait();
            for fired in shared.fired {
                if let Ok(fired) = fired.read() {
                    // The lap just read is the one that is due `delay` bursts from now.
                    self.rows
                        .deliver(&fired.ids[..fired.count], &mut self.sums[lap]);
                }
            }
            shared.barrier.wait();
        }
        spikes
    }

    fn integrate(&mut self, lap: usize, fired: &mut Fired, shared: &Shared) {
        let workload = shared.workload;
        let sums = &mut self.sums[lap];
        if workload.is_brunel() {
            fired.count = brunel(
                workload,
                shared.counts,
                &mut self.random,
                (&mut self.potentials, sums, &mut self.refractory),
                self.first,
                &mut fired.ids,
            );
            return;
        }
        for i in self.first..workload.stimulated.max(self.first) {
            if let Some(sum) = sums.get_mut((i - self.first) as usize) {
                *sum += 2.0;
            }
        }
        let decay = (-1.0 / DRIVEN_TAU).exp();
        let membrane = Membrane {
            decay,
            drive: rest_under_drive(workload.period) * (1.0 - decay),
        };
        fired.count = integrate(
            shared.level,
            membrane,
            &mut self.potentials,
            sums,
            self.first,
            &mut fired.ids,
        );
    }
}

/// One burst of a range of a Brunel network; returns how many fired. One draw of 64 bits serves four neurons.
fn brunel(
    workload: &Workload,
    counts: &[u16],
    random: &mut u64,
    (potentials, sums, refractory): (&mut [f32], &mut [f32], &mut [u16]),
    first: u32,
    fired: &mut [u32],
) -> usize {
    let decay = (-workload.step_ms / BRUNEL_TAU_MS).exp();
    let pause = workload.refractory_bursts;
    let count = potentials.len();
    assert!(sums.len() == count && refractory.len() == count && fired.len() > count);
    let mut written = 0;
    let mut bits = 0;
    for i in 0..count {
        if i % 4 == 0 {
            *random ^= *random << 13;
            *random ^= *random >> 7;
            *random ^= *random << 17;
            bits = *random;
        }
        let events = counts[(bits & 0xffff) as usize];
        bits >>= 16;
        // SAFETY: the columns were just compared, and at most i ids were written before this one.
        let (v, sum, left, id) = unsafe {
            (
                potentials.get_unchecked_mut(i),
                sums.get_unchecked_mut(i),
                refractory.get_unchecked_mut(i),
                fired.get_unchecked_mut(written),
            )
        };
        let charge = *v * decay + *sum + BRUNEL_WEIGHT * f32::from(events);
        *sum = 0.0;
        let awake = *left == 0;
        let over = awake && charge >= BRUNEL_THRESHOLD;
        *v = if awake && !over { charge } else { 0.0 };
        *left = if over { pause } else { left.saturating_sub(1) };
        *id = first + i as u32;
        written += usize::from(over);
    }
    written
}

/// Inverse of the Poisson distribution at the middles of 65,536 equal slices.
fn poisson_counts(mean: f64) -> Vec<u16> {
    let mut probability = (-mean).exp();
    let mut below = probability;
    let mut count = 0_u16;
    let mut counts = vec![0; 65_536];
    for (slice, entry) in (0_u32..).zip(&mut counts) {
        while (f64::from(slice) + 0.5) / 65_536.0 > below && count < 200 {
            count += 1;
            probability *= mean / f64::from(count);
            below += probability;
        }
        *entry = count;
    }
    counts
}

/// Where the membrane would settle; a neuron driven there fires every `period` bursts.
fn rest_under_drive(period: u32) -> f32 {
    match period {
        0 => 0.0,
        1 => 150.0,
        _ => 1.0 / (1.0 - (-(period as f32) / DRIVEN_TAU).exp()),
    }
}

fn initial_potential(workload: &Workload, neuron: u32, random: &mut Random) -> f32 {
    if workload.is_brunel() {
        return random.below(1 << 24) as f32 / (1 << 24) as f32 * BRUNEL_THRESHOLD;
    }
    match workload.period {
        0 | 1 => 0.0,
        period => {
            let phase = (neuron % period) as f32;
            rest_under_drive(period) * (1.0 - (-phase / DRIVEN_TAU).exp())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::find;

    fn spikes(name: &str, threads: usize, bursts: u32) -> f64 {
        let workload = find(name).expect("a workload of the table");
        let mut network = Network::new(&workload, threads);
        network.run(workload.settling_bursts.min(100));
        network.run(bursts).1
    }

    #[test]
    fn driven_neurons_fire_once_in_their_period() {
        for threads in [1, 2] {
            assert!((spikes("W1low", threads, 100) - 120.0).abs() < 2.0);
            assert!((spikes("W1full", threads, 10) - 12_000.0).abs() < 1e-9);
            assert!((spikes("P2", threads, 10) - 2.0).abs() < 1e-9);
        }
    }

    #[test]
    fn poisson_counts_have_the_mean_asked_for() {
        for mean in [2.0, 20.0] {
            let counts = poisson_counts(mean);
            let sum: u64 = counts.iter().map(|&count| u64::from(count)).sum();
            assert!((sum as f64 / 65_536.0 - mean).abs() < 0.01 * mean);
        }
    }
}

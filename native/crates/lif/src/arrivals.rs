//! What is on its way to a range of targets: a ring with one lap per burst to come, counts or sums as the rows are.
//!
//! A sum that nothing was added to is -0, which one that something was added to never is.

use std::ops::Range;

use gyrus_port::prefetch::prefetch;
use gyrus_port::runs::Runs;

use crate::rows::{PartRows, Targets};

/// Neurons per block; every column is padded to whole blocks.
pub const BLOCK: usize = 64;
/// Rows fetched ahead of the one that is walked.
const AHEAD: usize = 4;
/// Rows up to this size are in the cache anyway.
const NEAR_BYTES: usize = 1 << 18;

/// Whether anything was added to a sum.
#[inline]
pub fn is_touched(sum: f64) -> bool {
    sum.to_bits() != (-0.0_f64).to_bits()
}

/// Who fired in a burst: one bit per neuron, and where they are few their ids, ascending.
#[derive(Clone, Copy)]
pub struct Fired<'a> {
    pub bits: &'a [u64],
    pub ids: Option<&'a [u32]>,
}

#[derive(Debug, Clone)]
pub enum Laps {
    /// By lap, counted weight and target.
    Counted(Vec<u16>),
    /// By lap and target.
    Summed(Vec<f64>),
}

#[derive(Debug, Clone)]
pub struct Arrivals {
    pub laps: Laps,
    /// Bursts the laps have room for: the longest delay.
    pub ring: usize,
    /// Targets, padded.
    pub len: usize,
    pub classes: usize,
}

impl Arrivals {
    /// Nothing under way. `classes` 0: sums.
    pub fn new(ring: usize, len: usize, classes: usize) -> Self {
        let laps = if classes > 0 {
            Laps::Counted(vec![0; ring * classes * len])
        } else {
            Laps::Summed(vec![-0.0; ring * len])
        };
        Self {
            laps,
            ring,
            len,
            classes,
        }
    }

    pub fn lap(&self, burst: u32) -> usize {
        burst as usize % self.ring
    }

    /// Adds the spikes of `burst` over its rows. The lap of `burst` itself is empty by then and takes the longest delay.
    pub fn deliver(&mut self, rows: &PartRows, burst: u32, fired: Fired) {
        let (ring, len, classes) = (self.ring, self.len, self.classes);
        let lap_of = |delay: u8| (burst as usize + usize::from(delay)) % ring;
        match (&mut self.laps, rows) {
            (Laps::Counted(laps), PartRows::Counted(channels)) => {
                for channel in channels {
                    let at = (lap_of(channel.delay) * classes + channel.class) * len;
                    let counts = &mut laps[at..at + len];
                    match &channel.targets {
                        Targets::Narrow(targets) => count(counts, &channel.start, targets, fired),
                        Targets::Wide(targets) => count(counts, &channel.start, targets, fired),
                    }
                }
            }
            (
                Laps::Summed(laps),
                PartRows::Summed {
                    start,
                    targets,
                    weights,
                    delays,
                },
            ) => {
                let rows = SummedRows {
                    start,
                    weights,
                    fired,
                };
                let one = delays.only();
                match (targets, one) {
                    (Targets::Narrow(targets), Some(delay)) => {
                        rows.add(targets, &mut laps[lap_of(delay) * len..][..len]);
                    }
                    (Targets::Wide(targets), Some(delay)) => {
                        rows.add(targets, &mut laps[lap_of(delay) * len..][..len]);
                    }
                    (Targets::Narrow(targets), None) => {
                        rows.add_delayed(targets, laps, &|at| lap_of(delays.get(at)) * len);
                    }
                    (Targets::Wide(targets), None) => {
                        rows.add_delayed(targets, laps, &|at| lap_of(delays.get(at)) * len);
                    }
                }
            }
            // Without synapses there is nothing to count and no kind of lap was needed.
            (Laps::Summed(_), PartRows::Counted(channels)) if channels.is_empty() => {}
            _ => unreachable!("laps are made for their rows"),
        }
    }
}

/// Counts one arrival at every target of every row.
fn count<T: Copy + Into<u32>>(counts: &mut [u16], start: &[u32], targets: &[T], fired: Fired) {
    each_row(start, targets, fired, |places| {
        for &target in &targets[places] {
            // SAFETY: rows are built from positions within this range of targets, and `counts` has room for all of them.
            let count = unsafe { counts.get_unchecked_mut(target.into() as usize) };
            *count = count.wrapping_add(1);
        }
    });
}

struct SummedRows<'a> {
    start: &'a [u32],
    weights: &'a [f32],
    fired: Fired<'a>,
}

impl SummedRows<'_> {
    /// All delays equal: a bare scatter-add into one lap.
    fn add<T: Copy + Into<u32>>(&self, targets: &[T], sums: &mut [f64]) {
        each_row(self.start, targets, self.fired, |places| {
            for (&target, &weight) in targets[places.clone()].iter().zip(&self.weights[places]) {
                // SAFETY: as in `count`.
                let sum = unsafe { sums.get_unchecked_mut(target.into() as usize) };
                *sum += f64::from(weight);
            }
        });
    }

    fn add_delayed<T: Copy + Into<u32>>(
        &self,
        targets: &[T],
        sums: &mut [f64],
        lap_start: &impl Fn(usize) -> usize,
    ) {
        each_row(self.start, targets, self.fired, |places| {
            for at in places {
                sums[lap_start(at) + targets[at].into() as usize] += f64::from(self.weights[at]);
            }
        });
    }
}

/// The entries of every run of rows, with the rows to come already on their way from memory.
#[inline(always)]
#[allow(clippy::inline_always)]
fn each_row<T>(start: &[u32], targets: &[T], fired: Fired, mut walk: impl FnMut(Range<usize>)) {
    let row = |from: usize, to: usize| start[from] as usize..start[to] as usize;
    let is_near = size_of_val(targets) <= NEAR_BYTES;
    if let Some(ids) = fired.ids {
        for (at, &id) in ids.iter().enumerate() {
            if !is_near && let Some(&next) = ids.get(at + AHEAD) {
                prefetch(targets, row(next as usize, next as usize + 1));
            }
            walk(row(id as usize, id as usize + 1));
        }
        return;
    }
    let mut ahead = Runs::of(fired.bits);
    for _ in 0..AHEAD {
        ahead.next();
    }
    for (from, to) in Runs::of(fired.bits) {
        if !is_near && let Some((next, _)) = ahead.next() {
            prefetch(targets, row(next, next + 1));
        }
        walk(row(from, to));
    }
}

impl Arrivals {
    /// What one target will get in `burst`, added to `before`.
    pub fn sum(&self, burst: u32, target: usize, before: f64, weights: &[f64]) -> f64 {
        let lap = self.lap(burst);
        match &self.laps {
            Laps::Counted(laps) => {
                let mut sum = before;
                for (class, weight) in weights.iter().enumerate() {
                    let count = laps[(lap * self.classes + class) * self.len + target];
                    if count > 0 {
                        sum += f64::from(count) * weight;
                    }
                }
                sum
            }
            Laps::Summed(laps) => laps[lap * self.len + target],
        }
    }

    /// Sets the sum of one target; for laps of sums.
    pub fn put(&mut self, burst: u32, target: usize, sum: f64) {
        let at = self.lap(burst) * self.len + target;
        if let Laps::Summed(laps) = &mut self.laps {
            laps[at] = sum;
        }
    }
}

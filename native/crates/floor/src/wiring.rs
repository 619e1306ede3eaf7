//! Wiring: columns of synapses, and the rows by source of those that end in one range of targets.

use std::ops::Range;

use crate::pages::{column, filled};
use crate::workload::{Shape, Workload};

/// xorshift64*, as good as the wiring of a benchmark needs.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        ((high * u64::from(limit)) >> 32) as u32
    }
}

pub struct Columns {
    pub source: Vec<u32>,
    pub target: Vec<u32>,
    pub weight: Vec<f32>,
}

/// Millivolts of a Brunel synapse; an inhibitory one is five times as strong.
pub const BRUNEL_WEIGHT: f32 = 0.1;
const BRUNEL_INHIBITION: f32 = -5.0 * BRUNEL_WEIGHT;
/// So weak that activity is what the drive makes it.
const WEAK: f32 = 1e-4;

pub fn columns(workload: &Workload) -> Columns {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let neurons = workload.neurons;
    match workload.shape {
        Shape::Uniform { synapses } => gather(synapses, |_| {
            (random.below(neurons), random.below(neurons), WEAK)
        }),
        Shape::FanOut { each } => {
            gather(neurons * each, |i| (i / each, random.below(neurons), WEAK))
        }
        Shape::Permutation => {
            let mut targets: Vec<u32> = (0..neurons).collect();
            for i in (1..neurons).rev() {
                targets.swap(i as usize, random.below(i + 1) as usize);
            }
            gather(neurons, |i| (i, targets[i as usize], WEAK))
        }
        Shape::FromTwo { synapses } => {
            gather(synapses, |i| (i % 2, 2 + i % (neurons - 2), WEAK * 1e-2))
        }
        Shape::Brunel {
            excitatory,
            inhibitory,
        } => {
            let (degree, sending) = (excitatory + inhibitory, neurons / 5 * 4);
            gather(neurons * degree, |i| {
                if i % degree < excitatory {
                    (random.below(sending), i / degree, BRUNEL_WEIGHT)
                } else {
                    let source = sending + random.below(neurons - sending);
                    (source, i / degree, BRUNEL_INHIBITION)
                }
            })
        }
    }
}

fn gather(synapses: u32, mut synapse: impl FnMut(u32) -> (u32, u32, f32)) -> Columns {
    let count = synapses as usize;
    let (mut source, mut target, mut weight) = (column(count), column(count), column(count));
    for i in 0..synapses {
        let (from, to, strength) = synapse(i);
        source.push(from);
        target.push(to);
        weight.push(strength);
    }
    Columns {
        source,
        target,
        weight,
    }
}

/// Rows by source. Targets count from the start of their range, and every one of them lies inside it.
pub struct Rows {
    /// Targets there are.
    range: usize,
    starts: Vec<u32>,
    targets: Vec<u32>,
    weights: Vec<f32>,
}

impl Rows {
    /// Counts, then places: the order of a row is that of the columns.
    pub fn new(columns: &Columns, neurons: usize, range: &Range<u32>) -> Self {
        let inside = |target: u32| range.contains(&target);
        let mut starts = vec![0_u32; neurons + 1];
        for (&source, &target) in columns.source.iter().zip(&columns.target) {
            starts[source as usize + 1] += u32::from(inside(target));
        }
        for i in 0..neurons {
            starts[i + 1] += starts[i];
        }
        let count = starts[neurons] as usize;
        let (mut targets, mut weights) = (filled(count, 0), filled(count, 0.0));
        let mut next = starts.clone();
        for ((&source, &target), &weight) in columns
            .source
            .iter()
            .zip(&columns.target)
            .zip(&columns.weight)
        {
            if inside(target) {
                let place = &mut next[source as usize];
                targets[*place as usize] = target - range.start;
                weights[*place as usize] = weight;
                *place += 1;
            }
        }
        Self {
            range: range.len(),
            starts,
            targets,
            weights,
        }
    }

    /// Adds the row of every source to `sums`, which are those of the range.
    pub fn deliver(&self, sources: &[u32], sums: &mut [f32]) {
        const AHEAD: usize = 4;
        assert!(sums.len() == self.range && self.targets.len() == self.weights.len());
        for (i, &source) in sources.iter().enumerate() {
            if let Some(&later) = sources.get(i + AHEAD) {
                self.prefetch(later);
            }
            let source = source as usize;
            debug_assert!(source + 1 < self.starts.len());
            // SAFETY: sources are neurons of the network, which has one start more than neurons; starts ascend and end at
            // the length of both columns; `new` let in only targets of the range, and there is a sum for each of them.
            unsafe {
                let from = *self.starts.get_unchecked(source) as usize;
                let to = *self.starts.get_unchecked(source + 1) as usize;
                for at in from..to {
                    let target = *self.targets.get_unchecked(at) as usize;
                    *sums.get_unchecked_mut(target) += *self.weights.get_unchecked(at);
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn prefetch(&self, source: u32) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let start = self.starts[source as usize] as usize;
        // SAFETY: a prefetch reads nothing and may name any address.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(self.targets.as_ptr().wrapping_add(start).cast());
            _mm_prefetch::<_MM_HINT_T0>(self.weights.as_ptr().wrapping_add(start).cast());
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn prefetch(&self, _source: u32) {}
}

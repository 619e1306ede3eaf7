//! Parameter sets, and the Poisson input they may have. Formulas: `app/core/engine/lif`.

use gyrus_types::lif::LifParameters;

#[derive(Debug, Clone, PartialEq)]
pub struct ParameterSet {
    pub threshold: f64,
    pub reset: f64,
    pub decay: f64,
    pub drive: f64,
    pub refractory_steps: u16,
    pub poisson_weight: f64,
    pub poisson: Poisson,
    pub resting_potential: f64,
}

impl ParameterSet {
    /// A copy in which nothing that is added to sums is -0.
    pub fn of(parameters: &LifParameters) -> Self {
        Self {
            threshold: parameters.threshold,
            reset: parameters.reset,
            decay: parameters.decay,
            drive: parameters.drive + 0.0,
            refractory_steps: parameters.refractory_steps,
            poisson_weight: parameters.poisson_weight + 0.0,
            poisson: Poisson::of(parameters.poisson_table.to_vec()),
            resting_potential: parameters.resting_potential,
        }
    }
}

/// Counts of events by inversion: a draw counts as many as there are entries up to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Poisson {
    /// Ascending.
    pub table: Vec<u32>,
    /// By the leading bits of a draw: entries that any draw with these bits counts.
    guide: Vec<u32>,
}

const GUIDE_BITS: u32 = 12;

impl Poisson {
    pub fn of(table: Vec<u32>) -> Self {
        let guide = if table.is_empty() {
            Vec::new()
        } else {
            (0..1_u32 << GUIDE_BITS)
                .map(|lead| {
                    let least = lead << (32 - GUIDE_BITS);
                    table.partition_point(|&entry| entry <= least) as u32
                })
                .collect()
        };
        Self { table, guide }
    }

    pub fn is_none(&self) -> bool {
        self.table.is_empty()
    }

    #[inline]
    pub fn count(&self, draw: u32) -> u32 {
        let mut count = self.guide[(draw >> (32 - GUIDE_BITS)) as usize];
        while self
            .table
            .get(count as usize)
            .is_some_and(|&entry| entry <= draw)
        {
            count += 1;
        }
        count
    }
}

#[inline]
pub fn pcg(seed: u32) -> u32 {
    let state = seed.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
    let word = ((state >> ((state >> 28) + 4)) ^ state).wrapping_mul(277_803_737);
    (word >> 22) ^ word
}

/// What the draws of a burst have in common; the draw of neuron i is `pcg(mix ^ i)`.
pub fn mix_of(seed: u32, burst: u32) -> u32 {
    pcg(seed.wrapping_add(burst.wrapping_mul(0x9e37_79b9)))
}

#[cfg(test)]
mod tests {
    use super::Poisson;

    #[test]
    fn a_draw_counts_the_entries_up_to_it() {
        let table = vec![0, 5, 5, 1 << 20, (1 << 20) + 1, 3_000_000_000, u32::MAX];
        let poisson = Poisson::of(table.clone());
        for near in [0, 5, 1 << 20, 3_000_000_000, u32::MAX] {
            for draw in [near.wrapping_sub(1), near, near.wrapping_add(1)] {
                let expected = table.iter().filter(|&&entry| entry <= draw).count();
                assert_eq!(poisson.count(draw) as usize, expected, "{draw}");
            }
        }
    }
}

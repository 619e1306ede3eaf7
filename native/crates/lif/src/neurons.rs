//! Neurons as columns, padded to whole blocks. What bursts change is apart from what they only read, which forks share.

use std::sync::Arc;

use gyrus_port::frame::AreaOrder;

use crate::arrivals::BLOCK;
use crate::update::MIXED;

/// What no burst changes.
#[derive(Debug, Clone, Default)]
pub struct Sites {
    pub area: Vec<u32>,
    pub x: Vec<u32>,
    pub y: Vec<u32>,
    pub z: Vec<u32>,
    /// Padded.
    pub parameter_set: Vec<u16>,
    /// Parameter set of each block, or [`MIXED`].
    pub block_set: Vec<u32>,
}

impl Sites {
    pub fn new(area: Vec<u32>, [x, y, z]: [Vec<u32>; 3], mut parameter_set: Vec<u16>) -> Self {
        let last = parameter_set.last().copied().unwrap_or(0);
        parameter_set.resize(area.len().next_multiple_of(BLOCK), last);
        let block_set = parameter_set
            .chunks_exact(BLOCK)
            .map(|sets| {
                let is_one = sets.iter().all(|&set| set == sets[0]);
                if is_one { u32::from(sets[0]) } else { MIXED }
            })
            .collect();
        Self {
            area,
            x,
            y,
            z,
            parameter_set,
            block_set,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Neurons {
    pub count: usize,
    pub sites: Arc<Sites>,
    /// mV relative to the resting potential.
    pub potential: Vec<f64>,
    /// Refractory steps left.
    pub countdown: Vec<u16>,
    /// Per block: whether a countdown may be running.
    pub counting: Vec<u8>,
    /// One bit per neuron.
    pub valid: Vec<u64>,
    /// Who fired in the last burst, one bit per neuron, and with which potential (absolute).
    pub fired: Vec<u64>,
    pub at_firing: Vec<f32>,
    pub fired_count: usize,
}

impl Neurons {
    /// Neurons of which none has fired. All columns have `sites.area.len()` values.
    pub fn new(sites: Sites, mut potential: Vec<f64>, mut countdown: Vec<u16>) -> Self {
        let count = sites.area.len();
        let blocks = count.div_ceil(BLOCK);
        potential.resize(blocks * BLOCK, 0.0);
        countdown.resize(blocks * BLOCK, 0);
        let mut valid = vec![u64::MAX; blocks];
        if !count.is_multiple_of(BLOCK)
            && let Some(last) = valid.last_mut()
        {
            *last = (1 << (count % BLOCK)) - 1;
        }
        let counting = countdown
            .chunks_exact(BLOCK)
            .map(|block| u8::from(block.iter().any(|&left| left != 0)))
            .collect();
        Self {
            count,
            sites: Arc::new(sites),
            potential,
            countdown,
            counting,
            valid,
            fired: vec![0; blocks],
            at_firing: vec![0.0; blocks * BLOCK],
            fired_count: 0,
        }
    }

    pub fn is_valid(&self, id: u32) -> bool {
        (id as usize) < self.count
            && self.valid[id as usize / BLOCK] >> (id as usize % BLOCK) & 1 == 1
    }

    pub fn has_fired(&self, id: u32) -> bool {
        (id as usize) < self.count
            && self.fired[id as usize / BLOCK] >> (id as usize % BLOCK) & 1 == 1
    }

    pub fn set_countdown(&mut self, id: usize, steps: u16) {
        self.countdown[id] = steps;
        self.counting[id / BLOCK] = 1;
    }

    pub fn remove(&mut self, id: u32) {
        if (id as usize) < self.count {
            self.valid[id as usize / BLOCK] &= !(1 << (id as usize % BLOCK));
        }
    }

    /// Lets a neuron fire without touching its state; one that has fired keeps its own potential.
    pub fn fire(&mut self, id: u32, potential: f32) {
        let (word, bit) = (id as usize / BLOCK, 1 << (id as usize % BLOCK));
        if self.fired[word] & bit == 0 {
            self.fired[word] |= bit;
            self.at_firing[id as usize] = potential;
            self.fired_count += 1;
        }
    }

    /// Who fired in the last burst, ascending.
    pub fn fired_ids(&self) -> impl Iterator<Item = u32> + '_ {
        gyrus_port::runs::Runs::of(&self.fired).flat_map(|(from, to)| from as u32..to as u32)
    }

    pub fn order(&self) -> AreaOrder {
        AreaOrder::of(&self.sites.area)
    }
}

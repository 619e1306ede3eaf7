//! Neurons as columns; a neuron's id is its position. Source: spec/burst-engine.md section 2.1.

use gyrus_types::NeuronColumns;
use gyrus_types::network::{NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT};

use crate::dynamics::{caught_up, charge, coarse};

/// Bit of `flags`: the slot holds a living neuron.
pub const VALID: u8 = 1;
/// Bit of `flags`: charge accumulates over bursts.
pub const ACCUMULATES: u8 = 2;
/// Bit of `marks`: fired in the last burst.
pub const FIRED_BEFORE: u8 = 1;
/// Bit of `marks`: fires in the burst under way.
pub const FIRES_NOW: u8 = 2;

/// A neuron to be added; the state columns start at zero.
pub struct NewNeuron {
    pub area: u32,
    pub position: [u32; 3],
    pub threshold: f32,
    pub threshold_limit: f32,
    pub leak: f32,
    pub excitability: f32,
    pub refractory_period: u16,
    pub consecutive_fire_limit: u16,
    pub snooze_period: u16,
    pub accumulates: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Neurons {
    pub potential: Vec<f32>,
    /// Burst of the last processing or direct write.
    pub last_update: Vec<u32>,
    pub countdown: Vec<u16>,
    pub consecutive_fires: Vec<u16>,
    pub marks: Vec<u8>,
    pub flags: Vec<u8>,
    pub threshold: Vec<f32>,
    pub threshold_limit: Vec<f32>,
    pub leak: Vec<f32>,
    pub excitability: Vec<f32>,
    pub refractory_period: Vec<u16>,
    pub consecutive_fire_limit: Vec<u16>,
    pub snooze_period: Vec<u16>,
    pub area: Vec<u32>,
    pub x: Vec<u32>,
    pub y: Vec<u32>,
    pub z: Vec<u32>,
}

impl Neurons {
    pub fn from_columns(columns: &NeuronColumns, int8: bool) -> Self {
        let n = columns.count;
        let convert = |values: &[f32], f: fn(f32) -> f32| -> Vec<f32> {
            if int8 {
                values.iter().map(|&v| f(v)).collect()
            } else {
                values.to_vec()
            }
        };
        Self {
            potential: vec![0.0; n],
            last_update: vec![0; n],
            countdown: vec![0; n],
            consecutive_fires: vec![0; n],
            marks: vec![0; n],
            flags: columns
                .accumulates
                .iter()
                .map(|&a| if a == 0 { VALID } else { VALID | ACCUMULATES })
                .collect(),
            threshold: convert(columns.threshold, charge),
            threshold_limit: convert(columns.threshold_limit, coarse),
            leak: columns.leak.to_vec(),
            excitability: columns.excitability.to_vec(),
            refractory_period: columns.refractory_period.to_vec(),
            consecutive_fire_limit: columns.consecutive_fire_limit.to_vec(),
            snooze_period: columns.snooze_period.to_vec(),
            area: columns.area.to_vec(),
            x: columns.x.to_vec(),
            y: columns.y.to_vec(),
            z: columns.z.to_vec(),
        }
    }

    pub fn len(&self) -> usize {
        self.potential.len()
    }

    pub fn push(&mut self, neuron: &NewNeuron, int8: bool) {
        self.potential.push(0.0);
        self.last_update.push(0);
        self.countdown.push(0);
        self.consecutive_fires.push(0);
        self.marks.push(0);
        self.flags.push(if neuron.accumulates {
            VALID | ACCUMULATES
        } else {
            VALID
        });
        self.threshold.push(if int8 {
            charge(neuron.threshold)
        } else {
            neuron.threshold
        });
        self.threshold_limit.push(if int8 {
            coarse(neuron.threshold_limit)
        } else {
            neuron.threshold_limit
        });
        self.leak.push(neuron.leak);
        self.excitability.push(neuron.excitability);
        self.refractory_period.push(neuron.refractory_period);
        self.consecutive_fire_limit
            .push(neuron.consecutive_fire_limit);
        self.snooze_period.push(neuron.snooze_period);
        self.area.push(neuron.area);
        self.x.push(neuron.position[0]);
        self.y.push(neuron.position[1]);
        self.z.push(neuron.position[2]);
    }

    pub fn is_valid(&self, id: usize) -> bool {
        self.flags[id] & VALID != 0
    }

    /// Potential with the leak of every burst since `last_update` applied (spec 6.1).
    pub fn caught_up(&self, id: usize, burst: u32) -> f32 {
        caught_up(
            self.potential[id],
            self.leak[id],
            burst - self.last_update[id],
        )
    }

    /// Makes the leak up to now part of the stored potential, so that a new leak acts from now on.
    pub fn settle(&mut self, id: usize, burst: u32, int8: bool) {
        let caught = self.caught_up(id, burst);
        self.potential[id] = if int8 { charge(caught) } else { caught };
        self.last_update[id] = burst;
    }

    /// The columns a burst works on.
    pub fn slices(&mut self) -> NeuronSlices<'_> {
        NeuronSlices {
            potential: &mut self.potential,
            last_update: &mut self.last_update,
            countdown: &mut self.countdown,
            consecutive_fires: &mut self.consecutive_fires,
            marks: &mut self.marks,
            flags: &self.flags,
            threshold: &self.threshold,
            threshold_limit: &self.threshold_limit,
            leak: &self.leak,
            excitability: &self.excitability,
            refractory_period: &self.refractory_period,
            consecutive_fire_limit: &self.consecutive_fire_limit,
            snooze_period: &self.snooze_period,
        }
    }
}

/// A contiguous range of neurons during a burst; threads share out ranges.
pub struct NeuronSlices<'a> {
    pub potential: &'a mut [f32],
    pub last_update: &'a mut [u32],
    pub countdown: &'a mut [u16],
    pub consecutive_fires: &'a mut [u16],
    pub marks: &'a mut [u8],
    pub flags: &'a [u8],
    pub threshold: &'a [f32],
    pub threshold_limit: &'a [f32],
    pub leak: &'a [f32],
    pub excitability: &'a [f32],
    pub refractory_period: &'a [u16],
    pub consecutive_fire_limit: &'a [u16],
    pub snooze_period: &'a [u16],
}

impl<'a> NeuronSlices<'a> {
    /// The neurons from one position to another.
    #[inline(always)]
    #[allow(clippy::inline_always)]
    pub fn block(&mut self, from: usize, to: usize) -> NeuronSlices<'_> {
        NeuronSlices {
            potential: &mut self.potential[from..to],
            last_update: &mut self.last_update[from..to],
            countdown: &mut self.countdown[from..to],
            consecutive_fires: &mut self.consecutive_fires[from..to],
            marks: &mut self.marks[from..to],
            flags: &self.flags[from..to],
            threshold: &self.threshold[from..to],
            threshold_limit: &self.threshold_limit[from..to],
            leak: &self.leak[from..to],
            excitability: &self.excitability[from..to],
            refractory_period: &self.refractory_period[from..to],
            consecutive_fire_limit: &self.consecutive_fire_limit[from..to],
            snooze_period: &self.snooze_period[from..to],
        }
    }

    pub fn split_at(self, mid: usize) -> (NeuronSlices<'a>, NeuronSlices<'a>) {
        let (potential, potential_right) = self.potential.split_at_mut(mid);
        let (last_update, last_update_right) = self.last_update.split_at_mut(mid);
        let (countdown, countdown_right) = self.countdown.split_at_mut(mid);
        let (consecutive_fires, consecutive_fires_right) = self.consecutive_fires.split_at_mut(mid);
        let (marks, marks_right) = self.marks.split_at_mut(mid);
        let left = NeuronSlices {
            potential,
            last_update,
            countdown,
            consecutive_fires,
            marks,
            flags: &self.flags[..mid],
            threshold: &self.threshold[..mid],
            threshold_limit: &self.threshold_limit[..mid],
            leak: &self.leak[..mid],
            excitability: &self.excitability[..mid],
            refractory_period: &self.refractory_period[..mid],
            consecutive_fire_limit: &self.consecutive_fire_limit[..mid],
            snooze_period: &self.snooze_period[..mid],
        };
        let right = NeuronSlices {
            potential: potential_right,
            last_update: last_update_right,
            countdown: countdown_right,
            consecutive_fires: consecutive_fires_right,
            marks: marks_right,
            flags: &self.flags[mid..],
            threshold: &self.threshold[mid..],
            threshold_limit: &self.threshold_limit[mid..],
            leak: &self.leak[mid..],
            excitability: &self.excitability[mid..],
            refractory_period: &self.refractory_period[mid..],
            consecutive_fire_limit: &self.consecutive_fire_limit[mid..],
            snooze_period: &self.snooze_period[mid..],
        };
        (left, right)
    }
}

/// Whether a consecutive fire limit limits anything: 0 and 65535 both mean "none".
// Lazy operators would put a branch into the vector loops.
#[allow(clippy::needless_bitwise_bool)]
#[inline]
pub fn is_limit(consecutive_fire_limit: u16) -> bool {
    (consecutive_fire_limit != 0) & (consecutive_fire_limit != NO_FIRE_LIMIT)
}

/// Whether `limit` leaves the firing window open at the top.
pub fn is_open(limit: f32, none: f32) -> bool {
    limit.to_bits() == none.to_bits()
}

/// The stored form of "no threshold limit".
pub fn no_threshold_limit(int8: bool) -> f32 {
    if int8 {
        gyrus_types::network::NO_THRESHOLD_LIMIT_INT8
    } else {
        NO_THRESHOLD_LIMIT
    }
}

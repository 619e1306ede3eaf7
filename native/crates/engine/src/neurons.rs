//! Neurons as columns; a neuron's id is its position. Source: spec/burst-engine.md section 2.1.

use gyrus_types::NeuronColumns;
use gyrus_types::network::{NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT};

use crate::column::{Bytes, Column};
use crate::coordinates::Coordinates;
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

/// What bursts change is an engine's own; what only patches change, forks share.
#[derive(Debug, Clone, Default)]
pub struct Neurons {
    pub potential: Vec<f32>,
    /// Burst of the last processing or direct write.
    pub last_update: Vec<u32>,
    pub countdown: Vec<u16>,
    pub consecutive_fires: Vec<u16>,
    pub marks: Vec<u8>,
    pub flags: Vec<u8>,
    pub threshold: Column<f32>,
    pub threshold_limit: Column<f32>,
    pub leak: Column<f32>,
    pub excitability: Column<f32>,
    pub refractory_period: Column<u16>,
    pub consecutive_fire_limit: Column<u16>,
    pub snooze_period: Column<u16>,
    pub area: Column<u32>,
    pub x: Coordinates,
    pub y: Coordinates,
    pub z: Coordinates,
}

impl Neurons {
    pub fn from_columns(columns: &NeuronColumns, int8: bool) -> Self {
        let n = columns.count;
        let convert = |values: &[f32], f: fn(f32) -> f32| -> Column<f32> {
            if int8 {
                values.iter().map(|&v| f(v)).collect::<Vec<_>>().into()
            } else {
                values.to_vec().into()
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
            leak: columns.leak.to_vec().into(),
            excitability: columns.excitability.to_vec().into(),
            refractory_period: columns.refractory_period.to_vec().into(),
            consecutive_fire_limit: columns.consecutive_fire_limit.to_vec().into(),
            snooze_period: columns.snooze_period.to_vec().into(),
            area: columns.area.to_vec().into(),
            x: columns.x.into(),
            y: columns.y.into(),
            z: columns.z.into(),
        }
    }

    pub fn len(&self) -> usize {
        self.potential.len()
    }

    /// Appends neurons at rest.
    pub fn extend(&mut self, added: &[NewNeuron], int8: bool) {
        let count = self.len() + added.len();
        self.potential.resize(count, 0.0);
        self.last_update.resize(count, 0);
        self.countdown.resize(count, 0);
        self.consecutive_fires.resize(count, 0);
        self.marks.resize(count, 0);
        self.flags.extend(added.iter().map(|new| {
            if new.accumulates {
                VALID | ACCUMULATES
            } else {
                VALID
            }
        }));
        let convert = |value, f: fn(f32) -> f32| if int8 { f(value) } else { value };
        let threshold = |new: &NewNeuron| convert(new.threshold, charge);
        let limit = |new: &NewNeuron| convert(new.threshold_limit, coarse);
        append(&mut self.threshold, added, threshold);
        append(&mut self.threshold_limit, added, limit);
        append(&mut self.leak, added, |new| new.leak);
        append(&mut self.excitability, added, |new| new.excitability);
        append(&mut self.refractory_period, added, |new| {
            new.refractory_period
        });
        append(&mut self.consecutive_fire_limit, added, |new| {
            new.consecutive_fire_limit
        });
        append(&mut self.snooze_period, added, |new| new.snooze_period);
        append(&mut self.area, added, |new| new.area);
        self.x.extend(added.iter().map(|new| new.position[0]));
        self.y.extend(added.iter().map(|new| new.position[1]));
        self.z.extend(added.iter().map(|new| new.position[2]));
    }

    pub fn position(&self, id: usize) -> [u32; 3] {
        [self.x.at(id), self.y.at(id), self.z.at(id)]
    }

    pub fn bytes(&self) -> Bytes {
        let own = 4 * (self.potential.capacity() + self.last_update.capacity())
            + 2 * (self.countdown.capacity() + self.consecutive_fires.capacity())
            + self.marks.capacity()
            + self.flags.capacity();
        [
            Bytes {
                all: own,
                shared: 0,
            },
            self.threshold.bytes(),
            self.threshold_limit.bytes(),
            self.leak.bytes(),
            self.excitability.bytes(),
            self.refractory_period.bytes(),
            self.consecutive_fire_limit.bytes(),
            self.snooze_period.bytes(),
            self.area.bytes(),
            self.x.bytes(),
            self.y.bytes(),
            self.z.bytes(),
        ]
        .into_iter()
        .sum()
    }

    pub fn is_valid(&self, id: usize) -> bool {
        self.flags[id] & VALID != 0
    }

    /// Whether there is such a neuron and it was not deleted.
    pub fn lives(&self, id: u32) -> bool {
        (id as usize) < self.len() && self.is_valid(id as usize)
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

fn append<T: Clone>(column: &mut Column<T>, added: &[NewNeuron], field: impl Fn(&NewNeuron) -> T) {
    column.edit().extend(added.iter().map(field));
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

//! Synapses as a burst walks them: per range of targets, in rows by source.
//!
//! A sum is an f64 that adds its weights by firing burst, source, slot. Where a network has few different weights, and all their sums
//! are exact whatever the order (they are multiples of a common power of two, and none can outgrow 53 bits of it), it is enough
//! to count how often each weight arrived: *counted* rows are lists of targets by weight and delay, two or four bytes a synapse.
//! All other networks have *summed* rows, which keep slot order.

use crate::columns::Few;
use crate::wiring::Wiring;

/// Different weights that counting is worth it for: one count takes two bytes, a sum eight.
const COUNTED_WEIGHTS: usize = 4;
/// Different pairs of weight and delay: each has row starts of its own.
const COUNTED_CHANNELS: usize = 32;

/// Positions within a range of targets.
#[derive(Debug, Clone)]
pub enum Targets {
    Narrow(Vec<u16>),
    Wide(Vec<u32>),
}

impl Targets {
    fn zeros(range: usize, count: usize) -> Self {
        if range <= 1 << 16 {
            Self::Narrow(vec![0; count])
        } else {
            Self::Wide(vec![0; count])
        }
    }

    fn put(&mut self, at: usize, target: u32) {
        match self {
            Self::Narrow(targets) => targets[at] = target as u16,
            Self::Wide(targets) => targets[at] = target,
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Narrow(targets) => targets.capacity() * 2,
            Self::Wide(targets) => targets.capacity() * 4,
        }
    }
}

/// The synapses of one weight and one delay.
#[derive(Debug, Clone)]
pub struct Channel {
    pub delay: u8,
    /// Which of the counted weights.
    pub class: usize,
    /// Row of source s: from `start[s]` to `start[s + 1]`.
    pub start: Vec<u32>,
    pub targets: Targets,
}

#[derive(Debug, Clone)]
pub enum PartRows {
    Counted(Vec<Channel>),
    Summed {
        start: Vec<u32>,
        targets: Targets,
        weights: Vec<f32>,
        delays: Few<u8>,
    },
}

impl PartRows {
    fn start_bytes(&self) -> usize {
        match self {
            Self::Counted(channels) => channels
                .iter()
                .map(|channel| channel.start.capacity() * 4)
                .sum(),
            Self::Summed { start, .. } => start.capacity() * 4,
        }
    }

    fn target_bytes(&self) -> usize {
        match self {
            Self::Counted(channels) => channels.iter().map(|channel| channel.targets.bytes()).sum(),
            Self::Summed {
                targets,
                weights,
                delays,
                ..
            } => targets.bytes() + weights.capacity() * 4 + delays.bytes(),
        }
    }
}

/// The rows of all ranges of targets.
#[derive(Debug, Clone)]
pub struct Rows {
    pub parts: Vec<PartRows>,
    /// The counted weights; none where rows are summed.
    pub counted: Vec<f64>,
    pub longest_delay: u8,
}

/// What rows are built for.
pub struct Layout<'a> {
    pub neurons: usize,
    /// Targets per range, the last may have fewer.
    pub span: usize,
    /// Slots that go elsewhere, ascending.
    pub plastic: &'a [u32],
    /// Sums that are already on their way.
    pub pending: &'a [(u32, u32, f64)],
}

impl Rows {
    pub fn build(wiring: &Wiring, layout: &Layout) -> Self {
        let channels = if layout.plastic.is_empty() {
            Channels::of(wiring, layout)
        } else {
            None
        };
        let longest_delay = wiring
            .valid_slots()
            .map(|slot| wiring.delay.get(slot))
            .max()
            .unwrap_or(1);
        match channels {
            Some(channels) => Self {
                parts: counted_parts(wiring, layout, &channels),
                counted: channels.weights.iter().map(|&w| f64::from(w)).collect(),
                longest_delay,
            },
            None => Self {
                parts: summed_parts(wiring, layout),
                counted: Vec::new(),
                longest_delay,
            },
        }
    }

    /// The rows of no network.
    pub fn none() -> Self {
        Self {
            parts: Vec::new(),
            counted: Vec::new(),
            longest_delay: 1,
        }
    }

    /// Of the places where rows begin.
    pub fn start_bytes(&self) -> usize {
        self.parts.iter().map(PartRows::start_bytes).sum()
    }

    /// Of what the rows hold.
    pub fn target_bytes(&self) -> usize {
        self.parts.iter().map(PartRows::target_bytes).sum()
    }
}

struct Channels {
    weights: Vec<f32>,
    /// Place among the weights, and delay.
    pairs: Vec<(usize, u8)>,
    /// Channel of every slot; none where there is but one.
    of_slot: Vec<u8>,
}

impl Channels {
    /// The channels of a network that may be counted.
    fn of(wiring: &Wiring, layout: &Layout) -> Option<Self> {
        let mut weights: Vec<f32> = Vec::new();
        let mut pairs: Vec<(usize, u8)> = Vec::new();
        let mut of_slot = Vec::new();
        let is_one = matches!(
            (&wiring.weight, &wiring.delay),
            (Few::One { .. }, Few::One { .. })
        );
        let mut last = (0.0, 0, 0_u8);
        for slot in 0..if is_one {
            wiring.len().min(1)
        } else {
            wiring.len()
        } {
            let (weight, delay) = (wiring.weight.get(slot), wiring.delay.get(slot));
            if pairs.is_empty() || (weight, delay) != (last.0, last.1) {
                let class = place_of(&mut weights, weight, COUNTED_WEIGHTS)?;
                let channel = place_of(&mut pairs, (class, delay), COUNTED_CHANNELS)?;
                last = (weight, delay, channel as u8);
            }
            if !is_one {
                of_slot.push(last.2);
            }
        }
        if pairs.len() == 1 {
            of_slot.clear();
        }
        let channels = Self {
            weights,
            pairs,
            of_slot,
        };
        channels.is_exact(wiring, layout).then_some(channels)
    }

    fn of_slot(&self, slot: usize) -> usize {
        self.of_slot
            .get(slot)
            .map_or(0, |&channel| channel as usize)
    }

    /// Whether every sum is exact in any order and every count fits 16 bits.
    fn is_exact(&self, wiring: &Wiring, layout: &Layout) -> bool {
        let mut inputs = vec![0_u32; layout.neurons];
        for slot in 0..wiring.len() {
            inputs[wiring.target.get(slot) as usize] += 1;
        }
        let most = inputs.into_iter().max().unwrap_or(0);
        let unit = self
            .weights
            .iter()
            .map(|&weight| lowest_bit(f64::from(weight)))
            .fold(f64::INFINITY, f64::min);
        if !unit.is_finite() {
            // No synapse, or all weights are 0.
            return u16::try_from(most).is_ok() && layout.pending.is_empty();
        }
        let heaviest = self
            .weights
            .iter()
            .map(|weight| f64::from(weight.abs()))
            .fold(0.0, f64::max);
        let pending = layout
            .pending
            .iter()
            .map(|&(.., sum)| sum.abs())
            .fold(0.0, f64::max);
        let room = unit * 2.0_f64.powi(53);
        u16::try_from(most).is_ok()
            && f64::from(most) * heaviest + pending < room / 2.0
            && layout
                .pending
                .iter()
                .all(|&(.., sum)| lowest_bit(sum) >= unit)
    }
}

fn place_of<T: PartialEq>(list: &mut Vec<T>, value: T, most: usize) -> Option<usize> {
    match list.iter().position(|one| *one == value) {
        None if list.len() == most => None,
        None => {
            list.push(value);
            Some(list.len() - 1)
        }
        known => known,
    }
}

/// The largest power of two that a number is a multiple of; infinite for 0.
fn lowest_bit(value: f64) -> f64 {
    let bits = value.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    match (exponent, fraction) {
        (0, 0) => f64::INFINITY,
        (0, _) => 2.0_f64.powi(-1074 + fraction.trailing_zeros().cast_signed()),
        (_, 0) => 2.0_f64.powi(exponent - 1023),
        _ => 2.0_f64.powi(exponent - 1075 + fraction.trailing_zeros().cast_signed()),
    }
}

/// Turns counts at `start[s + 1]` into row starts; returns the number of entries.
fn sum_up(start: &mut [u32]) -> usize {
    let mut sum = 0;
    for count in start {
        sum += *count;
        *count = sum;
    }
    sum as usize
}

/// After placing, every start has moved to its end, which is the next one's start.
fn move_back(start: &mut [u32]) {
    start.rotate_right(1);
    if let Some(first) = start.first_mut() {
        *first = 0;
    }
}

fn counted_parts(wiring: &Wiring, layout: &Layout, channels: &Channels) -> Vec<PartRows> {
    let parts = layout.neurons.div_ceil(layout.span);
    let mut built: Vec<Vec<Channel>> = (0..parts)
        .map(|_| {
            let channel = |&(class, delay): &(usize, u8)| Channel {
                delay,
                class,
                start: vec![0; layout.neurons + 1],
                targets: Targets::Narrow(Vec::new()),
            };
            channels.pairs.iter().map(channel).collect()
        })
        .collect();
    let span = layout.span as u32;
    // A division per synapse is dear where there is but one part.
    let place = |slot: usize| {
        let target = wiring.target.get(slot);
        if parts == 1 {
            (0, target)
        } else {
            ((target / span) as usize, target % span)
        }
    };
    for slot in wiring.valid_slots() {
        let (part, _) = place(slot);
        let channel = &mut built[part][channels.of_slot(slot)];
        channel.start[wiring.source.get(slot) as usize + 1] += 1;
    }
    for channel in built.iter_mut().flatten() {
        let count = sum_up(&mut channel.start);
        channel.targets = Targets::zeros(layout.span, count);
    }
    for slot in wiring.valid_slots() {
        let (part, target) = place(slot);
        let channel = &mut built[part][channels.of_slot(slot)];
        let next = &mut channel.start[wiring.source.get(slot) as usize];
        channel.targets.put(*next as usize, target);
        *next += 1;
    }
    for channel in built.iter_mut().flatten() {
        move_back(&mut channel.start);
    }
    built.into_iter().map(PartRows::Counted).collect()
}

fn summed_parts(wiring: &Wiring, layout: &Layout) -> Vec<PartRows> {
    let is_plastic = |slot: usize| layout.plastic.binary_search(&(slot as u32)).is_ok();
    let static_slots = || {
        let learns = !layout.plastic.is_empty();
        wiring
            .valid_slots()
            .filter(move |&slot| !(learns && is_plastic(slot)))
    };
    let span = layout.span as u32;
    let parts = layout.neurons.div_ceil(layout.span);
    let mut starts = vec![vec![0_u32; layout.neurons + 1]; parts];
    for slot in static_slots() {
        let part = (wiring.target.get(slot) / span) as usize;
        starts[part][wiring.source.get(slot) as usize + 1] += 1;
    }
    let counts: Vec<usize> = starts.iter_mut().map(|start| sum_up(start)).collect();
    let mut targets: Vec<Targets> = counts
        .iter()
        .map(|&count| Targets::zeros(layout.span, count))
        .collect();
    let mut weights: Vec<Vec<f32>> = counts.iter().map(|&count| vec![0.0; count]).collect();
    let one_delay = matches!(wiring.delay, Few::One { .. });
    let mut delays: Vec<Vec<u8>> = counts
        .iter()
        .map(|&count| vec![0; if one_delay { 0 } else { count }])
        .collect();
    for slot in static_slots() {
        let target = wiring.target.get(slot);
        let part = (target / span) as usize;
        let next = &mut starts[part][wiring.source.get(slot) as usize];
        let at = *next as usize;
        *next += 1;
        targets[part].put(at, target % span);
        weights[part][at] = wiring.weight.get(slot);
        if !one_delay {
            delays[part][at] = wiring.delay.get(slot);
        }
    }
    let mut built = Vec::with_capacity(parts);
    for (((mut start, targets), weights), delays) in
        starts.into_iter().zip(targets).zip(weights).zip(delays)
    {
        move_back(&mut start);
        let delays = if one_delay {
            wiring.delay.clone()
        } else {
            Few::Each(delays)
        };
        built.push(PartRows::Summed {
            start,
            targets,
            weights,
            delays,
        });
    }
    built
}

//! One step of every neuron, block by block: gather what arrives, integrate, fire.
//!
//! The loops over the lanes of a block have no branches, so the compiler turns them into vector code; the whole is compiled once
//! per instruction set and chosen at run time. All variants do the same IEEE operations on each lane, so all round alike.

// Lazy operators would put the branches back, and a part that is not inlined would miss its caller's instruction set.
#![allow(clippy::needless_bitwise_bool, clippy::inline_always)]

use gyrus_types::{Simd, SimdLevel};

use crate::arrivals::{BLOCK, is_touched};
use crate::parameters::{ParameterSet, pcg};

/// Marks a block whose neurons have different parameters.
pub const MIXED: u32 = u32::MAX;

/// One range of neurons, whole blocks, and what arrives there in this burst.
pub struct Range<'a> {
    /// Id of the first neuron.
    pub first: usize,
    pub sets: &'a [ParameterSet],
    /// Parameter set of each block, or [`MIXED`].
    pub block_set: &'a [u32],
    pub parameter_set: &'a [u16],
    pub valid: &'a [u64],
    pub potential: &'a mut [f64],
    pub countdown: &'a mut [u16],
    /// Per block: whether a countdown may be running.
    pub counting: &'a mut [u8],
    /// Absolute potential at firing, of those that fired.
    pub at_firing: &'a mut [f32],
    pub fired: &'a mut [u64],
    pub input: Input<'a>,
    /// Sums that were under way when the rows were built, and staged input in its order, both ascending id.
    pub carried: &'a [(u32, f64)],
    pub staged: &'a [(u32, f32)],
    /// What the Poisson draws of this burst have in common.
    pub mix: u32,
}

/// The lap of this burst; emptied on the way.
pub enum Input<'a> {
    Counted {
        /// By class and target.
        counts: &'a mut [u16],
        weights: &'a [f64],
    },
    Summed(&'a mut [f64]),
}

/// What the neurons of a range did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Neurons with arrivals.
    pub reached: usize,
    pub refractory: usize,
    pub fired: usize,
}

pub fn update(simd: Simd, range: &mut Range) -> Outcome {
    match simd.level() {
        // SAFETY: a `Simd` names only what the machine has.
        #[cfg(target_arch = "x86_64")]
        SimdLevel::Avx512 => unsafe { update_avx512(range) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        SimdLevel::Avx2 => unsafe { update_avx2(range) },
        _ => run(range),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq")]
fn update_avx512(range: &mut Range) -> Outcome {
    run(range)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn update_avx2(range: &mut Range) -> Outcome {
    run(range)
}

type Lanes = [f64; BLOCK];

#[inline(always)]
fn run(range: &mut Range) -> Outcome {
    let mut outcome = Outcome::default();
    let has_poisson = range.sets.iter().any(|set| !set.poisson.is_none());
    for block in 0..range.fired.len() {
        let from = block * BLOCK;
        let mut input = [-0.0; BLOCK];
        let is_carried = take(&mut range.carried, range.first + from, |lane, sum| {
            input[lane] = sum;
        });
        let mut is_given = gather(&mut range.input, from, &mut input) || is_carried;
        if is_given {
            let mut reached = 0;
            for sum in &input {
                reached += u64::from(is_touched(*sum));
            }
            outcome.reached += reached as usize;
        }
        is_given |= take(&mut range.staged, range.first + from, |lane, value| {
            input[lane] += f64::from(value);
        });
        let set = range.block_set[block];
        if has_poisson {
            add_poisson(range, block, &mut input);
            is_given = true;
        }
        let word = if set == MIXED {
            step_mixed(range, block, &input, &mut outcome)
        } else {
            // Adding the -0 of a block that nothing reached would change no bit.
            let input = is_given.then_some(&input);
            step_alike(range, block, set as usize, input, &mut outcome)
        };
        range.fired[block] = word;
        outcome.fired += word.count_ones() as usize;
    }
    outcome
}

/// Hands over the entries of the block that begins at `first`; tells whether there were any.
#[inline(always)]
fn take<T: Copy>(list: &mut &[(u32, T)], first: usize, mut each: impl FnMut(usize, T)) -> bool {
    let before = list.len();
    while let Some((&(id, value), rest)) = list.split_first()
        && (id as usize) < first + BLOCK
    {
        each(id as usize - first, value);
        *list = rest;
    }
    list.len() < before
}

/// Adds what arrives at a block to its sums, and empties it; tells whether anything did.
#[inline(always)]
fn gather(arriving: &mut Input, from: usize, input: &mut Lanes) -> bool {
    let mut is_given = false;
    match arriving {
        Input::Counted { counts, weights } => {
            let len = counts.len() / weights.len();
            for (class, &weight) in weights.iter().enumerate() {
                let counts = lanes_mut(&mut counts[class * len + from..][..BLOCK]);
                if counts.iter().fold(0, |all, count| all | count) == 0 {
                    continue;
                }
                is_given = true;
                for i in 0..BLOCK {
                    // Compared as a double: all lanes are then of one width.
                    let count = f64::from(i32::from(counts[i]));
                    input[i] += if count == 0.0 { -0.0 } else { count * weight };
                }
                *counts = [0; BLOCK];
            }
        }
        Input::Summed(sums) => {
            let sums = lanes_mut(&mut sums[from..from + BLOCK]);
            let mut touched = 0;
            for sum in sums.iter() {
                touched |= sum.to_bits() ^ (-0.0_f64).to_bits();
            }
            if touched != 0 {
                is_given = true;
                *input = *sums;
                *sums = [-0.0; BLOCK];
            }
        }
    }
    is_given
}

#[inline(always)]
fn add_poisson(range: &Range, block: usize, input: &mut Lanes) {
    let set = range.block_set[block];
    if set != MIXED && range.sets[set as usize].poisson.is_none() {
        return;
    }
    let first = (range.first + block * BLOCK) as u32;
    let mut draws = [0; BLOCK];
    for (i, draw) in draws.iter_mut().enumerate() {
        *draw = pcg(range.mix ^ (first + i as u32));
    }
    if set == MIXED {
        for (i, &draw) in draws.iter().enumerate() {
            let set = &range.sets[range.parameter_set[block * BLOCK + i] as usize];
            let events = if set.poisson.is_none() {
                0
            } else {
                set.poisson.count(draw)
            };
            input[i] += if events == 0 {
                -0.0
            } else {
                f64::from(events) * set.poisson_weight
            };
        }
        return;
    }
    let set = &range.sets[set as usize];
    let mut events = [0_i32; BLOCK];
    for (count, &draw) in events.iter_mut().zip(&draws) {
        *count = set.poisson.count(draw).cast_signed();
    }
    for i in 0..BLOCK {
        let sum = f64::from(events[i]) * set.poisson_weight;
        input[i] += if events[i] == 0 { -0.0 } else { sum };
    }
}

/// A block whose neurons share their parameters. Returns who fired.
#[inline(always)]
fn step_alike(
    range: &mut Range,
    block: usize,
    set: usize,
    input: Option<&Lanes>,
    outcome: &mut Outcome,
) -> u64 {
    let set = &range.sets[set];
    let (drive, decay, threshold) = (set.drive, set.decay, set.threshold);
    let at = block * BLOCK..(block + 1) * BLOCK;
    let valid = range.valid[block];
    let potential = lanes_mut(&mut range.potential[at.clone()]);
    if range.counting[block] == 0 && valid == u64::MAX {
        // Everybody moves: in place, and nothing more to do for a block in which nobody fires.
        let mut any = 0;
        if let Some(input) = input {
            for i in 0..BLOCK {
                potential[i] = (drive + decay * potential[i]) + input[i];
                any |= u64::from(potential[i] >= threshold);
            }
        } else {
            for value in potential.iter_mut() {
                *value = drive + decay * *value;
                any |= u64::from(*value >= threshold);
            }
        }
        if any == 0 {
            return 0;
        }
        let word = over(potential, threshold);
        let (reset, resting) = (set.reset, set.resting_potential);
        let at_firing = lanes_mut(&mut range.at_firing[at.clone()]);
        for i in 0..BLOCK {
            at_firing[i] = (potential[i] + resting) as f32;
            potential[i] = if potential[i] >= threshold {
                reset
            } else {
                potential[i]
            };
        }
        if set.refractory_steps > 0 {
            let countdown = &mut range.countdown[at];
            each_bit(word, |i| countdown[i] = set.refractory_steps);
            range.counting[block] = 1;
        }
        return word;
    }
    let before = *potential;
    let mut moved = [0.0; BLOCK];
    if let Some(input) = input {
        for i in 0..BLOCK {
            moved[i] = (drive + decay * before[i]) + input[i];
        }
    } else {
        for i in 0..BLOCK {
            moved[i] = drive + decay * before[i];
        }
    }
    if range.counting[block] != 0 {
        let countdown = lanes_mut(&mut range.countdown[at.clone()]);
        let mut running = 0;
        for i in 0..BLOCK {
            moved[i] = if countdown[i] == 0 {
                moved[i]
            } else {
                before[i]
            };
        }
        let mut left = *countdown;
        for i in 0..BLOCK {
            let counts = (countdown[i] != 0) & (valid >> i & 1 == 1);
            left[i] -= u16::from(counts);
            outcome.refractory += usize::from(counts);
            running |= left[i];
        }
        *countdown = left;
        range.counting[block] = u8::from(running != 0);
    }
    let mut word = over(&moved, threshold);
    if valid != u64::MAX {
        word &= valid;
        for i in 0..BLOCK {
            moved[i] = if valid >> i & 1 == 1 {
                moved[i]
            } else {
                before[i]
            };
        }
    }
    if word == 0 {
        *potential = moved;
        return 0;
    }
    let (reset, resting) = (set.reset, set.resting_potential);
    let at_firing = lanes_mut(&mut range.at_firing[at.clone()]);
    for i in 0..BLOCK {
        at_firing[i] = (moved[i] + resting) as f32;
    }
    for i in 0..BLOCK {
        potential[i] = if word >> i & 1 == 1 { reset } else { moved[i] };
    }
    let steps = set.refractory_steps;
    if steps > 0 || range.counting[block] != 0 {
        let countdown = &mut range.countdown[at];
        each_bit(word, |i| countdown[i] = steps);
        range.counting[block] |= u8::from(steps > 0);
    }
    word
}

/// A block whose neurons differ.
#[inline(always)]
fn step_mixed(range: &mut Range, block: usize, input: &Lanes, outcome: &mut Outcome) -> u64 {
    let from = block * BLOCK;
    let mut word = 0;
    let mut running = 0;
    each_bit(range.valid[block], |i| {
        let at = from + i;
        let set = &range.sets[range.parameter_set[at] as usize];
        if range.countdown[at] == 0 {
            range.potential[at] = (set.drive + set.decay * range.potential[at]) + input[i];
        } else {
            range.countdown[at] -= 1;
            outcome.refractory += 1;
        }
        if range.potential[at] >= set.threshold {
            word |= 1 << i;
            range.at_firing[at] = (range.potential[at] + set.resting_potential) as f32;
            range.countdown[at] = set.refractory_steps;
            range.potential[at] = set.reset;
        }
        running |= range.countdown[at];
    });
    range.counting[block] = u8::from(running != 0);
    word
}

/// One bit per lane that is at or over the threshold.
#[inline(always)]
fn over(potential: &Lanes, threshold: f64) -> u64 {
    let mut flags = [0_u8; BLOCK];
    for i in 0..BLOCK {
        flags[i] = u8::from(potential[i] >= threshold);
    }
    // Eight flags of 0 or 1 become eight bits by one multiplication.
    let (bytes, _) = flags.as_chunks::<8>();
    let bits =
        |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    bytes
        .iter()
        .rev()
        .fold(0, |word, eight| word << 8 | bits(eight))
}

#[inline(always)]
pub fn each_bit(mut word: u64, mut each: impl FnMut(usize)) {
    while word != 0 {
        each(word.trailing_zeros() as usize);
        word &= word - 1;
    }
}

/// A block's lanes as an array, whose length and independence the compiler knows.
#[inline(always)]
fn lanes_mut<T>(slice: &mut [T]) -> &mut [T; BLOCK] {
    match slice.first_chunk_mut() {
        Some(lanes) => lanes,
        None => unreachable!("columns are whole blocks"),
    }
}

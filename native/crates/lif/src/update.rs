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
/// Lanes up to which a block's are looked at one by one.
const FEW: u32 = 8;

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
        /// Targets of a class, padded.
        len: usize,
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
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,popcnt,bmi1,bmi2")]
fn update_avx512(range: &mut Range) -> Outcome {
    run(range)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn update_avx2(range: &mut Range) -> Outcome {
    run(range)
}

type Lanes = [f64; BLOCK];

/// What the neurons of a block have.
struct Block<'a> {
    potential: &'a mut Lanes,
    countdown: &'a mut [u16; BLOCK],
    at_firing: &'a mut [f32; BLOCK],
    counting: &'a mut u8,
    valid: u64,
}

/// The parameters of a block's neurons.
struct Sets<'a> {
    all: &'a [ParameterSet],
    of_block: u32,
    of_lane: &'a [u16],
}

#[inline(always)]
fn run(range: &mut Range) -> Outcome {
    let mut outcome = Outcome::default();
    let has_poisson = range.sets.iter().any(|set| !set.poisson.is_none());
    let columns = range
        .potential
        .as_chunks_mut()
        .0
        .iter_mut()
        .zip(range.countdown.as_chunks_mut().0)
        .zip(range.at_firing.as_chunks_mut().0)
        .zip(range.counting.iter_mut())
        .zip(range.valid.iter().zip(range.block_set))
        .zip(range.fired.iter_mut());
    // All -0 between two blocks.
    let mut input = [-0.0; BLOCK];
    for (at, (((((potential, countdown), at_firing), counting), (&valid, &set)), fired)) in
        columns.enumerate()
    {
        let from = at * BLOCK;
        let block = Block {
            potential,
            countdown,
            at_firing,
            counting,
            valid,
        };
        // The lanes that may hold more than the -0 of nothing.
        let mut given = 0_u64;
        take(&mut range.carried, range.first + from, |lane, sum| {
            input[lane] = sum;
            given |= 1 << lane;
        });
        given |= gather(&mut range.input, from, &mut input);
        outcome.reached += given.count_ones() as usize;
        take(&mut range.staged, range.first + from, |lane, value| {
            input[lane] += f64::from(value);
            given |= 1 << lane;
        });
        let sets = Sets {
            all: range.sets,
            of_block: set,
            of_lane: &range.parameter_set[from..from + BLOCK],
        };
        if has_poisson {
            add_poisson(&sets, range.mix, (range.first + from) as u32, &mut input);
            given = u64::MAX;
        }
        let word = if set == MIXED {
            step_mixed(block, &sets, &input, &mut outcome)
        } else {
            let set = &range.sets[set as usize];
            step_alike(block, set, (&input, given), &mut outcome)
        };
        if given.count_ones() <= FEW {
            each_of_few(given, |i| input[i] = -0.0);
        } else {
            input = [-0.0; BLOCK];
        }
        *fired = word;
        outcome.fired += word.count_ones() as usize;
    }
    outcome
}

/// Hands over the entries of the block that begins at `first`.
#[inline(always)]
fn take<T: Copy>(list: &mut &[(u32, T)], first: usize, mut each: impl FnMut(usize, T)) {
    while let Some((&(id, value), rest)) = list.split_first()
        && (id as usize) < first + BLOCK
    {
        each(id as usize - first, value);
        *list = rest;
    }
}

/// Adds what arrives at a block to its sums, and empties it. Returns the lanes where something may have.
#[inline(always)]
fn gather(arriving: &mut Input, from: usize, input: &mut Lanes) -> u64 {
    let mut given = 0;
    match arriving {
        Input::Counted {
            counts,
            len,
            weights,
        } => {
            for (class, &weight) in weights.iter().enumerate() {
                let counts = lanes_mut(&mut counts[class * *len + from..][..BLOCK]);
                let word = bits(|i| counts[i] != 0);
                given |= word;
                if word.count_ones() <= FEW {
                    each_of_few(word, |i| {
                        let sum = f64::from(counts[i]) * weight;
                        input[i] += if counts[i] == 0 { -0.0 } else { sum };
                    });
                } else {
                    for i in 0..BLOCK {
                        // Compared as a double: all lanes are then of one width.
                        let count = f64::from(i32::from(counts[i]));
                        input[i] += if count == 0.0 { -0.0 } else { count * weight };
                    }
                }
                *counts = [0; BLOCK];
            }
        }
        Input::Summed(sums) => {
            let sums = lanes_mut(&mut sums[from..from + BLOCK]);
            given = bits(|i| is_touched(sums[i]));
            if given != 0 {
                *input = *sums;
                *sums = [-0.0; BLOCK];
            }
        }
    }
    given
}

/// Adds what comes from outside; `first` is the id of the block's first neuron.
#[inline(always)]
fn add_poisson(sets: &Sets, mix: u32, first: u32, input: &mut Lanes) {
    if sets.of_block != MIXED && sets.all[sets.of_block as usize].poisson.is_none() {
        return;
    }
    let mut draws = [0; BLOCK];
    for (i, draw) in draws.iter_mut().enumerate() {
        *draw = pcg(mix ^ (first + i as u32));
    }
    if sets.of_block == MIXED {
        for (i, &draw) in draws.iter().enumerate() {
            let set = &sets.all[sets.of_lane[i] as usize];
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
    let set = &sets.all[sets.of_block as usize];
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
    block: Block,
    set: &ParameterSet,
    (input, given): (&Lanes, u64),
    outcome: &mut Outcome,
) -> u64 {
    if *block.counting == 0 && block.valid == u64::MAX {
        return step_all(block, set, (input, given));
    }
    let (drive, decay, threshold) = (set.drive, set.decay, set.threshold);
    let (reset, resting) = (set.reset, set.resting_potential);
    let Block {
        potential,
        countdown,
        at_firing,
        counting,
        valid,
    } = block;
    let before = *potential;
    let mut moved = [0.0; BLOCK];
    for i in 0..BLOCK {
        moved[i] = (drive + decay * before[i]) + input[i];
    }
    if *counting != 0 {
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
        *counting = u8::from(running != 0);
    }
    let mut word = bits(|i| moved[i] >= threshold);
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
    for i in 0..BLOCK {
        at_firing[i] = (moved[i] + resting) as f32;
    }
    for i in 0..BLOCK {
        potential[i] = if word >> i & 1 == 1 { reset } else { moved[i] };
    }
    let steps = set.refractory_steps;
    if steps > 0 || *counting != 0 {
        each_bit(word, |i| countdown[i] = steps);
        *counting |= u8::from(steps > 0);
    }
    word
}

/// The same where everybody moves: in place.
#[inline(always)]
fn step_all(block: Block, set: &ParameterSet, (input, given): (&Lanes, u64)) -> u64 {
    let (drive, decay, threshold) = (set.drive, set.decay, set.threshold);
    let (reset, resting) = (set.reset, set.resting_potential);
    let Block {
        potential,
        countdown,
        at_firing,
        counting,
        ..
    } = block;
    let mut word;
    if given.count_ones() <= FEW {
        // Adding the -0 of the other lanes would change no bit.
        for value in potential.iter_mut() {
            *value = drive + decay * *value;
        }
        word = bits(|i| potential[i] >= threshold);
        each_of_few(given, |i| {
            potential[i] += input[i];
            word = word & !(1 << i) | u64::from(potential[i] >= threshold) << i;
        });
    } else {
        for i in 0..BLOCK {
            potential[i] = (drive + decay * potential[i]) + input[i];
        }
        word = bits(|i| potential[i] >= threshold);
    }
    if word.count_ones() <= FEW {
        // What is noted of a lane that did not fire is never read.
        each_of_few(word, |i| {
            at_firing[i] = (potential[i] + resting) as f32;
            let fires = word >> i & 1 == 1;
            potential[i] = if fires { reset } else { potential[i] };
        });
    } else {
        // A copy, or the compiler would store under a mask, which is slow on some machines.
        let mut moved = *potential;
        for i in 0..BLOCK {
            at_firing[i] = (moved[i] + resting) as f32;
            moved[i] = if moved[i] >= threshold {
                reset
            } else {
                moved[i]
            };
        }
        *potential = moved;
    }
    if set.refractory_steps > 0 && word != 0 {
        each_bit(word, |i| countdown[i] = set.refractory_steps);
        *counting = 1;
    }
    word
}

/// A block whose neurons differ.
#[inline(always)]
fn step_mixed(block: Block, sets: &Sets, input: &Lanes, outcome: &mut Outcome) -> u64 {
    let Block {
        potential,
        countdown,
        at_firing,
        counting,
        valid,
    } = block;
    let mut word = 0;
    let mut running = 0;
    each_bit(valid, |i| {
        let set = &sets.all[sets.of_lane[i] as usize];
        if countdown[i] == 0 {
            potential[i] = (set.drive + set.decay * potential[i]) + input[i];
        } else {
            countdown[i] -= 1;
            outcome.refractory += 1;
        }
        if potential[i] >= set.threshold {
            word |= 1 << i;
            at_firing[i] = (potential[i] + set.resting_potential) as f32;
            countdown[i] = set.refractory_steps;
            potential[i] = set.reset;
        }
        running |= countdown[i];
    });
    *counting = u8::from(running != 0);
    word
}

/// One bit per lane of which a thing holds.
#[inline(always)]
fn bits(holds: impl Fn(usize) -> bool) -> u64 {
    let mut flags = [0_u8; BLOCK];
    for (i, flag) in flags.iter_mut().enumerate() {
        *flag = if holds(i) { u8::MAX } else { 0 };
    }
    let (quarters, _) = flags.as_chunks::<16>();
    quarters
        .iter()
        .rev()
        .fold(0, |word, quarter| word << 16 | top_bits(quarter))
}

/// The top bit of each byte.
#[inline(always)]
fn top_bits(bytes: &[u8; 16]) -> u64 {
    let (halves, _) = bytes.as_chunks::<8>();
    let [low, high] = [halves[0], halves[1]].map(u64::from_le_bytes);
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};
        // SAFETY: every x86-64 has SSE2.
        let mask =
            unsafe { _mm_movemask_epi8(_mm_set_epi64x(high.cast_signed(), low.cast_signed())) };
        u64::from(mask.cast_unsigned())
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        // Eight flags of 0 or 1 become eight bits by one multiplication.
        let packed =
            |eight: u64| (eight & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        packed(high) << 8 | packed(low)
    }
}

/// Visits the set lanes, and lane 0 where none is set: whether a block has none or one is chance, and a branch on chance is slow.
#[inline(always)]
fn each_of_few(word: u64, mut each: impl FnMut(usize)) {
    each(word.trailing_zeros() as usize % BLOCK);
    each_bit(word & word.wrapping_sub(1), each);
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

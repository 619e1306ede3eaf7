//! One partition's dynamics, block by block while its columns are in cache: clear leftovers, integrate and fire, count down.
//!
//! The loops over the lanes of a block have no branches, so the compiler turns them into vector code; the whole is compiled once
//! per instruction set and chosen at run time. All variants do the same IEEE operations on each lane, so all round alike.

// Lazy operators would put the branches back, and a part that is not inlined would miss its caller's instruction set.
#![allow(clippy::needless_bitwise_bool, clippy::inline_always)]

use gyrus_types::{Simd, SimdLevel};

use crate::dynamics::{ALWAYS, Outcome, Rules, charged, fire, integrate, net_input};
use crate::lanes::{Retentions, each_lane, lanes, lanes_mut};
use crate::neurons::{
    ACCUMULATES, FIRED_BEFORE, FIRES_NOW, NeuronSlices, VALID, is_limit, is_open,
    no_threshold_limit,
};
use crate::partition::{BLOCK, Laps, is_touched};

mod plain;

use plain::{integrate_plain, is_plain_block};

/// Candidates in a block, or neurons in their window, below which they are taken one by one.
const FEW: usize = 6;

/// Runs the dynamics of `burst` on one partition.
pub fn run_blocks<R: Rules>(simd: Simd, laps: &mut Laps, neurons: NeuronSlices, burst: u32) {
    match simd.level() {
        // SAFETY: a `Simd` names only what the machine has.
        #[cfg(target_arch = "x86_64")]
        SimdLevel::Avx512 => unsafe { run_avx512::<R>(laps, neurons, burst) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        SimdLevel::Avx2 => unsafe { run_avx2::<R>(laps, neurons, burst) },
        _ => run::<R>(laps, neurons, burst),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,popcnt,bmi1,bmi2")]
fn run_avx512<R: Rules>(laps: &mut Laps, neurons: NeuronSlices, burst: u32) {
    run::<R>(laps, neurons, burst);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn run_avx2<R: Rules>(laps: &mut Laps, neurons: NeuronSlices, burst: u32) {
    run::<R>(laps, neurons, burst);
}

#[inline(always)]
fn run<R: Rules>(laps: &mut Laps, mut n: NeuronSlices, burst: u32) {
    laps.fired.clear();
    laps.fired_potential.clear();
    *laps.candidates = 0;
    *laps.refractory = 0;
    let mut retentions = Retentions::default();
    for block in 0..laps.counting.len() {
        let is_touched_now = laps.touched_now[block] != 0;
        let was_touched = laps.touched_before[block] != 0;
        let is_busy = laps.marked[block] != 0 || laps.counting[block] != 0;
        if !(is_touched_now || was_touched || is_busy) {
            continue;
        }
        let from = block * BLOCK;
        let to = (from + BLOCK).min(laps.len);
        if was_touched {
            clear_leftovers(&mut n.block(from, to), &mut laps.sums_before[from..to]);
            laps.touched_before[block] = 0;
        }
        let fired_so_far = laps.fired.len();
        if is_touched_now {
            integrate_block::<R>(laps, &mut n.block(from, to), block, burst, &mut retentions);
        }
        if laps.counting[block] != 0 {
            laps.counting[block] = u8::from(count_down(&mut n.block(from, to)));
        }
        if laps.marked[block] != 0 || laps.fired.len() > fired_so_far {
            let mut any = 0;
            for mark in &mut n.marks[from..to] {
                *mark >>= 1;
                any |= *mark;
            }
            laps.marked[block] = any;
        }
    }
}

/// Takes the charge that non-accumulating candidates of the last burst kept, and makes their sums untouched again.
#[inline(always)]
fn clear_leftovers(n: &mut NeuronSlices, sums: &mut [f32]) {
    if sums.len() < BLOCK {
        for (i, sum) in sums.iter_mut().enumerate() {
            let is_cleared = is_leftover(*sum, n.flags[i], n.marks[i], n.countdown[i]);
            n.potential[i] = if is_cleared { 0.0 } else { n.potential[i] };
            *sum = -0.0;
        }
        return;
    }
    let is_kept = n.flags.iter().fold(ACCUMULATES, |all, &flags| all & flags) != 0;
    if is_kept {
        *lanes_mut(sums) = [-0.0; BLOCK];
        return;
    }
    let (flags, marks, countdown) = (*lanes(n.flags), *lanes(n.marks), *lanes(n.countdown));
    let (before, mut potential) = (*lanes(sums), *lanes(n.potential));
    for i in 0..BLOCK {
        let is_cleared = is_leftover(before[i], flags[i], marks[i], countdown[i]);
        potential[i] = if is_cleared { 0.0 } else { potential[i] };
    }
    *lanes_mut(n.potential) = potential;
    *lanes_mut(sums) = [-0.0; BLOCK];
}

#[inline(always)]
fn is_leftover(sum: f32, flags: u8, marks: u8, countdown: u16) -> bool {
    is_touched(sum)
        & (flags & (VALID | ACCUMULATES) == VALID)
        & (marks & FIRED_BEFORE == 0)
        & (countdown == 0)
}

/// Adds the sums of one block to its neurons and lets them fire.
#[inline(always)]
fn integrate_block<R: Rules>(
    laps: &mut Laps,
    n: &mut NeuronSlices,
    block: usize,
    burst: u32,
    retentions: &mut Retentions,
) {
    let from = block * BLOCK;
    let sums = &laps.sums_now[from..from + BLOCK];
    let mut touched = [0_u8; BLOCK];
    let mut count = 0;
    for i in 0..BLOCK {
        touched[i] = u8::from(is_touched(sums[i]));
        count += u32::from(touched[i]);
    }
    *laps.candidates += count as usize;
    let first = (laps.first + from) as u32;
    let mut spikes = Spikes { laps, block, first };
    // A block at the end of a partition may be short; the batch path of feagi-strict is not worth vectors of its own.
    if R::BATCH || (count as usize) < FEW || n.potential.len() < BLOCK {
        each_lane(&touched, |i| {
            if n.flags[i] & VALID != 0 {
                let input = spikes.laps.sums_now[from + i];
                let outcome = integrate::<R>(n, i, first + i as u32, input, burst);
                spikes.note::<R>(n, i, &outcome);
            } else if counts_deleted::<R>() && n.countdown[i] > 0 {
                *spikes.laps.refractory += 1;
            }
        });
        return;
    }
    let mut sums = [0.0; BLOCK];
    sums.copy_from_slice(&spikes.laps.sums_now[from..from + BLOCK]);
    if is_plain_block(n, spikes.laps.counting[block]) {
        integrate_plain::<R>(n, &sums, burst, retentions, &mut spikes);
    } else {
        integrate_lanes::<R>(n, &sums, burst, retentions, &mut spikes);
    }
}

/// The scalar path of feagi-strict goes on counting neurons as refractory that were deleted while they were.
#[inline(always)]
fn counts_deleted<R: Rules>() -> bool {
    R::STRICT && !R::BATCH
}

/// A full block, all lanes at once; only what a neuron in its window does may differ from lane to lane.
#[inline(always)]
fn integrate_lanes<R: Rules>(
    n: &mut NeuronSlices,
    sums: &[f32; BLOCK],
    burst: u32,
    retentions: &mut Retentions,
    spikes: &mut Spikes,
) {
    // Copies, because the compiler knows that they do not overlap.
    let mut potential = *lanes(n.potential);
    let mut last_update = *lanes(n.last_update);
    let mut consecutive_fires = *lanes(n.consecutive_fires);
    let (countdown, flags, leak) = (*lanes(n.countdown), *lanes(n.flags), *lanes(n.leak));
    let fire_limit = *lanes(n.consecutive_fire_limit);

    let mut active = [0_u32; BLOCK];
    let mut blocked = 0;
    let mut caught = [0.0_f32; BLOCK];
    let mut idle = [0_u8; BLOCK];
    let mut any_idle = 0;
    for i in 0..BLOCK {
        let is_given = is_touched(sums[i]);
        let is_candidate = is_given & (flags[i] & VALID != 0);
        active[i] = u32::from(is_candidate & (countdown[i] == 0));
        blocked +=
            u32::from((is_candidate | (is_given & counts_deleted::<R>())) & (countdown[i] != 0));
        let bursts = burst - last_update[i];
        let keeps = (bursts == 0) | (leak[i] == 0.0) | (potential[i] == 0.0);
        caught[i] = if keeps {
            potential[i]
        } else {
            potential[i] * (1.0 - leak[i])
        };
        idle[i] = u8::from(!keeps & (bursts > 1)) & active[i] as u8;
        any_idle |= idle[i];
    }
    if any_idle != 0 {
        each_lane(&idle, |i| {
            caught[i] = potential[i] * retentions.get(leak[i], burst - last_update[i]);
        });
    }

    let (threshold, limit) = (*lanes(n.threshold), *lanes(n.threshold_limit));
    let none = no_threshold_limit(R::INT8);
    let mut window = [0_u8; BLOCK];
    let mut any_window = 0;
    for i in 0..BLOCK {
        let is_active = active[i] != 0;
        let input = net_input(sums[i], flags[i] & ACCUMULATES != 0);
        let stored = charged::<R>(caught[i], input);
        let is_below = is_open(limit[i], none) | (stored <= limit[i]);
        let is_in_window = is_active & (stored >= threshold[i]) & is_below;
        potential[i] = if is_active { stored } else { potential[i] };
        last_update[i] = if is_active { burst } else { last_update[i] };
        let is_reset = is_active & !is_in_window & is_limit(fire_limit[i]);
        consecutive_fires[i] = if is_reset { 0 } else { consecutive_fires[i] };
        window[i] = u8::from(is_in_window);
        any_window |= window[i];
    }
    *lanes_mut(n.potential) = potential;
    *lanes_mut(n.last_update) = last_update;
    *lanes_mut(n.consecutive_fires) = consecutive_fires;
    *spikes.laps.refractory += blocked as usize;
    if any_window != 0 {
        fire_lanes::<R>(n, &window, burst, spikes);
    }
}

/// Neurons in their window. Where nothing limits or leaves to chance, firing is the same for all lanes.
#[inline(always)]
fn fire_lanes<R: Rules>(
    n: &mut NeuronSlices,
    window: &[u8; BLOCK],
    burst: u32,
    spikes: &mut Spikes,
) {
    let count: u32 = window.iter().map(|&is_in| u32::from(is_in)).sum();
    if (count as usize) < FEW {
        each_lane(window, |i| {
            let outcome = fire::<R>(n, i, spikes.first + i as u32, n.potential[i], burst);
            spikes.note::<R>(n, i, &outcome);
        });
        return;
    }
    let fire_limit = *lanes(n.consecutive_fire_limit);
    let excitability = *lanes(n.excitability);
    let refractory_period = *lanes(n.refractory_period);
    let at_firing = *lanes(n.potential);
    let mut potential = at_firing;
    let mut consecutive_fires = *lanes(n.consecutive_fires);
    let mut countdown = *lanes(n.countdown);
    let mut marks = *lanes(n.marks);
    let mut plain = [0_u8; BLOCK];
    let mut resting = [0_u8; BLOCK];
    for i in 0..BLOCK {
        let is_plain = (window[i] != 0)
            & !is_limit(fire_limit[i])
            & (excitability[i] >= ALWAYS)
            & (!R::STRICT | (consecutive_fires[i] < u16::MAX));
        plain[i] = u8::from(is_plain);
        resting[i] = u8::from(is_plain & (refractory_period[i] > 0));
        potential[i] = if is_plain { 0.0 } else { potential[i] };
        consecutive_fires[i] = consecutive_fires[i].saturating_add(u16::from(is_plain));
        countdown[i] = if is_plain {
            refractory_period[i]
        } else {
            countdown[i]
        };
        marks[i] |= plain[i] * FIRES_NOW;
    }
    *lanes_mut(n.potential) = potential;
    *lanes_mut(n.consecutive_fires) = consecutive_fires;
    *lanes_mut(n.countdown) = countdown;
    *lanes_mut(n.marks) = marks;
    let resting: u32 = resting.iter().map(|&rests| u32::from(rests)).sum();
    if resting > 0 {
        spikes.laps.counting[spikes.block] = 1;
        *spikes.laps.refractory += if R::STRICT { resting as usize } else { 0 };
    }
    if plain == *window {
        spikes.push_all(window, &at_firing);
    } else {
        each_lane(window, |i| {
            if plain[i] == 0 {
                let outcome = fire::<R>(n, i, spikes.first + i as u32, at_firing[i], burst);
                spikes.note::<R>(n, i, &outcome);
            } else {
                spikes.push(i, at_firing[i]);
            }
        });
    }
}

/// One burst passes for every refractory neuron that did not fire in it. Tells whether any countdown still runs.
#[inline(always)]
fn count_down(n: &mut NeuronSlices) -> bool {
    let count = n.countdown.len();
    let mut running = 0;
    if count < BLOCK {
        for i in 0..count {
            let (left, fires) = counted_down(
                n.countdown[i],
                n.consecutive_fires[i],
                n.flags[i],
                n.marks[i],
                n.consecutive_fire_limit[i],
            );
            n.countdown[i] = left;
            n.consecutive_fires[i] = fires;
            running |= left;
        }
        return running != 0;
    }
    let (flags, marks, limit) = (
        *lanes(n.flags),
        *lanes(n.marks),
        *lanes(n.consecutive_fire_limit),
    );
    let (mut countdown, mut consecutive_fires) = (*lanes(n.countdown), *lanes(n.consecutive_fires));
    for i in 0..BLOCK {
        let (left, fires) = counted_down(
            countdown[i],
            consecutive_fires[i],
            flags[i],
            marks[i],
            limit[i],
        );
        countdown[i] = left;
        consecutive_fires[i] = fires;
        running |= left;
    }
    *lanes_mut(n.countdown) = countdown;
    *lanes_mut(n.consecutive_fires) = consecutive_fires;
    running != 0
}

/// Countdown and consecutive fires of a neuron after one more burst.
#[inline(always)]
fn counted_down(countdown: u16, fires: u16, flags: u8, marks: u8, limit: u16) -> (u16, u16) {
    let moves = (countdown > 0) & (flags & VALID != 0) & (marks & FIRES_NOW == 0);
    let left = countdown - u16::from(moves);
    let ends = moves & (left == 0) & is_limit(limit) & (fires >= limit);
    (left, if ends { 0 } else { fires })
}

/// Where the spikes of one block go.
struct Spikes<'a, 'b> {
    laps: &'a mut Laps<'b>,
    block: usize,
    /// Id of the block's first neuron.
    first: u32,
}

impl Spikes<'_, '_> {
    fn push(&mut self, i: usize, potential: f32) {
        self.laps.fired.push(self.first + i as u32);
        self.laps.fired_potential.push(potential);
    }

    /// All flagged lanes fired; written without a branch per lane.
    #[inline(always)]
    fn push_all(&mut self, flags: &[u8; BLOCK], potential: &[f32; BLOCK]) {
        let (mut ids, mut at_firing) = ([0_u32; BLOCK], [0.0_f32; BLOCK]);
        let mut count = 0;
        for i in 0..BLOCK {
            ids[count % BLOCK] = self.first + i as u32;
            at_firing[count % BLOCK] = potential[i];
            count += usize::from(flags[i]);
        }
        self.laps.fired.extend_from_slice(&ids[..count]);
        self.laps
            .fired_potential
            .extend_from_slice(&at_firing[..count]);
    }

    #[inline(always)]
    fn note<R: Rules>(&mut self, n: &NeuronSlices, i: usize, outcome: &Outcome) {
        match outcome {
            Outcome::Blocked => *self.laps.refractory += 1,
            Outcome::Silent => {}
            Outcome::Fired(potential) => {
                self.push(i, *potential);
                if n.countdown[i] > 0 {
                    self.laps.counting[self.block] = 1;
                    // Only the scalar path of feagi-strict also counts those it has just made refractory.
                    *self.laps.refractory += usize::from(R::STRICT && !R::BATCH);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;

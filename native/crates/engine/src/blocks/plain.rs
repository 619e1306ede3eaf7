//! Blocks whose neurons differ in nothing that would need narrow lanes or a look at each neuron.

use super::{Spikes, fire_lanes};
use crate::dynamics::{Rules, charged, net_input};
use crate::lanes::{Retentions, each_lane, lanes, lanes_mut};
use crate::neurons::{ACCUMULATES, NeuronSlices, VALID, is_limit, is_open, no_threshold_limit};
use crate::partition::{BLOCK, is_touched};

/// Whether all neurons of a full block live, count nothing down, accumulate alike and fire without a limit. Asked every burst: that
/// costs less than to keep an answer right through every edit.
#[inline(always)]
pub fn is_plain_block(n: &NeuronSlices, counting: u8) -> bool {
    let flags = lanes(n.flags);
    let mut differs = 0;
    for &one in flags {
        differs |= one ^ flags[0];
    }
    let mut is_limited = false;
    for &limit in lanes(n.consecutive_fire_limit) {
        is_limited |= is_limit(limit);
    }
    (counting == 0) & (differs == 0) & (flags[0] & VALID != 0) & !is_limited
}

/// `integrate_lanes` for a plain block: every lane is 32 bits wide, and every touched neuron is active.
#[inline(always)]
pub fn integrate_plain<R: Rules>(
    n: &mut NeuronSlices,
    sums: &[f32; BLOCK],
    burst: u32,
    retentions: &mut Retentions,
    spikes: &mut Spikes,
) {
    let (before, updated, leak) = (lanes(n.potential), lanes(n.last_update), lanes(n.leak));
    let mut caught = [0.0_f32; BLOCK];
    let mut idle = [0_u32; BLOCK];
    let mut any_idle = 0;
    for i in 0..BLOCK {
        let bursts = burst - updated[i];
        let keeps = (bursts == 0) | (leak[i] == 0.0) | (before[i] == 0.0);
        idle[i] = u32::from(is_touched(sums[i]) & !keeps & (bursts > 1));
        any_idle |= idle[i];
        caught[i] = if keeps {
            before[i]
        } else {
            before[i] * (1.0 - leak[i])
        };
    }
    if any_idle != 0 {
        each_lane(&idle.map(|is_idle| is_idle as u8), |i| {
            caught[i] = before[i] * retentions.get(leak[i], burst - updated[i]);
        });
    }

    let (threshold, limit) = (lanes(n.threshold), lanes(n.threshold_limit));
    let none = no_threshold_limit(R::INT8);
    let accumulates = n.flags[0] & ACCUMULATES != 0;
    let mut potential = [0.0_f32; BLOCK];
    let mut last_update = [0_u32; BLOCK];
    let mut in_window = [0_u32; BLOCK];
    let mut any_window = 0;
    for i in 0..BLOCK {
        let is_active = is_touched(sums[i]);
        let stored = charged::<R>(caught[i], net_input(sums[i], accumulates));
        let is_below = is_open(limit[i], none) | (stored <= limit[i]);
        in_window[i] = u32::from(is_active & (stored >= threshold[i]) & is_below);
        any_window |= in_window[i];
        potential[i] = if is_active { stored } else { before[i] };
        last_update[i] = if is_active { burst } else { updated[i] };
    }
    *lanes_mut(n.potential) = potential;
    *lanes_mut(n.last_update) = last_update;
    if any_window != 0 {
        fire_lanes::<R>(n, &in_window.map(|is_in| is_in as u8), burst, spikes);
    }
}

//! What happens to one candidate in one burst. Source: spec/burst-engine.md sections 6.1 to 6.3 and 8.

// Lazy operators would put branches into the vector loops, and a part that is not inlined would miss its caller's instruction set.
#![allow(clippy::needless_bitwise_bool, clippy::inline_always)]

use gyrus_types::network::{NO_THRESHOLD_LIMIT, NO_THRESHOLD_LIMIT_INT8};

use crate::neurons::{ACCUMULATES, FIRES_NOW, NeuronSlices, VALID, is_limit, is_open};

/// Excitability from which on a neuron always fires.
pub const ALWAYS: f32 = 0.999;

/// Which of the equal-but-for rules of sections 6.3, 8 and 11 apply, fixed at compile time.
pub trait Rules {
    const STRICT: bool;
    /// `feagi-strict` with 10 000 candidates or more.
    const BATCH: bool;
    const INT8: bool;
}

/// Share of a potential that is left after `bursts` bursts of leak.
pub fn retention(leak: f32, bursts: u32) -> f32 {
    if bursts == 0 || leak == 0.0 {
        return 1.0;
    }
    let kept = 1.0 - leak;
    if bursts == 1 {
        kept
    } else {
        power(kept, bursts)
    }
}

/// A potential with the leak of `bursts` bursts applied. None stays none, whatever the leak.
pub fn caught_up(potential: f32, leak: f32, bursts: u32) -> f32 {
    if potential == 0.0 {
        potential
    } else {
        potential * retention(leak, bursts)
    }
}

/// Repeated squaring in double, low bit first.
fn power(base: f32, mut exponent: u32) -> f32 {
    let mut square = f64::from(base);
    let mut result = 1.0_f64;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result *= square;
        }
        square *= square;
        exponent >>= 1;
    }
    result as f32
}

/// The INT8 form of a charge: a level 0..=255 with its fraction.
pub fn charge(value: f32) -> f32 {
    if value <= 0.0 || !value.is_finite() {
        0.0
    } else {
        value.min(255.0)
    }
}

/// The INT8 form without fraction, rounded half up.
pub fn coarse(value: f32) -> f32 {
    if value <= 0.0 || !value.is_finite() {
        0.0
    } else if value >= 255.0 {
        255.0
    } else {
        (value + 0.5).trunc()
    }
}

/// Whether the chance rule lets neuron `id` fire in `burst`; depends on nothing else (spec 6.2).
pub fn fires_by_chance(excitability: f32, id: u32, burst: u32) -> bool {
    if excitability >= ALWAYS {
        return true;
    }
    if excitability <= 0.0 {
        return false;
    }
    let seed = id
        .wrapping_mul(2_654_435_761)
        .wrapping_add(burst.wrapping_mul(1_597_334_677));
    (pcg(seed) as f32) / 4_294_967_296.0 < excitability
}

fn pcg(seed: u32) -> u32 {
    let state = seed.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
    let word = ((state >> ((state >> 28) + 4)) ^ state).wrapping_mul(277_803_737);
    (word >> 22) ^ word
}

/// What one candidate did.
pub enum Outcome {
    /// Refractory: the input is lost.
    Blocked,
    Silent,
    /// Fired with this potential.
    Fired(f32),
}

/// What counts of a sum: an accumulating neuron ignores a negative one.
#[inline(always)]
pub fn net_input(sum: f32, accumulates: bool) -> f32 {
    if accumulates & (sum < 0.0) { 0.0 } else { sum }
}

/// The potential after an input; one that is not finite leaves it.
#[inline(always)]
pub fn charged<R: Rules>(caught: f32, input: f32) -> f32 {
    let stored = if input.is_finite() {
        caught + input
    } else {
        caught
    };
    if R::INT8 { charge(stored) } else { stored }
}

/// Adds `input` to neuron `i` of the range and lets it fire if it is in its window. `id` is its id in the whole network.
#[inline]
pub fn integrate<R: Rules>(
    n: &mut NeuronSlices,
    i: usize,
    id: u32,
    input: f32,
    burst: u32,
) -> Outcome {
    debug_assert!(n.flags[i] & VALID != 0);
    if n.countdown[i] > 0 {
        return Outcome::Blocked;
    }
    let input = net_input(input, n.flags[i] & ACCUMULATES != 0);
    let caught = caught_up(n.potential[i], n.leak[i], burst - n.last_update[i]);
    let sum = caught + input;
    let stored = charged::<R>(caught, input);
    n.potential[i] = stored;
    n.last_update[i] = burst;

    let limit = n.threshold_limit[i];
    let open = is_open(
        limit,
        if R::INT8 {
            NO_THRESHOLD_LIMIT_INT8
        } else {
            NO_THRESHOLD_LIMIT
        },
    );
    // The batch path tests and reports the sum as it was before INT8 or finiteness had their say.
    let below_limit = if R::BATCH {
        sum <= limit || sum.is_nan() || limit.is_nan()
    } else {
        stored <= limit
    };
    if stored >= n.threshold[i] && (open || below_limit) {
        fire::<R>(n, i, id, if R::BATCH { sum } else { stored }, burst)
    } else {
        miss(n, i)
    }
}

/// A neuron in its window: blocked by its fire limit, held back by chance, or firing.
pub fn fire<R: Rules>(
    n: &mut NeuronSlices,
    i: usize,
    id: u32,
    potential: f32,
    burst: u32,
) -> Outcome {
    let limit = n.consecutive_fire_limit[i];
    let limited = is_limit(limit);
    let count = n.consecutive_fires[i];
    if (R::STRICT || limited) && count >= if limit == 0 { u16::MAX } else { limit } {
        if limited || !R::BATCH {
            n.consecutive_fires[i] = 0;
        }
        return Outcome::Silent;
    }
    if !fires_by_chance(n.excitability[i], id, burst) {
        return miss(n, i);
    }
    let count = count.saturating_add(1);
    let snooze = if limited && count >= limit && !R::BATCH {
        n.snooze_period[i]
    } else {
        0
    };
    n.potential[i] = 0.0;
    n.consecutive_fires[i] = count;
    n.countdown[i] = n.refractory_period[i].saturating_add(snooze);
    n.marks[i] |= FIRES_NOW;
    Outcome::Fired(potential)
}

fn miss(n: &mut NeuronSlices, i: usize) -> Outcome {
    if is_limit(n.consecutive_fire_limit[i]) {
        n.consecutive_fires[i] = 0;
    }
    Outcome::Silent
}

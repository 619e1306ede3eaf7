//! Small tools for the lanes of a block.

// A part that is not inlined would miss its caller's instruction set.
#![allow(clippy::inline_always)]

use crate::dynamics::retention;
use crate::partition::BLOCK;

/// Retentions of the leak met last: the neurons of an area mostly share one.
pub struct Retentions {
    leak: f32,
    /// By bursts; NaN where not yet known.
    known: [f32; 64],
}

impl Default for Retentions {
    fn default() -> Self {
        Self {
            leak: f32::NAN,
            known: [f32::NAN; 64],
        }
    }
}

impl Retentions {
    #[inline(always)]
    pub fn get(&mut self, leak: f32, bursts: u32) -> f32 {
        if leak.to_bits() != self.leak.to_bits() {
            self.leak = leak;
            self.known = [f32::NAN; 64];
        }
        match self.known.get_mut(bursts as usize) {
            Some(known) => {
                if known.is_nan() {
                    *known = retention(leak, bursts);
                }
                *known
            }
            None => retention(leak, bursts),
        }
    }
}

/// Calls `visit` for every lane whose flag is not 0, ascending, eight at a glance.
#[inline(always)]
pub fn each_lane(flags: &[u8; BLOCK], mut visit: impl FnMut(usize)) {
    let (words, _) = flags.as_chunks::<8>();
    for (w, word) in words.iter().enumerate() {
        let mut left = u64::from_le_bytes(*word);
        while left != 0 {
            visit(w * 8 + left.trailing_zeros() as usize / 8);
            left &= left - 1;
        }
    }
}

#[inline(always)]
pub fn lanes<T>(column: &[T]) -> &[T; BLOCK] {
    let Some(lanes) = column.first_chunk() else {
        unreachable!("a full block has {BLOCK} lanes")
    };
    lanes
}

#[inline(always)]
pub fn lanes_mut<T>(column: &mut [T]) -> &mut [T; BLOCK] {
    let Some(lanes) = column.first_chunk_mut() else {
        unreachable!("a full block has {BLOCK} lanes")
    };
    lanes
}

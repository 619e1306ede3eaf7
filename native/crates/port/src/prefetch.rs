//! Asks for memory that will be read soon.

use std::ops::Range;

const LINE: usize = 64;
/// Lines asked for at once; what follows comes by itself.
const LINES: usize = 8;

/// Asks for the beginning of what lies at `places` of a column; a hint, which nothing needs.
#[inline]
pub fn prefetch<T>(column: &[T], places: Range<usize>) {
    #[cfg(target_arch = "x86_64")]
    if !column.is_empty() {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        for at in places.step_by(LINE / size_of::<T>()).take(LINES) {
            // SAFETY: a prefetch reads nothing and cannot fault, whatever the address.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(column.as_ptr().wrapping_add(at).cast()) };
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (column, places, LINE, LINES);
}

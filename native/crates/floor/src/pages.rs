//! Columns on large pages where the system gives them on request: a scattered addition then misses the page tables less.

/// An empty column with room for `count` values.
pub fn column<T>(count: usize) -> Vec<T> {
    let column = Vec::with_capacity(count);
    #[cfg(target_os = "linux")]
    advise(column.as_ptr() as usize, count * size_of::<T>());
    column
}

/// A column of `count` equal values.
pub fn filled<T: Clone>(count: usize, value: T) -> Vec<T> {
    let mut values = column(count);
    values.resize(count, value);
    values
}

#[cfg(target_os = "linux")]
fn advise(start: usize, bytes: usize) {
    const HUGE: usize = 2 << 20;
    const MADV_HUGEPAGE: i32 = 14;
    unsafe extern "C" {
        fn madvise(start: *mut u8, bytes: usize, advice: i32) -> i32;
    }
    let from = start.next_multiple_of(HUGE);
    let to = (start + bytes) / HUGE * HUGE;
    if from < to {
        // SAFETY: the range lies inside one allocation of ours, and this advice never changes what memory holds.
        unsafe { madvise(from as *mut u8, to - from, MADV_HUGEPAGE) };
    }
}

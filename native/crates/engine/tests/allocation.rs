//! A steady burst allocates nothing.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use common::Network;
use gyrus_engine::Engine;
use gyrus_types::Simd;
use gyrus_types::frame::WORD_FIRED;

struct Counting;

thread_local! {
    /// Of this thread alone: the test harness allocates beside us whenever it likes.
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn allocations() -> usize {
    ALLOCATIONS.get()
}

// SAFETY: every call goes to the system allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn a_steady_burst_allocates_nothing() {
    // Rings of spikes with two delays, so that activity goes round for ever through the general loop and the frame writer.
    let count = 600;
    let mut network = Network::plain(count);
    network.synapses = (0..count as u32)
        .map(|id| (id, (id + 7) % count as u32, 1.0, 0, 1 + (id % 2) as u8))
        .collect();
    let mut engine = Engine::new(1, Simd::widest()).unwrap();
    network.load_into(&mut engine);
    let mut frame = vec![0; engine.frame_words()];
    engine
        .apply(&common::staged(&[(0, 1.0), (1, 1.0), (300, 1.0)]))
        .unwrap();
    for _ in 0..50 {
        engine.burst_into(&mut frame).unwrap();
    }
    let before = allocations();
    let mut fired = 0;
    for _ in 0..200 {
        engine.burst_into(&mut frame).unwrap();
        fired += frame[WORD_FIRED];
    }
    assert_eq!(allocations(), before);
    assert!(fired > 200);
}

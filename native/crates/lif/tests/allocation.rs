//! A steady burst allocates nothing: alone, learning, and watched while it learns. On two threads and where memory neurons fire, next to nothing.
//!
//! Without the test harness, which allocates beside a test whenever it likes: what is counted here is of all threads.

mod common;
#[path = "../../engine/tests/common/counting.rs"]
mod counting;

use common::{Network, burst};
use counting::allocations;
use gyrus_types::Simd;
use gyrus_types::frame::WORD_FIRED;

#[test]
fn a_steady_burst_allocates_nothing() {
    for (weights, learns) in [
        (&[0.5, -0.3][..], false),
        (&[0.1, 0.2, 0.3, 0.4, 0.5][..], false),
        (&[0.5, -0.3][..], cfg!(feature = "plasticity")),
    ] {
        let mut network = Network::random(3, 600, weights, learns);
        if learns {
            // A source that is silent for long makes its targets keep more and more spikes; here all are busy.
            network
                .parameters
                .iter_mut()
                .for_each(|set| (set.0, set.1) = (1.0, 0.9));
        }
        let mut engine = network.load(1, Simd::widest());
        for _ in 0..2500 {
            burst(&mut engine);
        }
        let mut frame = vec![0; engine.frame_words()];
        let before = allocations();
        let mut fired = 0;
        for _ in 0..200 {
            engine.burst_into(&mut frame).unwrap();
            fired += frame[WORD_FIRED];
        }
        assert_eq!(allocations(), before);
        assert!(fired > 200);
    }
}

//! Results do not depend on how many threads share a burst, on the instruction set, nor on a stop in between.

mod common;

use common::{Network, burst, staged};
use gyrus_engine::Engine;
use gyrus_types::Simd;
use proptest::prelude::*;

prop_compose! {
    fn networks()(count in 1..400_usize)(
        threshold in prop::collection::vec(0.2..1.5_f32, count),
        leak in prop::collection::vec(prop::sample::select(vec![0.0, 0.1, 0.33, 1.0]), count),
        refractory in prop::collection::vec(0..4_u16, count),
        fire_limit in prop::collection::vec(prop::sample::select(vec![0, 1, 3, u16::MAX]), count),
        snooze in prop::collection::vec(0..3_u16, count),
        accumulates in prop::collection::vec(0..2_u8, count),
        synapses in prop::collection::vec(
            (0..count as u32, 0..count as u32, -0.3..0.9_f32, 0..2_u8, 1..6_u8), 0..2000),
        strict in any::<bool>(),
    ) -> Network {
        Network { strict, threshold, leak, refractory, fire_limit, snooze, accumulates, synapses, areas: Vec::new() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_and_three_threads_and_a_restored_engine_write_equal_bits(
        network in networks(),
        inputs in prop::collection::vec((0..400_u32, 0.1..1.4_f32), 1..300),
    ) {
        let mut one = Engine::new(1, Simd::widest()).unwrap();
        let mut three = Engine::new(3, Simd::named("baseline").unwrap()).unwrap();
        network.load_into(&mut one);
        network.load_into(&mut three);
        for n in 0..12 {
            let patch = staged(&inputs);
            one.apply(&patch).unwrap();
            three.apply(&patch).unwrap();
            prop_assert_eq!(burst(&mut one), burst(&mut three));
            prop_assert_eq!(one.state_hash(), three.state_hash());
            if n == 5 {
                three = Engine::new(2, Simd::named("baseline").unwrap()).unwrap();
                three.restore(&one.snapshot()).unwrap();
            }
        }
    }
}

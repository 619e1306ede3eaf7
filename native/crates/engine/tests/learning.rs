//! Learning and memory neurons seen from outside; and a build that does not learn.

mod common;

use common::{AREA, Network, burst, staged};
use gyrus_engine::Engine;
use gyrus_types::{Simd, patch};

const MAPPING: [u32; 12] = [
    AREA,
    AREA,
    1,
    1,
    2,
    1,
    1.0_f32.to_bits(),
    f32::MAX.to_bits(),
    0,
    0,
    1.0_f32.to_bits(),
    1 << 8,
];

fn operation(code: u32, words: &[u32]) -> Vec<u32> {
    [&[code, words.len() as u32], words].concat()
}

fn pair_of_neurons() -> Engine {
    let mut network = Network::plain(2);
    network.synapses.push((0, 1, 5.0, 0, 1));
    let mut engine = Engine::new(1, Simd::widest()).unwrap();
    network.load_into(&mut engine);
    engine
}

#[cfg(feature = "plasticity")]
mod with_learning {
    use gyrus_types::frame::WORD_FIRED;

    use super::{AREA, MAPPING, burst, operation, pair_of_neurons, patch, staged};

    const MEMORY: u32 = 50_000_000;

    #[test]
    fn a_weight_learned_in_a_burst_acts_from_the_next_one_on() {
        let mut engine = pair_of_neurons();
        engine
            .apply(&operation(patch::TRACK_FIRING, &[AREA, 1, 0]))
            .unwrap();
        engine
            .apply(&operation(patch::REGISTER_MAPPING, &MAPPING))
            .unwrap();
        engine.apply(&staged(&[(0, 1.0), (1, 1.0)])).unwrap();
        burst(&mut engine);
        assert_eq!(
            engine
                .synapses()
                .iter()
                .map(|row| row.weight)
                .collect::<Vec<_>>(),
            [7.0]
        );
        // The spike of the burst before was sent with the old weight.
        burst(&mut engine);
        assert_eq!(engine.fired_potentials(), [5.0]);
    }

    #[test]
    fn a_restored_engine_goes_on_learning_as_one_that_never_stopped() {
        let mut one = pair_of_neurons();
        one.apply(&operation(patch::TRACK_FIRING, &[AREA, 3, 0]))
            .unwrap();
        one.apply(&operation(patch::REGISTER_MAPPING, &MAPPING))
            .unwrap();
        let mut other = pair_of_neurons();
        for _ in 0..4 {
            other.restore(&one.snapshot()).unwrap();
            for engine in [&mut one, &mut other] {
                engine.apply(&staged(&[(0, 1.0)])).unwrap();
                burst(engine);
            }
            assert_eq!(one.state_hash(), other.state_hash());
        }
    }

    #[test]
    fn an_injected_memory_neuron_fires_and_replays_into_the_twin_of_what_led_to_it() {
        let mut engine = pair_of_neurons();
        engine
            .apply(&operation(patch::REGISTER_TWINS, &[20, 30, AREA]))
            .unwrap();
        engine
            .apply(&operation(
                patch::REPLAY_FRAMES,
                &[MEMORY, 1, 30, 1, 1, 0, 0],
            ))
            .unwrap();
        engine
            .apply(&operation(
                patch::MEMORY_INJECT,
                &[MEMORY, 20, 1.5_f32.to_bits()],
            ))
            .unwrap();
        let fired: Vec<u32> = (0..3).map(|_| burst(&mut engine)[WORD_FIRED]).collect();
        assert_eq!(fired, [1, 0, 1]);
        assert_eq!(engine.fired_potentials(), [1.0]);
    }
}

#[cfg(not(feature = "plasticity"))]
#[test]
fn a_build_without_learning_refuses_what_would_learn_and_runs_the_rest() {
    let mut engine = pair_of_neurons();
    let refused = engine.apply(&operation(patch::REGISTER_MAPPING, &MAPPING));
    assert!(matches!(refused, Err(gyrus_types::EngineError::Patch(_))));
    engine.apply(&staged(&[(0, 1.0)])).unwrap();
    burst(&mut engine);
    burst(&mut engine);
    assert_eq!(engine.fired_potentials(), [5.0]);
}

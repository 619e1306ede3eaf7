//! The optional subsystems seen from outside; and a build that has none.

mod common;

use common::{AREA, Network};
use gyrus_engine::Engine;
use gyrus_types::{Simd, patch};

fn operation(engine: &mut Engine, code: u32, words: &[u32]) {
    engine
        .apply(&[&[code, words.len() as u32], words].concat())
        .unwrap();
}

/// Neurons 0 and 1 joined by a synapse that carries 4.
fn pair_of_neurons(strict: bool) -> Engine {
    let mut network = Network::plain(2);
    network.strict = strict;
    network.threshold[1] = 100.0;
    network.synapses.push((0, 1, 4.0, 0, 1));
    let mut engine = Engine::new(1, Simd::widest()).unwrap();
    network.load_into(&mut engine);
    engine
}

#[cfg(feature = "plasticity")]
mod with_subsystems {
    use gyrus_types::frame::WORD_FIRED;
    use gyrus_types::network::{NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT};
    use gyrus_types::snapshot::CORE_SECTIONS;

    use super::{AREA, Engine, operation, pair_of_neurons, patch};
    use crate::common::{burst, staged};

    const DRIVER_AREA: u32 = 20;
    const DRIVER: u32 = 2;
    const MEMORY: u32 = 50_000_000;
    const MEMORY_AREA: u32 = 30;
    const GAIN: u32 = 3;
    const GATE: u32 = 4;
    const REWARD: u32 = 5;

    /// Adds a neuron that fires on any input of 1; its id is the next one.
    fn add_neuron(engine: &mut Engine, area: u32, fire_limit: u32, snooze: u32) {
        let [one, none] = [1.0_f32, NO_THRESHOLD_LIMIT].map(f32::to_bits);
        let row = [0, 0, 0, one, none, 0, one, fire_limit << 16, snooze];
        operation(engine, patch::ADD_NEURONS, &[&[area], &row[..]].concat());
    }

    fn with_driver(strict: bool) -> Engine {
        let mut engine = pair_of_neurons(strict);
        add_neuron(&mut engine, DRIVER_AREA, u32::from(NO_FIRE_LIMIT), 0);
        engine
    }

    fn bind(engine: &mut Engine, modulators: &[(u32, u32, f32)]) {
        let rows = modulators.iter().flat_map(|&(number, kind, magnitude)| {
            [number, kind, DRIVER_AREA, magnitude.to_bits(), 0]
        });
        operation(engine, patch::SET_MODULATORS, &rows.collect::<Vec<_>>());
    }

    /// Runs a burst in which these neurons get 1; returns how many fired.
    fn fire(engine: &mut Engine, ids: &[u32]) -> u32 {
        let inputs: Vec<_> = ids.iter().map(|&id| (id, 1.0)).collect();
        engine.apply(&staged(&inputs)).unwrap();
        burst(engine)[WORD_FIRED]
    }

    fn potential(engine: &Engine, id: u32) -> f32 {
        engine.neuron_state(id).potential
    }

    fn assert_close(got: f32, expected: f32) {
        assert!((got - expected).abs() < 1e-6, "{got} instead of {expected}");
    }

    #[test]
    fn a_gated_synapse_sends_in_the_burst_after_its_driver_fired_and_no_other() {
        let mut engine = with_driver(false);
        bind(&mut engine, &[(9, GATE, 1.0), (8, GAIN, 0.5)]);
        operation(&mut engine, patch::MODULATION_GROUP, &[3, 9, 8]);
        operation(&mut engine, patch::GROUP_SYNAPSES, &[0, 1, 3]);
        assert_close(engine.afferents(1)[0].factor, 0.0);
        fire(&mut engine, &[0]);
        fire(&mut engine, &[0, DRIVER]);
        assert_close(potential(&engine, 1), 0.0);
        assert_close(engine.afferents(1)[0].factor, 1.5);
        fire(&mut engine, &[0]);
        fire(&mut engine, &[0]);
        assert_close(potential(&engine, 1), 6.0);
        fire(&mut engine, &[]);
        assert_close(potential(&engine, 1), 6.0);
    }

    #[test]
    fn without_the_last_modulator_nothing_is_gated_but_in_feagi_strict() {
        for strict in [false, true] {
            let mut engine = with_driver(strict);
            bind(&mut engine, &[(9, GATE, 1.0)]);
            operation(&mut engine, patch::MODULATION_GROUP, &[3, 9]);
            operation(&mut engine, patch::GROUP_SYNAPSES, &[0, 1, 3]);
            operation(&mut engine, patch::REMOVE_MODULATOR, &[9]);
            fire(&mut engine, &[0]);
            fire(&mut engine, &[]);
            assert_close(potential(&engine, 1), if strict { 0.0 } else { 4.0 });
        }
    }

    #[test]
    fn a_factor_anywhere_makes_feagi_strict_divide() {
        for (strict, sent) in [(false, 4.0), (true, 2.0)] {
            let mut engine = with_driver(strict);
            let words = [4.0, 1.0_f32].map(f32::to_bits);
            let another = [0, DRIVER, words[0], words[1], 1 << 8];
            operation(&mut engine, patch::ADD_SYNAPSES, &another);
            operation(&mut engine, patch::REBUILD_SYNAPSE_INDEX, &[]);
            bind(&mut engine, &[(9, GATE, 1.0)]);
            operation(&mut engine, patch::MODULATION_GROUP, &[3, 9]);
            fire(&mut engine, &[0]);
            fire(&mut engine, &[]);
            assert_close(potential(&engine, 1), sent);
        }
    }

    #[test]
    fn a_scaled_threshold_follows_edits_and_comes_back_when_nobody_scales_it() {
        let mut engine = with_driver(false);
        bind(&mut engine, &[(9, 0, 2.0)]);
        operation(&mut engine, patch::SET_SUBSCRIPTIONS, &[AREA, 9]);
        fire(&mut engine, &[DRIVER]);
        // Three times 1 now.
        assert_eq!(fire(&mut engine, &[0, DRIVER]), 1);
        let half = 0.5_f32.to_bits();
        operation(&mut engine, patch::AREA_THRESHOLD, &[AREA, half]);
        assert_eq!(fire(&mut engine, &[1]), 0);
        operation(&mut engine, patch::SET_SUBSCRIPTIONS, &[]);
        let least = (1, 0.5_f32);
        operation(&mut engine, patch::RESET_AREA_RUNTIME, &[AREA]);
        engine.apply(&staged(&[least])).unwrap();
        assert_eq!(burst(&mut engine)[WORD_FIRED], 1);
    }

    #[test]
    fn a_train_fires_as_often_as_its_limit_says_and_rests() {
        let mut engine = pair_of_neurons(false);
        add_neuron(&mut engine, DRIVER_AREA, 3, 2);
        operation(&mut engine, patch::SPIKE_TRAIN_AREAS, &[DRIVER_AREA]);
        let fired: Vec<u32> = (0..10).map(|_| fire(&mut engine, &[DRIVER])).collect();
        assert_eq!(fired, [1, 1, 1, 0, 0, 1, 1, 1, 0, 0]);
    }

    #[test]
    fn a_homeostat_lets_a_neuron_that_fires_too_much_leak_more() {
        let mut engine = pair_of_neurons(false);
        let numbers = [0.0, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0, 0.25].map(f32::to_bits);
        let [target, share, gain, least, most, arm, min, base] = numbers;
        let settings = [
            AREA, 0, target, share, gain, least, most, 1, 1, arm, min, 0, base,
        ];
        operation(&mut engine, patch::RATE_MODULATED_LEAK, &settings);
        for _ in 0..4 {
            fire(&mut engine, &[0]);
        }
        engine.apply(&staged(&[(0, 0.5), (1, 0.5)])).unwrap();
        burst(&mut engine);
        burst(&mut engine);
        // At most half is left of what the busy one had, nothing is lost by the one whose leak sank to 0.25 and stayed.
        assert!(potential(&engine, 0) < potential(&engine, 1));
    }

    #[test]
    fn a_classifier_is_told_in_the_next_burst_whether_its_answer_fits() {
        let mut engine = with_driver(false);
        add_neuron(&mut engine, 40, u32::from(NO_FIRE_LIMIT), 0);
        add_neuron(&mut engine, 41, u32::from(NO_FIRE_LIMIT), 0);
        let watch = [40, 41, 1, 1, AREA, DRIVER_AREA];
        operation(&mut engine, patch::SET_CLASSIFIER_WATCHES, &watch);
        fire(&mut engine, &[0]);
        fire(&mut engine, &[DRIVER]);
        fire(&mut engine, &[]);
        assert!(engine.has_fired(4) && !engine.has_fired(3));
        fire(&mut engine, &[0]);
        fire(&mut engine, &[]);
        fire(&mut engine, &[]);
        assert!(engine.has_fired(3) && !engine.has_fired(4));
    }

    #[test]
    fn a_memory_neuron_gathers_associative_input_up_to_its_threshold() {
        let mut engine = pair_of_neurons(false);
        operation(
            &mut engine,
            patch::MAP_MEMORY_NEURONS,
            &[MEMORY, MEMORY_AREA],
        );
        let [one, five] = [1.0, 5.0_f32].map(f32::to_bits);
        let link = [0, MEMORY, one, one, 1 << 8 | 1 << 16];
        operation(&mut engine, patch::ADD_SYNAPSES, &link);
        let parameters = [MEMORY_AREA, five, 0, one, 0, 0];
        operation(&mut engine, patch::SPARSE_MEMORY, &parameters);
        operation(
            &mut engine,
            patch::AREA_THRESHOLD,
            &[MEMORY_AREA, 3.0_f32.to_bits()],
        );
        let fired: Vec<u32> = (0..8).map(|_| fire(&mut engine, &[0])).collect();
        assert_eq!(fired, [1, 1, 1, 2, 1, 1, 2, 1]);
    }

    /// A driver rewards a mapping between an area and its memory.
    fn with_rewarded_memory() -> Engine {
        let mut engine = with_driver(false);
        operation(
            &mut engine,
            patch::MAP_MEMORY_NEURONS,
            &[MEMORY, MEMORY_AREA],
        );
        for area in [AREA, MEMORY_AREA] {
            operation(&mut engine, patch::TRACK_FIRING, &[area, 1, 0]);
        }
        bind(&mut engine, &[(9, REWARD, 1.0)]);
        operation(&mut engine, patch::MODULATION_GROUP, &[3, 9]);
        let [one, most] = [1.0, f32::MAX].map(f32::to_bits);
        let mapping = [
            AREA,
            MEMORY_AREA,
            2,
            1,
            2,
            0,
            one,
            most,
            0,
            2,
            one,
            1 << 8 | 3 << 16,
        ];
        operation(&mut engine, patch::REGISTER_MAPPING, &mapping);
        engine
    }

    #[test]
    fn reward_joins_and_marks_memory_and_what_it_joins_is_in_its_group() {
        use gyrus_port::BurstEngine;
        let mut engine = with_rewarded_memory();
        let inject = [MEMORY, MEMORY_AREA, 1.0_f32.to_bits()];
        operation(&mut engine, patch::MEMORY_INJECT, &inject);
        fire(&mut engine, &[0, DRIVER]);
        assert_eq!(engine.synapse_count(), 1);
        operation(&mut engine, patch::MEMORY_INJECT, &inject);
        fire(&mut engine, &[0]);
        assert_eq!(engine.synapse_count(), 2);
        assert_eq!(engine.memory_signals().consolidated, [MEMORY]);
        operation(&mut engine, patch::CLEAR_CONSOLIDATED, &[]);
        assert!(engine.memory_signals().consolidated.is_empty());
        // A gate closes the group the new synapse is in.
        bind(&mut engine, &[(9, GATE, 1.0)]);
        assert_close(engine.afferents(MEMORY)[0].factor, 0.0);
    }

    #[test]
    fn a_brain_that_would_reward_itself_is_not_registered() {
        let mut engine = with_rewarded_memory();
        let one = 1.0_f32.to_bits();
        let mapping = [AREA, DRIVER_AREA, 1, 1, 2, 0, one, one, 0, 2, one, 1 << 8];
        let before = engine.state_hash();
        operation(&mut engine, patch::REGISTER_MAPPING, &mapping);
        assert_eq!(engine.state_hash(), before);
    }

    #[test]
    fn only_used_subsystems_are_in_a_snapshot_and_a_restored_engine_goes_on_alike() {
        let sections = |engine: &Engine| engine.snapshot()[8] as usize;
        let mut engine = with_driver(false);
        operation(&mut engine, patch::SET_MODULATORS, &[]);
        operation(&mut engine, patch::SPIKE_TRAIN_AREAS, &[]);
        assert_eq!(sections(&engine), CORE_SECTIONS);
        let mut engine = with_rewarded_memory();
        operation(&mut engine, patch::SET_SUBSCRIPTIONS, &[AREA, 9]);
        operation(&mut engine, patch::GROUP_SYNAPSES, &[0, 1, 3]);
        operation(&mut engine, patch::SPIKE_TRAIN_AREAS, &[DRIVER_AREA]);
        let watch = [AREA, AREA, 2, 1, AREA, DRIVER_AREA];
        operation(&mut engine, patch::SET_CLASSIFIER_WATCHES, &watch);
        fire(&mut engine, &[0, DRIVER]);
        assert!(sections(&engine) > CORE_SECTIONS);
        let mut other = engine.fork();
        other.restore(&engine.snapshot()).unwrap();
        for _ in 0..4 {
            assert_eq!(other.snapshot(), engine.snapshot());
            assert_eq!(fire(&mut other, &[0]), fire(&mut engine, &[0]));
        }
    }

    #[test]
    fn a_malformed_operation_is_refused_and_changes_nothing() {
        let mut engine = with_driver(false);
        let before = engine.state_hash();
        let nan = f32::NAN.to_bits();
        let refused: [(u32, &[u32]); 8] = [
            (patch::SET_MODULATORS, &[1, 8, 0, 0, 0]),
            (patch::SET_MODULATORS, &[1, 0, 0, nan, 0]),
            (patch::SET_MODULATORS, &[1, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
            (patch::MODULATION_GROUP, &[0, 1]),
            (patch::GROUP_SYNAPSES, &[0, 1, 65_536]),
            (patch::SET_CLASSIFIER_WATCHES, &[1, 2, 65_536, 0]),
            (patch::SET_CLASSIFIER_WATCHES, &[1, 2, 3, 2, 1, 1]),
            (patch::SCHEDULE_REPLAY, &[1, 1, 2]),
        ];
        for (code, words) in refused {
            let patch = [&[code, words.len() as u32], words].concat();
            assert!(engine.apply(&patch).is_err(), "{code} {words:?}");
        }
        assert_eq!(engine.state_hash(), before);
    }
}

#[cfg(not(feature = "plasticity"))]
#[test]
fn a_build_without_learning_refuses_what_is_optional() {
    use gyrus_types::snapshot::CORE_SECTIONS;

    let mut engine = pair_of_neurons(false);
    let refused = engine.apply(&[patch::SPIKE_TRAIN_AREAS, 1, AREA]);
    assert!(refused.is_err_and(|error| error.to_string().contains("does not learn")));
    assert_eq!(engine.snapshot()[8] as usize, CORE_SECTIONS);
    operation(&mut engine, patch::REBUILD_SYNAPSE_INDEX, &[]);
}

//! Behaviours of the engine seen from outside, on networks small enough to work out by hand.

mod common;

use common::{AREA, Network, burst, staged};
use gyrus_engine::Engine;
use gyrus_types::frame::{WORD_FIRED, WORD_PROCESSED};
use gyrus_types::{AreaSettings, EngineError, Simd, patch};

fn engine(network: &Network) -> Engine {
    let mut engine = Engine::new(1, Simd::widest()).unwrap();
    network.load_into(&mut engine);
    engine
}

/// `X` for every burst in which the driven neuron 0 fires.
fn pattern(network: &Network, bursts: usize) -> String {
    let mut engine = engine(network);
    let mut seen = String::new();
    for _ in 0..bursts {
        engine.apply(&staged(&[(0, 2.0)])).unwrap();
        seen.push(if burst(&mut engine)[WORD_FIRED] == 1 {
            'X'
        } else {
            '.'
        });
    }
    seen
}

#[test]
fn refractory_limit_and_snooze_give_the_worked_patterns() {
    let with = |refractory, limit, snooze| {
        let mut network = Network::plain(1);
        (
            network.refractory[0],
            network.fire_limit[0],
            network.snooze[0],
        ) = (refractory, limit, snooze);
        pattern(&network, 10)
    };
    assert_eq!(with(0, 0, 0), "XXXXXXXXXX");
    assert_eq!(with(1, 0, 0), "X.X.X.X.X.");
    assert_eq!(with(2, 0, 0), "X..X..X..X");
    assert_eq!(with(0, 3, 2), "XXX..XXX..");
    assert_eq!(with(1, 3, 2), "X.X.X...X.");
    assert_eq!(with(0, 1, 2), "X..X..X..X");
    assert_eq!(with(0, 2, 0), "XX.XX.XX.X");
}

#[test]
fn a_spike_arrives_after_its_delay_with_the_weight_it_was_fired_with() {
    let mut network = Network::plain(2);
    network.synapses.push((0, 1, 5.0, 0, 3));
    let mut engine = engine(&network);
    engine.apply(&staged(&[(0, 1.0)])).unwrap();
    let mut arrivals = vec![burst(&mut engine)[WORD_FIRED]];
    engine.apply(&[patch::REMOVE_SYNAPSE, 2, 0, 1]).unwrap();
    arrivals.extend((0..4).map(|_| burst(&mut engine)[WORD_FIRED]));
    assert_eq!(arrivals, [1, 0, 0, 1, 0]);
    assert_eq!(engine.synapse_count(), 0);
}

#[test]
fn an_area_without_the_uniform_flag_divides_once_any_flag_is_set() {
    let mut network = Network::plain(4);
    network.threshold = vec![1.0, 100.0, 100.0, 100.0];
    network.synapses = (1..4).map(|target| (0, target, 9.0, 0, 1)).collect();
    let arriving = |areas: Vec<AreaSettings>| {
        let mut engine = engine(&Network {
            areas,
            ..network.clone()
        });
        engine.apply(&staged(&[(0, 1.0)])).unwrap();
        burst(&mut engine);
        burst(&mut engine);
        engine.neuron_state(2).potential
    };
    let flagged = AreaSettings {
        psp_uniform: Some(false),
        ..AreaSettings::new(AREA)
    };
    assert_eq!(arriving(Vec::new()).to_bits(), 9.0_f32.to_bits());
    assert_eq!(arriving(vec![flagged]).to_bits(), 3.0_f32.to_bits());
}

#[test]
fn a_contribution_of_minus_zero_still_makes_a_candidate() {
    let mut network = Network::plain(2);
    network.synapses.push((0, 1, 0.0, 1, 1));
    let mut engine = engine(&network);
    engine.apply(&staged(&[(0, 1.0)])).unwrap();
    burst(&mut engine);
    assert_eq!(burst(&mut engine)[WORD_PROCESSED], 1);
}

#[test]
fn a_malformed_patch_changes_nothing() {
    let mut engine = engine(&Network::plain(3));
    let before = engine.state_hash();
    let good = staged(&[(0, 1.0)]);
    let bad: [&[u32]; 6] = [
        &[999, 0],
        &[patch::STAGE_INPUT, 4, 0, 0],
        &[patch::STAGE_INPUT, 1, 0],
        &[patch::SET_FATIGUE_ACTIVE, 1, 2],
        &[patch::ADD_SYNAPSES, 5, 0, 1, 0, 0, 0],
        &[patch::AREA_LEAK, 2, AREA, 0x7f80_0000],
    ];
    for words in bad {
        let refused = engine.apply(&[&good, words].concat());
        assert!(matches!(refused, Err(EngineError::Patch(_))), "{words:?}");
        assert_eq!(engine.state_hash(), before, "{words:?}");
    }
}

#[test]
fn a_frame_that_is_too_small_is_refused_before_anything_runs() {
    let mut engine = engine(&Network::plain(3));
    let needed = engine.frame_words();
    let refused = engine.burst_into(&mut vec![0; needed - 1]);
    assert_eq!(
        refused,
        Err(EngineError::FrameTooSmall {
            needed,
            given: needed - 1
        })
    );
    assert_eq!(engine.burst(), 0);
}

#[test]
fn a_snapshot_with_any_byte_changed_is_refused_and_changes_nothing() {
    let mut network = Network::plain(3);
    network.synapses.push((0, 1, 1.0, 0, 2));
    let mut engine = engine(&network);
    engine.apply(&staged(&[(0, 1.0)])).unwrap();
    burst(&mut engine);
    let snapshot = engine.snapshot();
    let before = engine.state_hash();
    for at in (0..snapshot.len()).step_by(7) {
        let mut damaged = snapshot.clone();
        damaged[at] ^= 1;
        assert!(engine.restore(&damaged).is_err(), "byte {at}");
    }
    assert!(engine.restore(&snapshot[..snapshot.len() - 1]).is_err());
    assert_eq!(engine.state_hash(), before);
    engine.restore(&snapshot).unwrap();
    assert_eq!(engine.state_hash(), before);
}

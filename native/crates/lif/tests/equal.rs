//! Results depend neither on threads nor on the instruction set, nor on whether rows are counted or summed, nor on a stop in between.

mod common;

use common::{Network, burst, operation};
use gyrus_port::BurstEngine;
use gyrus_types::frame::WORD_FIRED;
use gyrus_types::{Simd, patch};

/// Weights that rows may count, weights too many to count, and weights whose sums are not exact.
const WEIGHTS: [&[f32]; 3] = [
    &[0.5, -0.3],
    &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, -0.7],
    &[0.5, 1e-20],
];

fn variants(network: &Network) -> Vec<gyrus_lif::Lif> {
    let mut engines: Vec<_> = (1..=4)
        .map(|threads| network.load(threads, Simd::widest()))
        .collect();
    for name in ["baseline", "avx2", "avx512"] {
        if let Ok(simd) = Simd::named(name) {
            engines.push(network.load(2, simd));
        }
    }
    engines
}

#[test]
fn threads_and_instructions_write_equal_bits() {
    let learns = cfg!(feature = "plasticity");
    for (seed, weights) in (1..).zip(WEIGHTS) {
        for learns in [false, learns] {
            let network = Network::random(seed, 700, weights, learns);
            let mut engines = variants(&network);
            let mut fired = 0;
            for n in 0..60 {
                let edits = match n {
                    10 => operation(patch::REMOVE_SYNAPSE, &{
                        let (source, target, ..) = network.synapses[5];
                        [source, target]
                    }),
                    20 => operation(patch::DELETE_NEURONS, &[3, 64, 699]),
                    30 => operation(
                        patch::ADD_SYNAPSES,
                        &[1, 2, 0.7_f32.to_bits(), 1.0_f32.to_bits(), 9 << 8],
                    ),
                    _ => operation(
                        patch::STAGE_INPUT,
                        &[5, 3.0_f32.to_bits(), 5, 9.0_f32.to_bits()],
                    ),
                };
                let mut frames = engines.iter_mut().map(|engine| {
                    engine.apply(&edits).unwrap();
                    burst(engine)
                });
                let first = frames.next().unwrap();
                assert!(frames.all(|frame| frame == first), "burst {n}");
                fired += first[WORD_FIRED];
            }
            let hashes: Vec<u64> = engines.iter().map(BurstEngine::state_hash).collect();
            assert!(hashes.iter().all(|&hash| hash == hashes[0]));
            assert!(fired > 1000);
        }
    }
}

#[test]
fn a_restored_engine_and_a_fork_go_on_as_the_one_that_never_stopped() {
    let learns = cfg!(feature = "plasticity");
    for (seed, weights) in (11..).zip(WEIGHTS) {
        let network = Network::random(seed, 500, weights, learns);
        let mut engine = network.load(2, Simd::widest());
        for _ in 0..30 {
            burst(&mut engine);
        }
        let mut fork = engine.fork();
        let mut restored = gyrus_lif::Lif::new(3, Simd::widest()).unwrap();
        restored.restore(&engine.snapshot()).unwrap();
        assert_eq!(restored.snapshot(), engine.snapshot());
        for _ in 0..30 {
            let frame = burst(&mut engine);
            assert_eq!(burst(&mut fork), frame);
            assert_eq!(burst(&mut restored), frame);
        }
        assert_eq!(fork.state_hash(), engine.state_hash());
        assert_eq!(restored.state_hash(), engine.state_hash());
    }
}

#[test]
fn a_fork_that_edits_leaves_the_other_as_it_was() {
    let network = Network::random(5, 300, WEIGHTS[0], false);
    let mut engine = network.load(1, Simd::widest());
    burst(&mut engine);
    let before = engine.state_hash();
    let mut fork = engine.fork();
    fork.apply(&operation(patch::DELETE_NEURONS, &[0, 1, 2]))
        .unwrap();
    burst(&mut fork);
    assert_eq!(engine.state_hash(), before);
    assert_ne!(fork.synapse_count(), engine.synapse_count());
}

#[test]
fn a_snapshot_cut_short_or_changed_is_refused_and_changes_nothing() {
    let network = Network::random(9, 100, WEIGHTS[1], cfg!(feature = "plasticity"));
    let mut engine = network.load(1, Simd::widest());
    for _ in 0..10 {
        burst(&mut engine);
    }
    let (snapshot, before) = (engine.snapshot(), engine.state_hash());
    for end in [0, 10, 24, snapshot.len() / 2, snapshot.len() - 1] {
        assert!(engine.restore(&snapshot[..end]).is_err());
    }
    for at in (0..snapshot.len()).step_by(snapshot.len() / 97) {
        let mut changed = snapshot.clone();
        changed[at] ^= 1;
        assert!(engine.restore(&changed).is_err());
    }
    assert_eq!(engine.state_hash(), before);
}

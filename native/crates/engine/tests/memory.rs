//! What an engine's state takes, and what forks share of it.

mod common;

use common::{Network, burst, staged};
use gyrus_engine::Engine;
use gyrus_types::{Simd, patch};

const NEURONS: usize = 6_000;
const FAN_OUT: u32 = 50;

/// Synapses in rows by source; the weight tells one of so many classes.
fn network(weights: u32) -> Network {
    let mut network = Network::plain(NEURONS);
    let ends = (0..NEURONS as u32).flat_map(|source| (0..FAN_OUT).map(move |i| (source, i)));
    let target = |source: u32, i: u32| (source * 31 + i * 7919) % NEURONS as u32;
    network.synapses = ends
        .map(|(source, i)| {
            let weight = (1 + (source + i) % weights) as f32 * 1e-6;
            (source, target(source, i), weight, 0, 1)
        })
        .collect();
    network
}

fn loaded(network: &Network, threads: usize) -> Engine {
    let mut engine = Engine::new(threads, Simd::widest()).unwrap();
    network.load_into(&mut engine);
    engine
}

fn per_synapse(engine: &Engine) -> f64 {
    engine.memory_bytes().synapses as f64 / f64::from(NEURONS as u32 * FAN_OUT)
}

#[test]
fn a_neuron_takes_64_bytes_at_most_and_a_synapse_10_until_it_is_edited() {
    for weights in [1, 200] {
        for threads in [1, 2] {
            let network = network(weights);
            let engine = loaded(&network, threads);
            assert!(per_synapse(&engine) <= 10.1, "{}", per_synapse(&engine));
            let bytes = engine.memory_bytes();
            let rows_of_second = if threads == 2 { 4 * NEURONS } else { 0 };
            let per_neuron = (bytes.neurons + bytes.ring - rows_of_second) as f64 / NEURONS as f64;
            assert!(per_neuron <= 64.0, "{per_neuron}");
        }
    }
}

#[test]
fn a_synapse_with_a_weight_of_its_own_takes_16_bytes_at_most() {
    let mut network = network(1);
    for (i, synapse) in network.synapses.iter_mut().enumerate() {
        synapse.2 = i as f32 * 1e-9;
    }
    assert!(per_synapse(&loaded(&network, 1)) <= 16.0);
    network.synapses.reverse();
    assert!(per_synapse(&loaded(&network, 1)) <= 16.0);
}

#[test]
fn a_fork_shares_the_synapses_until_one_side_edits_them() {
    let engine = loaded(&network(200), 1);
    let mut fork = engine.fork();
    let (all, shared) = (fork.memory_bytes().synapses, fork.memory_bytes().shared);
    assert!(shared >= all - 100_000, "{shared} of {all}");

    // Bursts and stimulation write nothing that is shared.
    fork.apply(&staged(&[(3, 2.0)])).unwrap();
    let before = engine.state_hash();
    burst(&mut fork);
    assert_eq!(fork.memory_bytes().shared, shared);

    let removal = [patch::REMOVE_SYNAPSE, 2, 3, 93];
    fork.apply(&removal).unwrap();
    assert!(fork.memory_bytes().shared < shared);
    assert_eq!(fork.synapse_count() + 1, engine.synapse_count());
    assert_eq!(engine.state_hash(), before);
}

#[test]
fn forks_that_are_edited_alike_hold_equal_states() {
    let mut engine = loaded(&network(200), 1);
    let mut fork = engine.fork();
    let weight = [patch::UPDATE_SYNAPSE_WEIGHT, 3, 3, 93, 7.5_f32.to_bits()];
    let steps = [
        weight.to_vec(),
        vec![patch::REMOVE_SYNAPSE, 2, 5, 155],
        staged(&[(3, 2.0), (5, 2.0)]),
        vec![patch::AREA_LEAK, 2, common::AREA, 0.25_f32.to_bits()],
        vec![
            patch::AREA_POSTSYNAPTIC_CURRENT,
            2,
            common::AREA,
            0.5_f32.to_bits(),
        ],
    ];
    for step in &steps {
        fork.apply(step).unwrap();
        burst(&mut fork);
    }
    for step in &steps {
        engine.apply(step).unwrap();
        burst(&mut engine);
    }
    assert_eq!(engine.state_hash(), fork.state_hash());
    assert_eq!(engine.incoming(93), fork.incoming(93));
}

//! A steady burst allocates nothing: alone, learning, and watched while it learns. On two threads and where memory neurons fire, next to nothing.
//!
//! Without the test harness, which allocates beside a test whenever it likes: what is counted here is of all threads.

mod common;
#[path = "common/counting.rs"]
mod counting;

use common::{AREA, Network};
use counting::allocations;
use gyrus_engine::Engine;
use gyrus_types::frame::WORD_FIRED;
use gyrus_types::{Simd, patch};

const NEURONS: u32 = 600;
const BURSTS: usize = 400;

fn main() {
    assert_eq!(count("one thread", 1, |_| {}), 0);
    #[cfg(feature = "plasticity")]
    {
        assert_eq!(count("learning", 1, learning), 0);
        let watched = |engine: &mut Engine| {
            learning(engine);
            engine.watch_weights(true);
        };
        assert_eq!(count("learning, watched", 1, watched), 0);
        assert_eq!(count("modulated", 1, modulated), 0);
        // What is on its way to memory neurons, and their fires by area, lie in trees.
        assert!(count("memory neurons", 1, memory) <= 4 * BURSTS);
    }
    // Last, because threads that end allocate. rayon takes a block for the queue of its pool now and then.
    assert!(count("two threads", 2, |_| {}) <= BURSTS / 32);
}

fn count(what: &str, threads: usize, prepare: impl FnOnce(&mut Engine)) -> usize {
    // Rings of spikes with two delays, so that activity goes round for ever through the general loop and the frame writer.
    let mut network = Network::plain(NEURONS as usize);
    network.synapses = (0..NEURONS)
        .map(|id| (id, (id + 7) % NEURONS, 1.0, 0, 1 + (id % 2) as u8))
        .collect();
    let mut engine = Engine::new(threads, Simd::widest()).unwrap();
    network.load_into(&mut engine);
    prepare(&mut engine);
    let mut frame = vec![0; engine.frame_words() + 64];
    engine
        .apply(&common::staged(&[(0, 1.0), (1, 1.0), (300, 1.0)]))
        .unwrap();
    for _ in 0..50 {
        engine.burst_into(&mut frame).unwrap();
    }
    let before = allocations();
    let mut fired = 0;
    for _ in 0..BURSTS {
        engine.burst_into(&mut frame).unwrap();
        fired += frame[WORD_FIRED];
    }
    let allocated = allocations() - before;
    assert!(fired as usize > BURSTS);
    println!("{what}: {allocated} allocations in {BURSTS} bursts, {fired} fires");
    allocated
}

#[cfg(feature = "plasticity")]
fn operation(engine: &mut Engine, code: u32, words: &[u32]) {
    engine
        .apply(&[&[code, words.len() as u32], words].concat())
        .unwrap();
}

/// Every ring synapse has a trace, and weights move in most bursts; none falls to where the ring would stop.
#[cfg(feature = "plasticity")]
fn learning(engine: &mut Engine) {
    operation(engine, patch::TRACK_FIRING, &[AREA, 4, 0]);
    let [eta, most, decay] = [0.01, 9.0, 0.8_f32].map(f32::to_bits);
    let mapping = [AREA, AREA, 1, 3, 5, 0, eta, most, decay, 0, 0, 1 << 8];
    operation(engine, patch::REGISTER_MAPPING, &mapping);
}

/// The ring is its own driver: it scales its thresholds, half of its synapses and its learning, holds its leak and watches itself.
#[cfg(feature = "plasticity")]
fn modulated(engine: &mut Engine) {
    learning(engine);
    let [little, all, none] = [-0.25, 1.0, 0.0_f32].map(f32::to_bits);
    let kinds = [[0, 0, little], [1, 3, all], [2, 6, little], [3, 7, all]];
    let modulators = kinds.map(|[number, kind, magnitude]| [number, kind, AREA, magnitude, none]);
    operation(engine, patch::SET_MODULATORS, modulators.as_flattened());
    operation(engine, patch::SET_SUBSCRIPTIONS, &[AREA, 0, AREA, 3]);
    operation(engine, patch::MODULATION_GROUP, &[1, 1, 2]);
    operation(engine, patch::GROUP_SYNAPSES, &[0, NEURONS / 2, 1]);
    let leak = [0.1, 0.1, 0.1, 0.0, 0.125].map(f32::to_bits);
    let settings = [&[AREA, 0], &leak[..], &[1, 1, all, none, 0, none]].concat();
    operation(engine, patch::RATE_MODULATED_LEAK, &settings);
    operation(engine, patch::SPIKE_TRAIN_AREAS, &[AREA]);
    let watch = [AREA + 1, AREA + 1, 3, 1, AREA, AREA];
    operation(engine, patch::SET_CLASSIFIER_WATCHES, &watch);
}

/// A memory neuron in the ring: it hears neuron 0 and excites it again three bursts later.
#[cfg(feature = "plasticity")]
fn memory(engine: &mut Engine) {
    const MEMORY: u32 = 50_000_000;
    let one = 1.0_f32.to_bits();
    operation(engine, patch::MAP_MEMORY_NEURONS, &[MEMORY, 20]);
    operation(engine, patch::TRACK_FIRING, &[20, 3, 0]);
    operation(
        engine,
        patch::ADD_SYNAPSES,
        &[0, MEMORY, one, one, 1 << 8, MEMORY, 0, one, one, 3 << 8],
    );
}

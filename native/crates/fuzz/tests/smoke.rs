//! The kept corpus, and some seconds of inputs made from it, on every target. `native/README.md` tells how to fuzz for longer.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use gyrus_fuzz::{TARGETS, Target};

/// Noise per target.
const SECONDS: u64 = 5;

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(name);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// xorshift64
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as usize
}

/// A few bytes of one input changed, its tail that of another.
fn mutated(inputs: &[Vec<u8>], state: &mut u64) -> Vec<u8> {
    let mut bytes = inputs[next(state) % inputs.len()].clone();
    let other = &inputs[next(state) % inputs.len()];
    if next(state).is_multiple_of(4) {
        bytes.truncate(next(state) % (bytes.len() + 1));
        bytes.extend_from_slice(&other[next(state) % (other.len() + 1)..]);
    }
    for _ in 0..next(state) % 8 {
        if !bytes.is_empty() {
            let at = next(state) % bytes.len();
            bytes[at] = next(state) as u8;
        }
    }
    bytes
}

fn smoke(name: &str, target: Target) {
    let inputs = corpus(name);
    assert!(!inputs.is_empty());
    for input in &inputs {
        target(input);
    }
    let (started, mut state) = (Instant::now(), 0x9e37_79b9_7f4a_7c15);
    while started.elapsed() < Duration::from_secs(SECONDS) {
        let input = mutated(&inputs, &mut state);
        let caught = std::panic::catch_unwind(|| target(&input));
        assert!(caught.is_ok(), "{name} fails on {input:?}");
    }
}

#[test]
fn every_target_bears_its_corpus_and_noise() {
    for (name, target) in TARGETS {
        smoke(name, target);
    }
}

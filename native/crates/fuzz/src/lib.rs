//! What fuzzing runs: any bytes become a network and what is done to it, and the engine must neither crash nor contradict itself.
//!
//! `native/fuzz` feeds these functions from libFuzzer; `tests/smoke.rs` feeds them the kept corpus and some seconds of noise.
//! Two engines take part, one thread and baseline instructions against three threads and the widest ones: equal bits are asked for.

mod bytes;
mod edits;
mod image;
mod lif;
mod network;
mod operations;
mod pair;
mod snapshot;

pub use edits::edits;
pub use image::image;
pub use lif::lif;
pub use snapshot::snapshot;

/// A function that any bytes may be given to.
pub type Target = fn(&[u8]);

pub const TARGETS: [(&str, Target); 4] = [
    ("image", image),
    ("snapshot", snapshot),
    ("edits", edits),
    ("lif", lif),
];

//! What every neuron model has in common: the verbs of an engine, and how patches, frames and snapshots are read and written.

pub mod frame;
pub mod patch;
pub mod prefetch;
pub mod runs;
pub mod sections;
pub mod snapshot;
pub mod threads;

mod engine;

pub use engine::{
    ANY_NEURON, Afferent, BurstEngine, MemoryBytes, MemorySignals, NeuronSettings, NeuronState,
    SynapseRow, check_burst, joins,
};

//! The burst engine: neurons, synapses and the phases of one burst, as plain data and plain functions.
//!
//! No lock, log, clock or JSON in here. `app/core/engine` holds the same rules in readable form; both write equal bits.

mod dynamics;
mod edit;
mod engine;
mod frame;
mod neurons;
mod partition;
mod phases;
mod snapshot;
mod synapses;

pub use engine::{Engine, NeuronState, SynapseRow};

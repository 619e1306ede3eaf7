//! The burst engine: neurons, synapses and the phases of one burst, as plain data and plain functions.
//!
//! No lock, log, clock or JSON in here. `app/core/engine` holds the same rules in readable form; both write equal bits.

mod afferents;
mod arrange;
mod blocks;
mod column;
mod coordinates;
mod deliver;
mod drive;
mod dynamics;
mod edit;
mod engine;
#[cfg(feature = "plasticity")]
mod extensions;
mod frame;
mod image;
mod lanes;
#[cfg(feature = "plasticity")]
mod learning;
#[cfg(not(feature = "plasticity"))]
#[path = "learning_absent.rs"]
mod learning;
#[cfg(feature = "plasticity")]
mod learning_patch;
#[cfg(feature = "plasticity")]
mod learning_snapshot;
mod living_edits;
mod memory;
mod neurons;
mod palette;
mod partition;
mod patch_words;
mod phases;
mod port;
mod readers;
mod snapshot;
mod snapshot_state;
mod synapse_edits;
mod synapses;

pub use engine::Engine;

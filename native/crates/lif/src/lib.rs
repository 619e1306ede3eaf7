//! The `lif-delta` engine: leaky integrate-and-fire neurons with delta synapses, every neuron updated in every burst.
//!
//! The same rules stand in readable form in `app/core/engine/lif`; both write equal bits.

mod arrivals;
mod burst;
mod columns;
mod edit;
mod image;
mod lif;
mod neurons;
mod parameters;
mod port;
mod rows;
mod snapshot;
mod snapshot_state;
#[cfg(feature = "plasticity")]
mod stdp;
#[cfg(not(feature = "plasticity"))]
#[path = "stdp_absent.rs"]
mod stdp;
mod update;
mod wiring;

pub use lif::Lif;

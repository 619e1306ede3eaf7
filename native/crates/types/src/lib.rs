//! What the engine and its callers agree on: layouts of patches, frames and snapshots, the network image, errors.
//!
//! The numbers here equal those of `app/contracts/{patch,frame,snapshot,network}.ts`; a test on the JavaScript side compares
//! every pair that [`layout`] lists.

pub mod error;
pub mod frame;
mod layout;
pub mod lif;
pub mod lif_snapshot;
pub mod network;
pub mod patch;
mod simd;
pub mod snapshot;

pub use error::EngineError;
pub use layout::layout;
pub use network::{AreaSettings, Dynamics, NetworkImage, NeuronColumns, Precision, SynapseColumns};
pub use simd::{Simd, SimdLevel};

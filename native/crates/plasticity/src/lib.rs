//! Learning between neurons: what fired lately, mappings that learn from it, memory neurons and replay.
//!
//! Plain data and plain functions, like the engine that holds them; what they need of it is the trait [`Network`]. The readable form
//! of the same rules is in `app/core`; both give equal bits. Source: spec/burst-engine.md section 7.

mod learn;
mod mappings;
mod memory;
pub mod pair;
mod rules;
mod sparse;
mod tracks;

pub use learn::{Firing, Listed, Network, NewSynapse, SynapseColumns};
pub use mappings::{Mapping, Mode, NO_MAX_WEIGHT, Reinforcement, Reinforcements};
pub use memory::{Memory, ReplayFrame, ReplayRow};
pub use sparse::{NOT_LIMITED, Sparse, SparseParameters};
pub use tracks::{Track, Tracks};

/// Ids from here on are memory neurons.
pub const FIRST_MEMORY_ID: u32 = 50_000_000;
/// Ids from here on are nobody's.
pub const END_OF_MEMORY_IDS: u32 = 100_000_000;

#[must_use]
pub fn is_memory(id: u32) -> bool {
    (FIRST_MEMORY_ID..END_OF_MEMORY_IDS).contains(&id)
}

/// Everything learning keeps between two bursts, weights and traces aside.
#[derive(Debug, Clone, Default)]
pub struct Learning {
    pub tracks: Tracks,
    /// Ascending (source area, target area).
    pub mappings: Vec<Mapping>,
    pub memory: Memory,
    /// Whether what the mappings know of their synapses is behind.
    pub slots_stale: bool,
    scratch: learn::Scratch,
}

impl Learning {
    /// Whether a burst has nothing to do here.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.tracks.is_empty() && self.mappings.is_empty()
    }

    /// Whether any mapping learns.
    #[must_use]
    pub fn has_mappings(&self) -> bool {
        !self.mappings.is_empty()
    }

    /// Registers a mapping or replaces the one of its pair.
    pub fn register(&mut self, mapping: Mapping) {
        match self.find(mapping.pair()) {
            Ok(at) => self.mappings[at] = mapping,
            Err(at) => self.mappings.insert(at, mapping),
        }
        self.slots_stale = true;
    }

    /// Drops the mapping of a pair; tells whether there was one.
    pub fn unregister(&mut self, pair: (u32, u32)) -> bool {
        let found = self.find(pair);
        if let Ok(at) = found {
            self.mappings.remove(at);
        }
        found.is_ok()
    }

    pub fn mapping_mut(&mut self, pair: (u32, u32)) -> Option<&mut Mapping> {
        self.find(pair).ok().map(|at| &mut self.mappings[at])
    }

    fn find(&self, pair: (u32, u32)) -> Result<usize, usize> {
        self.mappings.binary_search_by_key(&pair, Mapping::pair)
    }
}

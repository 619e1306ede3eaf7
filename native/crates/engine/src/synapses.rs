//! Synapse slots as columns; slots are never reused. Source: spec/burst-engine.md sections 2.3 and 2.4.

use gyrus_types::SynapseColumns;

/// Bit of `state`: the synapse exists.
pub const VALID: u8 = 1;
/// Bit of `state`: the synapse index lists it.
pub const INDEXED: u8 = 2;
/// What conducts, wears and divides.
pub const LIVE: u8 = VALID | INDEXED;

#[derive(Debug, Clone, Default)]
pub struct Synapses {
    pub source: Vec<u32>,
    pub target: Vec<u32>,
    pub weight: Vec<f32>,
    pub psp: Vec<f32>,
    /// 0 excitatory, anything else inhibitory.
    pub kind: Vec<u8>,
    pub delay: Vec<u8>,
    pub flags: Vec<u8>,
    pub state: Vec<u8>,
    pub valid_count: usize,
}

impl Synapses {
    pub fn from_columns(columns: &SynapseColumns) -> Self {
        Self {
            source: columns.source.to_vec(),
            target: columns.target.to_vec(),
            weight: columns.weight.to_vec(),
            psp: columns.psp.to_vec(),
            kind: columns.kind.to_vec(),
            delay: columns.delay.to_vec(),
            flags: columns.flags.to_vec(),
            state: vec![LIVE; columns.count],
            valid_count: columns.count,
        }
    }

    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Weight with the sign of the synapse's kind: `signed_weight * p` equals `(weight * p) * sign` to the bit.
    pub fn signed_weight(&self, slot: usize) -> f32 {
        if self.kind[slot] == 0 {
            self.weight[slot]
        } else {
            -self.weight[slot]
        }
    }
}

//! Synapse slots as columns; slots are never reused. Source: spec/burst-engine.md sections 2.3 and 2.4.

use gyrus_types::SynapseColumns;

/// Bit of `state`: the synapse exists.
pub const VALID: u8 = 1;
/// Bit of `state`: the synapse index lists it.
pub const INDEXED: u8 = 2;
/// What conducts, wears and divides.
pub const LIVE: u8 = VALID | INDEXED;
/// Bit of `state`, in feagi-strict alone: the plasticity index lists the synapse.
pub const PLASTIC: u8 = 4;

pub fn is_live(state: u8) -> bool {
    state & LIVE == LIVE
}

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
    /// Eligibility; empty while every trace is +0.
    pub trace: Vec<f32>,
    pub valid_count: usize,
}

impl Synapses {
    pub fn from_columns(columns: &SynapseColumns, strict: bool) -> Self {
        Self {
            source: columns.source.to_vec(),
            target: columns.target.to_vec(),
            weight: columns.weight.to_vec(),
            psp: columns.psp.to_vec(),
            kind: columns.kind.to_vec(),
            delay: columns.delay.to_vec(),
            flags: columns.flags.to_vec(),
            state: vec![listed(strict); columns.count],
            trace: Vec::new(),
            valid_count: columns.count,
        }
    }

    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// Appends a synapse; in feagi-strict no index lists it yet.
    pub fn push(
        &mut self,
        [source, target]: [u32; 2],
        weight: f32,
        psp: f32,
        [kind, delay, flags]: [u8; 3],
        strict: bool,
    ) {
        self.source.push(source);
        self.target.push(target);
        self.weight.push(weight);
        self.psp.push(psp);
        self.kind.push(kind);
        self.delay.push(delay);
        self.flags.push(flags);
        self.state.push(if strict { VALID } else { LIVE });
        if !self.trace.is_empty() {
            self.trace.push(0.0);
        }
        self.valid_count += 1;
    }

    /// Writes out traces that were all zero.
    #[cfg(feature = "plasticity")]
    pub fn make_traces(&mut self) {
        self.trace.resize(self.len(), 0.0);
    }

    /// Takes off what a spike costs.
    pub fn wear(&mut self, slot: usize, wear: f32) {
        if is_live(self.state[slot]) {
            let left = self.psp[slot] - wear;
            self.psp[slot] = if left > 0.0 { left } else { 0.0 };
        }
    }

    /// Lists exactly the valid slots in every index.
    pub fn reindex(&mut self, strict: bool) {
        for state in &mut self.state {
            *state = if *state & VALID != 0 {
                listed(strict)
            } else {
                0
            };
        }
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

/// State of a valid synapse that every index lists.
fn listed(strict: bool) -> u8 {
    if strict { LIVE | PLASTIC } else { LIVE }
}

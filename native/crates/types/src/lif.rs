//! The image of a `lif-delta` network: leaky integrate-and-fire neurons with delta synapses. Columns are borrowed and copied by the
//! engine; neuron id and synapse slot are positions. The rules stand in `app/contracts/network.ts`.

/// Entries of a decay table.
pub const DECAY_STEPS: usize = 1024;
/// Postsynaptic spikes that a neuron keeps to be read.
pub const HISTORY_SPIKES: usize = 1024;

/// Parameters that neurons share. Potentials are mV relative to the resting potential.
#[derive(Debug, Clone, Copy)]
pub struct LifParameters<'a> {
    pub threshold: f64,
    pub reset: f64,
    pub decay: f64,
    pub drive: f64,
    pub refractory_steps: u16,
    pub poisson_weight: f64,
    /// Ascending; a draw counts as many events as there are entries <= it.
    pub poisson_table: &'a [u32],
    pub resting_potential: f64,
}

/// Pair-based STDP of all synapses from one area into another.
#[derive(Debug, Clone, Copy)]
pub struct StdpProjection<'a> {
    pub source_area: u32,
    pub target_area: u32,
    pub lambda: f64,
    pub alpha: f64,
    pub max_weight: f64,
    pub mu_plus: u8,
    pub mu_minus: u8,
    pub plus_low: &'a [f64],
    pub plus_high: &'a [f64],
    pub minus_low: &'a [f64],
    pub minus_high: &'a [f64],
}

#[derive(Debug, Clone, Copy)]
pub struct LifNeurons<'a> {
    pub count: usize,
    pub area: &'a [u32],
    pub x: &'a [u32],
    pub y: &'a [u32],
    pub z: &'a [u32],
    pub potential: &'a [f64],
    pub parameter_set: &'a [u16],
}

#[derive(Debug, Clone, Copy)]
pub struct LifSynapses<'a> {
    pub count: usize,
    pub source: &'a [u32],
    pub target: &'a [u32],
    pub weight: &'a [f32],
    pub delay: &'a [u8],
}

#[derive(Debug, Clone, Copy)]
pub struct LifImage<'a> {
    pub step_ms: f64,
    pub seed: u32,
    pub parameters: &'a [LifParameters<'a>],
    pub neurons: LifNeurons<'a>,
    pub synapses: LifSynapses<'a>,
    pub projections: &'a [StdpProjection<'a>],
}

//! The network image: typed columns, borrowed from the caller and copied by the engine. Neuron id and synapse slot are positions.

use crate::EngineError;

/// `threshold_limit` that means "no upper end of the firing window" (f32 precision).
pub const NO_THRESHOLD_LIMIT: f32 = f32::MAX;
/// The same for INT8 precision: the highest level.
pub const NO_THRESHOLD_LIMIT_INT8: f32 = 255.0;
/// `consecutive_fire_limit` that means "no limit"; 0 means the same.
pub const NO_FIRE_LIMIT: u16 = u16::MAX;
/// Ids from here on are memory neurons, which have no slot in an engine.
pub const MAX_NEURONS: usize = 50_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dynamics {
    Standard,
    FeagiStrict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    F32,
    Int8,
}

#[derive(Debug, Clone, Copy)]
pub struct NeuronColumns<'a> {
    pub count: usize,
    pub area: &'a [u32],
    pub x: &'a [u32],
    pub y: &'a [u32],
    pub z: &'a [u32],
    pub threshold: &'a [f32],
    pub threshold_limit: &'a [f32],
    pub leak: &'a [f32],
    pub excitability: &'a [f32],
    pub refractory_period: &'a [u16],
    pub consecutive_fire_limit: &'a [u16],
    pub snooze_period: &'a [u16],
    pub accumulates: &'a [u8],
}

#[derive(Debug, Clone, Copy)]
pub struct SynapseColumns<'a> {
    pub count: usize,
    pub source: &'a [u32],
    pub target: &'a [u32],
    /// This and the following hold a value each, or one for all.
    pub weight: &'a [f32],
    pub psp: &'a [f32],
    pub kind: &'a [u8],
    pub delay: &'a [u8],
    pub flags: &'a [u8],
}

/// Settings kept per area. `None` = never set, which differs from false (spec 4.2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaSettings {
    pub index: u32,
    pub psp_uniform: Option<bool>,
    pub mp_driven_psp: Option<bool>,
    pub degeneration: f32,
    pub baseline_psp: Option<f32>,
}

impl AreaSettings {
    #[must_use]
    pub fn new(index: u32) -> Self {
        Self {
            index,
            psp_uniform: None,
            mp_driven_psp: None,
            degeneration: 0.0,
            baseline_psp: None,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct NetworkImage<'a> {
    pub dynamics: Dynamics,
    pub precision: Precision,
    pub power_amount: f32,
    pub neurons: NeuronColumns<'a>,
    pub synapses: SynapseColumns<'a>,
    pub areas: &'a [AreaSettings],
}

/// Refuses more neurons or synapses than there are ids, and columns (name, values, values wanted) of another length.
///
/// # Errors
/// Names the first fault.
pub fn check_columns(
    neurons: usize,
    synapses: usize,
    lengths: &[(&str, usize, usize)],
) -> Result<(), EngineError> {
    let refuse = |reason: String| Err(EngineError::Network(reason));
    if neurons > MAX_NEURONS {
        return refuse(format!("{neurons} neurons are more than {MAX_NEURONS}"));
    }
    if u32::try_from(synapses).is_err() {
        return refuse(format!("{synapses} synapses are too many"));
    }
    match lengths.iter().find(|(_, length, count)| length != count) {
        Some((name, length, count)) => refuse(format!("{name} has {length} values, not {count}")),
        None => Ok(()),
    }
}

//! The small structs that cross the border.

use gyrus_port::{Afferent, MemoryBytes, SynapseRow};
use gyrus_types::{AreaSettings, Dynamics, NetworkImage, NeuronColumns, Precision, SynapseColumns};
use napi::bindgen_prelude::{Either, Float32Array, Null, Uint8Array, Uint16Array, Uint32Array};
use napi::{Error, Result, Status};
use napi_derive::napi;

#[napi(object)]
pub struct Options {
    /// Threads a burst may use; results do not depend on it.
    pub threads: u32,
    /// The vector instructions to use, or `auto`; results do not depend on it.
    pub simd: String,
}

#[napi(object)]
pub struct LayoutEntry {
    pub name: String,
    pub value: f64,
}

#[napi(object)]
pub struct Neurons {
    pub count: u32,
    pub area: Uint32Array,
    pub x: Uint32Array,
    pub y: Uint32Array,
    pub z: Uint32Array,
    pub threshold: Float32Array,
    pub threshold_limit: Float32Array,
    pub leak: Float32Array,
    pub excitability: Float32Array,
    pub refractory_period: Uint16Array,
    pub consecutive_fire_limit: Uint16Array,
    pub snooze_period: Uint16Array,
    pub accumulates: Uint8Array,
}

#[napi(object)]
pub struct Synapses {
    pub count: u32,
    pub source: Uint32Array,
    pub target: Uint32Array,
    pub weight: Float32Array,
    pub psp: Float32Array,
    pub kind: Uint8Array,
    pub delay: Uint8Array,
    pub flags: Uint8Array,
}

/// Settings of an area; null = never set.
#[napi(object)]
pub struct Area {
    pub index: u32,
    pub psp_uniform: Either<bool, Null>,
    pub mp_driven_psp: Either<bool, Null>,
    pub degeneration: f64,
    pub baseline_psp: Either<f64, Null>,
}

#[napi(object)]
pub struct Image {
    pub dynamics: String,
    pub precision: String,
    pub power_amount: f64,
    pub neurons: Neurons,
    pub synapses: Synapses,
    pub areas: Vec<Area>,
}

impl Image {
    /// Lends the image to the engine, which copies it.
    pub fn lend<T>(&self, take: impl FnOnce(&NetworkImage) -> Result<T>) -> Result<T> {
        let unknown = |what: &str, value: &str| {
            Error::new(
                Status::InvalidArg,
                format!("E_NETWORK: Unknown {what} {value}"),
            )
        };
        let dynamics = match self.dynamics.as_str() {
            "standard" => Dynamics::Standard,
            "feagi-strict" => Dynamics::FeagiStrict,
            other => return Err(unknown("dynamics", other)),
        };
        let precision = match self.precision.as_str() {
            "f32" => Precision::F32,
            "int8" => Precision::Int8,
            other => return Err(unknown("precision", other)),
        };
        let areas: Vec<AreaSettings> = self.areas.iter().map(Area::settings).collect();
        let (n, s) = (&self.neurons, &self.synapses);
        take(&NetworkImage {
            dynamics,
            precision,
            power_amount: self.power_amount as f32,
            neurons: NeuronColumns {
                count: n.count as usize,
                area: &n.area,
                x: &n.x,
                y: &n.y,
                z: &n.z,
                threshold: &n.threshold,
                threshold_limit: &n.threshold_limit,
                leak: &n.leak,
                excitability: &n.excitability,
                refractory_period: &n.refractory_period,
                consecutive_fire_limit: &n.consecutive_fire_limit,
                snooze_period: &n.snooze_period,
                accumulates: &n.accumulates,
            },
            synapses: SynapseColumns {
                count: s.count as usize,
                source: &s.source,
                target: &s.target,
                weight: &s.weight,
                psp: &s.psp,
                kind: &s.kind,
                delay: &s.delay,
                flags: &s.flags,
            },
            areas: &areas,
        })
    }
}

fn set<T: Copy>(value: &Either<T, Null>) -> Option<T> {
    match value {
        Either::A(value) => Some(*value),
        Either::B(_) => None,
    }
}

impl Area {
    fn settings(&self) -> AreaSettings {
        AreaSettings {
            index: self.index,
            psp_uniform: set(&self.psp_uniform),
            mp_driven_psp: set(&self.mp_driven_psp),
            degeneration: self.degeneration as f32,
            baseline_psp: set(&self.baseline_psp).map(|psp| psp as f32),
        }
    }
}

#[napi(object)]
pub struct Memory {
    pub neurons: f64,
    pub synapses: f64,
    pub ring: f64,
    pub shared: f64,
    pub total: f64,
}

impl Memory {
    pub fn of(bytes: MemoryBytes) -> Self {
        Self {
            neurons: bytes.neurons as f64,
            synapses: bytes.synapses as f64,
            ring: bytes.ring as f64,
            shared: bytes.shared as f64,
            total: bytes.total as f64,
        }
    }
}

#[napi(object)]
pub struct CandidateList {
    pub ids: Uint32Array,
    pub sums: Float32Array,
}

#[napi(object)]
pub struct SignalList {
    pub consolidated: Uint32Array,
    pub suppressed: Uint32Array,
}

#[napi(object)]
pub struct WeightList {
    pub slot: Uint32Array,
    pub weight: Float32Array,
}

#[napi(object)]
pub struct AfferentList {
    pub slot: Uint32Array,
    pub source: Uint32Array,
    pub delay: Uint8Array,
    pub weight: Float32Array,
    pub psp: Float32Array,
    pub kind: Uint8Array,
    pub divisor: Uint32Array,
    pub factor: Float32Array,
    pub mp_driven: Uint8Array,
}

impl AfferentList {
    pub fn of(afferents: &[Afferent]) -> Self {
        let rows: Vec<SynapseRow> = afferents.iter().map(|one| one.synapse).collect();
        let SynapseList {
            slot,
            source,
            delay,
            weight,
            psp,
            kind,
            ..
        } = SynapseList::of(&rows);
        let driven = afferents.iter().map(|one| u8::from(one.mp_driven));
        Self {
            slot,
            source,
            delay,
            weight,
            psp,
            kind,
            divisor: Uint32Array::new(afferents.iter().map(|one| one.divisor).collect()),
            factor: Float32Array::new(afferents.iter().map(|one| one.factor).collect()),
            mp_driven: Uint8Array::new(driven.collect()),
        }
    }
}

#[napi(object)]
pub struct SynapseList {
    pub slot: Uint32Array,
    pub source: Uint32Array,
    pub target: Uint32Array,
    pub weight: Float32Array,
    pub psp: Float32Array,
    pub kind: Uint8Array,
    pub delay: Uint8Array,
    pub flags: Uint8Array,
    pub trace: Float32Array,
}

impl SynapseList {
    pub fn of(rows: &[SynapseRow]) -> Self {
        Self {
            slot: Uint32Array::new(rows.iter().map(|row| row.slot).collect()),
            source: Uint32Array::new(rows.iter().map(|row| row.source).collect()),
            target: Uint32Array::new(rows.iter().map(|row| row.target).collect()),
            weight: Float32Array::new(rows.iter().map(|row| row.weight).collect()),
            psp: Float32Array::new(rows.iter().map(|row| row.psp).collect()),
            kind: Uint8Array::new(rows.iter().map(|row| row.kind).collect()),
            delay: Uint8Array::new(rows.iter().map(|row| row.delay).collect()),
            flags: Uint8Array::new(rows.iter().map(|row| row.flags).collect()),
            trace: Float32Array::new(rows.iter().map(|row| row.trace).collect()),
        }
    }
}

//! A `lif-delta` image as it crosses the border.

use gyrus_types::lif::{LifImage, LifNeurons, LifParameters, LifSynapses, StdpProjection};
use napi::bindgen_prelude::{
    Float32Array, Float64Array, FromNapiValue, TypeName, Uint8Array, Uint16Array, Uint32Array,
    ValidateNapiValue,
};
use napi::{Error, Result, Status, ValueType, sys};
use napi_derive::napi;

use crate::border::Image as FeagiImage;

#[napi(object)]
pub struct LifSet {
    pub threshold: f64,
    pub reset: f64,
    pub decay: f64,
    pub drive: f64,
    pub refractory_steps: f64,
    pub poisson_weight: f64,
    pub poisson_table: Uint32Array,
    pub resting_potential: f64,
}

#[napi(object)]
pub struct LifNeuronColumns {
    pub count: u32,
    pub area: Uint32Array,
    pub x: Uint32Array,
    pub y: Uint32Array,
    pub z: Uint32Array,
    pub potential: Float64Array,
    pub parameter_set: Uint16Array,
}

#[napi(object)]
pub struct LifSynapseColumns {
    pub count: u32,
    pub source: Uint32Array,
    pub target: Uint32Array,
    pub weight: Float32Array,
    pub delay: Uint8Array,
}

#[napi(object)]
pub struct Projection {
    pub source_area: f64,
    pub target_area: f64,
    pub lambda: f64,
    pub alpha: f64,
    pub max_weight: f64,
    pub mu_plus: f64,
    pub mu_minus: f64,
    pub plus_low: Float64Array,
    pub plus_high: Float64Array,
    pub minus_low: Float64Array,
    pub minus_high: Float64Array,
}

#[napi(object)]
pub struct LifNetwork {
    pub step_ms: f64,
    pub seed: f64,
    pub parameters: Vec<LifSet>,
    pub neurons: LifNeuronColumns,
    pub synapses: LifSynapseColumns,
    pub projections: Vec<Projection>,
}

/// A number as the whole one it has to be.
fn whole(name: &str, value: f64, most: u32) -> Result<u32> {
    if value.fract() == 0.0 && (0.0..=f64::from(most)).contains(&value) {
        #[allow(clippy::cast_sign_loss)]
        return Ok(value as u32);
    }
    Err(Error::new(
        Status::InvalidArg,
        format!("E_NETWORK: The network is refused: {name} is no whole number of 0 to {most}"),
    ))
}

impl LifSet {
    fn lend(&self) -> Result<LifParameters<'_>> {
        Ok(LifParameters {
            threshold: self.threshold,
            reset: self.reset,
            decay: self.decay,
            drive: self.drive,
            refractory_steps: whole("refractorySteps", self.refractory_steps, 65_535)? as u16,
            poisson_weight: self.poisson_weight,
            poisson_table: &self.poisson_table,
            resting_potential: self.resting_potential,
        })
    }
}

impl Projection {
    fn lend(&self) -> Result<StdpProjection<'_>> {
        Ok(StdpProjection {
            source_area: whole("sourceArea", self.source_area, u32::MAX)?,
            target_area: whole("targetArea", self.target_area, u32::MAX)?,
            lambda: self.lambda,
            alpha: self.alpha,
            max_weight: self.max_weight,
            mu_plus: whole("muPlus", self.mu_plus, 1)? as u8,
            mu_minus: whole("muMinus", self.mu_minus, 1)? as u8,
            plus_low: &self.plus_low,
            plus_high: &self.plus_high,
            minus_low: &self.minus_low,
            minus_high: &self.minus_high,
        })
    }
}

impl LifNetwork {
    /// Lends the image to the engine, which copies it.
    pub fn lend<T>(&self, take: impl FnOnce(&LifImage) -> Result<T>) -> Result<T> {
        let parameters = self
            .parameters
            .iter()
            .map(LifSet::lend)
            .collect::<Result<Vec<_>>>()?;
        let projections = self
            .projections
            .iter()
            .map(Projection::lend)
            .collect::<Result<Vec<_>>>()?;
        let (n, s) = (&self.neurons, &self.synapses);
        take(&LifImage {
            step_ms: self.step_ms,
            seed: whole("seed", self.seed, u32::MAX)?,
            parameters: &parameters,
            neurons: LifNeurons {
                count: n.count as usize,
                area: &n.area,
                x: &n.x,
                y: &n.y,
                z: &n.z,
                potential: &n.potential,
                parameter_set: &n.parameter_set,
            },
            synapses: LifSynapses {
                count: s.count as usize,
                source: &s.source,
                target: &s.target,
                weight: &s.weight,
                delay: &s.delay,
            },
            projections: &projections,
        })
    }
}

/// An image of either model; its dynamics tell which.
pub enum AnyImage {
    Feagi(Box<FeagiImage>),
    Lif(Box<LifNetwork>),
}

#[napi(object)]
pub struct Dynamics {
    pub dynamics: String,
}

impl TypeName for AnyImage {
    fn type_name() -> &'static str {
        "Image"
    }

    fn value_type() -> ValueType {
        ValueType::Object
    }
}

impl ValidateNapiValue for AnyImage {}

impl FromNapiValue for AnyImage {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        // SAFETY: environment and value are those Node-API handed over for this call.
        unsafe {
            let Dynamics { dynamics } = Dynamics::from_napi_value(env, value)?;
            if dynamics == "lif-delta" {
                LifNetwork::from_napi_value(env, value).map(|image| Self::Lif(Box::new(image)))
            } else {
                FeagiImage::from_napi_value(env, value).map(|image| Self::Feagi(Box::new(image)))
            }
        }
    }
}

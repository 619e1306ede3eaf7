//! Stands in for `stdp.rs` in a build without the plasticity crate: nothing learns, and what would is refused.

use gyrus_port::snapshot::Writer;
use gyrus_types::EngineError;
use gyrus_types::lif::StdpProjection;

use crate::arrivals::Arrivals;
use crate::rows::PartRows;
use crate::wiring::Wiring;

#[derive(Debug, Default)]
pub struct Rules {}

#[derive(Debug, Clone)]
pub struct PlasticPart {}

#[derive(Debug, Clone, Copy)]
pub struct Plastic {
    pub slot: u32,
    pub weight: f64,
    pub spike: u32,
    pub trace: f64,
}

#[derive(Debug, Default)]
pub struct Learning {
    rules: Rules,
}

// The signatures are those of the module this one stands in for.
#[allow(clippy::unused_self)]
impl Learning {
    pub fn of(projections: &[StdpProjection]) -> Result<Self, EngineError> {
        if projections.is_empty() {
            return Ok(Self::default());
        }
        Err(EngineError::Unsupported("This build does not learn".into()))
    }

    pub fn keep_watch(&mut self, _: &Self) {}

    pub fn watch(&mut self, _: bool) {}

    pub fn fork(&self) -> Self {
        Self::default()
    }

    pub fn teach(&mut self, _: &Wiring, _: &[u32], _: impl IntoIterator<Item = usize>, _: u32) {}

    pub fn take(&mut self, columns: &[(f64, u32, f64)]) -> bool {
        columns.is_empty()
    }

    pub fn take_history(&mut self, _: Vec<(u32, u32, f64)>) {}

    pub fn write(&self, _: &mut Writer, _: u32) {}

    pub fn bytes(&self) -> usize {
        0
    }

    pub fn fault_of_history(&self, _: u32) -> Option<&'static str> {
        None
    }

    pub fn plastic(&self) -> Vec<Plastic> {
        Vec::new()
    }

    pub fn weight_of(&self, _: u32, _: usize, _: usize) -> Option<f64> {
        None
    }

    pub fn slots(&self) -> Vec<u32> {
        Vec::new()
    }

    pub fn forget(&mut self, _: &Wiring) {}

    pub fn set_weight(&mut self, _: u32, _: f64) -> bool {
        false
    }

    pub fn lay_out(&mut self, _: &Wiring, _: usize, _: usize) {}

    pub fn split(&mut self) -> (&Rules, &mut [PlasticPart]) {
        (&self.rules, &mut [])
    }

    pub fn history(&self, _: u32) -> Vec<(u32, u32, f64)> {
        Vec::new()
    }

    pub fn changes(&self) -> Vec<(u32, f32)> {
        Vec::new()
    }
}

#[allow(clippy::unused_self)]
impl PlasticPart {
    pub fn deliver(&mut self, _: &Rules, _: &PartRows, _: &mut Arrivals, _: u32, _: &[u64]) {}
}

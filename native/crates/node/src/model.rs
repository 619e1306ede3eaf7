//! The neuron model an engine object holds: what is loaded or restored picks it, everything else goes to it by the shared port.

use std::ops::{Deref, DerefMut};

use gyrus_engine::Engine;
use gyrus_port::BurstEngine;
use gyrus_types::{EngineError, NetworkImage, Simd};

/// What an engine of any model is started with.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub threads: usize,
    pub simd: Simd,
}

pub enum Model {
    Feagi(Box<Engine>),
}

impl Model {
    /// An engine without a network.
    pub fn empty(settings: Settings) -> Result<Self, EngineError> {
        Ok(Self::Feagi(Box::new(Engine::new(
            settings.threads,
            settings.simd,
        )?)))
    }

    /// An engine in the same state.
    pub fn fork(&self) -> Self {
        match self {
            Self::Feagi(engine) => Self::Feagi(Box::new(engine.fork())),
        }
    }

    /// Copies a network of FEAGI's neurons in. A refused one changes nothing.
    pub fn load_feagi(&mut self, image: &NetworkImage) -> Result<(), EngineError> {
        let Self::Feagi(engine) = self;
        engine.load(image)
    }
}

impl Deref for Model {
    type Target = dyn BurstEngine;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Feagi(engine) => &**engine,
        }
    }
}

impl DerefMut for Model {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Feagi(engine) => &mut **engine,
        }
    }
}

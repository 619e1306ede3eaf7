//! The neuron model an engine object holds: what is loaded or restored picks it, everything else goes to it by the shared port.

use std::ops::{Deref, DerefMut};

use gyrus_engine::Engine;
use gyrus_lif::Lif;
use gyrus_port::BurstEngine;
use gyrus_port::snapshot::mode_of;
use gyrus_types::lif::LifImage;
use gyrus_types::snapshot::MODE_LIF;
use gyrus_types::{EngineError, NetworkImage, Simd};

/// What an engine of any model is started with.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub threads: usize,
    pub simd: Simd,
}

pub enum Model {
    Feagi(Box<Engine>),
    Lif(Box<Lif>),
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
            Self::Lif(engine) => Self::Lif(Box::new(engine.fork())),
        }
    }

    /// Copies a network of FEAGI's neurons in. A refused one changes nothing.
    pub fn load_feagi(
        &mut self,
        image: &NetworkImage,
        settings: Settings,
    ) -> Result<(), EngineError> {
        if let Self::Feagi(engine) = self {
            return engine.load(image);
        }
        let mut engine = Engine::new(settings.threads, settings.simd)?;
        engine.load(image)?;
        *self = Self::Feagi(Box::new(engine));
        Ok(())
    }

    /// Copies a network of leaky integrate-and-fire neurons in. A refused one changes nothing.
    pub fn load_lif(&mut self, image: &LifImage, settings: Settings) -> Result<(), EngineError> {
        if let Self::Lif(engine) = self {
            return engine.load(image);
        }
        let mut engine = Lif::new(settings.threads, settings.simd)?;
        engine.load(image)?;
        *self = Self::Lif(Box::new(engine));
        Ok(())
    }

    /// Takes the state of a snapshot of either model. A refused one changes nothing.
    pub fn restore(&mut self, snapshot: &[u8], settings: Settings) -> Result<(), EngineError> {
        let is_lif = mode_of(snapshot).is_some_and(|mode| mode & MODE_LIF != 0);
        if is_lif == matches!(self, Self::Lif(_)) {
            return (**self).restore(snapshot);
        }
        let Settings { threads, simd } = settings;
        let mut restored = if is_lif {
            Self::Lif(Box::new(Lif::new(threads, simd)?))
        } else {
            Self::Feagi(Box::new(Engine::new(threads, simd)?))
        };
        (*restored).restore(snapshot)?;
        *self = restored;
        Ok(())
    }
}

impl Deref for Model {
    type Target = dyn BurstEngine;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Feagi(engine) => &**engine,
            Self::Lif(engine) => &**engine,
        }
    }
}

impl DerefMut for Model {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Feagi(engine) => &mut **engine,
            Self::Lif(engine) => &mut **engine,
        }
    }
}

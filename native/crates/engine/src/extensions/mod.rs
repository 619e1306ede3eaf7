//! Optional subsystems of the burst, each nothing until it is switched on, and the few places where a burst meets them.
//! The readable form of the same rules is in `app/core/engine/reference`. Source: spec/burst-engine-extensions.md.

// Equal bits are what is asked for: a factor of exactly 1 changes nothing.
#![allow(clippy::float_cmp)]

mod apply;
mod baselines;
mod check;
mod commit;
mod homeostat;
mod modulators;
mod moves;
mod read;
mod spike_trains;
mod watches;
mod write;

use gyrus_plasticity::Reinforcements;
use gyrus_port::MemorySignals;
use gyrus_types::AreaSettings;

use crate::engine::Engine;
use crate::learning::Learning;

pub(crate) use check::check_extension;
pub(crate) use read::read_extensions;

use homeostat::Homeostat;
use modulators::Modulators;
use spike_trains::SpikeTrains;
use watches::Watch;

#[derive(Debug, Clone, Default)]
pub(crate) struct Extensions {
    modulators: Option<Box<Modulators>>,
    trains: Option<Box<SpikeTrains>>,
    /// In given order.
    watches: Vec<Watch>,
    /// Ascending area.
    homeostats: Vec<Homeostat>,
    /// Whether any contribution was multiplied when it was last found out who divides.
    was_transmitting: bool,
}

impl Extensions {
    pub(crate) fn reinforcements(&self) -> Reinforcements<'_> {
        let modulators = self.modulators.as_deref();
        Reinforcements(modulators.map_or(&[], Modulators::reinforcements))
    }

    /// Whether bursts write thresholds, leaks or excitabilities.
    pub(crate) fn changes_settings(&self) -> bool {
        let scales = self.modulators.as_deref().is_some_and(Modulators::scales);
        scales || !self.homeostats.is_empty()
    }
}

impl Learning {
    /// By what contributions of each group are multiplied in this burst; empty: none is.
    pub(crate) fn transmission_factors(&self) -> &[f32] {
        let modulators = self.extensions.modulators.as_deref();
        modulators.map_or(&[], Modulators::factors)
    }

    /// What pattern memory asks for after a burst.
    pub(crate) fn memory_signals(&self) -> MemorySignals {
        let modulators = self.extensions.modulators.as_deref();
        let consolidated = self.rules.memory.consolidated.iter();
        MemorySignals {
            consolidated: consolidated.copied().collect(),
            suppressed: modulators.map_or_else(Vec::new, |all| all.suppressed.clone()),
        }
    }
}

impl Engine {
    /// By what a contribution over the synapse at a place is multiplied; none: not.
    pub(crate) fn transmission_of(&self, place: usize) -> Option<f32> {
        let factors = self.learning.transmission_factors();
        factors.get(self.synapses.group_of(place) as usize).copied()
    }

    /// Whether contributions are divided, removed synapses silent, and a source needs an area: FEAGI's general path (spec 4.2).
    pub(crate) fn is_on_general_path(&self) -> bool {
        let is_transmitting = || !self.learning.transmission_factors().is_empty();
        self.is_flagged() || self.strict && is_transmitting()
    }

    /// Whether any area flag was ever set.
    fn is_flagged(&self) -> bool {
        let is_set =
            |area: &AreaSettings| area.psp_uniform.is_some() || area.mp_driven_psp.is_some();
        self.areas.iter().any(is_set)
    }

    /// Lets what fired queue forced fires for the next burst.
    pub(crate) fn answer_firing(&mut self) {
        if self.learning.extensions.trains.is_some() {
            self.run_spike_trains();
        }
        if !self.learning.extensions.watches.is_empty() {
            self.judge_classifiers();
        }
    }

    /// Sets what is in force in the next burst.
    pub(crate) fn modulate(&mut self) {
        if !self.learning.extensions.homeostats.is_empty() {
            self.regulate_leaks();
        }
        if self.learning.extensions.modulators.is_some() {
            self.commit_modulators();
        }
    }
}

//! Stands in for `learning.rs` in a build without the plasticity crate: nothing learns, and what would is refused.

use gyrus_port::MemorySignals;
use gyrus_port::patch::Operation;
use gyrus_port::snapshot::{Sections, Shelf, Writer, refuse};
use gyrus_types::{AreaSettings, EngineError, snapshot as layout};

use crate::engine::Engine;
use crate::neurons::Neurons;

#[derive(Clone, Default)]
pub(crate) struct Learning {}

// The signatures are those of the module this one stands in for.
#[allow(clippy::unused_self)]
impl Learning {
    pub(crate) fn memory_reserve(&self) -> usize {
        0
    }

    pub(crate) fn fired_memory(&self) -> usize {
        0
    }

    pub(crate) fn fired_areas(&self) -> &[u32] {
        &[]
    }

    pub(crate) fn memory_area(&self, _: u32) -> Option<u32> {
        None
    }

    pub(crate) fn arrivals(&self) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        std::iter::empty()
    }

    pub(crate) fn set_arrivals(&mut self, _: &[(u32, u32, f32)]) {}

    pub(crate) fn changes_weights(&self) -> bool {
        false
    }

    pub(crate) fn changes_settings(&self) -> bool {
        false
    }

    pub(crate) fn memory_signals(&self) -> MemorySignals {
        MemorySignals::default()
    }

    pub(crate) fn transmission_factors(&self) -> &[f32] {
        &[]
    }

    pub(crate) fn may_name(_: u32) -> bool {
        false
    }

    pub(crate) fn structure_changed(&mut self) {}

    pub(crate) fn places_changed(&mut self) {}

    pub(crate) fn synapses_added(&mut self) {}

    pub(crate) fn set_psp_of_source(&mut self, _: u32, _: f32) {}
}

#[allow(clippy::unused_self)]
impl Engine {
    pub(crate) fn replay(&mut self) {}

    pub(crate) fn receive_for_memory(&mut self) -> usize {
        0
    }

    pub(crate) fn inject_memory(&mut self, _: usize) {}

    pub(crate) fn fire_memory(&mut self) {}

    pub(crate) fn send_by_memory(&mut self) {}

    pub(crate) fn learn(&mut self) {}

    pub(crate) fn answer_firing(&mut self) {}

    pub(crate) fn modulate(&mut self) {}

    pub(crate) fn note_transmission(&mut self) {}

    pub(crate) fn follow_edit(&mut self, _: &Operation) {}

    pub(crate) fn leave_baselines(&mut self, _: &[u32]) {}

    pub(crate) fn join_baselines(&mut self, _: &[u32]) {}

    pub(crate) fn edited_settings(&mut self, _: usize, values: [f32; 3]) -> [f32; 3] {
        values
    }

    pub(crate) fn set_values(&self, id: usize) -> [f32; 3] {
        let n = &self.neurons;
        [n.threshold[id], n.leak[id], n.excitability[id]]
    }

    pub(crate) fn move_in_subsystems(&mut self, _: &[[usize; 2]]) {}

    pub(crate) fn is_on_general_path(&self) -> bool {
        let is_flagged =
            |area: &AreaSettings| area.psp_uniform.is_some() || area.mp_driven_psp.is_some();
        self.areas.iter().any(is_flagged)
    }

    pub(crate) fn reset_memory_of(&mut self, _: u32) {}

    pub(crate) fn apply_learning(&mut self, _: &Operation) {
        unreachable!("refused before")
    }
}

pub(crate) fn check_operation(op: &Operation, _: bool) -> Result<(), EngineError> {
    op.refuse("this build does not learn")
}

pub(crate) fn write_section(_: &Learning, _: &mut Writer, _: u32) {}

pub(crate) fn shelve(_: &Learning, _: &[u16]) -> Shelf {
    Shelf::default()
}

pub(crate) fn read(
    sections: &Sections,
    _: &[(u32, f32)],
    _: &Neurons,
) -> Result<Learning, EngineError> {
    if (layout::TRACK_AREA..=layout::HOMEOSTAT_RULE).any(|id| !sections.bytes(id).is_empty()) {
        return refuse("it learns, which this build does not");
    }
    Ok(Learning::default())
}

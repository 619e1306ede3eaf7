//! Reads the optional subsystems back from a snapshot and checks what a burst relies on.

mod firing;
mod homeostats;
mod memory;
mod modulators;

use gyrus_plasticity::Memory;
use gyrus_port::snapshot::{Sections, refuse};
use gyrus_types::{EngineError, snapshot as layout};

use firing::{read_trains, read_watches};
use homeostats::read_homeostats;
use memory::read_sparse;
use modulators::read_modulators;

use super::Extensions;
use crate::learning_snapshot::{ascends, is_used_up, take};
use crate::neurons::Neurons;

/// What the extension sections hold, checked; those of memory neurons go into `memory`.
pub(crate) fn read_extensions(
    sections: &Sections,
    neurons: &Neurons,
    memory: &mut Memory,
) -> Result<Extensions, EngineError> {
    let strict = sections.mode() & layout::MODE_STRICT != 0;
    read_sparse(sections, memory)?;
    let modulators = read_modulators(sections, neurons)?;
    let settings = [
        layout::MODULATOR_MAGNITUDE,
        layout::MODULATOR_FULL_SCALE,
        layout::SPARSE_THRESHOLD,
        layout::SPARSE_LIMIT,
        layout::SPARSE_EXCITABILITY,
        layout::FRAME_POTENTIAL,
        layout::HOMEOSTAT_TARGET,
        layout::HOMEOSTAT_RATE_SHARE,
        layout::HOMEOSTAT_GAIN,
        layout::HOMEOSTAT_LEAK_MIN,
        layout::HOMEOSTAT_LEAK_MAX,
        layout::HOMEOSTAT_ARM_SHARE,
        layout::HOMEOSTAT_MIN_TARGET,
        layout::HOMEOSTAT_BASE,
    ];
    let is_finite = |&id: &u32| sections.f32s(id).iter().all(|value| value.is_finite());
    if !(strict || settings.iter().all(is_finite)) {
        return refuse("a setting of an optional subsystem is not finite");
    }
    Ok(Extensions {
        modulators: modulators.map(|mut modulators| {
            modulators.refresh(strict);
            Box::new(modulators)
        }),
        trains: read_trains(sections, neurons)?.map(Box::new),
        watches: read_watches(sections, neurons)?,
        homeostats: read_homeostats(sections, neurons)?,
        ..Extensions::default()
    })
}

/// Flat lists of lists, by their lengths.
fn split<T: Clone>(lengths: &[u32], elements: &[T]) -> Result<Vec<Vec<T>>, EngineError> {
    let mut rest = elements;
    let lists = lengths
        .iter()
        .map(|&length| take(&mut rest, length).map(<[T]>::to_vec))
        .collect::<Result<Vec<_>, _>>()?;
    is_used_up(rest)?;
    Ok(lists)
}

fn is_once_each<T: Ord + Clone>(values: &[T]) -> bool {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    ascends(&sorted)
}

/// Lists of neurons that exist, each ascending.
fn neuron_lists(
    sections: &Sections,
    lengths: u32,
    ids: u32,
    neurons: &Neurons,
) -> Result<Vec<Vec<u32>>, EngineError> {
    let lists = split(&sections.u32s(lengths), &sections.u32s(ids))?;
    let exists = |&id: &u32| (id as usize) < neurons.len();
    if !lists
        .iter()
        .all(|list| ascends(list) && list.iter().all(exists))
    {
        return refuse("a list of neurons does not ascend, or names one that does not exist");
    }
    Ok(lists)
}

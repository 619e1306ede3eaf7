//! Memory neurons under associative input: sums on their way, settings, state, and marks of reward.

use gyrus_plasticity::{Memory, Sparse, SparseParameters, is_memory};
use gyrus_port::snapshot::{Sections, refuse};
use gyrus_types::{EngineError, snapshot as layout};

use crate::learning_snapshot::ascends;

const MAX_DELAY: u32 = 255;

pub fn read_sparse(sections: &Sections, memory: &mut Memory) -> Result<(), EngineError> {
    sections.check_equal(&[
        layout::ASSOCIATIVE_BURST,
        layout::ASSOCIATIVE_TARGET,
        layout::ASSOCIATIVE_SUM,
    ])?;
    sections.check_equal(&(layout::SPARSE_AREA..=layout::SPARSE_SNOOZE).collect::<Vec<_>>())?;
    sections.check_equal(&(layout::SPARSE_ID..=layout::SPARSE_COUNTDOWN).collect::<Vec<_>>())?;
    let bursts = sections.u32s(layout::ASSOCIATIVE_BURST);
    let is_due = |&due: &u32| due > sections.burst() && due - sections.burst() <= MAX_DELAY;
    let targets = sections.u32s(layout::ASSOCIATIVE_TARGET);
    let areas = sections.u32s(layout::SPARSE_AREA);
    let ids = sections.u32s(layout::SPARSE_ID);
    let consolidated = sections.u32s(layout::CONSOLIDATED_ID);
    let are_memory = [&targets, &ids, &consolidated]
        .into_iter()
        .all(|ids| ids.iter().all(|&id| is_memory(id)));
    if !are_memory || !bursts.iter().all(is_due) {
        return refuse(
            "associative input or state is in an impossible burst or of no memory neuron",
        );
    }
    let keys: Vec<_> = bursts.into_iter().zip(targets).collect();
    if !(ascends(&keys) && ascends(&areas) && ascends(&ids) && ascends(&consolidated)) {
        return refuse("associative input, state, settings or marks do not ascend");
    }
    let sums = sections.f32s(layout::ASSOCIATIVE_SUM);
    memory.associative = keys.into_iter().zip(sums).collect();
    let [thresholds, limits, excitabilities] = [
        layout::SPARSE_THRESHOLD,
        layout::SPARSE_LIMIT,
        layout::SPARSE_EXCITABILITY,
    ]
    .map(|id| sections.f32s(id));
    let [periods, fire_limits, snoozes, fires, countdowns] = [
        layout::SPARSE_REFRACTORY,
        layout::SPARSE_FIRE_LIMIT,
        layout::SPARSE_SNOOZE,
        layout::SPARSE_FIRES,
        layout::SPARSE_COUNTDOWN,
    ]
    .map(|id| sections.u16s(id));
    let parameters = areas.into_iter().enumerate().map(|(at, area)| {
        let parameters = SparseParameters {
            threshold: thresholds[at],
            threshold_limit: limits[at],
            excitability: excitabilities[at],
            refractory_period: periods[at],
            consecutive_fire_limit: fire_limits[at],
            snooze_period: snoozes[at],
        };
        (area, parameters)
    });
    memory.sparse_parameters = parameters.collect();
    let potentials = sections.f32s(layout::SPARSE_POTENTIAL);
    let states = ids.into_iter().enumerate().map(|(at, id)| {
        let state = Sparse {
            potential: potentials[at],
            consecutive_fires: fires[at],
            countdown: countdowns[at],
        };
        (id, state)
    });
    memory.sparse = states.collect();
    memory.consolidated = consolidated.into_iter().collect();
    Ok(())
}

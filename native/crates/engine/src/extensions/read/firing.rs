//! Spike trains and classifier watches, which answer what fired.

use std::collections::VecDeque;

use gyrus_plasticity::is_memory;
use gyrus_port::snapshot::{Sections, refuse};
use gyrus_types::{EngineError, snapshot as layout};

use super::split;
use crate::extensions::spike_trains::SpikeTrains;
use crate::extensions::watches::Watch;
use crate::learning_snapshot::{MAX_BURSTS, ascends, is_used_up, take};
use crate::neurons::Neurons;

pub fn read_trains(
    sections: &Sections,
    neurons: &Neurons,
) -> Result<Option<SpikeTrains>, EngineError> {
    sections.check_equal(&[layout::TRAIN_NEURON, layout::TRAIN_POTENTIAL])?;
    let areas = sections.u32s(layout::TRAIN_AREA);
    let running = sections.pairs(layout::TRAIN_NEURON, layout::TRAIN_POTENTIAL);
    let ids: Vec<u32> = running.iter().map(|train| train.0).collect();
    if !ascends(&areas) || !ascends(&ids) {
        return refuse("its spike trains do not ascend");
    }
    let is_watched = |area: &u32| areas.binary_search(area).is_ok();
    let has_area = |&id: &u32| neurons.area.get(id as usize).is_some_and(is_watched);
    if !ids.iter().all(has_area) {
        return refuse("a spike train has no neuron or no area");
    }
    Ok(Some(SpikeTrains::new(areas, running)).filter(|trains| !trains.areas.is_empty()))
}

pub fn read_watches(sections: &Sections, neurons: &Neurons) -> Result<Vec<Watch>, EngineError> {
    let count = sections.check_equal(&[
        layout::WATCH_ERROR,
        layout::WATCH_CORRECT,
        layout::WATCH_DELAY,
        layout::WATCH_PAIRS,
        layout::WATCH_FRAMES,
    ])?;
    sections.check_equal(&[layout::WATCH_INPUT, layout::WATCH_OUTPUT])?;
    let [errors, corrects, delays, sizes, lengths] = [
        layout::WATCH_ERROR,
        layout::WATCH_CORRECT,
        layout::WATCH_DELAY,
        layout::WATCH_PAIRS,
        layout::WATCH_FRAMES,
    ]
    .map(|id| sections.u32s(id));
    let inputs = sections.u32s(layout::WATCH_INPUT);
    let pairs: Vec<_> = inputs
        .into_iter()
        .zip(sections.u32s(layout::WATCH_OUTPUT))
        .collect();
    let pairs = split(&sizes, &pairs)?;
    let frames = split(
        &sections.u32s(layout::WATCH_FRAME_SIZE),
        &sections.u32s(layout::WATCH_FRAME_ID),
    )?;
    let exists = |&id: &u32| (id as usize) < neurons.len() || is_memory(id);
    if !frames
        .iter()
        .all(|ids| ascends(ids) && ids.iter().all(exists))
    {
        return refuse("a frame of a classifier watch does not ascend, or has no neuron");
    }
    let mut frames = &frames[..];
    let mut watches = Vec::with_capacity(count);
    for (at, pairs) in pairs.into_iter().enumerate() {
        if delays[at] > MAX_BURSTS || lengths[at] > delays[at] + 1 {
            return refuse("a classifier watch has an impossible delay or number of frames");
        }
        let mut held = VecDeque::with_capacity(lengths[at] as usize);
        for _ in 0..lengths[at] {
            held.push_back(take(&mut frames, pairs.len() as u32)?.to_vec());
        }
        watches.push(Watch {
            error: errors[at],
            correct: corrects[at],
            delay: delays[at],
            pairs,
            frames: held,
        });
    }
    is_used_up(frames)?;
    Ok(watches)
}

//! Classifier watches: the outputs of a classifier against its inputs of some bursts before. A verdict fires voxel 0,0,0 of an area in
//! the next burst. Source: spec/burst-engine-extensions.md section 14.

use std::collections::VecDeque;

use gyrus_types::patch::NO_AREA;

use crate::engine::Engine;

const VERDICT_POTENTIAL: f32 = 1.0;

/// What one burst of a watch's inputs was: ids that fired, ascending, by pair.
pub type Frame = Vec<Vec<u32>>;

#[derive(Debug, Clone)]
pub struct Watch {
    pub error: u32,
    /// `NO_AREA`: none.
    pub correct: u32,
    /// Bursts from an input to its answer.
    pub delay: u32,
    /// Input and output area.
    pub pairs: Vec<(u32, u32)>,
    /// Oldest first, at most `delay + 1`.
    pub frames: VecDeque<Frame>,
}

enum Verdict {
    None,
    Error,
    Correct,
}

impl Engine {
    pub(super) fn judge_classifiers(&mut self) {
        let mut watches = std::mem::take(&mut self.learning.extensions.watches);
        for watch in &mut watches {
            let area = match self.judge(watch) {
                Verdict::Error => watch.error,
                Verdict::Correct if watch.correct != NO_AREA => watch.correct,
                Verdict::Correct | Verdict::None => continue,
            };
            if let Some(origin) = self.origin_of(area) {
                self.forced.push((origin, VERDICT_POTENTIAL));
            }
        }
        self.learning.extensions.watches = watches;
    }

    /// The highest living id at voxel 0,0,0 of an area.
    fn origin_of(&self, area: u32) -> Option<u32> {
        let ids = 0..self.neurons.len();
        let mut of_area = ids.rev().filter(|&id| self.neurons.area[id] == area);
        let origin =
            of_area.find(|&id| self.neurons.is_valid(id) && self.neurons.position(id) == [0, 0, 0]);
        origin.map(|id| id as u32)
    }

    fn judge(&self, watch: &mut Watch) -> Verdict {
        // The oldest frame lends its memory once all are there.
        let is_full = watch.frames.len() as u64 > u64::from(watch.delay);
        let lent = if is_full {
            watch.frames.pop_front()
        } else {
            None
        };
        let mut frame = lent.unwrap_or_else(|| vec![Vec::new(); watch.pairs.len()]);
        for (ids, &(input, _)) in frame.iter_mut().zip(&watch.pairs) {
            ids.clear();
            ids.extend(self.fired_in(input));
        }
        watch.frames.push_back(frame);
        if watch.frames.len() as u64 <= u64::from(watch.delay) {
            return Verdict::None;
        }
        let asked = &watch.frames[0];
        let mut outputs = watch.pairs.iter().map(|&(_, output)| output);
        if asked
            .iter()
            .any(|ids| outputs.next().is_some_and(|area| self.is_wrong(ids, area)))
        {
            Verdict::Error
        } else if asked.iter().any(|ids| !ids.is_empty()) {
            Verdict::Correct
        } else {
            Verdict::None
        }
    }

    /// Whether an output area answers an input with more than one neuron, or with other voxels.
    fn is_wrong(&self, asked: &[u32], output: u32) -> bool {
        let mut answers = self.fired_in(output);
        let answer = answers.next();
        if answers.next().is_some() {
            return true;
        }
        let answer = answer.map(|id| self.voxel_of(id));
        asked.iter().any(|&id| answer != Some(self.voxel_of(id)))
    }

    /// Ids of an area that fired in this burst, ascending.
    fn fired_in(&self, area: u32) -> impl Iterator<Item = u32> + '_ {
        let with_slots = self.fired_with_slots().len();
        let areas = self.fired[..with_slots]
            .iter()
            .map(|&id| self.neurons.area[id as usize])
            .chain(self.learning.fired_areas().iter().copied());
        let fired = areas.zip(self.fired.iter().copied());
        fired
            .filter(move |&(other, _)| other == area)
            .map(|(_, id)| id)
    }

    /// Memory neurons lie at 0,0,0.
    fn voxel_of(&self, id: u32) -> [u32; 3] {
        let id = id as usize;
        if id < self.neurons.len() {
            self.neurons.position(id)
        } else {
            [0; 3]
        }
    }
}

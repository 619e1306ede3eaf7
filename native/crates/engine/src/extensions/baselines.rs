//! Settings of areas that modulators scale, and the values they had before. Source: spec/burst-engine-extensions.md section 11.2,
//! with the repairs of section 11.5 where the dynamics are not strict.

use super::modulators::{Modulators, SCALED_KINDS};
use crate::dynamics::{caught_up, charge};
use crate::engine::Engine;
use crate::living_edits::ascending_once;
use crate::neurons::{Neurons, VALID};

pub const THRESHOLD: u8 = 0;
pub const LEAK: u8 = 1;
pub const EXCITABILITY: u8 = 2;

/// The values of an area as they were before they were scaled by `factor`.
#[derive(Debug, Clone)]
pub struct Baseline {
    pub area: u32,
    pub kind: u8,
    pub factor: f32,
    /// Ascending.
    pub neurons: Vec<u32>,
    pub values: Vec<f32>,
}

impl Baseline {
    fn key(&self) -> (u32, u8) {
        (self.area, self.kind)
    }
}

/// A threshold is at least 0, leak and excitability are shares. `standard` gives an unscaled value back as it was.
fn scaled(kind: u8, value: f32, factor: f32, strict: bool) -> f32 {
    if factor == 1.0 && !strict {
        return value;
    }
    let changed = value * factor;
    if changed.is_nan() || changed <= 0.0 {
        0.0
    } else if kind != THRESHOLD && changed > 1.0 {
        1.0
    } else {
        changed
    }
}

impl Engine {
    fn setting(&self, kind: u8) -> &[f32] {
        match kind {
            THRESHOLD => &self.neurons.threshold,
            LEAK => &self.neurons.leak,
            _ => &self.neurons.excitability,
        }
    }

    /// Writes a setting of living neurons where it differs from what it is. `settles`: a new leak acts from now on; FEAGI lets it act
    /// back over the idle stretch.
    pub(super) fn write_settings(
        &mut self,
        kind: u8,
        settles: bool,
        values: impl Iterator<Item = (u32, f32)>,
    ) {
        let (burst, int8, n) = (self.burst, self.int8, &mut self.neurons);
        let column = match kind {
            THRESHOLD => n.threshold.edit(),
            LEAK => n.leak.edit(),
            _ => n.excitability.edit(),
        };
        for (id, value) in values {
            let id = id as usize;
            if n.flags[id] & VALID == 0 || column[id] == value {
                continue;
            }
            if kind == LEAK && settles {
                let idle = burst - n.last_update[id];
                let caught = caught_up(n.potential[id], column[id], idle);
                n.potential[id] = if int8 { charge(caught) } else { caught };
                n.last_update[id] = burst;
            }
            column[id] = if kind == THRESHOLD && int8 {
                charge(value)
            } else {
                value
            };
        }
    }

    /// Scales a setting of an area, from a baseline that is taken when it is first needed.
    pub(super) fn scale_area(
        &mut self,
        baselines: &mut Vec<Baseline>,
        area: u32,
        kind: u8,
        factor: f32,
    ) {
        let at = match baselines.binary_search_by_key(&(area, kind), Baseline::key) {
            Ok(at) => {
                if kind == LEAK && self.is_regulated(area) {
                    self.renew(&mut baselines[at]);
                }
                at
            }
            Err(at) => {
                let baseline = self.baseline_of(area, kind);
                baselines.insert(at, baseline);
                at
            }
        };
        let baseline = &mut baselines[at];
        if factor != baseline.factor {
            baseline.factor = factor;
            self.write_scaled(baseline);
        }
    }

    fn baseline_of(&mut self, area: u32, kind: u8) -> Baseline {
        let mut neurons = Vec::new();
        self.each_in_area(area, |_, id| neurons.push(id as u32));
        let column = self.setting(kind);
        let values = neurons.iter().map(|&id| column[id as usize]).collect();
        Baseline {
            area,
            kind,
            factor: 1.0,
            neurons,
            values,
        }
    }

    /// Takes the values as they are now, where a homeostat has moved them.
    fn renew(&self, baseline: &mut Baseline) {
        let column = self.setting(baseline.kind);
        for (&id, value) in baseline.neurons.iter().zip(&mut baseline.values) {
            if self.neurons.is_valid(id as usize) {
                *value = column[id as usize];
            }
        }
    }

    fn write_scaled(&mut self, baseline: &Baseline) {
        let Baseline { kind, factor, .. } = *baseline;
        let strict = self.strict;
        let values = baseline.values.iter();
        let values = values.map(|&value| scaled(kind, value, factor, strict));
        let neurons = baseline.neurons.iter().copied();
        self.write_settings(kind, !strict, neurons.zip(values));
    }

    /// Writes the values back as if nothing scaled them.
    pub(super) fn restore_baseline(&mut self, baseline: &mut Baseline) {
        baseline.factor = 1.0;
        let neurons = baseline.neurons.iter().copied();
        let values = neurons.zip(baseline.values.iter().copied());
        self.write_settings(baseline.kind, !self.strict, values);
    }

    /// Puts the leaks of an area back to what they are without modulators.
    pub(super) fn restore_leaks(&mut self, area: u32) {
        let Some(mut modulators) = self.learning.extensions.modulators.take() else {
            return;
        };
        let baselines = &mut modulators.baselines;
        if let Ok(at) = baselines.binary_search_by_key(&(area, LEAK), Baseline::key) {
            let baseline = &mut baselines[at];
            if baseline.factor != 1.0 {
                self.restore_baseline(baseline);
            }
        }
        self.learning.extensions.modulators = Some(modulators);
    }

    /// Gives back and drops the baselines that no modulator scales any more.
    pub(super) fn release_baselines(&mut self, modulators: &mut Modulators) {
        let mut baselines = std::mem::take(&mut modulators.baselines);
        baselines.retain_mut(|baseline| {
            let is_scaled = modulators.is_subscribed(baseline.area, baseline.kind);
            if !is_scaled {
                self.restore_baseline(baseline);
            }
            is_scaled
        });
        modulators.baselines = baselines;
    }

    /// Takes the values as they are, scaled, for a baseline and scales them once more.
    pub(super) fn rebase(&mut self, modulators: &mut Modulators, area: u32, kind: u8) {
        let found = modulators
            .baselines
            .binary_search_by_key(&(area, kind), Baseline::key);
        if let Ok(at) = found {
            let baseline = &mut modulators.baselines[at];
            let column = self.setting(kind);
            for (&id, value) in baseline.neurons.iter().zip(&mut baseline.values) {
                *value = column[id as usize];
            }
            self.write_scaled(baseline);
        }
    }

    /// An edit of a setting that modulators scale is one of its baseline. FEAGI leaves that, so that the next change undoes the edit.
    pub(super) fn edit_baseline(
        &mut self,
        (area, kind): (u32, u8),
        value_of: impl Fn(&Neurons, u32) -> Option<f32>,
    ) {
        let scaled = self.take_edit((area, kind), value_of);
        if !scaled.is_empty() {
            self.write_settings(kind, true, scaled.into_iter());
        }
    }

    /// Takes an edit into a baseline; what is to be written to the neurons it holds, ascending.
    pub(super) fn take_edit(
        &mut self,
        (area, kind): (u32, u8),
        value_of: impl Fn(&Neurons, u32) -> Option<f32>,
    ) -> Vec<(u32, f32)> {
        let modulators = self.learning.extensions.modulators.as_deref_mut();
        let Some(modulators) = modulators.filter(|_| !self.strict) else {
            return Vec::new();
        };
        let baselines = &mut modulators.baselines;
        let Ok(at) = baselines.binary_search_by_key(&(area, kind), Baseline::key) else {
            return Vec::new();
        };
        let Baseline {
            factor,
            neurons,
            values,
            ..
        } = &mut baselines[at];
        let mut edited = Vec::new();
        for (&id, kept) in neurons.iter().zip(values) {
            let is_valid = self.neurons.is_valid(id as usize);
            if let Some(value) = value_of(&self.neurons, id).filter(|_| is_valid) {
                *kept = value;
                edited.push((id, scaled(kind, value, *factor, false)));
            }
        }
        edited
    }

    /// Takes threshold, leak and excitability of a neuron into its baselines; what is to be written of them.
    pub(crate) fn edited_settings(&mut self, id: usize, values: [f32; 3]) -> [f32; 3] {
        let modulators = self.learning.extensions.modulators.as_deref_mut();
        let Some(modulators) = modulators.filter(|_| !self.strict) else {
            return values;
        };
        let area = self.neurons.area[id];
        let mut written = values;
        for (kind, written) in (0..SCALED_KINDS).zip(&mut written) {
            if let Some((baseline, at)) = modulators.baseline_of(area, kind, id as u32) {
                baseline.values[at] = *written;
                *written = scaled(kind, *written, baseline.factor, false);
            }
        }
        written
    }

    /// Threshold, leak and excitability as they were set: in `standard` what modulators make of them is left out.
    pub(crate) fn set_values(&self, id: usize) -> [f32; 3] {
        let mut values = [0, 1, 2].map(|kind| self.setting(kind)[id]);
        let modulators = self.learning.extensions.modulators.as_deref();
        let baselines = modulators
            .filter(|_| !self.strict)
            .map_or(&[][..], |modulators| &modulators.baselines);
        let area = self.neurons.area[id];
        for baseline in baselines
            .iter()
            .filter(|one| one.area == area && one.factor != 1.0)
        {
            if let Ok(at) = baseline.neurons.binary_search(&(id as u32)) {
                values[baseline.kind as usize] = baseline.values[at];
            }
        }
        values
    }

    /// These neurons get their own values back and are scaled no more.
    pub(crate) fn leave_baselines(&mut self, ids: &[u32]) {
        let Some(mut modulators) = self.learning.extensions.modulators.take() else {
            return;
        };
        let leaving = ascending_once(ids.iter().copied());
        let leaves = |id: &u32| leaving.binary_search(id).is_ok();
        for baseline in &mut modulators.baselines {
            let entries = baseline.neurons.iter().copied();
            let entries = entries.zip(baseline.values.iter().copied());
            let (gone, stay): (Vec<_>, Vec<_>) = entries.partition(|(id, _)| leaves(id));
            if gone.is_empty() {
                continue;
            }
            if baseline.factor != 1.0 {
                self.write_settings(baseline.kind, !self.strict, gone.into_iter());
            }
            (baseline.neurons, baseline.values) = stay.into_iter().unzip();
        }
        self.learning.extensions.modulators = Some(modulators);
    }

    /// Neurons of modulated areas, ascending and of no baseline so far, are scaled at once.
    pub(crate) fn join_baselines(&mut self, ids: &[u32]) {
        let Some(mut modulators) = self.learning.extensions.modulators.take() else {
            return;
        };
        for baseline in &mut modulators.baselines {
            let Baseline { kind, factor, .. } = *baseline;
            let of_area = ids.iter().copied();
            let of_area = of_area.filter(|&id| self.neurons.area[id as usize] == baseline.area);
            let column = self.setting(kind);
            let joining: Vec<_> = of_area.map(|id| (id, column[id as usize])).collect();
            let Some(&(first, _)) = joining.first() else {
                continue;
            };
            if factor != 1.0 {
                let strict = self.strict;
                let values = joining.iter();
                let values = values.map(|&(id, value)| (id, scaled(kind, value, factor, strict)));
                self.write_settings(kind, !strict, values);
            }
            let is_behind = baseline.neurons.last().is_none_or(|&last| last < first);
            let before = baseline.neurons.drain(..).zip(baseline.values.drain(..));
            let mut entries: Vec<_> = before.chain(joining).collect();
            if !is_behind {
                entries.sort_by_key(|&(id, _)| id);
            }
            (baseline.neurons, baseline.values) = entries.into_iter().unzip();
        }
        self.learning.extensions.modulators = Some(modulators);
    }
}

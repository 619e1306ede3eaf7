//! Tables that follow from areas and synapses: what conducts, who divides, who sends its membrane potential.

use crate::engine::Engine;
use crate::synapses::{INDEXED, is_live};

impl Engine {
    /// Makes rows and derived tables agree with the synapses and area settings.
    pub(crate) fn prepare(&mut self) {
        self.settle();
        if !self.drive_stale {
            return;
        }
        self.drive_stale = false;
        self.note_transmission();
        // Until any flag is set anywhere every contribution is undivided and, in feagi-strict, removed synapses conduct (spec 4.2).
        let fast_path = !self.is_on_general_path();
        self.removed_conduct = self.strict && fast_path;
        if self.removed_conduct {
            self.synapses.silence(|state| state & INDEXED != 0);
        } else {
            self.synapses.silence(is_live);
        }
        self.is_driven.clear();
        self.divisor.clear();
        self.wears = self.areas.iter().any(|area| area.degeneration > 0.0);
        if self.wears {
            self.synapses.spread_psps();
        }
        if fast_path {
            return;
        }
        // Neighbours mostly share an area.
        let mut last = None;
        let mut flags_of = |area: u32| {
            let known = last.filter(|&(other, _)| other == area);
            known
                .unwrap_or_else(|| {
                    let at = self.areas.binary_search_by_key(&area, |one| one.index);
                    let flags = at.ok().map_or((false, false), |at| {
                        let is_on = |flag| flag == Some(true);
                        (
                            is_on(self.areas[at].mp_driven_psp),
                            is_on(self.areas[at].psp_uniform),
                        )
                    });
                    last = Some((area, flags));
                    (area, flags)
                })
                .1
        };
        let areas = self.neurons.area.iter();
        if areas.clone().any(|&area| flags_of(area).0) {
            self.is_driven
                .extend(areas.clone().map(|&area| flags_of(area).0));
        }
        if areas.clone().any(|&area| !flags_of(area).1) {
            let degrees = self.synapses.degrees().into_iter().zip(areas);
            self.divisor.extend(degrees.map(
                |(degree, &area)| {
                    if flags_of(area).1 { 1 } else { degree.max(1) }
                },
            ));
        }
    }

    #[cfg(feature = "plasticity")]
    pub(crate) fn sends_potential(&self, source: u32) -> bool {
        self.is_driven
            .get(source as usize)
            .copied()
            .unwrap_or(false)
    }

    /// By how much a neuron divides what it sends; 1: not.
    #[cfg(feature = "plasticity")]
    pub(crate) fn divisor_of(&self, source: u32) -> u32 {
        self.divisor.get(source as usize).copied().unwrap_or(1)
    }
}

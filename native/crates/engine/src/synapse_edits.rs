//! What edits, wear and learning change of synapses that have their places.

use std::ops::Range;
use std::sync::Arc;

use crate::column::Column;
use crate::palette::{Class, limit};
use crate::synapses::{Layout, SILENT, Synapses, VALID, is_live};

impl Synapses {
    /// Makes silent what does not conduct, by its state, and audible what does.
    pub fn silence(&mut self, conducts: impl Fn(u8) -> bool) {
        if self.state.is_empty() && !self.any_silent {
            return;
        }
        let far = self.far().start;
        let mut any_silent = false;
        let targets = self.target.edit();
        for (place, target) in targets[..far].iter_mut().enumerate() {
            let state = self.state.get(place).copied().unwrap_or(self.listed);
            let is_silent = !conducts(state);
            any_silent |= is_silent;
            *target = *target & !SILENT | if is_silent { SILENT } else { 0 };
        }
        self.reach = u32::MAX;
        self.any_silent = any_silent;
    }

    /// Makes one synapse silent.
    pub fn mute(&mut self, place: usize) {
        if place < self.far().start {
            self.target.edit()[place] |= SILENT;
            self.reach = u32::MAX;
            self.any_silent = true;
        }
    }

    pub fn set_state(&mut self, place: usize, state: u8) {
        self.states()[place] = state;
    }

    fn states(&mut self) -> &mut Vec<u8> {
        let (listed, placed) = (self.listed, self.placed());
        let states = self.state.edit();
        states.resize(placed, listed);
        states
    }

    /// Changes the states of all synapses; newcomers come along.
    pub fn change_states(&mut self, change: impl Fn(u8) -> u8) {
        for newcomer in &mut self.newcomers {
            newcomer.state = change(newcomer.state);
        }
        if self.state.is_empty() && change(self.listed) == self.listed {
            return;
        }
        let listed = self.listed;
        let states = self.states();
        for state in &mut *states {
            *state = change(*state);
        }
        if states.iter().all(|&state| state == listed) {
            self.state = Column::default();
        }
    }

    /// Lists exactly the valid slots in every index.
    pub fn reindex(&mut self) {
        let listed = self.listed;
        self.change_states(|state| if state & VALID != 0 { listed } else { 0 });
    }

    /// Gives each synapse a weight of its own.
    pub fn spread_weights(&mut self) {
        if self.weight.is_empty() {
            let weights = self.by_place(|class| class.weight);
            self.weight = weights.into();
            Arc::make_mut(&mut self.palette).drop_field(|class| class.weight = 0.0);
        }
    }

    /// Gives each synapse a psp of its own.
    pub fn spread_psps(&mut self) {
        if self.psp.is_empty() {
            let psps = self.by_place(|class| class.psp);
            self.psp = psps.into();
            Arc::make_mut(&mut self.palette).drop_field(|class| class.psp = 0.0);
        }
    }

    /// Puts runs of slots into modulation groups: rows of first slot, number of slots and group.
    #[cfg(feature = "plasticity")]
    pub fn stamp(&mut self, rows: &[u32]) {
        if self.group.is_empty() && rows.chunks_exact(3).any(|row| row[2] > 0) {
            self.group = vec![0; self.placed()].into();
        }
        for row in rows.chunks_exact(3) {
            let group = row[2] as u16;
            let slots = row[0] as usize..row[0] as usize + row[1] as usize;
            for one in &mut self.newcomers {
                if slots.contains(&(one.slot as usize)) {
                    one.group = group;
                }
            }
            for slot in slots.start..slots.end.min(self.group.len()) {
                let place = self.place_of(slot as u32);
                self.group.edit()[place] = group;
            }
        }
    }

    fn by_place<T>(&self, field: impl Fn(&Class) -> T) -> Vec<T> {
        (0..self.placed())
            .map(|place| field(self.class_of(place)))
            .collect()
    }

    /// Writes out traces that were all zero.
    #[cfg(feature = "plasticity")]
    pub fn make_traces(&mut self) {
        if self.trace.len() < self.placed() {
            let placed = self.placed();
            self.trace.edit().resize(placed, 0.0);
        }
    }

    pub fn set_weight(&mut self, place: usize, weight: f32) {
        if self.weight.is_empty() {
            let class = Class {
                weight,
                ..*self.class_of(place)
            };
            if let Some(class) = self.find_class(class) {
                self.set_class(place, class);
                return;
            }
            self.spread_weights();
        }
        self.weight.edit()[place] = weight;
    }

    /// Sets the psp at many places.
    pub fn set_psps(&mut self, places: &[u32], psp: f32) {
        if self.psp.is_empty() {
            let mut known = vec![None; self.palette.classes().len()];
            for (at, &place) in places.iter().enumerate() {
                let old = self.class.get(place as usize).copied().unwrap_or(0) as usize;
                let new = known[old].or_else(|| {
                    let class = Class {
                        psp,
                        ..self.palette.classes()[old]
                    };
                    self.find_class(class)
                });
                let Some(new) = new else {
                    self.spread_psps();
                    return self.set_psps(&places[at..], psp);
                };
                known[old] = Some(new);
                self.set_class(place as usize, new);
            }
            return;
        }
        let psps = self.psp.edit();
        for &place in places {
            psps[place as usize] = psp;
        }
    }

    fn find_class(&mut self, class: Class) -> Option<u16> {
        let limit = limit(!self.weight.is_empty(), !self.psp.is_empty());
        Arc::make_mut(&mut self.palette).find(class, limit)
    }

    fn set_class(&mut self, place: usize, class: u16) {
        if self.class.get(place).copied().unwrap_or(0) != class {
            let placed = self.placed();
            let classes = self.class.edit();
            classes.resize(placed, 0);
            classes[place] = class;
        }
    }

    /// Takes off what a spike costs at every live synapse of a source; psps have a column of their own by then.
    pub fn wear(&mut self, source: u32, wear: f32) {
        let Layout { neurons, bands, .. } = self.layout;
        if (source as usize) < neurons {
            for band in 0..bands {
                let row = self.row(band, source);
                self.wear_places(row, wear);
            }
        }
        if self.has_far_neurons || source as usize >= neurons {
            for (at, place) in self.far().enumerate() {
                if self.far_source[at] == source {
                    self.wear_places(place..place + 1, wear);
                }
            }
        }
    }

    fn wear_places(&mut self, places: Range<usize>, wear: f32) {
        let psps = self.psp.edit();
        for place in places {
            if is_live(self.state.get(place).copied().unwrap_or(self.listed)) {
                let left = psps[place] - wear;
                psps[place] = if left > 0.0 { left } else { 0.0 };
            }
        }
    }
}

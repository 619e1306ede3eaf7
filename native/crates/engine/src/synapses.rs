//! Synapses in rows by source, each row in slot order. Source: spec/burst-engine.md sections 2.3 and 2.4.
//!
//! A *slot* is a synapse's number; a new one takes the lowest that is free, in feagi-strict a new one. A *place* is where it lies. Rows lie band by band (a band: the targets of one
//! partition), in each by source; behind them all lie the *far* synapses, which no row can hold: their source is no neuron, or
//! their target is no possible id. Where an image comes sorted by source and there is one band, place and slot are the same.
//! What a synapse is beside its ends is a class of the palette; weights, psps, flags, states and traces get a column of their own
//! when synapses of one class come to differ.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::arrange::Loose;
use crate::column::{Bytes, Column};
use crate::palette::{Class, Palette};

/// Bit of a state: the synapse exists.
pub const VALID: u8 = 1;
/// Bit of a state: the synapse index lists it.
pub const INDEXED: u8 = 2;
/// What conducts, wears and divides.
pub const LIVE: u8 = VALID | INDEXED;
/// Bit of a state, in feagi-strict alone: the plasticity index lists the synapse.
pub const PLASTIC: u8 = 4;
/// Bit of a target: nothing is sent there. Ids end below it.
pub const SILENT: u32 = 1 << 31;

pub fn is_live(state: u8) -> bool {
    state & LIVE == LIVE
}

/// State of a valid synapse that every index lists.
pub fn listed(strict: bool) -> u8 {
    if strict { LIVE | PLASTIC } else { LIVE }
}

/// How rows lie: for so many neurons, in bands of `span` targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    pub neurons: usize,
    pub span: usize,
    pub bands: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            neurons: 0,
            span: usize::MAX,
            bands: 1,
        }
    }
}

impl Layout {
    pub fn band_of(&self, target: u32) -> usize {
        if self.bands == 1 {
            0
        } else {
            // Ids are u32, and a u32 division is several times faster.
            ((target / self.span as u32) as usize).min(self.bands - 1)
        }
    }
}

/// A synapse that has a slot but no place yet.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer {
    pub slot: u32,
    pub source: u32,
    pub target: u32,
    pub class: Class,
    pub state: u8,
    pub group: u16,
}

#[derive(Debug, Clone, Default)]
pub struct Synapses {
    pub layout: Layout,
    /// Start of every row, band by band; one more for the far ones.
    pub start: Column<u32>,
    pub far_source: Column<u32>,
    /// Id, and whether the synapse is silent.
    pub target: Column<u32>,
    /// Empty: all are of class 0.
    pub class: Column<u16>,
    pub palette: Arc<Palette>,
    /// These are empty while the class tells.
    pub weight: Column<f32>,
    pub psp: Column<f32>,
    pub flags: Column<u8>,
    /// Empty while all are `listed`.
    pub state: Column<u8>,
    pub listed: u8,
    /// Eligibility; empty while every trace is +0.
    pub trace: Column<f32>,
    /// Modulation group; empty while every one is 0, none.
    pub group: Column<u16>,
    /// Empty: place and slot are the same.
    pub slot: Column<u32>,
    /// Places by slot, once somebody asked.
    pub places: OnceLock<Column<u32>>,
    /// Ascending slot. The slot of a removed synapse, which keeps its place until this one gets one, or one behind all others.
    pub newcomers: Vec<Newcomer>,
    /// Free slots, descending; found for the first newcomer and used up by it and those that follow.
    pub free: Vec<u32>,
    pub valid_count: usize,
    pub any_silent: bool,
    /// No target is above this, silence counted.
    pub reach: u32,
    /// Whether a neuron is the source of a far one.
    pub has_far_neurons: bool,
}

/// The rows of one band, as a burst reads them.
pub struct Rows<'a> {
    start: &'a [u32],
    pub target: &'a [u32],
    pub class: &'a [u16],
    pub weight: &'a [f32],
    pub psp: &'a [f32],
    pub group: &'a [u16],
    pub classes: &'a [Class],
    pub contribution: &'a [f32],
}

impl Rows<'_> {
    #[inline]
    pub fn of(&self, source: u32) -> Range<usize> {
        self.start[source as usize] as usize..self.start[source as usize + 1] as usize
    }
}

impl Synapses {
    /// Synapses with a place, newcomers aside.
    pub fn placed(&self) -> usize {
        self.target.len()
    }

    /// Slots.
    pub fn len(&self) -> usize {
        let last = self.newcomers.last().map_or(0, |one| one.slot as usize + 1);
        self.placed().max(last)
    }

    pub fn palette(&self) -> &Palette {
        &self.palette
    }

    pub fn rows(&self, band: usize) -> Rows<'_> {
        let first = band * self.layout.neurons;
        Rows {
            start: &self.start[first..=first + self.layout.neurons],
            target: &self.target,
            class: &self.class,
            weight: &self.weight,
            psp: &self.psp,
            group: &self.group,
            classes: self.palette.classes(),
            contribution: self.palette.contributions(),
        }
    }

    /// Places of the rows of one source, none for what is no neuron.
    pub fn rows_of(&self, source: u32) -> impl Iterator<Item = Range<usize>> + '_ {
        let Layout { neurons, bands, .. } = self.layout;
        let is_neuron = (source as usize) < neurons;
        (0..if is_neuron { bands } else { 0 }).map(move |band| self.row(band, source))
    }

    pub fn row(&self, band: usize, source: u32) -> Range<usize> {
        let row = band * self.layout.neurons + source as usize;
        self.start[row] as usize..self.start[row + 1] as usize
    }

    /// Places of the synapses that no row holds.
    pub fn far(&self) -> Range<usize> {
        self.placed() - self.far_source.len()..self.placed()
    }

    /// Places of all synapses of one source, in slot order within a band.
    pub fn places_of(&self, source: u32) -> impl Iterator<Item = usize> + '_ {
        let first = self.far().start;
        let far = self.far_source.iter().enumerate();
        let is_far = self.has_far_neurons || source as usize >= self.layout.neurons;
        let far = far.filter(move |&(_, &other)| is_far && other == source);
        self.rows_of(source)
            .flatten()
            .chain(far.map(move |(at, _)| first + at))
    }

    /// Calls `visit` with every source and the places of one row of it.
    pub fn each_row(&self, mut visit: impl FnMut(u32, Range<usize>)) {
        let neurons = self.layout.neurons;
        for (row, pair) in self.start.windows(2).enumerate() {
            if pair[0] != pair[1] {
                visit((row % neurons) as u32, pair[0] as usize..pair[1] as usize);
            }
        }
        let far = self.far();
        for (at, &source) in self.far_source.iter().enumerate() {
            visit(source, far.start + at..far.start + at + 1);
        }
    }

    /// The source at every place.
    pub fn sources(&self) -> Vec<u32> {
        let mut sources = vec![0; self.placed()];
        self.each_row(|source, row| sources[row].fill(source));
        sources
    }

    pub fn source_of(&self, place: usize) -> u32 {
        if let Some(at) = place.checked_sub(self.far().start) {
            return self.far_source[at];
        }
        let after = self.start.partition_point(|&start| start as usize <= place);
        ((after - 1) % self.layout.neurons) as u32
    }

    pub fn target_of(&self, place: usize) -> u32 {
        if place < self.far().start {
            self.target[place] & !SILENT
        } else {
            self.target[place]
        }
    }

    pub fn slot_of(&self, place: usize) -> u32 {
        self.slot.get(place).copied().unwrap_or(place as u32)
    }

    pub fn class_of(&self, place: usize) -> &Class {
        let class = self.class.get(place).copied().unwrap_or(0);
        &self.palette.classes()[class as usize]
    }

    pub fn weight_of(&self, place: usize) -> f32 {
        let own = self.weight.get(place).copied();
        own.unwrap_or_else(|| self.class_of(place).weight)
    }

    pub fn psp_of(&self, place: usize) -> f32 {
        let own = self.psp.get(place).copied();
        own.unwrap_or_else(|| self.class_of(place).psp)
    }

    pub fn flags_of(&self, place: usize) -> u8 {
        let own = self.flags.get(place).copied();
        own.unwrap_or_else(|| self.class_of(place).flags)
    }

    pub fn state_of(&self, place: usize) -> u8 {
        self.state.get(place).copied().unwrap_or(self.listed)
    }

    pub fn trace_of(&self, place: usize) -> f32 {
        self.trace.get(place).copied().unwrap_or(0.0)
    }

    pub fn group_of(&self, place: usize) -> u16 {
        self.group.get(place).copied().unwrap_or(0)
    }

    #[cfg(feature = "plasticity")]
    pub fn signed_weight(&self, place: usize) -> f32 {
        self.class_of(place).signed(self.weight_of(place))
    }

    /// Everything a class can tell about one synapse.
    pub fn whole_class_of(&self, place: usize) -> Class {
        Class {
            weight: self.weight_of(place),
            psp: self.psp_of(place),
            flags: self.flags_of(place),
            ..*self.class_of(place)
        }
    }

    /// Where a slot that is no newcomer lies; the list this takes where slots are not in order is made once.
    pub fn place_of(&self, slot: u32) -> usize {
        if self.slot.is_empty() {
            return slot as usize;
        }
        let places = self
            .places
            .get_or_init(|| self.places_by_slot().unwrap_or_default().into());
        places[slot as usize] as usize
    }

    /// Places by slot; none where they are the same.
    pub fn places_by_slot(&self) -> Option<Vec<u32>> {
        if self.slot.is_empty() {
            return None;
        }
        let mut places = vec![0; self.placed()];
        for (place, &slot) in self.slot.iter().enumerate() {
            places[slot as usize] = place as u32;
        }
        Some(places)
    }

    /// A value of every slot: by place, and of newcomers.
    pub fn by_slot<T: Clone + Default>(
        &self,
        of_place: impl Fn(usize) -> T,
        of_newcomer: impl Fn(&Newcomer) -> T,
    ) -> Vec<T> {
        let mut values = vec![T::default(); self.placed()];
        for place in 0..self.placed() {
            values[self.slot_of(place) as usize] = of_place(place);
        }
        values.resize(self.len(), T::default());
        for one in &self.newcomers {
            values[one.slot as usize] = of_newcomer(one);
        }
        values
    }

    /// The longest delay of any synapse; 1 where there is none.
    pub fn longest_delay(&self) -> u8 {
        let newcomers = self.newcomers.iter().map(|one| one.class.delay);
        newcomers
            .max()
            .unwrap_or(1)
            .max(self.palette.longest_delay())
    }

    /// The synapse in a slot that has no place yet.
    pub fn newcomer(&self, slot: u32) -> Option<&Newcomer> {
        let at = self.newcomers.binary_search_by_key(&slot, |one| one.slot);
        at.ok().map(|at| &self.newcomers[at])
    }

    /// Slots of removed synapses, descending; before the first newcomer.
    fn free_slots(&self) -> Vec<u32> {
        if self.valid_count == self.placed() {
            return Vec::new();
        }
        let free = (0..self.placed()).filter(|&place| self.state_of(place) == 0);
        let mut slots: Vec<u32> = free.map(|place| self.slot_of(place)).collect();
        slots.sort_unstable_by_key(|&slot| Reverse(slot));
        slots
    }

    /// Adds a synapse; in feagi-strict no index lists it yet. It conducts once it has a place.
    pub fn push(&mut self, [source, target]: [u32; 2], class: Class, group: u16, strict: bool) {
        if self.newcomers.is_empty() && !strict {
            self.free = self.free_slots();
        }
        let slot = self.free.pop().unwrap_or(self.len() as u32);
        self.newcomers.push(Newcomer {
            slot,
            source,
            target,
            class,
            state: if strict { VALID } else { LIVE },
            group,
        });
        self.valid_count += 1;
    }

    /// Gives every synapse its place in rows of this layout. Tells whether anything moved; all are audible then.
    pub fn settle(&mut self, layout: Layout) -> bool {
        if self.newcomers.is_empty() && self.layout == layout {
            return false;
        }
        let (listed, valid_count) = (self.listed, self.valid_count);
        let loose = std::mem::take(self).into_slot_order();
        *self = loose.arrange(layout, listed);
        self.valid_count = valid_count;
        true
    }

    /// Gives every synapse other ends, by `moved`, and its place in rows of this layout; all are audible then.
    pub fn move_ends(&mut self, layout: Layout, moved: impl Fn(u32) -> u32) {
        let (listed, valid_count) = (self.listed, self.valid_count);
        let mut loose = std::mem::take(self).into_slot_order();
        for end in loose
            .source
            .to_mut()
            .iter_mut()
            .chain(loose.target.to_mut())
        {
            *end = moved(*end);
        }
        *self = loose.arrange(layout, listed);
        self.valid_count = valid_count;
    }

    /// All columns in slot order, newcomers among them.
    fn into_slot_order(mut self) -> Loose<'static> {
        self.silence(|_| true);
        let sources = self.sources();
        let places = self.places_by_slot();
        let mut loose = Loose {
            source: Cow::Owned(in_order(sources, places.as_deref())),
            target: Cow::Owned(in_order(self.target.take(), places.as_deref())),
            class: in_order(self.class.take(), places.as_deref()),
            weight: Cow::Owned(in_order(self.weight.take(), places.as_deref())),
            psp: Cow::Owned(in_order(self.psp.take(), places.as_deref())),
            flags: Cow::Owned(in_order(self.flags.take(), places.as_deref())),
            state: in_order(self.state.take(), places.as_deref()),
            trace: in_order(self.trace.take(), places.as_deref()),
            group: in_order(self.group.take(), places.as_deref()),
            palette: Arc::unwrap_or_clone(self.palette),
        };
        loose.take_in(&self.newcomers, self.listed);
        loose
    }

    /// Live synapses of every neuron.
    pub fn degrees(&self) -> Vec<u32> {
        let mut degrees = vec![0; self.layout.neurons];
        self.each_row(|source, row| {
            if let Some(degree) = degrees.get_mut(source as usize) {
                *degree += if self.state.is_empty() {
                    row.len() as u32
                } else {
                    row.filter(|&place| is_live(self.state[place])).count() as u32
                };
            }
        });
        degrees
    }

    /// What finding a neuron's rows takes.
    pub fn row_bytes(&self) -> Bytes {
        self.start.bytes()
    }

    /// What the synapses themselves take.
    pub fn bytes(&self) -> Bytes {
        let own = self.palette.bytes()
            + self.newcomers.capacity() * size_of::<Newcomer>()
            + self.free.capacity() * size_of::<u32>();
        [
            self.target.bytes(),
            self.class.bytes(),
            self.weight.bytes(),
            self.psp.bytes(),
            self.flags.bytes(),
            self.state.bytes(),
            self.trace.bytes(),
            self.group.bytes(),
            self.slot.bytes(),
            self.far_source.bytes(),
            self.places.get().map_or(Bytes::default(), Column::bytes),
            Bytes {
                all: own,
                shared: 0,
            },
        ]
        .into_iter()
        .sum()
    }
}

/// Values by slot from values by place.
fn in_order<T: Copy>(values: Vec<T>, places: Option<&[u32]>) -> Vec<T> {
    match places {
        Some(places) if !values.is_empty() => {
            places.iter().map(|&place| values[place as usize]).collect()
        }
        _ => values,
    }
}

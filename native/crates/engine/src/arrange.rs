//! From synapses as they come, in slot order, to rows.

use std::borrow::Cow;
use std::sync::OnceLock;

use gyrus_types::SynapseColumns;

use crate::column::Column;
use crate::palette::{Class, Classifier, Palette, limit};
use crate::synapses::{Layout, Newcomer, SILENT, Synapses, VALID};

/// Synapses in slot order. What is empty is told by the class, or is as always.
#[derive(Default)]
pub struct Loose<'a> {
    pub source: Cow<'a, [u32]>,
    pub target: Cow<'a, [u32]>,
    pub class: Vec<u16>,
    pub weight: Cow<'a, [f32]>,
    pub psp: Cow<'a, [f32]>,
    pub flags: Cow<'a, [u8]>,
    pub state: Vec<u8>,
    pub trace: Vec<f32>,
    pub group: Vec<u16>,
    pub palette: Palette,
}

/// A column that may hold one value for all.
#[derive(Clone, Copy)]
struct Values<'a, T>(&'a [T]);

impl<'a, T> Values<'a, T> {
    /// What a class tells of one field: nothing once it has a column of its own.
    fn telling(own: &[T], column: &'a [T], nothing: &'a [T]) -> Self {
        Self(if own.is_empty() { column } else { nothing })
    }
}

impl<T: Copy> Values<'_, T> {
    #[inline]
    fn at(&self, slot: usize) -> T {
        if self.0.len() == 1 {
            self.0[0]
        } else {
            self.0[slot]
        }
    }

    fn is_uniform<K: PartialEq>(&self, key: impl Fn(&T) -> K) -> bool {
        let Some(first) = self.0.first().map(&key) else {
            return true;
        };
        // By chunks, so that each is one plain loop without a way out.
        let is_like_first = |chunk: &[T]| chunk.iter().fold(true, |all, v| all & (key(v) == first));
        self.0.chunks(4096).all(is_like_first)
    }
}

impl<'a> Loose<'a> {
    /// The synapses of an image, sorted into classes.
    pub fn of(columns: &SynapseColumns<'a>) -> Self {
        let mut loose = Self {
            source: Cow::Borrowed(columns.source),
            target: Cow::Borrowed(columns.target),
            ..Self::default()
        };
        if columns.count > 0 {
            while !loose.classify(columns) {}
        }
        loose
    }

    /// Sorts all synapses into classes; where there are too many, gives what differs most a column of its own and returns false.
    fn classify(&mut self, columns: &SynapseColumns<'a>) -> bool {
        let weight = Values::telling(&self.weight, columns.weight, &[0.0]);
        let psp = Values::telling(&self.psp, columns.psp, &[0.0]);
        let flags = Values::telling(&self.flags, columns.flags, &[0]);
        let (kind, delay) = (Values(columns.kind), Values(columns.delay));
        let key_of = |slot: usize| {
            let bytes = [kind.at(slot), delay.at(slot), flags.at(slot)].map(u32::from);
            let packed = bytes[0] | bytes[1] << 8 | bytes[2] << 16;
            [weight.at(slot).to_bits(), psp.at(slot).to_bits(), packed]
        };
        let by_weight = !weight.is_uniform(|v| v.to_bits());
        let by_psp = !psp.is_uniform(|v| v.to_bits());
        let by_flags = !flags.is_uniform(|&v| v);
        let limit = limit(!by_weight, !by_psp);
        let mut classifier = Classifier::new(Palette::default(), limit);
        let one_for_all = !(by_weight || by_psp || by_flags)
            && kind.is_uniform(|&v| v)
            && delay.is_uniform(|&v| v);
        if one_for_all {
            classifier.class_of(key_of(0));
        } else {
            self.class.reserve_exact(columns.count);
            for slot in 0..columns.count {
                let Some(class) = classifier.class_of(key_of(slot)) else {
                    self.class.clear();
                    if by_weight {
                        self.weight = Cow::Borrowed(columns.weight);
                    } else if by_psp {
                        self.psp = Cow::Borrowed(columns.psp);
                    } else {
                        self.flags = Cow::Borrowed(columns.flags);
                    }
                    return false;
                };
                self.class.push(class);
            }
        }
        self.palette = classifier.palette;
        true
    }

    /// Takes in synapses that came later, ascending slot: in place of removed ones, or behind all others.
    pub fn take_in(&mut self, newcomers: &[Newcomer], listed: u8) {
        let Some(last) = newcomers.last() else {
            return;
        };
        let slots = self.source.len().max(last.slot as usize + 1);
        self.source.to_mut().resize(slots, 0);
        self.target.to_mut().resize(slots, 0);
        self.class.resize(slots, 0);
        for column in [&mut self.weight, &mut self.psp] {
            if !column.is_empty() {
                column.to_mut().resize(slots, 0.0);
            }
        }
        if !self.flags.is_empty() {
            self.flags.to_mut().resize(slots, 0);
        }
        if !self.state.is_empty() || newcomers.iter().any(|one| one.state != listed) {
            self.state.resize(slots, listed);
        }
        if !self.trace.is_empty() {
            self.trace.resize(slots, 0.0);
        }
        if !self.group.is_empty() || newcomers.iter().any(|one| one.group > 0) {
            self.group.resize(slots, 0);
        }
        let palette = std::mem::take(&mut self.palette);
        let mut classifier = Classifier::new(palette, self.limit());
        for one in newcomers {
            let class = loop {
                if let Some(class) = classifier.class_of(self.telling_class(&one.class).key()) {
                    break class;
                }
                self.palette = classifier.palette;
                self.spread_one();
                classifier = Classifier::new(std::mem::take(&mut self.palette), self.limit());
            };
            let slot = one.slot as usize;
            self.source.to_mut()[slot] = one.source;
            self.target.to_mut()[slot] = one.target;
            self.class[slot] = class;
            put(self.weight.to_mut(), slot, one.class.weight);
            put(self.psp.to_mut(), slot, one.class.psp);
            put(self.flags.to_mut(), slot, one.class.flags);
            put(&mut self.state, slot, one.state);
            put(&mut self.trace, slot, 0.0);
            put(&mut self.group, slot, one.group);
        }
        self.palette = classifier.palette;
        if self.palette.classes().len() == 1 {
            self.class.clear();
        }
        if self.state.iter().all(|&state| state == listed) {
            self.state.clear();
        }
    }

    /// The same with nothing borrowed.
    pub fn into_owned(self) -> Loose<'static> {
        Loose {
            source: Cow::Owned(self.source.into_owned()),
            target: Cow::Owned(self.target.into_owned()),
            weight: Cow::Owned(self.weight.into_owned()),
            psp: Cow::Owned(self.psp.into_owned()),
            flags: Cow::Owned(self.flags.into_owned()),
            class: self.class,
            state: self.state,
            trace: self.trace,
            group: self.group,
            palette: self.palette,
        }
    }

    fn limit(&self) -> usize {
        limit(!self.weight.is_empty(), !self.psp.is_empty())
    }

    fn telling_class(&self, class: &Class) -> Class {
        Class {
            weight: if self.weight.is_empty() {
                class.weight
            } else {
                0.0
            },
            psp: if self.psp.is_empty() { class.psp } else { 0.0 },
            flags: if self.flags.is_empty() {
                class.flags
            } else {
                0
            },
            ..*class
        }
    }

    /// Gives weights, then psps, then flags a column of their own.
    fn spread_one(&mut self) {
        let classes = self.palette.classes();
        let all = self.class.iter().map(|&class| &classes[class as usize]);
        if self.weight.is_empty() {
            self.weight = all.map(|class| class.weight).collect();
            self.palette.drop_field(|class| class.weight = 0.0);
        } else if self.psp.is_empty() {
            self.psp = all.map(|class| class.psp).collect();
            self.palette.drop_field(|class| class.psp = 0.0);
        } else {
            self.flags = all.map(|class| class.flags).collect();
            self.palette.drop_field(|class| class.flags = 0);
        }
    }

    /// Rows of this layout.
    pub fn arrange(self, layout: Layout, listed: u8) -> Synapses {
        let reach = self.target.iter().fold(0, |most, &target| most.max(target));
        let (start, order) = if layout.bands == 1 && self.is_in_rows(layout.neurons, reach) {
            (starts(&self.source, layout.neurons), None)
        } else {
            let (start, order) = self.order(layout);
            (start, Some(order))
        };
        let by_place = order.as_deref();
        let first_far = start.last().map_or(0, |&start| start as usize);
        let far = by_place.map_or(&[][..], |order| &order[first_far..]);
        let source_of = |&slot: &u32| self.source[slot as usize];
        let far_source: Vec<u32> = far.iter().map(source_of).collect();
        let is_neuron = |&source: &u32| (source as usize) < layout.neurons;
        let state = self.state;
        Synapses {
            layout,
            has_far_neurons: far_source.iter().any(is_neuron),
            far_source: far_source.into(),
            target: placed(self.target, by_place),
            class: placed(Cow::Owned(self.class), by_place),
            weight: placed(self.weight, by_place),
            psp: placed(self.psp, by_place),
            flags: placed(self.flags, by_place),
            valid_count: if state.is_empty() {
                self.source.len()
            } else {
                state.iter().filter(|&&state| state & VALID != 0).count()
            },
            state: placed(Cow::Owned(state), by_place),
            trace: placed(Cow::Owned(self.trace), by_place),
            group: placed(Cow::Owned(self.group), by_place),
            start: start.into(),
            palette: self.palette.into(),
            listed,
            slot: order.unwrap_or_default().into(),
            places: OnceLock::new(),
            newcomers: Vec::new(),
            free: Vec::new(),
            any_silent: false,
            reach,
        }
    }

    /// Whether the synapses lie in rows as they come.
    fn is_in_rows(&self, neurons: usize, reach: u32) -> bool {
        reach < SILENT
            && self.source.is_sorted()
            && self
                .source
                .last()
                .is_none_or(|&last| (last as usize) < neurons)
    }

    /// Start of every row, and the slots by place: counted, then placed.
    fn order(&self, layout: Layout) -> (Vec<u32>, Vec<u32>) {
        let Layout { neurons, bands, .. } = layout;
        let rows = bands * neurons;
        let row_of = |source: u32, target: u32| {
            if source as usize >= neurons || target & SILENT != 0 {
                rows
            } else {
                layout.band_of(target) * neurons + source as usize
            }
        };
        let ends = || self.source.iter().zip(&*self.target);
        // One in front, so that each row's count becomes its start, and its start, once filled, the next one's.
        let mut next = vec![0_u32; rows + 2];
        for (&source, &target) in ends() {
            next[row_of(source, target) + 1] += 1;
        }
        for row in 0..=rows {
            next[row + 1] += next[row];
        }
        let mut order = vec![0; self.source.len()];
        for (slot, (&source, &target)) in ends().enumerate() {
            let at = &mut next[row_of(source, target)];
            order[*at as usize] = slot as u32;
            *at += 1;
        }
        next.rotate_right(1);
        next[0] = 0;
        next.truncate(rows + 1);
        (next, order)
    }
}

/// Sets one value of a column that is there.
fn put<T>(column: &mut [T], slot: usize, value: T) {
    if let Some(old) = column.get_mut(slot) {
        *old = value;
    }
}

/// Start of every row of sorted sources.
fn starts(sources: &[u32], neurons: usize) -> Vec<u32> {
    let mut starts = Vec::with_capacity(neurons + 1);
    let mut at = 0;
    for source in 0..neurons as u32 {
        starts.push(at as u32);
        while at < sources.len() && sources[at] == source {
            at += 1;
        }
    }
    starts.push(at as u32);
    starts
}

/// Values by place from values by slot.
fn placed<T: Copy>(values: Cow<[T]>, order: Option<&[u32]>) -> Column<T> {
    match order {
        Some(order) if !values.is_empty() => {
            let values = order.iter().map(|&slot| values[slot as usize]);
            values.collect::<Vec<_>>().into()
        }
        _ => values.into_owned().into(),
    }
}

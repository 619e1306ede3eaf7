//! Synapses in slot order. What bursts walk is built from this (`rows.rs`) and shared with forks until either side edits.

use gyrus_types::lif::LifSynapses;

use crate::columns::{Few, Ids};

#[derive(Debug, Clone)]
pub struct Wiring {
    pub source: Ids,
    pub target: Ids,
    /// mV; of a plastic synapse, what it came with.
    pub weight: Few<f32>,
    pub delay: Few<u8>,
    /// One bit per slot, empty while nothing was removed.
    removed: Vec<u64>,
    pub valid_count: usize,
}

impl Wiring {
    pub fn empty() -> Self {
        Self::of(0, &[], &[], &[], &[])
    }

    pub fn from_image(neurons: usize, synapses: &LifSynapses) -> Self {
        let LifSynapses {
            source,
            target,
            weight,
            delay,
            ..
        } = synapses;
        Self::of(neurons, source, target, weight, delay)
    }

    /// Valid synapses from columns of equal length.
    pub fn of(
        neurons: usize,
        source: &[u32],
        target: &[u32],
        weight: &[f32],
        delay: &[u8],
    ) -> Self {
        let ids = |column: &[u32]| {
            let mut ids = Ids::for_limit(neurons, column.len());
            ids.extend(column.iter().copied());
            ids
        };
        let weight = if weight.iter().any(|&w| is_negative_zero(w)) {
            Few::of(&weight.iter().map(|w| w + 0.0).collect::<Vec<_>>())
        } else {
            Few::of(weight)
        };
        Self {
            source: ids(source),
            target: ids(target),
            weight,
            delay: Few::of(delay),
            removed: Vec::new(),
            valid_count: source.len(),
        }
    }

    pub fn len(&self) -> usize {
        self.source.len()
    }

    #[inline]
    pub fn is_valid(&self, slot: usize) -> bool {
        self.removed
            .get(slot / 64)
            .is_none_or(|word| word >> (slot % 64) & 1 == 0)
    }

    /// Makes a slot invalid; tells whether it was valid.
    pub fn remove(&mut self, slot: usize) -> bool {
        let was_valid = self.is_valid(slot);
        if was_valid {
            let words = self.len().div_ceil(64);
            self.removed.resize(words, 0);
            self.removed[slot / 64] |= 1 << (slot % 64);
            self.valid_count -= 1;
        }
        was_valid
    }

    /// Adds valid synapses, each in the lowest free slot or behind all others; returns their slots.
    pub fn extend(&mut self, added: &[NewSynapse]) -> Vec<usize> {
        let count = self.len();
        let is_any_free = self.valid_count < count;
        let free = (0..if is_any_free { count } else { 0 }).filter(|&slot| !self.is_valid(slot));
        let slots: Vec<usize> = free.chain(count..).take(added.len()).collect();
        for (&slot, new) in slots.iter().zip(added) {
            if slot < self.len() {
                self.removed[slot / 64] &= !(1 << (slot % 64));
                self.source.set(slot, new.source);
                self.target.set(slot, new.target);
            } else {
                self.source.extend([new.source].into_iter());
                self.target.extend([new.target].into_iter());
            }
            self.weight.set(slot, new.weight + 0.0);
            self.delay.set(slot, new.delay);
        }
        self.valid_count += added.len();
        if !self.removed.is_empty() {
            self.removed.resize(self.len().div_ceil(64), 0);
        }
        slots
    }

    /// First valid slot of a pair.
    pub fn find(&self, source: u32, target: u32) -> Option<usize> {
        (0..self.len()).find(|&slot| {
            self.source.get(slot) == source
                && self.target.get(slot) == target
                && self.is_valid(slot)
        })
    }

    /// Valid slots, ascending.
    pub fn valid_slots(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|&slot| self.is_valid(slot))
    }

    pub fn bytes(&self) -> usize {
        self.source.bytes()
            + self.target.bytes()
            + self.weight.bytes()
            + self.delay.bytes()
            + self.removed.capacity() * 8
    }
}

#[derive(Debug, Clone, Copy)]
pub struct NewSynapse {
    pub source: u32,
    pub target: u32,
    pub weight: f32,
    pub delay: u8,
}

fn is_negative_zero(weight: f32) -> bool {
    weight == 0.0 && weight.is_sign_negative()
}

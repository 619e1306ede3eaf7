//! Synapse rows by source, and the tables about sources that a burst needs: all derived from synapses and area settings.

use crate::engine::Engine;
use crate::synapses::{INDEXED, Synapses, is_live};

/// Conducting synapses of this partition, in rows by source, each in slot order.
#[derive(Debug, Default)]
pub struct Rows {
    /// Row of source s: `start[s]..end[s]`. Removals leave holes between rows.
    start: Vec<u32>,
    end: Vec<u32>,
    /// Position of the target within the partition.
    pub target: Vec<u32>,
    /// What a spike adds; for sources whose psp follows the membrane potential, the signed weight.
    pub contribution: Vec<f32>,
    pub delay: Vec<u8>,
    pub slot: Vec<u32>,
    /// The delay of every synapse, where they agree.
    pub uniform_delay: Option<u8>,
}

/// Removals between two bursts from which on all rows are built anew.
const MANY_REMOVALS: usize = 1000;

/// How many rows ahead memory is asked for; the work on one row hides a good part of the wait for another.
const PREFETCH_ROWS: usize = 4;

/// Asks for the cache lines from one element on.
#[inline]
fn prefetch<T>(column: &[T], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if at < column.len() {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let first = column.as_ptr().wrapping_add(at).cast::<i8>();
        // SAFETY: a prefetch is a hint; it reads nothing and cannot fault, whatever the address.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(first);
            _mm_prefetch::<_MM_HINT_T0>(first.wrapping_add(64));
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (column, at);
}

impl Rows {
    /// Visits targets and contributions of the fired sources in order. Neighbours that fired have neighbouring rows, which are
    /// visited as one; rows further on are fetched from memory ahead of time.
    pub fn each_run(&self, fired: &[u32], mut visit: impl FnMut(&[u32], &[f32])) {
        let mut at = 0;
        while at < fired.len() {
            let mut row = self.row(fired[at]);
            if let Some(&source) = fired.get(at + PREFETCH_ROWS) {
                let next = self.row(source).start;
                prefetch(&self.target, next);
                prefetch(&self.contribution, next);
            }
            at += 1;
            while at < fired.len() && fired[at] == fired[at - 1] + 1 {
                let next = self.row(fired[at]);
                if next.start != row.end {
                    break;
                }
                row.end = next.end;
                at += 1;
            }
            visit(&self.target[row.clone()], &self.contribution[row]);
        }
    }

    pub fn row(&self, source: u32) -> std::ops::Range<usize> {
        let source = source as usize;
        // Neurons added since the rows were built have none.
        match self.end.get(source) {
            Some(&end) => self.start[source] as usize..end as usize,
            None => 0..0,
        }
    }

    /// Position of one slot in the row of its source.
    #[cfg(feature = "plasticity")]
    pub fn entry_of(&self, source: u32, slot: u32) -> Option<usize> {
        let row = self.row(source);
        let slots = &self.slot[row.clone()];
        // The synapses of a source mostly follow each other.
        let guess = slot.checked_sub(*slots.first()?)? as usize;
        if slots.get(guess) == Some(&slot) {
            return Some(row.start + guess);
        }
        let found = slots.binary_search(&slot).ok()?;
        Some(row.start + found)
    }

    /// Takes one slot out of the row of its source.
    pub fn remove(&mut self, source: u32, slot: u32) {
        let row = self.row(source);
        let Ok(at) = self.slot[row.clone()].binary_search(&slot) else {
            return;
        };
        let after = row.start + at + 1..row.end;
        let to = after.start - 1;
        self.slot.copy_within(after.clone(), to);
        self.target.copy_within(after.clone(), to);
        self.contribution.copy_within(after.clone(), to);
        self.delay.copy_within(after, to);
        self.end[source as usize] -= 1;
    }

    /// Slots that `picks` wants, in rows by source, ascending in each; in the memory of the rows before.
    fn by_source(
        mut self,
        synapses: &Synapses,
        neurons: usize,
        picks: impl Fn(usize) -> bool,
    ) -> Self {
        let wanted = |slot: &usize| (synapses.source[*slot] as usize) < neurons && picks(*slot);
        self.end.clear();
        self.end.resize(neurons, 0);
        for slot in (0..synapses.len()).filter(wanted) {
            self.end[synapses.source[slot] as usize] += 1;
        }
        self.start.clear();
        let mut total = 0;
        for end in &mut self.end {
            self.start.push(total);
            total += std::mem::replace(end, total);
        }
        self.slot.clear();
        self.slot.resize(total as usize, 0);
        for slot in (0..synapses.len()).filter(wanted) {
            let end = &mut self.end[synapses.source[slot] as usize];
            self.slot[*end as usize] = slot as u32;
            *end += 1;
        }
        self.target.clear();
        self.contribution.clear();
        self.delay.clear();
        self
    }
}

/// What one spike adds to a target: never -0, so that a touched sum never is.
pub fn contribution(signed_weight: f32, psp: f32, divisor: u32) -> f32 {
    let whole = signed_weight * psp;
    (if divisor > 1 {
        whole / divisor as f32
    } else {
        whole
    }) + 0.0
}

impl Engine {
    /// Makes the derived tables agree with the synapses and area settings.
    pub(crate) fn prepare(&mut self) {
        if !self.rows_stale {
            return;
        }
        let count = self.neurons.len();
        // Until any flag is set anywhere every contribution is undivided and, in feagi-strict, removed synapses conduct (spec 4.2).
        let fast_path = self
            .areas
            .iter()
            .all(|area| area.psp_uniform.is_none() && area.mp_driven_psp.is_none());
        let conducts = |state: u8| {
            if self.strict && fast_path {
                state & INDEXED != 0
            } else {
                is_live(state)
            }
        };
        self.removed_conduct = self.strict && fast_path;
        let degree = &mut self.degree;
        degree.clear();
        degree.resize(count, 0);
        for (&source, &state) in self.synapses.source.iter().zip(&self.synapses.state) {
            if is_live(state) && (source as usize) < count {
                degree[source as usize] += 1;
            }
        }
        self.is_driven.clear();
        self.divisor.clear();
        self.wears = false;
        for (&area, &degree) in self.neurons.area.iter().zip(&self.degree) {
            let settings = self
                .areas
                .binary_search_by_key(&area, |area| area.index)
                .ok()
                .map(|at| self.areas[at]);
            let is_uniform = settings.is_some_and(|area| area.psp_uniform == Some(true));
            self.is_driven
                .push(settings.is_some_and(|area| area.mp_driven_psp == Some(true)));
            self.divisor.push(if fast_path || is_uniform {
                1
            } else {
                degree.max(1)
            });
            self.wears |= settings.is_some_and(|area| area.degeneration > 0.0);
        }
        self.has_drive = self.is_driven.contains(&true);
        for partition in &mut self.partitions {
            let range = partition.first as u32..(partition.first + partition.len) as u32;
            let all = range.start == 0 && range.end as usize == count;
            let synapses = &self.synapses;
            let picks = |slot: usize| {
                conducts(synapses.state[slot])
                    && if all {
                        (synapses.target[slot] as usize) < count
                    } else {
                        range.contains(&synapses.target[slot])
                    }
            };
            let mut rows = std::mem::take(&mut partition.rows).by_source(synapses, count, picks);
            for source in 0..count {
                for at in rows.row(source as u32) {
                    let slot = rows.slot[at] as usize;
                    let signed = synapses.signed_weight(slot);
                    let driven = self.is_driven[source];
                    rows.target.push(synapses.target[slot] - range.start);
                    rows.delay.push(synapses.delay[slot]);
                    rows.contribution.push(if driven {
                        signed
                    } else {
                        contribution(signed, synapses.psp[slot], self.divisor[source])
                    });
                }
            }
            rows.uniform_delay = rows
                .delay
                .first()
                .copied()
                .filter(|&first| rows.delay.iter().all(|&delay| delay == first));
            partition.rows = rows;
        }
        self.outgoing_slots = if self.wears {
            std::mem::take(&mut self.outgoing_slots).by_source(&self.synapses, count, |_| true)
        } else {
            Rows::default()
        };
        self.rows_stale = false;
        self.removed_in_place = 0;
    }

    /// Takes a live synapse that was just removed out of its row, so that single edits of a large brain stay cheap.
    pub(crate) fn drop_from_row(&mut self, slot: usize) {
        let (source, target) = (self.synapses.source[slot], self.synapses.target[slot]);
        let count = self.neurons.len();
        if self.rows_stale || self.removed_conduct || source as usize >= count {
            return;
        }
        self.removed_in_place += 1;
        if self.removed_in_place > MANY_REMOVALS {
            self.rows_stale = true;
            return;
        }
        if (target as usize) < count {
            let (partition, _) = self.place(target as usize);
            self.partitions[partition].rows.remove(source, slot as u32);
        }
        let degree = &mut self.degree[source as usize];
        *degree -= 1;
        // A divisor above 1 is the degree before; one of 1 stays, whether it never divides or had a degree of 1.
        let divisor = &mut self.divisor[source as usize];
        if *divisor > 1 {
            *divisor = (*degree).max(1);
        }
        self.refresh_row(source);
    }
}

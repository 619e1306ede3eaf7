//! Writes what a burst did, area by area, each section in its smaller encoding.

use gyrus_types::frame::{
    ENGINE_NATIVE, HEADER_WORDS, MAGIC, VERSION, WORD_BURST, WORD_ENGINE, WORD_ENGINE_NANOS,
    WORD_FIRED, WORD_MAGIC, WORD_POWER, WORD_PROCESSED, WORD_REFRACTORY, WORD_SECTIONS,
    WORD_SYNAPTIC, WORD_TOTAL, WORD_VERSION,
};

use crate::runs::Runs;
use crate::sections::{Bits, write_bit_section, write_section};

/// How the areas of the neurons lie: the distinct ones ascending, and each neuron's place among them.
#[derive(Debug, Clone)]
pub struct AreaOrder {
    areas: Vec<u32>,
    /// Empty where they are grouped.
    rank: Vec<u32>,
    /// Whether ids ascend with areas, so that fired ids are grouped as they come.
    is_grouped: bool,
    /// Where each area's ids start: among the neurons where they are grouped, else among `ids`.
    start: Vec<usize>,
    /// Scratch of one frame.
    ids: Vec<u32>,
}

impl Default for AreaOrder {
    /// Of no neurons.
    fn default() -> Self {
        Self::of(&[])
    }
}

impl AreaOrder {
    #[must_use]
    pub fn of(area: &[u32]) -> Self {
        let is_grouped = area.is_sorted();
        // Neighbours mostly share an area.
        let mut areas: Vec<u32> = area.chunk_by(|a, b| a == b).map(|run| run[0]).collect();
        areas.sort_unstable();
        areas.dedup();
        let rank_of = |a: &u32| areas.partition_point(|other| other < a) as u32;
        let rank = if is_grouped {
            Vec::new()
        } else {
            area.iter().map(rank_of).collect()
        };
        let start = if is_grouped {
            let ends = areas
                .iter()
                .map(|&here| area.partition_point(|&other| other <= here));
            std::iter::once(0).chain(ends).collect()
        } else {
            vec![0; areas.len() + 1]
        };
        Self {
            rank,
            is_grouped,
            start,
            ids: Vec::new(),
            areas,
        }
    }

    #[must_use]
    pub fn bytes(&self) -> usize {
        let lists = self.areas.capacity() + self.rank.capacity() + self.ids.capacity();
        lists * 4 + self.start.capacity() * size_of::<usize>()
    }

    #[must_use]
    pub fn area_count(&self) -> usize {
        self.areas.len()
    }

    /// Writes the sections of fired ids, given as one bit per neuron, behind the header; returns where they end and their number.
    pub fn write_bits(&mut self, frame: &mut [u32], fired: &[u64], area: &[u32]) -> (usize, u32) {
        if !self.is_grouped {
            let ids: Vec<u32> = Runs::of(fired)
                .flat_map(|(from, to)| from as u32..to as u32)
                .collect();
            return self.write_sections(frame, &ids, area);
        }
        let mut at = HEADER_WORDS;
        let mut sections = 0;
        for (&here, ends) in self.areas.iter().zip(self.start.windows(2)) {
            let bits = Bits {
                fired,
                ids: ends[0]..ends[1],
            };
            let words = write_bit_section(&mut frame[at..], here, &bits, &mut self.ids);
            at += words;
            sections += u32::from(words > 0);
        }
        (at, sections)
    }

    /// Writes the sections of ascending fired ids behind the header; returns where they end and their number.
    pub fn write_sections(
        &mut self,
        frame: &mut [u32],
        fired: &[u32],
        area: &[u32],
    ) -> (usize, u32) {
        let mut at = HEADER_WORDS;
        let mut sections = 0;
        if self.is_grouped {
            let mut rest = fired;
            while let Some(&first) = rest.first() {
                let here = area[first as usize];
                let ids = match rest.last() {
                    Some(&last) if area[last as usize] == here => rest,
                    _ => &rest[..rest.partition_point(|&id| area[id as usize] == here)],
                };
                at += write_section(&mut frame[at..], here, ids);
                sections += 1;
                rest = &rest[ids.len()..];
            }
            return (at, sections);
        }
        self.group(fired);
        for (rank, &here) in self.areas.iter().enumerate() {
            let ids = &self.ids[self.start[rank]..self.start[rank + 1]];
            if !ids.is_empty() {
                at += write_section(&mut frame[at..], here, ids);
                sections += 1;
            }
        }
        (at, sections)
    }

    /// Sorts the fired ids by area, keeping their order within it.
    fn group(&mut self, fired: &[u32]) {
        self.start.fill(0);
        for &id in fired {
            self.start[self.rank[id as usize] as usize + 1] += 1;
        }
        for rank in 0..self.areas.len() {
            self.start[rank + 1] += self.start[rank];
        }
        self.ids.clear();
        self.ids.resize(fired.len(), 0);
        for &id in fired {
            let at = &mut self.start[self.rank[id as usize] as usize];
            self.ids[*at] = id;
            *at += 1;
        }
        // Every start has moved to its end, which is the next one's start.
        self.start.rotate_right(1);
        self.start[0] = 0;
    }
}

/// What a frame says of a burst besides its fires.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub processed: usize,
    pub refractory: usize,
    pub synaptic: usize,
    pub power: usize,
}

/// Writes the header of a frame whose sections end at `end`.
pub fn write_header(
    frame: &mut [u32],
    end: usize,
    burst: u32,
    fired: usize,
    sections: u32,
    counts: &Counts,
) {
    frame[WORD_MAGIC] = MAGIC;
    frame[WORD_VERSION] = VERSION;
    frame[WORD_TOTAL] = end as u32;
    frame[WORD_BURST] = burst;
    frame[WORD_FIRED] = fired as u32;
    frame[WORD_PROCESSED] = counts.processed as u32;
    frame[WORD_REFRACTORY] = counts.refractory as u32;
    frame[WORD_SYNAPTIC] = counts.synaptic as u32;
    frame[WORD_POWER] = counts.power as u32;
    frame[WORD_SECTIONS] = sections;
    frame[WORD_ENGINE] = ENGINE_NATIVE;
    frame[WORD_ENGINE_NANOS] = 0;
}

#[cfg(test)]
mod tests {
    use super::AreaOrder;

    /// Bits that fire in clusters, gaps and whole words.
    fn pattern(count: usize, seed: u64, dense: bool) -> Vec<u64> {
        let mut state = seed;
        (0..count.div_ceil(64))
            .map(|at| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let sparse = state & state >> 7 & state >> 13 & state >> 29;
                let word = match (state >> 60, dense) {
                    (0..4, _) => 0,
                    (4..7, true) => u64::MAX,
                    (_, true) => state,
                    (_, false) => sparse & sparse >> 3,
                };
                let left = count - at * 64;
                word & if left >= 64 {
                    u64::MAX
                } else {
                    (1 << left) - 1
                }
            })
            .collect()
    }

    #[test]
    fn bits_and_ids_write_the_same_sections() {
        for seed in 0..40 {
            for dense in [false, true] {
                let count = 1000 + 37 * seed as usize;
                let grouped: Vec<u32> = (0..count).map(|id| (id / 333) as u32).collect();
                let mixed: Vec<u32> = (0..count).map(|id| (id % 3) as u32).collect();
                for area in [grouped, mixed] {
                    let fired = pattern(count, seed, dense);
                    let ids: Vec<u32> = (0..count as u32)
                        .filter(|&id| fired[id as usize / 64] >> (id % 64) & 1 == 1)
                        .collect();
                    let mut order = AreaOrder::of(&area);
                    let (mut one, mut other) = (vec![7; 4000], vec![7; 4000]);
                    let end = order.write_sections(&mut one, &ids, &area);
                    assert_eq!(order.write_bits(&mut other, &fired, &area), end);
                    assert_eq!(one, other, "seed {seed}");
                }
            }
        }
    }
}

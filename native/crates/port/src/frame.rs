//! Writes what a burst did, area by area, each section in its smaller encoding.

use std::ops::Range;

use gyrus_types::frame::{
    ENCODING_BITSET, ENCODING_VARINT, ENGINE_NATIVE, HEADER_WORDS, MAGIC, SECTION_HEADER_WORDS,
    VERSION, WORD_BURST, WORD_ENGINE, WORD_ENGINE_NANOS, WORD_FIRED, WORD_MAGIC, WORD_POWER,
    WORD_PROCESSED, WORD_REFRACTORY, WORD_SECTIONS, WORD_SYNAPTIC, WORD_TOTAL, WORD_VERSION,
};

use crate::runs::Runs;

/// How the areas of the neurons lie: the distinct ones ascending, and each neuron's place among them.
#[derive(Debug, Clone)]
pub struct AreaOrder {
    areas: Vec<u32>,
    /// Empty where they are grouped.
    rank: Vec<u32>,
    /// Whether ids ascend with areas, so that fired ids are grouped as they come.
    is_grouped: bool,
    /// Where each area's ids start, and the ids by area; scratch of one frame.
    start: Vec<usize>,
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
        let start = vec![0; areas.len() + 1];
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
        let mut first = 0;
        for &here in &self.areas {
            let end = first + area[first..].partition_point(|&other| other == here);
            if let Some(words) = write_bit_section(&mut frame[at..], here, fired, first..end) {
                at += words;
                sections += 1;
            }
            first = end;
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
                let ids = &rest[..rest.partition_point(|&id| area[id as usize] == here)];
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

/// Begins a section of `count` ids from `base` to `last` with its header, in its smaller encoding; the encoding and the payload.
fn open_section(
    out: &mut [u32],
    area: u32,
    count: usize,
    [base, last]: [u32; 2],
    varint_bytes: impl FnOnce() -> usize,
) -> (u32, &mut [u32]) {
    let bitset_words = (last - base) as usize / 32 + 1;
    // A varint takes a byte per id at least, so a dense section needs no count.
    let varint_words = if bitset_words <= count.div_ceil(4) {
        usize::MAX
    } else {
        varint_bytes().div_ceil(4)
    };
    let (encoding, words) = if bitset_words <= varint_words {
        (ENCODING_BITSET, bitset_words)
    } else {
        (ENCODING_VARINT, varint_words)
    };
    let header = [area, count as u32, encoding, base, words as u32];
    out[..SECTION_HEADER_WORDS].copy_from_slice(&header);
    let payload = &mut out[SECTION_HEADER_WORDS..SECTION_HEADER_WORDS + words];
    (encoding, payload)
}

/// One area's section; returns its words.
pub fn write_section(out: &mut [u32], area: u32, ids: &[u32]) -> usize {
    let ends = [ids[0], ids[ids.len() - 1]];
    let (encoding, payload) = open_section(out, area, ids.len(), ends, || varint_bytes(ids));
    payload.fill(0);
    if encoding == ENCODING_BITSET {
        write_bits(payload, ends[0], ids);
    } else {
        write_varints(payload, ids);
    }
    SECTION_HEADER_WORDS + payload.len()
}

/// The section of one area whose neurons are the ids of a range; none where nobody fired. Returns its words.
fn write_bit_section(
    out: &mut [u32],
    area: u32,
    fired: &[u64],
    ids: Range<usize>,
) -> Option<usize> {
    let bits = Bits { fired, ids };
    let (base, last) = (bits.first()?, bits.last()?);
    let ends = [base as u32, last as u32];
    let (encoding, payload) =
        open_section(out, area, bits.count(), ends, || bits.varint_bytes(base));
    if encoding == ENCODING_BITSET {
        bits.copy(payload, base, last);
    } else {
        payload.fill(0);
        let mut writer = Varints { payload, at: 0 };
        let mut previous = base;
        for (from, to) in bits.runs() {
            writer.put((from - previous) as u32);
            (from + 1..to).for_each(|_| writer.put(1));
            previous = to - 1;
        }
    }
    Some(SECTION_HEADER_WORDS + payload.len())
}

/// One bit per neuron, of which a range of ids counts.
struct Bits<'a> {
    fired: &'a [u64],
    ids: Range<usize>,
}

impl Bits<'_> {
    /// The words that hold the range, and what of each belongs to it.
    fn words(&self) -> impl DoubleEndedIterator<Item = (usize, u64)> + '_ {
        let Range { start, end } = self.ids;
        (start / 64..end.div_ceil(64)).map(move |at| {
            let above = u64::MAX << start.saturating_sub(at * 64).min(63);
            let left = end - at * 64;
            let below = if left >= 64 {
                u64::MAX
            } else {
                (1 << left) - 1
            };
            (at, self.fired[at] & above & below)
        })
    }

    fn first(&self) -> Option<usize> {
        let mut words = self.words();
        words
            .find(|&(_, word)| word != 0)
            .map(|(at, word)| at * 64 + word.trailing_zeros() as usize)
    }

    fn last(&self) -> Option<usize> {
        let mut words = self.words().rev();
        words
            .find(|&(_, word)| word != 0)
            .map(|(at, word)| at * 64 + 63 - word.leading_zeros() as usize)
    }

    fn count(&self) -> usize {
        self.words()
            .map(|(_, word)| word.count_ones() as usize)
            .sum()
    }

    /// Runs of fired ids within the range.
    fn runs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let Range { start, end } = self.ids;
        let first_word = start / 64;
        Runs::of(&self.fired[first_word..end.div_ceil(64)])
            .map(move |(from, to)| (first_word * 64 + from, first_word * 64 + to))
            .map(move |(from, to)| (from.max(start), to.min(end)))
            .filter(|(from, to)| from < to)
    }

    fn varint_bytes(&self, base: usize) -> usize {
        let mut previous = base;
        self.runs()
            .map(|(from, to)| {
                let gap = (from - previous) as u32;
                previous = to - 1;
                varint_length(gap) + (to - from - 1)
            })
            .sum()
    }

    /// Copies the bits from `base` to `last` to the beginning of `payload`.
    fn copy(&self, payload: &mut [u32], base: usize, last: usize) {
        let shift = base % 64;
        let word = |at: usize| self.fired.get(base / 64 + at).copied().unwrap_or(0);
        for (at, pair) in payload.chunks_mut(2).enumerate() {
            let low = word(at) >> shift;
            let high = if shift == 0 {
                0
            } else {
                word(at + 1) << (64 - shift)
            };
            let both = low | high;
            pair[0] = both as u32;
            if let Some(second) = pair.get_mut(1) {
                *second = (both >> 32) as u32;
            }
        }
        // What follows the last one belongs to another area.
        let kept = (last - base) % 32;
        if let Some(end) = payload.last_mut() {
            *end &= u32::MAX >> (31 - kept);
        }
    }
}

/// Gathers each word before it is written: ids ascend, so a word is finished when the next one begins.
fn write_bits(payload: &mut [u32], base: u32, ids: &[u32]) {
    let (mut at, mut word) = (0, 0);
    for &id in ids {
        let (next, bit) = ((id - base) as usize / 32, (id - base) % 32);
        if next != at {
            payload[at] = word;
            (at, word) = (next, 0);
        }
        word |= 1 << bit;
    }
    payload[at] = word;
}

/// Bytes of a gap to the previous id as LEB128.
fn varint_length(gap: u32) -> usize {
    (32 - (gap | 1).leading_zeros()).div_ceil(7) as usize
}

fn varint_bytes(ids: &[u32]) -> usize {
    1 + ids
        .windows(2)
        .map(|pair| varint_length(pair[1] - pair[0]))
        .sum::<usize>()
}

fn write_varints(payload: &mut [u32], ids: &[u32]) {
    let mut writer = Varints { payload, at: 0 };
    let mut previous = ids[0];
    for &id in ids {
        writer.put(id - previous);
        previous = id;
    }
}

/// Gaps as LEB128 bytes in words.
struct Varints<'a> {
    payload: &'a mut [u32],
    at: usize,
}

impl Varints<'_> {
    fn put(&mut self, mut gap: u32) {
        while gap >= 0x80 {
            self.byte(gap & 0x7f | 0x80);
            gap >>= 7;
        }
        self.byte(gap);
    }

    fn byte(&mut self, byte: u32) {
        self.payload[self.at / 4] |= byte << (8 * (self.at % 4));
        self.at += 1;
    }
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

//! Writes what a burst did, area by area, each section in its smaller encoding.

use std::ops::Range;

use gyrus_types::frame::{
    ENCODING_BITSET, ENCODING_VARINT, ENGINE_NATIVE, HEADER_WORDS, MAGIC, SECTION_HEADER_WORDS,
    VERSION, WORD_BURST, WORD_ENGINE, WORD_ENGINE_NANOS, WORD_FIRED, WORD_MAGIC, WORD_POWER,
    WORD_PROCESSED, WORD_REFRACTORY, WORD_SECTIONS, WORD_SYNAPTIC, WORD_TOTAL, WORD_VERSION,
};

use crate::runs::{Runs, list};

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

/// Words of the bits from one id to another.
fn bitset_words(base: u32, last: u32) -> usize {
    (last - base) as usize / 32 + 1
}

/// Whether varints, which take a byte per id at least, cannot be shorter than the bits.
fn is_dense(words: usize, count: usize) -> bool {
    words <= count.div_ceil(4)
}

/// Heads a section whose payload of `words` is written; returns its words.
fn head(out: &mut [u32], header: [u32; SECTION_HEADER_WORDS - 1], words: usize) -> usize {
    out[..SECTION_HEADER_WORDS - 1].copy_from_slice(&header);
    out[SECTION_HEADER_WORDS - 1] = words as u32;
    SECTION_HEADER_WORDS + words
}

/// One area's section in its smaller encoding, bits where both are as long; returns its words.
pub fn write_section(out: &mut [u32], area: u32, ids: &[u32]) -> usize {
    let (base, count) = (ids[0], ids.len());
    let words = bitset_words(base, ids[count - 1]);
    if !is_dense(words, count) {
        let payload = &mut out[SECTION_HEADER_WORDS..];
        let shorter = payload.len().min(words - 1);
        if let Some(words) = write_varints(&mut payload[..shorter], ids) {
            return head(out, [area, count as u32, ENCODING_VARINT, base], words);
        }
    }
    let payload = &mut out[SECTION_HEADER_WORDS..][..words];
    payload.fill(0);
    write_bits(payload, base, ids);
    head(out, [area, count as u32, ENCODING_BITSET, base], words)
}

/// The same of bits; nothing where nobody fired. `ids` is scratch.
fn write_bit_section(out: &mut [u32], area: u32, bits: &Bits, ids: &mut Vec<u32>) -> usize {
    let (Some(base), Some(last)) = (bits.first(), bits.last()) else {
        return 0;
    };
    let count = bits.count();
    let words = bitset_words(base as u32, last as u32);
    if !is_dense(words, count) {
        list(bits.words(), count, ids);
        return write_section(out, area, ids);
    }
    bits.copy(&mut out[SECTION_HEADER_WORDS..][..words], base, last);
    head(
        out,
        [area, count as u32, ENCODING_BITSET, base as u32],
        words,
    )
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

/// Writes gaps to the previous id as LEB128 bytes in words; returns the words, or nothing where they do not fit.
fn write_varints(payload: &mut [u32], ids: &[u32]) -> Option<usize> {
    let mut writer = Varints {
        payload,
        at: 0,
        under_way: 0,
        bits: 0,
    };
    let mut previous = ids[0];
    for &id in ids {
        writer.put(id - previous)?;
        previous = id;
    }
    writer.end()
}

/// Bytes gathered until they are a word.
struct Varints<'a> {
    payload: &'a mut [u32],
    at: usize,
    under_way: u64,
    bits: u32,
}

impl Varints<'_> {
    #[inline]
    fn put(&mut self, mut gap: u32) -> Option<()> {
        while gap >= 1 << 14 {
            self.push(gap & 0x7f | 0x80, 8)?;
            gap >>= 7;
        }
        // One byte or two is chance, so both are worked out.
        let is_two = gap >= 0x80;
        let two = gap & 0x7f | 0x80 | gap >> 7 << 8;
        self.push(if is_two { two } else { gap }, 8 << u32::from(is_two))
    }

    /// Adds up to two bytes. A word is written whether it is full or not.
    #[inline]
    fn push(&mut self, bytes: u32, bits: u32) -> Option<()> {
        self.under_way |= u64::from(bytes) << self.bits;
        self.bits += bits;
        *self.payload.get_mut(self.at)? = self.under_way as u32;
        let is_full = self.bits >= 32;
        self.at += usize::from(is_full);
        let written = if is_full { 32 } else { 0 };
        self.under_way >>= written;
        self.bits -= written;
        Some(())
    }

    fn end(self) -> Option<usize> {
        if self.bits > 0 {
            *self.payload.get_mut(self.at)? = self.under_way as u32;
        }
        Some(self.at + usize::from(self.bits > 0))
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

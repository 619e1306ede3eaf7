//! Writes what a burst did, area by area, each section in its smaller encoding.

use gyrus_types::frame::{
    ENCODING_BITSET, ENCODING_VARINT, ENGINE_NATIVE, HEADER_WORDS, MAGIC, SECTION_HEADER_WORDS,
    VERSION, WORD_BURST, WORD_ENGINE, WORD_ENGINE_NANOS, WORD_FIRED, WORD_MAGIC, WORD_POWER,
    WORD_PROCESSED, WORD_REFRACTORY, WORD_SECTIONS, WORD_SYNAPTIC, WORD_TOTAL, WORD_VERSION,
};

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

/// One area's section; returns its words.
pub fn write_section(out: &mut [u32], area: u32, ids: &[u32]) -> usize {
    let (base, last) = (ids[0], ids[ids.len() - 1]);
    let bitset_words = (last - base) as usize / 32 + 1;
    // A varint takes a byte per id at least, so a dense section needs no count.
    let varint_words = if bitset_words <= ids.len().div_ceil(4) {
        usize::MAX
    } else {
        varint_bytes(ids).div_ceil(4)
    };
    let (encoding, words) = if bitset_words <= varint_words {
        (ENCODING_BITSET, bitset_words)
    } else {
        (ENCODING_VARINT, varint_words)
    };
    out[..SECTION_HEADER_WORDS].copy_from_slice(&[
        area,
        ids.len() as u32,
        encoding,
        base,
        words as u32,
    ]);
    let payload = &mut out[SECTION_HEADER_WORDS..SECTION_HEADER_WORDS + words];
    payload.fill(0);
    if encoding == ENCODING_BITSET {
        write_bits(payload, base, ids);
    } else {
        write_varints(payload, ids);
    }
    SECTION_HEADER_WORDS + words
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
    let mut at = 0;
    let mut put = |byte: u32| {
        payload[at / 4] |= byte << (8 * (at % 4));
        at += 1;
    };
    let mut previous = ids[0];
    for &id in ids {
        let mut gap = id - previous;
        while gap >= 0x80 {
            put(gap & 0x7f | 0x80);
            gap >>= 7;
        }
        put(gap);
        previous = id;
    }
}

//! The fired ids of one area as a section of a frame: bits or varints, whichever is shorter.

use std::ops::Range;

use gyrus_types::frame::{ENCODING_BITSET, ENCODING_VARINT, SECTION_HEADER_WORDS};

use crate::runs::list;

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
pub fn write_bit_section(out: &mut [u32], area: u32, bits: &Bits, ids: &mut Vec<u32>) -> usize {
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
pub struct Bits<'a> {
    pub fired: &'a [u64],
    pub ids: Range<usize>,
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

//! Any snapshot with a right checksum is taken and runs, or is refused; what was taken is written back to the same bytes.

use gyrus_types::snapshot::{
    CANONICAL_NAN, ENTRY_BYTES, HASH_BYTES, HEADER_BYTES, SECTION_ALIGNMENT, SECTIONS,
};
use xxhash_rust::xxh64::xxh64;

use crate::bytes::Bytes;
use crate::network::Columns;
use crate::operations::push_operation;
use crate::pair::{Pair, with_pair};

/// # Panics
/// When an engine crashes, or the two contradict each other.
pub fn snapshot(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let columns = Columns::read(&mut bytes);
    with_pair(|pair| {
        if !pair.load(&columns.image()) {
            return;
        }
        live(pair, &mut bytes, !columns.strict);
        let mut poisoned = Parts::of(&pair.snapshot());
        for _ in 0..=bytes.below(3) {
            poisoned.poison(&mut bytes);
        }
        let mut sealed = poisoned.sealed();
        if bytes.byte() > 250 {
            cut(&mut sealed, &mut bytes);
        }
        if !pair.restore(&sealed) {
            return;
        }
        if !sealed
            .as_chunks::<4>()
            .0
            .iter()
            .any(|&word| is_odd_nan(word))
        {
            assert!(
                pair.snapshot() == sealed,
                "a snapshot is written back as it was read"
            );
        }
        pair.look(u32::from(bytes.byte()));
        for _ in 0..3 {
            pair.burst();
            pair.cross(1);
            let mut patch = Vec::new();
            push_operation(&mut patch, &mut bytes, pair.neuron_count(), !columns.strict);
            pair.apply(&patch);
        }
        pair.burst();
    });
}

/// Bursts and edits that fill the sections.
fn live(pair: &mut Pair, bytes: &mut Bytes, finite: bool) {
    let mut patch = Vec::new();
    for _ in 0..bytes.below(12) {
        push_operation(&mut patch, bytes, pair.neuron_count(), finite);
    }
    pair.apply(&patch);
    for _ in 0..bytes.below(4) {
        pair.burst();
    }
}

/// A NaN is written in one form, so another one is not written back.
fn is_odd_nan(word: [u8; 4]) -> bool {
    f32::from_le_bytes(word).is_nan() && u32::from_le_bytes(word) != CANONICAL_NAN
}

/// Ends early or has a byte flipped after it was sealed.
fn cut(snapshot: &mut Vec<u8>, bytes: &mut Bytes) {
    let at = bytes.word() as usize % snapshot.len();
    if bytes.below(2) == 0 {
        snapshot.truncate(at);
    } else {
        snapshot[at] ^= 1 << bytes.below(8);
    }
}

/// A snapshot in parts that can be changed one by one.
struct Parts {
    header: Vec<u8>,
    sections: Vec<Vec<u8>>,
}

impl Parts {
    fn of(snapshot: &[u8]) -> Self {
        let entry = |at: usize, from: usize| {
            let place = HEADER_BYTES + at * ENTRY_BYTES + from;
            snapshot[place..place + 4]
                .try_into()
                .map_or(0, u32::from_le_bytes) as usize
        };
        Self {
            header: snapshot[..HEADER_BYTES].to_vec(),
            sections: (0..SECTIONS.len())
                .map(|at| snapshot[entry(at, 8)..][..entry(at, 16)].to_vec())
                .collect(),
        }
    }

    fn poison(&mut self, bytes: &mut Bytes) {
        let (at, how) = (bytes.byte() as usize % SECTIONS.len(), bytes.below(8));
        let width = SECTIONS[at].1 as usize;
        let section = &mut self.sections[at];
        let elements = section.len() / width;
        match how {
            0 => {
                let header = bytes.byte() as usize % HEADER_BYTES;
                self.header[header] = bytes.byte();
            }
            1 => section.truncate(bytes.byte() as usize % (elements + 1) * width),
            2 => section.extend(std::iter::repeat_n(0, width)),
            3 => section.extend(bytes.word().to_le_bytes().iter().take(width)),
            _ if elements == 0 => {}
            4 => {
                let last = section[section.len() - width..].to_vec();
                section.extend(last);
            }
            _ => {
                let place = bytes.word() as usize % elements * width;
                let value = match how {
                    5 => bytes.word(),
                    6 => bytes.real(false).to_bits(),
                    _ => u32::from(bytes.byte()),
                };
                section[place..place + width].copy_from_slice(&value.to_le_bytes()[..width]);
            }
        }
    }

    fn sealed(&self) -> Vec<u8> {
        let mut bytes = self.header.clone();
        bytes.resize(HEADER_BYTES + SECTIONS.len() * ENTRY_BYTES, 0);
        for (at, (section, (id, width))) in self.sections.iter().zip(SECTIONS).enumerate() {
            bytes.resize(bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
            let (offset, length) = (bytes.len() as u64, section.len() as u64);
            let entry = &mut bytes[HEADER_BYTES + at * ENTRY_BYTES..][..ENTRY_BYTES];
            entry[..4].copy_from_slice(&id.to_le_bytes());
            entry[4..8].copy_from_slice(&width.to_le_bytes());
            entry[8..16].copy_from_slice(&offset.to_le_bytes());
            entry[16..].copy_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(section);
        }
        bytes.resize(bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
        let hash = xxh64(&bytes, 0);
        bytes.extend_from_slice(&hash.to_le_bytes());
        debug_assert!(bytes.len() > HASH_BYTES);
        bytes
    }
}

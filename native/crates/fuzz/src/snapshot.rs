//! Any snapshot with a right checksum is taken and runs, or is refused; what was taken is written back to the same bytes.

use gyrus_engine::Engine;
use gyrus_types::snapshot::{CANONICAL_NAN, ENTRY_BYTES, HEADER_BYTES, SECTION_ALIGNMENT};
use xxhash_rust::xxh64::xxh64;

use crate::bytes::Bytes;
use crate::network::Columns;
use crate::operations::{FEAGI, Talk};
use crate::pair::{Pair, Subject, with_pair};

/// # Panics
/// When an engine crashes, or the two contradict each other.
pub fn snapshot(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let columns = Columns::read(&mut bytes);
    with_pair(|pair| {
        if pair.load(|engine: &mut Engine| engine.load(&columns.image())) {
            let talk = Talk {
                shapes: &FEAGI,
                finite: !columns.strict,
            };
            poison(pair, &mut bytes, &talk);
        }
    });
}

/// Edits and runs a network that was loaded, poisons its snapshot, and goes on from it where that is taken.
pub fn poison<E: Subject>(pair: &mut Pair<E>, bytes: &mut Bytes, talk: &Talk) {
    let operations = bytes.below(12);
    let patch = talk.patch(bytes, operations, pair.neuron_count());
    pair.apply(&patch);
    for _ in 0..bytes.below(4) {
        pair.burst();
    }
    let mut parts = Parts::of(&pair.snapshot());
    for _ in 0..=bytes.below(3) {
        parts.poison(bytes);
    }
    let mut sealed = parts.sealed();
    if bytes.byte() > 250 {
        cut(&mut sealed, bytes);
    }
    if !pair.restore(&sealed) {
        return;
    }
    let words = sealed.as_chunks::<4>().0;
    if !words.iter().any(|&word| is_odd_nan(word)) {
        let back = pair.snapshot();
        assert!(back == sealed, "a snapshot is written back as it was read");
    }
    pair.look(u32::from(bytes.byte()));
    for _ in 0..3 {
        pair.burst();
        pair.cross(1);
        let patch = talk.patch(bytes, 1, pair.neuron_count());
        pair.apply(&patch);
    }
    pair.burst();
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
    sections: Vec<Section>,
}

struct Section {
    id: u32,
    /// Bytes of an element.
    width: usize,
    body: Vec<u8>,
}

impl Parts {
    fn of(snapshot: &[u8]) -> Self {
        let word = |at: usize| {
            snapshot[at..at + 4]
                .try_into()
                .map_or(0, u32::from_le_bytes)
        };
        let section = |entry: usize| Section {
            id: word(entry),
            width: word(entry + 4) as usize,
            body: snapshot[word(entry + 8) as usize..][..word(entry + 16) as usize].to_vec(),
        };
        Self {
            header: snapshot[..HEADER_BYTES].to_vec(),
            sections: (0..word(8) as usize)
                .map(|at| section(HEADER_BYTES + at * ENTRY_BYTES))
                .collect(),
        }
    }

    fn poison(&mut self, bytes: &mut Bytes) {
        let (at, how) = (bytes.byte() as usize % self.sections.len(), bytes.below(8));
        let Section { width, body, .. } = &mut self.sections[at];
        let width = *width;
        let elements = body.len() / width;
        match how {
            0 => {
                let header = bytes.byte() as usize % HEADER_BYTES;
                self.header[header] = bytes.byte();
            }
            1 => body.truncate(bytes.byte() as usize % (elements + 1) * width),
            2 => body.extend(std::iter::repeat_n(0, width)),
            3 => body.extend(bytes.word().to_le_bytes().iter().cycle().take(width)),
            _ if elements == 0 => {}
            4 => body.extend_from_within(body.len() - width..),
            _ => {
                let place = bytes.word() as usize % elements * width;
                let value = match how {
                    5 => u64::from(bytes.word()) | u64::from(bytes.word()) << 32,
                    6 if width == 8 => f64::from(bytes.real(false)).to_bits(),
                    6 => u64::from(bytes.real(false).to_bits()),
                    _ => u64::from(bytes.byte()),
                };
                body[place..place + width].copy_from_slice(&value.to_le_bytes()[..width]);
            }
        }
    }

    fn sealed(&self) -> Vec<u8> {
        let mut bytes = self.header.clone();
        bytes.resize(HEADER_BYTES + self.sections.len() * ENTRY_BYTES, 0);
        for (at, Section { id, width, body }) in self.sections.iter().enumerate() {
            bytes.resize(bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
            let (offset, length) = (bytes.len() as u64, body.len() as u64);
            let entry = &mut bytes[HEADER_BYTES + at * ENTRY_BYTES..][..ENTRY_BYTES];
            entry[..4].copy_from_slice(&id.to_le_bytes());
            entry[4..8].copy_from_slice(&(*width as u32).to_le_bytes());
            entry[8..16].copy_from_slice(&offset.to_le_bytes());
            entry[16..].copy_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(body);
        }
        bytes.resize(bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
        let hash = xxh64(&bytes, 0);
        bytes.extend_from_slice(&hash.to_le_bytes());
        bytes
    }
}

//! Firing frames: the words of `app/contracts/frame.ts`.

pub const MAGIC: u32 = 0x5246_5947;
pub const VERSION: u32 = 1;

pub const WORD_MAGIC: usize = 0;
pub const WORD_VERSION: usize = 1;
pub const WORD_TOTAL: usize = 2;
pub const WORD_BURST: usize = 3;
pub const WORD_FIRED: usize = 4;
pub const WORD_PROCESSED: usize = 5;
pub const WORD_REFRACTORY: usize = 6;
pub const WORD_SYNAPTIC: usize = 7;
pub const WORD_POWER: usize = 8;
pub const WORD_SECTIONS: usize = 9;
pub const WORD_ENGINE: usize = 10;
pub const WORD_ENGINE_NANOS: usize = 11;

pub const HEADER_WORDS: usize = 12;
pub const SECTION_HEADER_WORDS: usize = 5;
pub const ENCODING_BITSET: u32 = 0;
pub const ENCODING_VARINT: u32 = 1;
/// Value of [`WORD_ENGINE`] in frames this engine writes.
pub const ENGINE_NATIVE: u32 = 1;

/// Words that hold any frame of a brain with this many neurons and areas.
#[must_use]
pub fn capacity_words(neurons: usize, areas: usize) -> usize {
    HEADER_WORDS + (SECTION_HEADER_WORDS + 1) * areas + (neurons * 5).div_ceil(4) + 1
}

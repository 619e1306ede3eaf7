//! Snapshots as a container: header, directory, sections, state hash. What the sections hold is each model's.

use gyrus_types::EngineError;
use gyrus_types::snapshot::{
    CANONICAL_NAN, ENTRY_BYTES, HASH_BYTES, HEADER_BYTES, MAGIC, SECTION_ALIGNMENT, VERSION,
};
use xxhash_rust::xxh64::xxh64;

/// The mode word of what may be a snapshot; none where it is too short.
#[must_use]
pub fn mode_of(bytes: &[u8]) -> Option<u32> {
    (bytes.len() >= HEADER_BYTES).then(|| u32_at(bytes, 12))
}

/// The state hash that ends a snapshot.
#[must_use]
pub fn hash_of(snapshot: &[u8]) -> u64 {
    u64_at(snapshot, snapshot.len() - HASH_BYTES)
}

/// A reason why a snapshot is refused.
///
/// # Errors
/// Always.
pub fn refuse<T>(reason: impl Into<String>) -> Result<T, EngineError> {
    Err(EngineError::Snapshot(reason.into()))
}

/// The sections of a snapshot whose header, directory, gaps and hash are in order.
pub struct Sections<'a> {
    mode: u32,
    burst: u32,
    table: &'static [(u32, u32)],
    bodies: Vec<&'a [u8]>,
}

impl<'a> Sections<'a> {
    /// Opens a snapshot whose sections are those of `table`, the first `always` of them all there, those behind them only where they
    /// have elements, and whose mode word has no bits beside `modes`.
    ///
    /// # Errors
    /// When anything is not where it belongs.
    pub fn open(
        bytes: &'a [u8],
        table: &'static [(u32, u32)],
        always: usize,
        modes: u32,
    ) -> Result<Self, EngineError> {
        let fewest = HEADER_BYTES + always * ENTRY_BYTES + HASH_BYTES;
        if bytes.len() < fewest {
            return refuse(format!("{} bytes are too few", bytes.len()));
        }
        if u32_at(bytes, 0) != MAGIC {
            return refuse("it does not begin as a snapshot does");
        }
        if u32_at(bytes, 4) != VERSION {
            return refuse(format!("version {} is unknown", u32_at(bytes, 4)));
        }
        let end = bytes.len() - HASH_BYTES;
        if xxh64(&bytes[..end], 0) != u64_at(bytes, end) {
            return refuse("its state hash does not fit its bytes");
        }
        let count = u32_at(bytes, 8) as usize;
        let room = (end - HEADER_BYTES) / ENTRY_BYTES;
        if !(always..=table.len().min(room)).contains(&count)
            || u32_at(bytes, 12) & !modes != 0
            || u32_at(bytes, 20) != 0
        {
            return refuse("its header is not in order");
        }
        let mut bodies: Vec<&[u8]> = Vec::with_capacity(table.len());
        let mut at = HEADER_BYTES + count * ENTRY_BYTES;
        let mut read = 0;
        for (i, (id, element_bytes)) in table.iter().enumerate() {
            let entry = HEADER_BYTES + read * ENTRY_BYTES;
            if i >= always && (read == count || u32_at(bytes, entry) != *id) {
                bodies.push(&[]);
                continue;
            }
            read += 1;
            let padded = at.next_multiple_of(SECTION_ALIGNMENT);
            let length = usize::try_from(u64_at(bytes, entry + 16)).unwrap_or(usize::MAX);
            let is_listed =
                u32_at(bytes, entry) == *id && u32_at(bytes, entry + 4) == *element_bytes;
            let is_in_place = u64_at(bytes, entry + 8) == padded as u64
                && padded <= end
                && length <= end - padded;
            if !(is_listed && is_in_place && length.is_multiple_of(*element_bytes as usize)) {
                return refuse(format!("section {id} is not in order"));
            }
            if bytes[at..padded].iter().any(|&byte| byte != 0) {
                return refuse(format!("the gap before section {id} is not zero"));
            }
            if i >= always && length == 0 {
                return refuse(format!("section {id} is there without an element"));
            }
            bodies.push(&bytes[padded..padded + length]);
            at = padded + length;
        }
        if read < count {
            return refuse("it has a section that is unknown or not in order");
        }
        if at.next_multiple_of(SECTION_ALIGNMENT) != end
            || bytes[at..end].iter().any(|&byte| byte != 0)
        {
            return refuse("its end is not where its sections end");
        }
        Ok(Self {
            mode: u32_at(bytes, 12),
            burst: u32_at(bytes, 16),
            table,
            bodies,
        })
    }

    #[must_use]
    pub fn mode(&self) -> u32 {
        self.mode
    }

    #[must_use]
    pub fn burst(&self) -> u32 {
        self.burst
    }

    #[must_use]
    pub fn bytes(&self, id: u32) -> &'a [u8] {
        self.table
            .iter()
            .position(|&(section, _)| section == id)
            .map_or(&[], |at| self.bodies[at])
    }

    #[must_use]
    pub fn u32s(&self, id: u32) -> Vec<u32> {
        self.column(id, u32::from_le_bytes)
    }

    #[must_use]
    pub fn f32s(&self, id: u32) -> Vec<f32> {
        self.column(id, f32::from_le_bytes)
    }

    #[must_use]
    pub fn f64s(&self, id: u32) -> Vec<f64> {
        self.column(id, f64::from_le_bytes)
    }

    #[must_use]
    pub fn u16s(&self, id: u32) -> Vec<u16> {
        self.column(id, u16::from_le_bytes)
    }

    fn column<T, const N: usize>(&self, id: u32, value_of: impl Fn([u8; N]) -> T) -> Vec<T> {
        let (chunks, _) = self.bytes(id).as_chunks::<N>();
        chunks.iter().map(|&chunk| value_of(chunk)).collect()
    }

    #[must_use]
    pub fn u8s(&self, id: u32) -> Vec<u8> {
        self.bytes(id).to_vec()
    }

    #[must_use]
    pub fn count(&self, id: u32) -> usize {
        let bytes_per_element = self
            .table
            .iter()
            .find(|&&(section, _)| section == id)
            .map_or(1, |&(_, bytes)| bytes as usize);
        self.bytes(id).len() / bytes_per_element
    }

    /// Number of elements of sections that have as many each.
    ///
    /// # Errors
    /// When one has another number.
    pub fn check_equal(&self, ids: &[u32]) -> Result<usize, EngineError> {
        let count = self.count(ids[0]);
        match ids.iter().find(|&&id| self.count(id) != count) {
            Some(id) => refuse(format!(
                "section {id} has {} elements, not {count}",
                self.count(*id)
            )),
            None => Ok(count),
        }
    }

    #[must_use]
    pub fn pairs(&self, ids: u32, values: u32) -> Vec<(u32, f32)> {
        self.u32s(ids).into_iter().zip(self.f32s(values)).collect()
    }
}

/// Sections that are only there where they have elements, in file order.
#[derive(Debug, Default)]
pub struct Shelf {
    sections: Vec<(u32, u32, Vec<u8>)>,
}

impl Shelf {
    pub fn put<const N: usize>(&mut self, id: u32, values: impl Iterator<Item = [u8; N]>) {
        let mut bytes = Vec::with_capacity(values.size_hint().0 * N);
        values.for_each(|value| bytes.extend_from_slice(&value));
        if !bytes.is_empty() {
            self.sections.push((id, N as u32, bytes));
        }
    }

    pub fn u8s(&mut self, id: u32, values: impl Iterator<Item = u8>) {
        self.put(id, values.map(|value| [value]));
    }

    pub fn u16s(&mut self, id: u32, values: impl Iterator<Item = u16>) {
        self.put(id, values.map(u16::to_le_bytes));
    }

    pub fn u32s(&mut self, id: u32, values: impl Iterator<Item = u32>) {
        self.put(id, values.map(u32::to_le_bytes));
    }

    pub fn f32s(&mut self, id: u32, values: impl Iterator<Item = f32>) {
        self.put(id, values.map(|value| bits_of(value).to_le_bytes()));
    }

    /// The sections as a writer's table.
    pub fn table(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.sections.iter().map(|&(id, element, _)| (id, element))
    }

    /// Writes all sections behind those that `out` has.
    pub fn write(&self, out: &mut Writer) {
        for (id, _, bytes) in &self.sections {
            out.open();
            out.u8s(bytes);
            out.close(*id);
        }
    }
}

/// The bits of a value; of all NaNs one.
fn bits_of(value: f32) -> u32 {
    if value.is_nan() {
        CANONICAL_NAN
    } else {
        value.to_bits()
    }
}

/// Writes the sections of a snapshot in file order.
pub struct Writer {
    /// Id and bytes of one element of every section to come.
    table: Vec<(u32, u32)>,
    bytes: Vec<u8>,
    entry: usize,
    started: usize,
}

impl Writer {
    /// A writer of the sections in `table`, which will take about `bytes`.
    #[must_use]
    pub fn new(table: &[(u32, u32)], mode: u32, burst: u32, bytes: usize) -> Self {
        let mut started = Vec::with_capacity(4096 + bytes);
        for word in [MAGIC, VERSION, table.len() as u32, mode, burst, 0] {
            started.extend_from_slice(&word.to_le_bytes());
        }
        started.resize(HEADER_BYTES + table.len() * ENTRY_BYTES, 0);
        Self {
            table: table.to_vec(),
            bytes: started,
            entry: 0,
            started: 0,
        }
    }

    pub fn open(&mut self) {
        self.bytes
            .resize(self.bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
        self.started = self.bytes.len();
    }

    pub fn close(&mut self, id: u32) {
        let element_bytes = self.table[self.entry].1;
        let length = (self.bytes.len() - self.started) as u64;
        let entry = &mut self.bytes[HEADER_BYTES + self.entry * ENTRY_BYTES..][..ENTRY_BYTES];
        entry[0..4].copy_from_slice(&id.to_le_bytes());
        entry[4..8].copy_from_slice(&element_bytes.to_le_bytes());
        entry[8..16].copy_from_slice(&(self.started as u64).to_le_bytes());
        entry[16..24].copy_from_slice(&length.to_le_bytes());
        self.entry += 1;
    }

    pub fn f32s(&mut self, values: &[f32]) {
        self.put(values, |value| bits_of(*value).to_le_bytes());
    }

    /// A NaN is written as one of `nan`, so that equal states write equal bytes.
    pub fn f64s(&mut self, values: &[f64]) {
        self.put(values, |value| {
            let value = if value.is_nan() { f64::NAN } else { *value };
            value.to_bits().to_le_bytes()
        });
    }

    pub fn u32s(&mut self, values: &[u32]) {
        self.put(values, |value| value.to_le_bytes());
    }

    pub fn u16s(&mut self, values: &[u16]) {
        self.put(values, |value| value.to_le_bytes());
    }

    /// Appends the bytes of every value; a loop over equal chunks, which the compiler turns into a copy.
    fn put<T, const N: usize>(&mut self, values: &[T], bytes_of: impl Fn(&T) -> [u8; N]) {
        let started = self.bytes.len();
        self.bytes.resize(started + values.len() * N, 0);
        let (chunks, _) = self.bytes[started..].as_chunks_mut::<N>();
        for (chunk, value) in chunks.iter_mut().zip(values) {
            *chunk = bytes_of(value);
        }
    }

    pub fn each_u32(&mut self, values: impl Iterator<Item = u32>) {
        values.for_each(|value| self.bytes.extend_from_slice(&value.to_le_bytes()));
    }

    pub fn each_f32(&mut self, values: impl Iterator<Item = f32>) {
        values.for_each(|value| self.f32s(&[value]));
    }

    pub fn zeros(&mut self, bytes: usize) {
        self.bytes.resize(self.bytes.len() + bytes, 0);
    }

    pub fn each_u8(&mut self, values: impl Iterator<Item = u8>) {
        self.bytes.extend(values);
    }

    pub fn u8s(&mut self, values: &[u8]) {
        self.bytes.extend_from_slice(values);
    }

    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes
            .resize(self.bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
        let hash = xxh64(&self.bytes, 0);
        self.bytes.extend_from_slice(&hash.to_le_bytes());
        self.bytes
    }
}

#[must_use]
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

#[must_use]
pub fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

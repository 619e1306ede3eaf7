//! Classes of synapses: most synapses of a brain are like many others, so what they are beside their ends is written once.

/// What a synapse is beside its ends. A field that has a column of its own reads 0 here.
#[derive(Debug, Clone, Copy)]
pub struct Class {
    pub weight: f32,
    pub psp: f32,
    /// 0 excitatory, anything else inhibitory.
    pub kind: u8,
    pub delay: u8,
    pub flags: u8,
}

/// All of a class in three words.
pub type Key = [u32; 3];

impl Class {
    /// Weight with the sign of the kind: `signed * psp` equals `(weight * psp) * sign` to the bit.
    pub fn signed(&self, weight: f32) -> f32 {
        if self.kind == 0 { weight } else { -weight }
    }

    pub fn key(&self) -> Key {
        let bytes = [self.kind, self.delay, self.flags].map(u32::from);
        let packed = bytes[0] | bytes[1] << 8 | bytes[2] << 16;
        [self.weight.to_bits(), self.psp.to_bits(), packed]
    }

    fn of([weight, psp, packed]: Key) -> Self {
        let [kind, delay, flags, _] = packed.to_le_bytes();
        Self {
            weight: f32::from_bits(weight),
            psp: f32::from_bits(psp),
            kind,
            delay,
            flags,
        }
    }
}

/// Classes while weights or psps are among what they tell apart: their sums stay in the nearest cache.
const FEW: usize = 4096;
/// Classes in all; kind and delay alone never make more.
const MOST: usize = u16::MAX as usize;
const FREE: u16 = u16::MAX;
const RECENT_BITS: u32 = 10;

#[derive(Debug, Clone)]
pub struct Palette {
    classes: Vec<Class>,
    /// What a spike over a synapse of each class adds, undivided.
    contribution: Vec<f32>,
    /// The delay of all classes, where they agree.
    uniform_delay: Option<u8>,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            classes: Vec::new(),
            contribution: Vec::new(),
            uniform_delay: Some(1),
        }
    }
}

impl Palette {
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    pub fn contributions(&self) -> &[f32] {
        &self.contribution
    }

    pub fn uniform_delay(&self) -> Option<u8> {
        self.uniform_delay
    }

    pub fn longest_delay(&self) -> u8 {
        let delays = self.classes.iter().map(|class| class.delay);
        delays.max().unwrap_or(1)
    }

    pub fn bytes(&self) -> usize {
        self.classes.capacity() * size_of::<Class>() + self.contribution.capacity() * 4
    }

    /// The class with these values, made where there is none; none when there are too many.
    pub fn find(&mut self, class: Class, limit: usize) -> Option<u16> {
        let key = class.key();
        match self.classes.iter().position(|known| known.key() == key) {
            Some(at) => Some(at as u16),
            None => self.push(class, limit),
        }
    }

    fn push(&mut self, class: Class, limit: usize) -> Option<u16> {
        if self.classes.len() >= limit {
            return None;
        }
        self.uniform_delay = if self.classes.is_empty() {
            Some(class.delay)
        } else {
            self.uniform_delay.filter(|&delay| delay == class.delay)
        };
        self.contribution.push(crate::deliver::contribution(
            class.signed(class.weight),
            class.psp,
            1,
        ));
        self.classes.push(class);
        Some((self.classes.len() - 1) as u16)
    }

    /// Takes one field out of all classes, because it has a column of its own from now on.
    pub fn drop_field(&mut self, clear: impl Fn(&mut Class)) {
        for (class, contribution) in self.classes.iter_mut().zip(&mut self.contribution) {
            clear(class);
            *contribution = 0.0;
        }
    }
}

/// How many classes there may be, by whether weights and psps are told apart by columns of their own.
pub fn limit(has_weights: bool, has_psps: bool) -> usize {
    if has_weights && has_psps { MOST } else { FEW }
}

/// Finds classes by a table of keys, for many synapses at once.
pub struct Classifier {
    pub palette: Palette,
    buckets: Vec<u16>,
    /// What was found lately, by a part of the key's mix: one look in the nearest cache answers for most synapses.
    recent: Vec<(Key, u16)>,
    limit: usize,
}

impl Classifier {
    pub fn new(palette: Palette, limit: usize) -> Self {
        let mut buckets = vec![FREE; (2 * limit).next_power_of_two()];
        for (at, class) in palette.classes.iter().enumerate() {
            let bucket = bucket_of(&palette, &buckets, class.key());
            buckets[bucket] = at as u16;
        }
        Self {
            palette,
            buckets,
            // No key has a bit in its uppermost byte.
            recent: vec![([u32::MAX; 3], FREE); 1 << RECENT_BITS],
            limit,
        }
    }

    /// The class with these values; none when there are too many.
    #[inline]
    pub fn class_of(&mut self, key: Key) -> Option<u16> {
        let spot = (mix_of(key) >> (64 - RECENT_BITS)) as usize;
        let (known, class) = self.recent[spot];
        if known == key {
            return Some(class);
        }
        let class = self.look_up(key)?;
        self.recent[spot] = (key, class);
        Some(class)
    }

    #[inline(never)]
    fn look_up(&mut self, key: Key) -> Option<u16> {
        let bucket = bucket_of(&self.palette, &self.buckets, key);
        if self.buckets[bucket] == FREE {
            self.buckets[bucket] = self.palette.push(Class::of(key), self.limit)?;
        }
        Some(self.buckets[bucket])
    }
}

#[inline]
fn mix_of(key: Key) -> u64 {
    let both = u64::from(key[0]) | u64::from(key[1]) << 32;
    let mixed = both ^ u64::from(key[2]).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    (mixed ^ mixed >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The bucket that holds a key, or the free one where it would go.
fn bucket_of(palette: &Palette, buckets: &[u16], key: Key) -> usize {
    let mut at = (mix_of(key) >> (64 - buckets.len().ilog2())) as usize;
    while buckets[at] != FREE && palette.classes[buckets[at] as usize].key() != key {
        at = (at + 1) % buckets.len();
    }
    at
}

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

impl Class {
    /// Weight with the sign of the kind: `signed * psp` equals `(weight * psp) * sign` to the bit.
    pub fn signed(&self, weight: f32) -> f32 {
        if self.kind == 0 { weight } else { -weight }
    }

    fn key(&self) -> [u32; 3] {
        [
            self.weight.to_bits(),
            self.psp.to_bits(),
            u32::from_le_bytes([self.kind, self.delay, self.flags, 0]),
        ]
    }
}

/// Classes while weights or psps are among what they tell apart: their sums stay in the nearest cache.
const FEW: usize = 4096;
/// Classes in all; kind and delay alone never make more.
const MOST: usize = u16::MAX as usize;
const BUCKETS: usize = 1 << 17;
const FREE: u16 = u16::MAX;

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
    last: Option<([u32; 3], u16)>,
    limit: usize,
}

impl Classifier {
    pub fn new(palette: Palette, limit: usize) -> Self {
        let mut buckets = vec![FREE; BUCKETS];
        for (at, class) in palette.classes.iter().enumerate() {
            let bucket = bucket_of(&palette, &buckets, class.key());
            buckets[bucket] = at as u16;
        }
        Self {
            palette,
            buckets,
            last: None,
            limit,
        }
    }

    /// The class with these values; none when there are too many.
    #[inline]
    pub fn class_of(&mut self, class: Class) -> Option<u16> {
        let key = class.key();
        if let Some((last, at)) = self.last
            && last == key
        {
            return Some(at);
        }
        let bucket = bucket_of(&self.palette, &self.buckets, key);
        if self.buckets[bucket] == FREE {
            self.buckets[bucket] = self.palette.push(class, self.limit)?;
        }
        self.last = Some((key, self.buckets[bucket]));
        Some(self.buckets[bucket])
    }
}

/// The bucket that holds a key, or the free one where it would go.
fn bucket_of(palette: &Palette, buckets: &[u16], key: [u32; 3]) -> usize {
    let mixed = u64::from(key[0]).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ u64::from(key[1]).wrapping_mul(0xc2b2_ae3d_27d4_eb4f)
        ^ u64::from(key[2]).wrapping_mul(0x1656_67b1_9e37_79f9);
    let mut at = (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 47) as usize;
    while buckets[at] != FREE && palette.classes[buckets[at] as usize].key() != key {
        at = (at + 1) % BUCKETS;
    }
    at
}

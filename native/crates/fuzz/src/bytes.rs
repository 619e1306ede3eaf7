//! Choices read from fuzzed bytes. At their end every choice is 0, so any bytes are a whole input.

pub struct Bytes<'a> {
    rest: &'a [u8],
}

/// Numbers at which sums, limits and comparisons change their ways.
const REALS: [f32; 16] = [
    0.0,
    -0.0,
    1.0,
    0.3,
    -0.7,
    0.999,
    2.2,
    20.0,
    255.0,
    -300.0,
    1e-40,
    1e30,
    f32::MAX,
    f32::MIN_POSITIVE,
    f32::INFINITY,
    f32::NAN,
];

impl<'a> Bytes<'a> {
    pub fn of(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((&first, rest)) => {
                self.rest = rest;
                first
            }
            None => 0,
        }
    }

    pub fn below(&mut self, count: u8) -> u8 {
        self.byte() % count
    }

    pub fn word(&mut self) -> u32 {
        u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.byte() as usize % from.len()]
    }

    /// Any bits now and then, else a number worth trying; `finite` keeps it so.
    pub fn real(&mut self, finite: bool) -> f32 {
        let byte = self.byte();
        let value = match byte >> 4 {
            0..9 => REALS[(byte & 15) as usize],
            9..15 => f32::from(byte & 15) * 0.13,
            _ => f32::from_bits(self.word()),
        };
        if finite && !value.is_finite() {
            1.5
        } else {
            value
        }
    }
}

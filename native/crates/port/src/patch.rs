//! Reads a patch as operations.

use gyrus_types::EngineError;

/// One operation of a patch: its code and argument words.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    pub code: u32,
    pub words: &'a [u32],
    /// Position of the code in the patch, for messages.
    at: usize,
}

/// The operations of a patch in order; one that reaches past the end is an error and the last.
pub struct Operations<'a> {
    patch: &'a [u32],
    at: usize,
}

impl<'a> Operations<'a> {
    #[must_use]
    pub fn of(patch: &'a [u32]) -> Self {
        Self { patch, at: 0 }
    }
}

impl<'a> Iterator for Operations<'a> {
    type Item = Result<Operation<'a>, EngineError>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let code = *self.patch.get(at)?;
        let words = self
            .patch
            .get(at + 1)
            .and_then(|&n| self.patch[at + 2..].get(..n as usize));
        let Some(words) = words else {
            self.at = self.patch.len();
            return Some(Err(EngineError::Patch(format!(
                "operation {code} at word {at} reaches past the end"
            ))));
        };
        self.at = at + 2 + words.len();
        Some(Ok(Operation { code, words, at }))
    }
}

impl Operation<'_> {
    #[must_use]
    pub fn f32(&self, at: usize) -> f32 {
        f32::from_bits(self.words[at])
    }

    #[must_use]
    pub fn u16(&self, at: usize) -> u16 {
        (self.words[at] & 0xffff) as u16
    }

    /// This operation as the reason why a patch is refused.
    ///
    /// # Errors
    /// Always.
    pub fn refuse<T>(&self, reason: &str) -> Result<T, EngineError> {
        Err(EngineError::Patch(format!(
            "operation {} at word {}: {reason}",
            self.code, self.at
        )))
    }
}

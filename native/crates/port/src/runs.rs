//! Runs of neighbours that fired, out of the bits a burst leaves: their rows lie one behind the other and are walked as one.

/// Runs of set bits, ascending, as half-open ranges of ids.
#[derive(Clone)]
pub struct Runs<'a> {
    words: &'a [u64],
    at: usize,
    /// What is left of the word at `at`.
    word: u64,
}

impl<'a> Runs<'a> {
    #[must_use]
    pub fn of(words: &'a [u64]) -> Self {
        Self {
            words,
            at: 0,
            word: words.first().copied().unwrap_or(0),
        }
    }
}

impl Iterator for Runs<'_> {
    type Item = (usize, usize);

    #[inline]
    fn next(&mut self) -> Option<(usize, usize)> {
        while self.word == 0 {
            self.at += 1;
            self.word = *self.words.get(self.at)?;
        }
        let first = self.word.trailing_zeros();
        let length = (!(self.word >> first)).trailing_zeros().min(64 - first);
        let from = self.at * 64 + first as usize;
        if first + length < 64 {
            self.word &= !(((1 << length) - 1) << first);
            return Some((from, from + length as usize));
        }
        // The run may go on in the next words.
        loop {
            self.at += 1;
            self.word = self.words.get(self.at).copied().unwrap_or(0);
            let more = (!self.word).trailing_zeros();
            if more < 64 {
                self.word &= !((1 << more) - 1);
                return Some((from, self.at * 64 + more as usize));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Runs;

    #[test]
    fn runs_are_the_set_bits() {
        let words = [
            0,
            0b1011,
            u64::MAX,
            u64::MAX,
            1,
            1 << 63,
            u64::MAX << 60,
            0,
            u64::MAX,
        ];
        let ids: Vec<usize> = Runs::of(&words).flat_map(|(from, to)| from..to).collect();
        let expected: Vec<usize> = (0..words.len() * 64)
            .filter(|&id| words[id / 64] >> (id % 64) & 1 == 1)
            .collect();
        assert_eq!(ids, expected);
        let runs: Vec<_> = Runs::of(&words).collect();
        assert!(runs.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert_eq!(Runs::of(&[]).next(), None);
    }
}

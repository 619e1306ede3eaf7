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

/// Lists the set bits of words with their places, `count` bits in all, as ids.
pub fn list(words: impl Iterator<Item = (usize, u64)>, count: usize, ids: &mut Vec<u32>) {
    // A place more: where a word has nothing, what is written is written over.
    ids.clear();
    ids.resize(count + 1, 0);
    let mut at = 0;
    for (place, mut word) in words {
        // Whether a word has one or none is chance, and a branch on chance is slow.
        loop {
            ids[at] = (place * 64) as u32 + word.trailing_zeros();
            at += usize::from(word != 0);
            word &= word.wrapping_sub(1);
            if word == 0 {
                break;
            }
        }
    }
    ids.truncate(count);
}

#[cfg(test)]
mod tests {
    use super::{Runs, list};

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
        let mut listed = vec![7; 3];
        list(words.iter().copied().enumerate(), ids.len(), &mut listed);
        assert_eq!(
            listed,
            expected.iter().map(|&id| id as u32).collect::<Vec<_>>()
        );
        let runs: Vec<_> = Runs::of(&words).collect();
        assert!(runs.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert_eq!(Runs::of(&[]).next(), None);
    }
}

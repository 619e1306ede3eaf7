//! A column of values that forks share until one of them edits it.

use std::ops::Deref;
use std::sync::Arc;

#[derive(Debug, Clone, Default)]
pub struct Column<T>(Arc<Vec<T>>);

impl<T: Clone> Column<T> {
    /// The values to be changed, a copy of them if a fork still reads these. Ask once per edit or burst, not per value.
    pub fn edit(&mut self) -> &mut Vec<T> {
        Arc::make_mut(&mut self.0)
    }

    /// The values alone, without a copy where no fork reads them.
    pub fn take(&mut self) -> Vec<T> {
        Arc::unwrap_or_clone(std::mem::take(&mut self.0))
    }
}

impl<T> Column<T> {
    pub fn bytes(&self) -> Bytes {
        let bytes = self.0.capacity() * size_of::<T>();
        Bytes {
            all: bytes,
            shared: if Arc::strong_count(&self.0) > 1 {
                bytes
            } else {
                0
            },
        }
    }
}

impl<T> Deref for Column<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Arc::new(values))
    }
}

/// What columns take, and how much of that forks take part in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bytes {
    pub all: usize,
    pub shared: usize,
}

impl std::iter::Sum for Bytes {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            all: sum.all + part.all,
            shared: sum.shared + part.shared,
        })
    }
}

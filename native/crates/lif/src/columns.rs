//! Columns that take as few bytes as their values need: most networks have few different weights and delays, and not many neurons.

/// Ids below 2^16, 2^24 or 2^32 in two, three or four bytes each.
#[derive(Debug, Clone)]
pub enum Ids {
    Two(Vec<u16>),
    Three(Vec<[u8; 3]>),
    Four(Vec<u32>),
}

impl Ids {
    /// Room for ids below `limit`.
    pub fn for_limit(limit: usize, capacity: usize) -> Self {
        if limit <= 1 << 16 {
            Self::Two(Vec::with_capacity(capacity))
        } else if limit <= 1 << 24 {
            Self::Three(Vec::with_capacity(capacity))
        } else {
            Self::Four(Vec::with_capacity(capacity))
        }
    }

    pub fn extend(&mut self, ids: impl Iterator<Item = u32>) {
        match self {
            Self::Two(column) => column.extend(ids.map(|id| id as u16)),
            Self::Three(column) => column.extend(ids.map(|id| {
                let [low, middle, high, _] = id.to_le_bytes();
                [low, middle, high]
            })),
            Self::Four(column) => column.extend(ids),
        }
    }

    pub fn set(&mut self, at: usize, id: u32) {
        match self {
            Self::Two(column) => column[at] = id as u16,
            Self::Three(column) => {
                let [low, middle, high, _] = id.to_le_bytes();
                column[at] = [low, middle, high];
            }
            Self::Four(column) => column[at] = id,
        }
    }

    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        match self {
            Self::Two(column) => u32::from(column[at]),
            Self::Three(column) => {
                let [low, middle, high] = column[at];
                u32::from_le_bytes([low, middle, high, 0])
            }
            Self::Four(column) => column[at],
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Two(column) => column.len(),
            Self::Three(column) => column.len(),
            Self::Four(column) => column.len(),
        }
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::Two(column) => column.capacity() * 2,
            Self::Three(column) => column.capacity() * 3,
            Self::Four(column) => column.capacity() * 4,
        }
    }
}

/// Values of which there are few different ones: one for all, an index into a list, or each by itself.
#[derive(Debug, Clone)]
pub enum Few<T> {
    One { value: T, count: usize },
    Listed { values: Vec<T>, index: Vec<u8> },
    Each(Vec<T>),
}

const LISTED: usize = 256;

impl<T: Copy + PartialEq> Few<T> {
    pub fn of(values: &[T]) -> Self {
        let mut list: Vec<T> = Vec::new();
        let mut index = Vec::new();
        let mut current = 0;
        for (at, &value) in values.iter().enumerate() {
            if list.get(current) != Some(&value) {
                current = if let Some(known) = list.iter().position(|&one| one == value) {
                    known
                } else {
                    if list.len() == LISTED {
                        return Self::Each(values.to_vec());
                    }
                    if list.len() == 1 {
                        index.reserve_exact(values.len());
                        index.resize(at, 0);
                    }
                    list.push(value);
                    list.len() - 1
                };
            }
            if list.len() > 1 {
                index.push(current as u8);
            }
        }
        match list[..] {
            [] => Self::Each(Vec::new()),
            [value] => Self::One {
                value,
                count: values.len(),
            },
            _ => Self::Listed {
                values: list,
                index,
            },
        }
    }

    #[inline]
    pub fn get(&self, at: usize) -> T {
        match self {
            Self::One { value, .. } => *value,
            Self::Listed { values, index } => values[index[at] as usize],
            Self::Each(values) => values[at],
        }
    }

    /// The value all share, where they do.
    pub fn only(&self) -> Option<T> {
        match self {
            Self::One { value, .. } => Some(*value),
            _ => None,
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::One { count, .. } => *count,
            Self::Listed { index, .. } => index.len(),
            Self::Each(values) => values.len(),
        }
    }

    pub fn to_vec(&self) -> Vec<T> {
        (0..self.len()).map(|at| self.get(at)).collect()
    }

    /// The column with one value changed or appended.
    pub fn set(&mut self, at: usize, value: T) {
        if at < self.len() && self.get(at) == value {
            return;
        }
        if let Self::Listed { values, index } = self
            && let Some(known) = values.iter().position(|&one| one == value)
        {
            if at < index.len() {
                index[at] = known as u8;
            } else {
                index.push(known as u8);
            }
            return;
        }
        if let Self::One { value: one, count } = self
            && *one == value
        {
            *count += 1;
            return;
        }
        let mut each = self.to_vec();
        if at < each.len() {
            each[at] = value;
        } else {
            each.push(value);
        }
        *self = Self::of(&each);
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::One { .. } => 0,
            Self::Listed { index, .. } => index.capacity(),
            Self::Each(values) => values.capacity() * size_of::<T>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Few, Ids};

    #[test]
    fn a_column_gives_back_what_went_in() {
        for limit in [10, 70_000, 20_000_000] {
            let mut ids = Ids::for_limit(limit, 0);
            let last = limit as u32 - 1;
            ids.extend([0, last, 7].into_iter());
            assert_eq!([0, 1, 2].map(|at| ids.get(at)), [0, last, 7]);
            ids.set(0, last);
            assert_eq!([0, 1, 2].map(|at| ids.get(at)), [last, last, 7]);
        }
        for different in [1_usize, 2, 200, 300] {
            let values: Vec<u32> = (0..1000).map(|i| (i % different) as u32).collect();
            let mut column = Few::of(&values);
            assert_eq!(column.to_vec(), values);
            column.set(3, 777);
            column.set(1000, 777);
            column.set(1001, 0);
            let mut expected = values;
            expected[3] = 777;
            expected.extend([777, 0]);
            assert_eq!(column.to_vec(), expected);
        }
    }
}

//! Coordinates along one axis, in two bytes each while that is enough.

use crate::column::{Bytes, Column};

#[derive(Debug, Clone)]
pub enum Coordinates {
    Narrow(Column<u16>),
    Wide(Column<u32>),
}

impl Default for Coordinates {
    fn default() -> Self {
        Self::Narrow(Column::default())
    }
}

impl From<&[u32]> for Coordinates {
    fn from(values: &[u32]) -> Self {
        let narrow: Option<Vec<u16>> = values.iter().map(|&v| u16::try_from(v).ok()).collect();
        match narrow {
            Some(narrow) => Self::Narrow(narrow.into()),
            None => Self::Wide(values.to_vec().into()),
        }
    }
}

impl Coordinates {
    pub fn at(&self, id: usize) -> u32 {
        match self {
            Self::Narrow(values) => u32::from(values[id]),
            Self::Wide(values) => values[id],
        }
    }

    pub fn extend(&mut self, added: impl Iterator<Item = u32>) {
        let mut values = self.to_vec();
        values.extend(added);
        *self = Self::from(&values[..]);
    }

    pub fn to_vec(&self) -> Vec<u32> {
        match self {
            Self::Narrow(values) => values.iter().map(|&v| u32::from(v)).collect(),
            Self::Wide(values) => values.to_vec(),
        }
    }

    pub fn bytes(&self) -> Bytes {
        match self {
            Self::Narrow(values) => values.bytes(),
            Self::Wide(values) => values.bytes(),
        }
    }
}

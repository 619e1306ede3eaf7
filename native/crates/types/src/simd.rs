//! Which vector instructions an engine uses. All give equal bits; tests ask for each in turn.

use crate::EngineError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimdLevel {
    /// What every machine of this kind has.
    Baseline,
    /// With the bit instructions that came along.
    Avx2,
    Avx512,
}

/// A level this machine has: code for it may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simd(SimdLevel);

const WIDEST_FIRST: [(&str, SimdLevel); 3] = [
    ("avx512", SimdLevel::Avx512),
    ("avx2", SimdLevel::Avx2),
    ("baseline", SimdLevel::Baseline),
];

impl Simd {
    #[must_use]
    pub fn widest() -> Self {
        let level = WIDEST_FIRST.into_iter().find(|&(_, level)| is_here(level));
        Self(level.map_or(SimdLevel::Baseline, |(_, level)| level))
    }

    /// The level of this name; `auto` is the widest.
    ///
    /// # Errors
    /// When there is no such level or this machine lacks it.
    pub fn named(name: &str) -> Result<Self, EngineError> {
        if name == "auto" {
            return Ok(Self::widest());
        }
        let here = || {
            WIDEST_FIRST
                .into_iter()
                .filter(|&(_, level)| is_here(level))
        };
        match here().find(|&(known, _)| known == name) {
            Some((_, level)) => Ok(Self(level)),
            None => Err(EngineError::Unsupported(format!(
                "The instruction set {name} is not available; this machine has {}",
                here().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
            ))),
        }
    }

    #[must_use]
    pub fn level(self) -> SimdLevel {
        self.0
    }
}

#[cfg(target_arch = "x86_64")]
fn is_here(level: SimdLevel) -> bool {
    match level {
        SimdLevel::Baseline => true,
        SimdLevel::Avx2 => {
            is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("popcnt")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
        }
        SimdLevel::Avx512 => {
            is_here(SimdLevel::Avx2)
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn is_here(level: SimdLevel) -> bool {
    level == SimdLevel::Baseline
}

#[cfg(test)]
mod tests {
    use super::{Simd, SimdLevel};

    #[test]
    fn a_level_is_given_only_where_the_machine_has_it() {
        assert_eq!(Simd::named("auto"), Ok(Simd::widest()));
        assert_eq!(
            Simd::named("baseline").map(Simd::level),
            Ok(SimdLevel::Baseline)
        );
        let refused = Simd::named("mmx").unwrap_err();
        assert_eq!(refused.code(), "E_UNSUPPORTED");
        assert!(refused.to_string().contains("baseline"), "{refused}");
    }
}

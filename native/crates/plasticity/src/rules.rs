//! What learning does to one synapse in one burst. Source: spec/burst-engine.md section 7.2.

/// How the synapses of one mapping change in one burst.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    pub decay: f32,
    /// Added to the trace when both ends were active.
    pub rise: f32,
    /// Taken off when one end alone was.
    pub fall: f32,
    /// `eta * reward`.
    pub rate: f32,
    pub reward: f32,
    /// Upper end of a rising weight; infinite: none.
    pub max_weight: f32,
    pub associative: bool,
}

impl Change {
    /// Whether a trace of 0 with no activity stays as it is, sign and all.
    pub fn leaves_idle_alone(&self) -> bool {
        self.decay >= 0.0 && self.decay.is_finite()
    }

    /// Moves trace and weight of one synapse; tells whether the weight was written.
    #[inline]
    pub fn apply(&self, trace: &mut f32, weight: &mut f32, source: bool, target: bool) -> bool {
        let mut e = *trace * self.decay;
        if source && target {
            e += self.rise;
        } else if (source || target) && !self.associative && self.fall > 0.0 {
            e -= self.fall;
        }
        *trace = e;
        if self.reward == 0.0 || e == 0.0 || (self.associative && !(source && target)) {
            return false;
        }
        let mut change = self.rate * e;
        // A punishment never strengthens.
        if change > 0.0 && !(self.reward > 0.0 && e > 0.0 && self.rise > 0.0) {
            change = 0.0;
        }
        let before = *weight;
        let moved = before + change;
        if change >= 0.0 {
            *weight = if moved > self.max_weight {
                self.max_weight
            } else {
                moved
            };
        } else if change < 0.0 {
            *weight = if moved > 0.0 { moved } else { 0.0 };
        }
        weight.to_bits() != before.to_bits()
    }
}

#[cfg(test)]
mod tests {
    use super::Change;

    const PLAIN: Change = Change {
        decay: 0.5,
        rise: 4.0,
        fall: 1.0,
        rate: 0.25,
        reward: 1.0,
        max_weight: f32::INFINITY,
        associative: false,
    };

    /// Trace and weight after one burst from trace 2 and weight 3.
    fn after(change: &Change, source: bool, target: bool) -> (f32, f32) {
        let (mut trace, mut weight) = (2.0, 3.0);
        change.apply(&mut trace, &mut weight, source, target);
        (trace, weight)
    }

    #[test]
    fn common_activity_raises_and_activity_of_one_end_lowers_trace_and_weight() {
        assert_eq!(after(&PLAIN, true, true), (5.0, 4.25));
        assert_eq!(after(&PLAIN, true, false), (0.0, 3.0));
        assert_eq!(after(&PLAIN, false, false), (1.0, 3.25));
        let fast = Change {
            decay: 0.0,
            ..PLAIN
        };
        assert_eq!(after(&fast, false, true), (-1.0, 2.75));
    }

    #[test]
    fn a_weight_stays_between_zero_and_its_maximum() {
        let capped = Change {
            max_weight: 3.5,
            ..PLAIN
        };
        assert_eq!(after(&capped, true, true), (5.0, 3.5));
        let harsh = Change {
            decay: 0.0,
            fall: 100.0,
            ..PLAIN
        };
        assert_eq!(after(&harsh, true, false), (-100.0, 0.0));
    }

    #[test]
    fn punishment_weakens_what_was_active_together_and_strengthens_nothing() {
        let punished = Change {
            reward: -1.0,
            rate: -0.25,
            ..PLAIN
        };
        assert_eq!(after(&punished, true, true), (5.0, 1.75));
        let blamed = Change {
            decay: 0.0,
            ..punished
        };
        assert_eq!(after(&blamed, true, false), (-1.0, 3.0));
    }

    #[test]
    fn without_reward_only_the_trace_moves() {
        let ungated = Change {
            reward: 0.0,
            rate: 0.0,
            ..PLAIN
        };
        assert_eq!(after(&ungated, true, true), (5.0, 3.0));
    }

    #[test]
    fn an_associative_mapping_learns_from_common_activity_alone() {
        let associative = Change {
            associative: true,
            ..PLAIN
        };
        assert_eq!(after(&associative, true, false), (1.0, 3.0));
        assert_eq!(after(&associative, true, true), (5.0, 4.25));
    }
}

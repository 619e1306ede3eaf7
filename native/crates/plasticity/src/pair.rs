//! Pair-based STDP with traces (Morrison, Aertsen and Diesmann 2007; the weight dependence of Gütig et al. 2003), as plain functions.
//! When a synapse meets which spike stands in `app/core/plasticity/pair-rule.ts`.

/// Entries of a decay table.
const STEPS: usize = 1024;

/// Decay over any number of steps, from two tables: single steps and steps of 1024.
#[derive(Debug, Clone, PartialEq)]
pub struct Decay {
    pub low: Vec<f64>,
    pub high: Vec<f64>,
}

impl Decay {
    #[must_use]
    pub fn over(&self, steps: u32) -> f64 {
        let steps = steps as usize;
        if steps >= STEPS * STEPS {
            return 0.0;
        }
        self.low[steps % STEPS] * self.high[steps / STEPS]
    }
}

/// How the synapses of one projection learn.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRule {
    pub lambda: f64,
    pub alpha: f64,
    pub max_weight: f64,
    /// Whether changes depend on the weight (exponent 1) or not (exponent 0).
    pub mu_plus: bool,
    pub mu_minus: bool,
    pub plus: Decay,
    pub minus: Decay,
}

impl PairRule {
    /// Weight after a postsynaptic spike that met `trace` of the spikes sent.
    #[must_use]
    pub fn facilitated(&self, weight: f64, trace: f64) -> f64 {
        let share = weight / self.max_weight;
        let room = if self.mu_plus { 1.0 - share } else { 1.0 };
        let raised = share + self.lambda * room * trace;
        if raised < 1.0 {
            raised * self.max_weight
        } else {
            self.max_weight
        }
    }

    /// Weight after a spike sent that met `trace` of the postsynaptic spikes. Never -0.
    #[must_use]
    pub fn depressed(&self, weight: f64, trace: f64) -> f64 {
        let share = weight / self.max_weight;
        let part = if self.mu_minus { share } else { 1.0 };
        let lowered = share - self.alpha * self.lambda * part * trace;
        if lowered > 0.0 {
            lowered * self.max_weight
        } else {
            0.0
        }
    }
}

/// A trace after one more spike.
#[must_use]
pub fn raised(trace: f64, decay: f64) -> f64 {
    trace * decay + 1.0
}

#[cfg(test)]
mod tests {
    use super::{Decay, PairRule, raised};

    fn decay(tau: f64) -> Decay {
        let table = |step: f64| {
            (0..1024)
                .map(|n| (-f64::from(n) * step / tau).exp())
                .collect()
        };
        Decay {
            low: table(1.0),
            high: table(1024.0),
        }
    }

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-12
    }

    #[test]
    fn decay_follows_the_exponential_over_any_distance() {
        let decay = decay(20_000.0);
        for steps in [0, 1, 1023, 1024, 5000, 1_000_000] {
            assert!(close(
                decay.over(steps),
                (-f64::from(steps) / 20_000.0).exp()
            ));
        }
        assert!(decay.over(1 << 20).abs() < f64::EPSILON);
    }

    #[test]
    fn weights_follow_the_closed_formulas_and_stay_in_bounds() {
        let rule = |mu_plus, mu_minus| PairRule {
            lambda: 0.01,
            alpha: 1.1,
            max_weight: 2.0,
            mu_plus,
            mu_minus,
            plus: decay(20.0),
            minus: decay(20.0),
        };
        let (additive, multiplicative) = (rule(false, false), rule(true, true));
        assert!(close(
            additive.facilitated(0.5, 0.7),
            0.5 + 2.0 * 0.01 * 0.7
        ));
        assert!(close(
            additive.depressed(0.5, 0.7),
            0.5 - 2.0 * 1.1 * 0.01 * 0.7
        ));
        assert!(close(
            multiplicative.facilitated(0.5, 0.7),
            0.5 + 2.0 * 0.01 * 0.75 * 0.7
        ));
        assert!(close(
            multiplicative.depressed(0.5, 0.7),
            0.5 - 1.1 * 0.01 * 0.5 * 0.7
        ));
        assert!(close(additive.facilitated(1.999, 5.0), 2.0));
        assert!(additive.depressed(1e-9, 5.0).to_bits() == 0.0_f64.to_bits());
        assert!(close(raised(0.5, 0.5), 1.25));
    }
}

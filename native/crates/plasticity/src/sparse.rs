//! Memory neurons under associative input integrate and fire without leak. Source: spec/burst-engine-extensions.md section 10.2.

/// A fire limit that limits nothing, as 0 does.
pub const NOT_LIMITED: u16 = u16::MAX;

/// How the memory neurons of one area take associative input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SparseParameters {
    pub threshold: f32,
    /// Upper end of the firing window; `f32::MAX`: none.
    pub threshold_limit: f32,
    pub excitability: f32,
    pub refractory_period: u16,
    pub consecutive_fire_limit: u16,
    pub snooze_period: u16,
}

impl Default for SparseParameters {
    fn default() -> Self {
        Self {
            threshold: 1.0,
            threshold_limit: f32::MAX,
            excitability: 1.0,
            refractory_period: 0,
            consecutive_fire_limit: NOT_LIMITED,
            snooze_period: 0,
        }
    }
}

/// State of one memory neuron.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sparse {
    pub potential: f32,
    pub consecutive_fires: u16,
    /// Bursts with input it still sits out.
    pub countdown: u16,
}

impl Sparse {
    /// Takes the input of one burst: the sum of all and what associative synapses have in it. Returns the potential at firing.
    /// `by_chance` tells whether a neuron of this excitability fires.
    pub fn receive(
        &mut self,
        parameters: &SparseParameters,
        sum: f32,
        associative: f32,
        by_chance: impl FnOnce(f32) -> bool,
    ) -> Option<f32> {
        let limit = parameters.consecutive_fire_limit;
        let is_limited = limit != 0 && limit != NOT_LIMITED;
        if self.countdown > 0 {
            self.countdown -= 1;
            if self.countdown == 0 && is_limited && self.consecutive_fires >= limit {
                self.consecutive_fires = 0;
            }
            return None;
        }
        let reached = self.potential + (associative + (sum - associative));
        let top = parameters.threshold_limit;
        let is_below = top.to_bits() == f32::MAX.to_bits() || reached <= top;
        self.potential = reached;
        if !(reached >= parameters.threshold && is_below) {
            if is_limited {
                self.consecutive_fires = 0;
            }
            return None;
        }
        if is_limited && self.consecutive_fires >= limit {
            self.consecutive_fires = 0;
            return None;
        }
        if !by_chance(parameters.excitability) {
            return None;
        }
        self.potential = 0.0;
        self.consecutive_fires = self.consecutive_fires.saturating_add(1);
        let snooze = if is_limited && self.consecutive_fires >= limit {
            parameters.snooze_period
        } else {
            0
        };
        self.countdown = parameters.refractory_period.saturating_add(snooze);
        Some(reached)
    }
}

#[cfg(test)]
mod tests {
    use super::{Sparse, SparseParameters};

    const PARAMETERS: SparseParameters = SparseParameters {
        threshold: 3.0,
        threshold_limit: 6.0,
        excitability: 1.0,
        refractory_period: 1,
        consecutive_fire_limit: 2,
        snooze_period: 1,
    };

    /// What comes of the same associative input in every burst.
    fn fires(input: f32, bursts: usize, by_chance: bool) -> Vec<Option<f32>> {
        let mut state = Sparse::default();
        let mut receive = |_| state.receive(&PARAMETERS, input, input, |_| by_chance);
        (0..bursts).map(&mut receive).collect()
    }

    #[test]
    fn charge_gathers_without_leak_and_what_comes_in_a_rest_is_lost() {
        let expected = [None, Some(4.0), None, None, Some(4.0)];
        assert_eq!(fires(2.0, 5, true), expected);
    }

    #[test]
    fn the_last_fire_of_a_run_is_followed_by_a_longer_rest() {
        let fired: Vec<bool> = fires(4.0, 9, true).iter().map(Option::is_some).collect();
        let (x, o) = (true, false);
        assert_eq!(fired, [x, o, x, o, o, x, o, x, o]);
    }

    #[test]
    fn above_its_window_or_against_chance_it_keeps_its_charge_and_is_silent() {
        assert_eq!(fires(7.0, 2, true), [None, None]);
        assert_eq!(fires(4.0, 2, false), [None, None]);
    }
}

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
        let moved = *weight + change;
        if change >= 0.0 {
            *weight = if moved > self.max_weight {
                self.max_weight
            } else {
                moved
            };
        } else if change < 0.0 {
            *weight = if moved > 0.0 { moved } else { 0.0 };
        }
        true
    }
}

//! What is registered for an ordered pair of areas. Source: spec/burst-engine.md section 7.2.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Off,
    Stdp,
    /// Changes weights only while rewarded.
    Rewarded,
}

/// `max_weight` of a mapping whose weights rise without end.
pub const NO_MAX_WEIGHT: f32 = f32::MAX;

// The switches are independent settings of one mapping.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone)]
pub struct Mapping {
    pub source: u32,
    pub target: u32,
    pub mode: Mode,
    /// Bursts in which activity counts as common.
    pub window: u32,
    /// Trace gained when both ends were active, lost when one was.
    pub rise: u8,
    pub fall: u8,
    pub eta: f32,
    pub max_weight: f32,
    /// Share of a trace kept per burst.
    pub decay: f32,
    pub bidirectional: bool,
    pub associative: bool,
    pub frozen: bool,
    /// Of the synapses this mapping creates.
    pub psp: f32,
    pub kind: u8,
    pub delay: u8,
    /// Modulation group whose rewards and learning rates act; 0: none.
    pub group: u16,
    pub derived: Derived,
}

/// What follows from the synapses as they are.
#[derive(Debug, Clone, Default)]
pub struct Derived {
    /// The synapses of the pair.
    pub(crate) runs: Vec<Run>,
    /// Whether one of them is flagged associative.
    pub(crate) flagged: bool,
}

/// Neighbouring synapses of one source, flagged alike.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub source: u32,
    pub first: u32,
    pub end: u32,
    pub associative: bool,
}

impl Run {
    pub fn places(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

impl Derived {
    /// Takes one more synapse in; neighbours come one after the other.
    pub(crate) fn push(&mut self, source: u32, place: u32, associative: bool) {
        self.flagged |= associative;
        match self.runs.last_mut() {
            Some(run) if (run.source, run.end, run.associative) == (source, place, associative) => {
                run.end += 1;
            }
            _ => self.runs.push(Run {
                source,
                first: place,
                end: place + 1,
                associative,
            }),
        }
    }
}

impl Mapping {
    /// A mapping that does nothing, between two areas.
    #[must_use]
    pub fn new(source: u32, target: u32) -> Self {
        Self {
            source,
            target,
            mode: Mode::Off,
            window: 1,
            rise: 0,
            fall: 0,
            eta: 1.0,
            max_weight: NO_MAX_WEIGHT,
            decay: 0.0,
            bidirectional: false,
            associative: false,
            frozen: false,
            psp: 0.0,
            kind: 0,
            delay: 1,
            group: 0,
            derived: Derived::default(),
        }
    }

    #[must_use]
    pub fn pair(&self) -> (u32, u32) {
        (self.source, self.target)
    }

    /// Whether only reward lets it learn.
    pub(crate) fn is_gated(&self, group: Reinforcement) -> bool {
        self.mode == Mode::Rewarded || (self.mode == Mode::Stdp && group.is_rewarding)
    }
}

/// What modulators make of the learning of one group, committed in the burst before. Source: spec/burst-engine-extensions.md
/// section 12.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reinforcement {
    /// Whether a reward is among the group's modulators, given or not.
    pub is_rewarding: bool,
    /// Sum of the reward signals.
    pub reward: f32,
    /// Product of the learning rates.
    pub learning: f32,
}

impl Default for Reinforcement {
    fn default() -> Self {
        Self {
            is_rewarding: false,
            reward: 0.0,
            learning: 1.0,
        }
    }
}

/// Reinforcement by group number; a group beyond the end has none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reinforcements<'a>(pub &'a [Reinforcement]);

impl Reinforcements<'_> {
    pub(crate) fn of(&self, group: u16) -> Reinforcement {
        self.0.get(group as usize).copied().unwrap_or_default()
    }
}

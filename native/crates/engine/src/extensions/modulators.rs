//! Modulators: what drivers that fired do to synapses of a group, to learning and to the settings of areas.
//! Source: spec/burst-engine-extensions.md sections 11.1 to 11.3.

use super::baselines::Baseline;
use super::commit::Plan;

/// Kinds by their number in a patch; those below `SCALED_KINDS` scale a setting of an area.
pub const SCALED_KINDS: u8 = 3;
pub const GAIN: u8 = 3;
pub const GATE: u8 = 4;
pub const REWARD: u8 = 5;
pub const LEARNING_RATE: u8 = 6;
pub const FORMATION: u8 = 7;

#[derive(Debug, Clone, Copy)]
pub struct Modulator {
    pub number: u32,
    pub kind: u8,
    /// Area whose firing gives the signal.
    pub driver: u32,
    pub magnitude: f32,
    /// Potential at firing that gives the whole magnitude; 0: any does.
    pub full_scale: f32,
}

/// Modulators that act together on synapses; the factors are those in force.
#[derive(Debug, Clone)]
pub struct Group {
    pub number: u16,
    /// Numbers, in order.
    pub members: Vec<u32>,
    pub transmission: f32,
    pub reward: f32,
    pub learning: f32,
}

impl Group {
    pub fn new(number: u16) -> Self {
        Self {
            number,
            members: Vec::new(),
            transmission: 1.0,
            reward: 0.0,
            learning: 1.0,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Modulators {
    /// In order of registration.
    pub bound: Vec<Modulator>,
    /// Area and number, ascending area, within one in given order.
    pub subscriptions: Vec<(u32, u32)>,
    /// Ascending number.
    pub groups: Vec<Group>,
    /// Ascending (area, kind).
    pub baselines: Vec<Baseline>,
    /// Areas that form no memory neurons, ascending.
    pub suppressed: Vec<u32>,
    pub(super) plan: Plan,
}

impl Modulators {
    pub fn is_unused(&self) -> bool {
        self.bound.is_empty()
            && self.subscriptions.is_empty()
            && self.groups.is_empty()
            && self.baselines.is_empty()
            && self.suppressed.is_empty()
    }

    /// Whether bursts may scale settings.
    pub fn scales(&self) -> bool {
        !(self.subscriptions.is_empty() && self.baselines.is_empty())
    }

    /// Positions of the bound modulators of one kind among these numbers, in their order.
    pub(super) fn positions<'a>(
        &'a self,
        numbers: impl Iterator<Item = u32> + 'a,
        kind: u8,
    ) -> impl Iterator<Item = usize> + 'a {
        numbers.filter_map(move |number| {
            let fits = |one: &Modulator| one.number == number && one.kind == kind;
            self.bound.iter().position(fits)
        })
    }

    /// Whether a modulator of this kind is bound and subscribed by the area.
    pub fn is_subscribed(&self, area: u32, kind: u8) -> bool {
        let fits = |&(other, _): &(u32, u32)| other == area;
        let numbers = self.subscriptions.iter().copied().filter(fits);
        self.positions(numbers.map(|(_, number)| number), kind)
            .next()
            .is_some()
    }

    pub fn group_mut(&mut self, number: u16) -> &mut Group {
        let at = match self
            .groups
            .binary_search_by_key(&number, |group| group.number)
        {
            Ok(at) => at,
            Err(at) => {
                self.groups.insert(at, Group::new(number));
                at
            }
        };
        &mut self.groups[at]
    }

    /// Driver areas of a group's rewards.
    pub fn reward_drivers(&self, group: u16) -> Vec<u32> {
        let found = self.groups.binary_search_by_key(&group, |one| one.number);
        let members = found.map_or(&[][..], |at| &self.groups[at].members);
        let rewards = self.positions(members.iter().copied(), REWARD);
        rewards.map(|at| self.bound[at].driver).collect()
    }

    /// The baseline of a setting of an area, and the place a neuron has in it.
    pub(super) fn baseline_of(
        &mut self,
        area: u32,
        kind: u8,
        id: u32,
    ) -> Option<(&mut Baseline, usize)> {
        let mut baselines = self.baselines.iter_mut();
        let baseline = baselines.find(|one| (one.area, one.kind) == (area, kind))?;
        let at = baseline.neurons.binary_search(&id).ok()?;
        Some((baseline, at))
    }

    /// Takes a modulator out of everything.
    pub fn remove(&mut self, number: u32) {
        self.bound.retain(|one| one.number != number);
        self.subscriptions.retain(|&(_, other)| other != number);
        for group in &mut self.groups {
            group.members.retain(|&other| other != number);
        }
    }

    pub fn is_gated(&self, group: &Group) -> bool {
        let members = group.members.iter().copied();
        self.positions(members, GATE).next().is_some()
    }

    /// Nothing commands any more what is in force.
    pub fn reset(&mut self) {
        self.suppressed.clear();
        for group in &mut self.groups {
            (group.transmission, group.reward, group.learning) = (1.0, 0.0, 1.0);
        }
    }
}

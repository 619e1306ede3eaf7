//! What is in force in the next burst, from the drivers that fired in this one. Source: spec/burst-engine-extensions.md section 11.2.

use gyrus_plasticity::Reinforcement;

use super::modulators::{
    FORMATION, GAIN, GATE, LEARNING_RATE, Modulator, Modulators, REWARD, SCALED_KINDS,
};
use crate::engine::Engine;

/// What follows from who is bound and subscribed, so that a burst looks nothing up.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Driver areas, ascending, and the potentials at which their first neurons fired in the burst under way.
    drivers: Vec<u32>,
    fired_at: Vec<Option<f32>>,
    /// Of every modulator: its driver by position, and magnitude and full scale.
    strengths: Vec<(usize, f32, f32)>,
    signals: Vec<f32>,
    /// Of every group the positions of its gains, gates, rewards and learning rates.
    groups: Vec<[Vec<usize>; 4]>,
    /// What scales or suppresses an area: area, kind, positions of the modulators; ascending.
    areas: Vec<(u32, u8, Vec<usize>)>,
    /// By group number: what is in force. Empty where it changes nothing.
    factors: Vec<f32>,
    reinforcements: Vec<Reinforcement>,
}

impl Modulators {
    pub fn factors(&self) -> &[f32] {
        &self.plan.factors
    }

    pub fn reinforcements(&self) -> &[Reinforcement] {
        &self.plan.reinforcements
    }

    /// Works out anew what follows from who is bound and subscribed.
    pub fn refresh(&mut self, strict: bool) {
        let mut drivers: Vec<u32> = self.bound.iter().map(|one| one.driver).collect();
        drivers.sort_unstable();
        drivers.dedup();
        let strength = |one: &Modulator| {
            // FEAGI keeps magnitude and full scale once per driver.
            let last = self.bound.iter().rfind(|other| other.driver == one.driver);
            let source = if strict { last.unwrap_or(one) } else { one };
            let driver = drivers.partition_point(|&area| area < one.driver);
            (driver, source.magnitude, source.full_scale)
        };
        let strengths = self.bound.iter().map(strength).collect();
        let groups = self.groups.iter().map(|group| {
            [GAIN, GATE, REWARD, LEARNING_RATE].map(|kind| {
                let members = group.members.iter().copied();
                self.positions(members, kind).collect::<Vec<_>>()
            })
        });
        let mut areas = Vec::new();
        for rows in self.subscriptions.chunk_by(|a, b| a.0 == b.0) {
            for kind in (0..SCALED_KINDS).chain([FORMATION]) {
                let numbers = rows.iter().map(|row| row.1);
                let positions: Vec<usize> = self.positions(numbers, kind).collect();
                if !positions.is_empty() {
                    areas.push((rows[0].0, kind, positions));
                }
            }
        }
        self.plan = Plan {
            fired_at: vec![None; drivers.len()],
            drivers,
            strengths,
            signals: vec![0.0; self.bound.len()],
            groups: groups.collect(),
            areas,
            ..Plan::default()
        };
        self.spread();
    }

    /// Lays out by group number what is in force.
    fn spread(&mut self) {
        let Self { groups, plan, .. } = self;
        let numbers = groups.last().map_or(0, |group| group.number as usize + 1);
        plan.factors.clear();
        if groups.iter().any(|group| group.transmission != 1.0) {
            plan.factors.resize(numbers, 1.0);
            for group in &*groups {
                plan.factors[group.number as usize] = group.transmission;
            }
        }
        plan.reinforcements.clear();
        plan.reinforcements
            .resize(numbers, Reinforcement::default());
        for (group, terms) in groups.iter().zip(&plan.groups) {
            plan.reinforcements[group.number as usize] = Reinforcement {
                is_rewarding: !terms[2].is_empty(),
                reward: group.reward,
                learning: group.learning,
            };
        }
    }

    /// Takes the signals of a burst in.
    fn commit(&mut self) {
        let Self { groups, plan, .. } = self;
        for (signal, &(driver, magnitude, full_scale)) in
            plan.signals.iter_mut().zip(&plan.strengths)
        {
            *signal = plan.fired_at[driver]
                .map_or(0.0, |potential| magnitude * strength(potential, full_scale));
        }
        for (group, [gains, gates, rewards, rates]) in groups.iter_mut().zip(&plan.groups) {
            let gain = product(&plan.signals, gains);
            group.transmission = if gates.is_empty() {
                gain
            } else {
                gain * openest(&plan.signals, gates)
            };
            let signals = rewards.iter().map(|&at| plan.signals[at]);
            group.reward = signals.fold(0.0, |sum, signal| sum + signal);
            group.learning = product(&plan.signals, rates);
        }
        self.spread();
    }
}

fn strength(potential: f32, full_scale: f32) -> f32 {
    let share = potential / full_scale;
    if full_scale > 0.0 && share < 1.0 {
        share
    } else {
        1.0
    }
}

fn product(signals: &[f32], of: &[usize]) -> f32 {
    let factors = of.iter().map(|&at| 1.0 + signals[at]);
    factors.fold(1.0, |product, factor| product * factor)
}

fn openest(signals: &[f32], of: &[usize]) -> f32 {
    let open = of.iter().map(|&at| signals[at]);
    open.fold(
        0.0,
        |most, signal| if signal > most { signal } else { most },
    )
}

impl Engine {
    /// Works out from what fired what is in force in the next burst. Without modulators FEAGI leaves what was.
    pub(super) fn commit_modulators(&mut self) {
        let Some(mut modulators) = self.learning.extensions.modulators.take() else {
            return;
        };
        if !modulators.bound.is_empty() {
            self.note_drivers(&mut modulators.plan);
            modulators.commit();
            modulators.suppressed.clear();
            for at in 0..modulators.plan.areas.len() {
                let (area, kind, terms) = &modulators.plan.areas[at];
                let factor = product(&modulators.plan.signals, terms);
                let (area, kind) = (*area, *kind);
                if kind == FORMATION {
                    // Not above 0, whatever else it is.
                    if factor.is_nan() || factor <= 0.0 {
                        modulators.suppressed.push(area);
                    }
                } else {
                    self.scale_area(&mut modulators.baselines, area, kind, factor);
                }
            }
        }
        self.learning.extensions.modulators = Some(modulators);
        self.note_transmission();
    }

    /// The potential of the lowest id that fired in each driver area.
    fn note_drivers(&self, plan: &mut Plan) {
        plan.fired_at.fill(None);
        let with_slots = self.fired_with_slots().len();
        let areas = self.fired[..with_slots]
            .iter()
            .map(|&id| self.neurons.area[id as usize])
            .chain(self.learning.fired_areas().iter().copied());
        let mut last = None;
        for (area, &potential) in areas.zip(&self.fired_potential) {
            // Neighbours mostly share an area, and its first has been noted.
            if last == Some(area) {
                continue;
            }
            last = Some(area);
            if let Ok(at) = plan.drivers.binary_search(&area) {
                plan.fired_at[at].get_or_insert(potential);
            }
        }
    }

    /// In feagi-strict a factor that is not 1 divides contributions where no area flag does, which changes who divides.
    pub(crate) fn note_transmission(&mut self) {
        let was_transmitting = self.learning.extensions.was_transmitting;
        let is_transmitting = !self.learning.transmission_factors().is_empty();
        let matters = is_transmitting != was_transmitting && self.strict && !self.is_flagged();
        self.drive_stale |= matters;
        self.learning.extensions.was_transmitting = is_transmitting;
    }
}

#[cfg(test)]
mod tests {
    use super::{openest, product, strength};
    use crate::extensions::modulators::{GAIN, GATE, Modulator, Modulators, REWARD};

    fn modulator(number: u32, kind: u8, magnitude: f32) -> Modulator {
        Modulator {
            number,
            kind,
            driver: 20 + number,
            magnitude,
            full_scale: 0.0,
        }
    }

    #[test]
    fn a_graded_signal_grows_with_the_potential_up_to_the_whole() {
        let close = |a: f32, b: f32| (a - b).abs() < f32::EPSILON;
        assert!(close(strength(2.0, 8.0), 0.25));
        assert!(close(strength(9.0, 8.0), 1.0));
        assert!(close(strength(-4.0, 8.0), -0.5));
        assert!(close(strength(-4.0, 0.0), 1.0));
    }

    #[test]
    fn gains_multiply_and_a_gate_is_as_open_as_its_strongest_signal() {
        let signals = [0.5, -1.0, 0.25];
        assert_eq!(product(&signals, &[0, 2]), 1.5 * 1.25);
        assert_eq!(product(&signals, &[0, 1]), 0.0);
        assert_eq!(openest(&signals, &[1]), 0.0);
        assert_eq!(openest(&signals, &[1, 2, 0]), 0.5);
    }

    #[test]
    fn a_group_with_a_gate_is_closed_until_a_driver_fires() {
        let mut modulators = Modulators {
            bound: vec![
                modulator(1, GATE, 1.0),
                modulator(2, GAIN, 0.5),
                modulator(3, REWARD, -1.0),
            ],
            ..Modulators::default()
        };
        modulators.group_mut(2).members = vec![2, 1, 3, 9];
        modulators.refresh(false);
        modulators.commit();
        assert_eq!(modulators.factors(), [1.0, 1.0, 0.0]);
        modulators.plan.fired_at = vec![Some(1.0), Some(1.0), Some(3.0)];
        modulators.commit();
        assert_eq!(modulators.factors(), [1.0, 1.0, 1.5]);
        assert_eq!(modulators.reinforcements()[2].reward, -1.0);
        assert_eq!(modulators.reward_drivers(2), [23]);
        modulators.remove(1);
        modulators.refresh(false);
        assert_eq!(modulators.groups[0].members, [2, 3, 9]);
    }
}

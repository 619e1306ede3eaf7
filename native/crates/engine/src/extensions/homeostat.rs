//! Rate-modulated leak: an average of firing moves the leak of each neuron, so that it fires about as often as its target says.
//! The target is one for the area, or measured per neuron while it is armed. Shares of averages come in ready (1 - exp(-1 / tau)).
//! Source: spec/burst-engine-extensions.md section 13.

use super::baselines::LEAK;
use crate::dynamics::retention;
use crate::engine::Engine;
use crate::neurons::FIRED_BEFORE;

/// How a neuron is regulated.
pub const NOT_REGULATED: u8 = 0;
pub const ONE_SIDED: u8 = 1;
pub const TWO_SIDED: u8 = 2;

#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub area: u32,
    pub per_neuron: bool,
    /// Neurons too silent to have a target of their own are left alone.
    pub leaves_silent: bool,
    /// Fires per burst.
    pub target: f32,
    pub rate_share: f32,
    pub gain: f32,
    pub leak_min: f32,
    pub leak_max: f32,
    /// Bursts between two steps of the leak.
    pub every: u32,
    pub arm_bursts: u32,
    pub arm_share: f32,
    pub min_target: f32,
    pub epoch: u32,
    pub base: f32,
}

#[derive(Debug, Clone)]
pub struct Homeostat {
    pub settings: Settings,
    /// Bursts of arming that are over.
    pub armed: u32,
    /// Ascending.
    pub neurons: Vec<u32>,
    pub rate: Vec<f32>,
    /// While arming the average taken, then the target.
    pub set_point: Vec<f32>,
    pub leak: Vec<f32>,
    pub rule: Vec<u8>,
}

impl Homeostat {
    fn new(settings: Settings, neurons: Vec<u32>) -> Self {
        let count = neurons.len();
        let per_neuron = settings.per_neuron;
        let (armed, set_point, rule) = if per_neuron {
            (0, 0.0, NOT_REGULATED)
        } else {
            (settings.arm_bursts, settings.target, TWO_SIDED)
        };
        Self {
            settings,
            armed,
            neurons,
            rate: vec![0.0; count],
            set_point: vec![set_point; count],
            leak: vec![settings.base; count],
            rule: vec![rule; count],
        }
    }

    /// Whether new settings go on with the targets and averages taken.
    fn goes_on(&self, settings: &Settings, neurons: &[u32]) -> bool {
        let before = &self.settings;
        before.per_neuron
            && settings.per_neuron
            && before.epoch == settings.epoch
            && before.arm_bursts == settings.arm_bursts
            && self.neurons == neurons
    }

    /// Every neuron has its target from what it did while it was armed.
    fn finish_arming(&mut self) {
        let settings = &self.settings;
        for (set_point, rule) in self.set_point.iter_mut().zip(&mut self.rule) {
            let target = armed_target(settings, *set_point, settings.arm_bursts);
            let has_target = target >= settings.min_target;
            (*set_point, *rule) = match (has_target, settings.leaves_silent) {
                (true, _) => (target, TWO_SIDED),
                (false, true) => (target, NOT_REGULATED),
                (false, false) => (0.0, ONE_SIDED),
            };
        }
    }
}

/// An average over the bursts of arming, unbiased by its start at 0.
fn armed_target(settings: &Settings, average: f32, bursts: u32) -> f32 {
    let whole = 1.0 - retention(settings.arm_share, bursts);
    clamp(average / whole, 0.0, 1.0)
}

fn averaged(average: f32, fired: f32, share: f32) -> f32 {
    (1.0 - share) * average + share * fired
}

fn next_leak(settings: &Settings, leak: f32, rate: f32, target: f32, rule: u8) -> f32 {
    let Settings {
        gain,
        base,
        leak_min,
        leak_max,
        ..
    } = *settings;
    if rule == TWO_SIDED {
        return clamp(leak + gain * (rate - target), leak_min, leak_max);
    }
    let moved = if rate >= settings.min_target {
        gain * rate
    } else {
        -(gain * (leak - base))
    };
    clamp(leak + moved, clamp(base, leak_min, leak_max), leak_max)
}

/// What is no number becomes the least.
fn clamp(value: f32, least: f32, most: f32) -> f32 {
    if value > least {
        if value > most { most } else { value }
    } else {
        least
    }
}

impl Engine {
    pub(super) fn is_regulated(&self, area: u32) -> bool {
        let homeostats = &self.learning.extensions.homeostats;
        homeostats.iter().any(|one| one.settings.area == area)
    }

    /// Regulates the neurons an area has now.
    pub(super) fn register_homeostat(&mut self, settings: Settings) {
        let Settings { area, base, .. } = settings;
        let mut neurons = Vec::new();
        self.each_in_area(area, |_, id| neurons.push(id as u32));
        let tracks = &mut self.learning.rules.tracks;
        if !tracks.has(area, false) {
            tracks.track(area, false, 1, self.burst);
        }
        let homeostats = &mut self.learning.extensions.homeostats;
        let found = homeostats.binary_search_by_key(&area, |one| one.settings.area);
        if let Ok(at) = found
            && homeostats[at].goes_on(&settings, &neurons)
        {
            homeostats[at].settings = settings;
            return;
        }
        let fresh = Homeostat::new(settings, neurons.clone());
        match found {
            Ok(at) => homeostats[at] = fresh,
            Err(at) => homeostats.insert(at, fresh),
        }
        if settings.per_neuron {
            let is_regulated = |id| neurons.binary_search(&id).is_ok();
            let modulated = self.take_edit((area, LEAK), |_, id| {
                Some(base).filter(|_| is_regulated(id))
            });
            let is_plain = |id: &u32| modulated.binary_search_by_key(id, |one| one.0).is_err();
            let plain = neurons
                .iter()
                .copied()
                .filter(is_plain)
                .map(|id| (id, base));
            self.write_settings(LEAK, true, plain.chain(modulated.iter().copied()));
        }
    }

    /// A leak edit of the area starts the leaks anew; the averages stay.
    pub(crate) fn reseed_homeostat(&mut self, area: u32, leak: f32) {
        let homeostats = &mut self.learning.extensions.homeostats;
        for homeostat in homeostats
            .iter_mut()
            .filter(|one| one.settings.area == area)
        {
            homeostat.settings.base = leak;
            homeostat.leak.fill(leak);
        }
    }

    /// Moves averages and leaks by what fired in this burst. Leaks that a modulator has scaled are put back first.
    pub(super) fn regulate_leaks(&mut self) {
        let mut homeostats = std::mem::take(&mut self.learning.extensions.homeostats);
        for homeostat in &mut homeostats {
            self.restore_leaks(homeostat.settings.area);
            self.regulate(homeostat);
        }
        self.learning.extensions.homeostats = homeostats;
    }

    fn regulate(&mut self, homeostat: &mut Homeostat) {
        let settings = homeostat.settings;
        let is_arming = homeostat.armed < settings.arm_bursts;
        homeostat.armed += u32::from(is_arming);
        let steps = !is_arming && self.burst.is_multiple_of(settings.every);
        let Homeostat {
            neurons,
            rate,
            set_point,
            leak,
            rule,
            ..
        } = homeostat;
        for (at, &id) in neurons.iter().enumerate() {
            let has_fired = self.neurons.marks[id as usize] & FIRED_BEFORE != 0;
            let fired = f32::from(u8::from(has_fired));
            rate[at] = averaged(rate[at], fired, settings.rate_share);
            if is_arming {
                set_point[at] = averaged(set_point[at], fired, settings.arm_share);
            } else if steps && rule[at] != NOT_REGULATED {
                leak[at] = next_leak(&settings, leak[at], rate[at], set_point[at], rule[at]);
            }
        }
        if steps {
            let leaks = neurons.iter().copied().zip(leak.iter().copied());
            let regulated = leaks
                .zip(&*rule)
                .filter(|(_, rule)| **rule != NOT_REGULATED);
            // Per neuron FEAGI settles the idle stretch, too.
            let settles = settings.per_neuron || !self.strict;
            self.write_settings(LEAK, settles, regulated.map(|(leak, _)| leak));
        }
        if is_arming && homeostat.armed == settings.arm_bursts {
            homeostat.finish_arming();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Homeostat, NOT_REGULATED, ONE_SIDED, Settings, TWO_SIDED, averaged, clamp, next_leak,
    };

    const SETTINGS: Settings = Settings {
        area: 10,
        per_neuron: true,
        leaves_silent: false,
        target: 0.25,
        rate_share: 0.5,
        gain: 0.5,
        leak_min: 0.125,
        leak_max: 0.5,
        every: 1,
        arm_bursts: 2,
        arm_share: 0.5,
        min_target: 0.25,
        epoch: 0,
        base: 0.25,
    };

    #[test]
    fn a_neuron_that_fires_more_than_its_target_leaks_more_within_bounds() {
        let next = |leak, rate, rule| next_leak(&SETTINGS, leak, rate, 0.25, rule);
        assert_eq!(next(0.25, 0.5, TWO_SIDED), 0.375);
        assert_eq!(next(0.25, 0.0, TWO_SIDED), 0.125);
        assert_eq!(next(0.375, 1.0, TWO_SIDED), 0.5);
    }

    #[test]
    fn a_silent_neuron_is_held_back_when_it_fires_and_let_go_to_its_base() {
        let next = |leak, rate| next_leak(&SETTINGS, leak, rate, 0.0, ONE_SIDED);
        assert_eq!(next(0.25, 0.25), 0.375);
        assert_eq!(next(0.5, 0.0), 0.375);
        assert_eq!(next(0.25, 0.0), 0.25);
    }

    #[test]
    fn targets_are_what_a_neuron_did_while_it_was_armed() {
        let mut homeostat = Homeostat::new(SETTINGS, vec![1, 2, 3]);
        // Fired in both bursts, in the first, in none.
        let fired = [[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]];
        for burst in 0..2 {
            for (set_point, fired) in homeostat.set_point.iter_mut().zip(fired) {
                *set_point = averaged(*set_point, fired[burst], SETTINGS.arm_share);
            }
        }
        homeostat.finish_arming();
        assert_eq!(homeostat.set_point, [1.0, 1.0 / 3.0, 0.0]);
        assert_eq!(homeostat.rule, [TWO_SIDED, TWO_SIDED, ONE_SIDED]);
        homeostat.settings.leaves_silent = true;
        homeostat.finish_arming();
        assert_eq!(homeostat.rule[2], NOT_REGULATED);
    }

    #[test]
    fn what_is_no_number_is_clamped_to_the_least() {
        assert_eq!(clamp(f32::NAN, 0.125, 1.0), 0.125);
    }
}

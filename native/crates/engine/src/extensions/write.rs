//! The optional subsystems as sections of a snapshot. What is unused writes none. Layout: `app/contracts/snapshot-extensions.ts`.

use gyrus_plasticity::Memory;
use gyrus_port::snapshot::{Shelf, Writer};
use gyrus_types::snapshot as layout;

use super::Extensions;
use super::homeostat::{Homeostat, Settings};
use super::modulators::{Modulator, Modulators};
use super::watches::Watch;

impl Extensions {
    /// Writes one of the modulators' sections that are always there.
    pub(crate) fn write_section(&self, out: &mut Writer, id: u32) {
        let bound = self.modulators.as_deref().map_or(&[][..], |all| &all.bound);
        match id {
            layout::MODULATOR_DRIVER => out.each_u32(bound.iter().map(|one| one.driver)),
            layout::MODULATOR_MAGNITUDE => out.each_f32(bound.iter().map(|one| one.magnitude)),
            layout::MODULATOR_NUMBER => out.each_u32(bound.iter().map(|one| one.number)),
            _ => unreachable!("every section is listed"),
        }
    }

    /// Puts every other section on a shelf, in file order; `memory` has sections between them.
    pub(crate) fn shelve(&self, memory: &Memory, out: &mut Shelf) {
        if let Some(modulators) = self.modulators.as_deref() {
            shelve_modulators(modulators, out);
        }
        if let Some(trains) = self.trains.as_deref() {
            out.u32s(layout::TRAIN_AREA, trains.areas.iter().copied());
            let running = || trains.running.iter();
            out.u32s(layout::TRAIN_NEURON, running().map(|train| train.0));
            out.f32s(layout::TRAIN_POTENTIAL, running().map(|train| train.1));
        }
        shelve_memory(memory, out);
        shelve_watches(&self.watches, out);
        shelve_homeostats(&self.homeostats, out);
    }
}

fn shelve_modulators(modulators: &Modulators, out: &mut Shelf) {
    let bound = |field: fn(&Modulator) -> f32| modulators.bound.iter().map(field);
    let kinds = modulators.bound.iter().map(|one| one.kind);
    out.u8s(layout::MODULATOR_KIND, kinds);
    out.f32s(layout::MODULATOR_FULL_SCALE, bound(|one| one.full_scale));
    let rows = || modulators.subscriptions.iter();
    out.u32s(layout::SUBSCRIPTION_AREA, rows().map(|row| row.0));
    out.u32s(layout::SUBSCRIPTION_MODULATOR, rows().map(|row| row.1));
    let groups = || modulators.groups.iter();
    let members = groups().flat_map(|group| group.members.iter().copied());
    let numbers = groups().map(|group| u32::from(group.number));
    out.u32s(layout::GROUP_NUMBER, numbers);
    let sizes = groups().map(|group| group.members.len() as u32);
    out.u32s(layout::GROUP_SIZE, sizes);
    out.u32s(layout::GROUP_MEMBER, members);
    let transmissions = groups().map(|group| group.transmission);
    out.f32s(layout::GROUP_TRANSMISSION, transmissions);
    out.f32s(layout::GROUP_REWARD, groups().map(|group| group.reward));
    out.f32s(layout::GROUP_LEARNING, groups().map(|group| group.learning));
    let baselines = || modulators.baselines.iter();
    out.u32s(layout::BASELINE_AREA, baselines().map(|one| one.area));
    out.u8s(layout::BASELINE_KIND, baselines().map(|one| one.kind));
    out.f32s(layout::BASELINE_FACTOR, baselines().map(|one| one.factor));
    let sizes = baselines().map(|one| one.neurons.len() as u32);
    out.u32s(layout::BASELINE_SIZE, sizes);
    let neurons = baselines().flat_map(|one| one.neurons.iter().copied());
    out.u32s(layout::BASELINE_NEURON, neurons);
    let values = baselines().flat_map(|one| one.values.iter().copied());
    out.f32s(layout::BASELINE_VALUE, values);
    let suppressed = modulators.suppressed.iter().copied();
    out.u32s(layout::SUPPRESSED_AREA, suppressed);
}

fn shelve_memory(memory: &Memory, out: &mut Shelf) {
    let due = || memory.associative.iter();
    out.u32s(layout::ASSOCIATIVE_BURST, due().map(|(key, _)| key.0));
    out.u32s(layout::ASSOCIATIVE_TARGET, due().map(|(key, _)| key.1));
    out.f32s(layout::ASSOCIATIVE_SUM, due().map(|(_, &sum)| sum));
    let areas = memory.sparse_parameters.keys().copied();
    out.u32s(layout::SPARSE_AREA, areas);
    let all = || memory.sparse_parameters.values();
    out.f32s(layout::SPARSE_THRESHOLD, all().map(|one| one.threshold));
    out.f32s(layout::SPARSE_LIMIT, all().map(|one| one.threshold_limit));
    let excitabilities = all().map(|one| one.excitability);
    out.f32s(layout::SPARSE_EXCITABILITY, excitabilities);
    let periods = all().map(|one| one.refractory_period);
    out.u16s(layout::SPARSE_REFRACTORY, periods);
    let limits = all().map(|one| one.consecutive_fire_limit);
    out.u16s(layout::SPARSE_FIRE_LIMIT, limits);
    out.u16s(layout::SPARSE_SNOOZE, all().map(|one| one.snooze_period));
    out.u32s(layout::SPARSE_ID, memory.sparse.keys().copied());
    let states = || memory.sparse.values();
    out.f32s(layout::SPARSE_POTENTIAL, states().map(|one| one.potential));
    let fires = states().map(|one| one.consecutive_fires);
    out.u16s(layout::SPARSE_FIRES, fires);
    out.u16s(layout::SPARSE_COUNTDOWN, states().map(|one| one.countdown));
    let consolidated = memory.consolidated.iter().copied();
    out.u32s(layout::CONSOLIDATED_ID, consolidated);
    if memory.replay.iter().any(|row| row.is_input) {
        let kinds = memory.replay.iter().map(|row| u8::from(row.is_input));
        out.u8s(layout::REPLAY_KIND, kinds);
    }
    let potentials = || memory.frames.values().flatten().map(|one| &one.potentials);
    if potentials().any(Option::is_some) {
        let kinds = potentials().map(|values| u8::from(values.is_some()));
        out.u8s(layout::FRAME_KIND, kinds);
    }
    let values = potentials().flatten().flatten().copied();
    out.f32s(layout::FRAME_POTENTIAL, values);
}

fn shelve_watches(watches: &[Watch], out: &mut Shelf) {
    out.u32s(layout::WATCH_ERROR, watches.iter().map(|one| one.error));
    out.u32s(layout::WATCH_CORRECT, watches.iter().map(|one| one.correct));
    out.u32s(layout::WATCH_DELAY, watches.iter().map(|one| one.delay));
    let counts = watches.iter().map(|one| one.pairs.len() as u32);
    out.u32s(layout::WATCH_PAIRS, counts);
    let pairs = || watches.iter().flat_map(|one| one.pairs.iter());
    out.u32s(layout::WATCH_INPUT, pairs().map(|pair| pair.0));
    out.u32s(layout::WATCH_OUTPUT, pairs().map(|pair| pair.1));
    // A watch that has seen nothing yet still has its number of frames.
    let counts = watches.iter().map(|one| one.frames.len() as u32);
    out.u32s(layout::WATCH_FRAMES, counts);
    let frames = || watches.iter().flat_map(|one| one.frames.iter().flatten());
    let sizes = frames().map(|ids| ids.len() as u32);
    out.u32s(layout::WATCH_FRAME_SIZE, sizes);
    out.u32s(layout::WATCH_FRAME_ID, frames().flatten().copied());
}

fn shelve_homeostats(homeostats: &[Homeostat], out: &mut Shelf) {
    let all = || homeostats.iter();
    let settings = || all().map(|one| &one.settings);
    let f32s = |out: &mut Shelf, id, field: fn(&Settings) -> f32| {
        out.f32s(id, settings().map(field));
    };
    out.u32s(layout::HOMEOSTAT_AREA, settings().map(|one| one.area));
    let flags = settings().map(|one| u8::from(one.per_neuron) | u8::from(one.leaves_silent) << 1);
    out.u8s(layout::HOMEOSTAT_FLAGS, flags);
    f32s(out, layout::HOMEOSTAT_TARGET, |one| one.target);
    f32s(out, layout::HOMEOSTAT_RATE_SHARE, |one| one.rate_share);
    f32s(out, layout::HOMEOSTAT_GAIN, |one| one.gain);
    f32s(out, layout::HOMEOSTAT_LEAK_MIN, |one| one.leak_min);
    f32s(out, layout::HOMEOSTAT_LEAK_MAX, |one| one.leak_max);
    out.u32s(layout::HOMEOSTAT_EVERY, settings().map(|one| one.every));
    let bursts = settings().map(|one| one.arm_bursts);
    out.u32s(layout::HOMEOSTAT_ARM_BURSTS, bursts);
    f32s(out, layout::HOMEOSTAT_ARM_SHARE, |one| one.arm_share);
    f32s(out, layout::HOMEOSTAT_MIN_TARGET, |one| one.min_target);
    out.u32s(layout::HOMEOSTAT_EPOCH, settings().map(|one| one.epoch));
    f32s(out, layout::HOMEOSTAT_BASE, |one| one.base);
    out.u32s(layout::HOMEOSTAT_ARMED, all().map(|one| one.armed));
    let sizes = all().map(|one| one.neurons.len() as u32);
    out.u32s(layout::HOMEOSTAT_SIZE, sizes);
    let neurons = all().flat_map(|one| one.neurons.iter().copied());
    out.u32s(layout::HOMEOSTAT_NEURON, neurons);
    let rates = all().flat_map(|one| one.rate.iter().copied());
    out.f32s(layout::HOMEOSTAT_RATE, rates);
    let set_points = all().flat_map(|one| one.set_point.iter().copied());
    out.f32s(layout::HOMEOSTAT_SET_POINT, set_points);
    let leaks = all().flat_map(|one| one.leak.iter().copied());
    out.f32s(layout::HOMEOSTAT_LEAK, leaks);
    let rules = all().flat_map(|one| one.rule.iter().copied());
    out.u8s(layout::HOMEOSTAT_RULE, rules);
}

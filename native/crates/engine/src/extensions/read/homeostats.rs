//! Rate-modulated leak.

use gyrus_port::snapshot::{Sections, refuse};
use gyrus_types::{EngineError, snapshot as layout};

use super::{neuron_lists, split};
use crate::extensions::homeostat::{Homeostat, Settings, TWO_SIDED};
use crate::learning_snapshot::ascends;
use crate::neurons::Neurons;

pub fn read_homeostats(
    sections: &Sections,
    neurons: &Neurons,
) -> Result<Vec<Homeostat>, EngineError> {
    sections.check_equal(&(layout::HOMEOSTAT_AREA..=layout::HOMEOSTAT_SIZE).collect::<Vec<_>>())?;
    let per_neuron = layout::HOMEOSTAT_NEURON..=layout::HOMEOSTAT_RULE;
    sections.check_equal(&per_neuron.collect::<Vec<_>>())?;
    let areas = sections.u32s(layout::HOMEOSTAT_AREA);
    let flags = sections.bytes(layout::HOMEOSTAT_FLAGS);
    let [every, arm_bursts, epochs, armed, sizes] = [
        layout::HOMEOSTAT_EVERY,
        layout::HOMEOSTAT_ARM_BURSTS,
        layout::HOMEOSTAT_EPOCH,
        layout::HOMEOSTAT_ARMED,
        layout::HOMEOSTAT_SIZE,
    ]
    .map(|id| sections.u32s(id));
    let is_possible = |at: usize| {
        flags[at] <= 3 && every[at] > 0 && arm_bursts[at] > 0 && armed[at] <= arm_bursts[at]
    };
    if !ascends(&areas) || !(0..areas.len()).all(is_possible) {
        return refuse("its homeostats do not ascend, or one has impossible settings");
    }
    let rules = sections.bytes(layout::HOMEOSTAT_RULE);
    if rules.iter().any(|&rule| rule > TWO_SIDED) {
        return refuse("a homeostat has an unknown rule");
    }
    let [
        targets,
        rate_shares,
        gains,
        least,
        most,
        arm_shares,
        least_targets,
        bases,
    ] = [
        layout::HOMEOSTAT_TARGET,
        layout::HOMEOSTAT_RATE_SHARE,
        layout::HOMEOSTAT_GAIN,
        layout::HOMEOSTAT_LEAK_MIN,
        layout::HOMEOSTAT_LEAK_MAX,
        layout::HOMEOSTAT_ARM_SHARE,
        layout::HOMEOSTAT_MIN_TARGET,
        layout::HOMEOSTAT_BASE,
    ]
    .map(|id| sections.f32s(id));
    let ids = neuron_lists(
        sections,
        layout::HOMEOSTAT_SIZE,
        layout::HOMEOSTAT_NEURON,
        neurons,
    )?;
    let values = |id| split(&sizes, &sections.f32s(id)).map(Vec::into_iter);
    let mut rates = values(layout::HOMEOSTAT_RATE)?;
    let mut set_points = values(layout::HOMEOSTAT_SET_POINT)?;
    let mut leaks = values(layout::HOMEOSTAT_LEAK)?;
    let mut rules = split(&sizes, rules)?.into_iter();
    let homeostats = ids.into_iter().enumerate().map(|(at, neurons)| Homeostat {
        settings: Settings {
            area: areas[at],
            per_neuron: flags[at] & 1 != 0,
            leaves_silent: flags[at] & 2 != 0,
            target: targets[at],
            rate_share: rate_shares[at],
            gain: gains[at],
            leak_min: least[at],
            leak_max: most[at],
            every: every[at],
            arm_bursts: arm_bursts[at],
            arm_share: arm_shares[at],
            min_target: least_targets[at],
            epoch: epochs[at],
            base: bases[at],
        },
        armed: armed[at],
        neurons,
        rate: rates.next().unwrap_or_default(),
        set_point: set_points.next().unwrap_or_default(),
        leak: leaks.next().unwrap_or_default(),
        rule: rules.next().unwrap_or_default(),
    });
    Ok(homeostats.collect())
}

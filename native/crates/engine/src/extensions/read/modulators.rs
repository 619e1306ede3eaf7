//! Modulators, their groups, and the baselines of what they scale.

use gyrus_port::snapshot::{Sections, refuse};
use gyrus_types::{EngineError, snapshot as layout};

use super::{is_once_each, neuron_lists, split};
use crate::extensions::baselines::Baseline;
use crate::extensions::modulators::{FORMATION, Group, Modulator, Modulators, SCALED_KINDS};
use crate::learning_snapshot::ascends;
use crate::neurons::Neurons;

pub fn read_modulators(
    sections: &Sections,
    neurons: &Neurons,
) -> Result<Option<Modulators>, EngineError> {
    sections.check_equal(&[
        layout::MODULATOR_NUMBER,
        layout::MODULATOR_DRIVER,
        layout::MODULATOR_MAGNITUDE,
        layout::MODULATOR_KIND,
        layout::MODULATOR_FULL_SCALE,
    ])?;
    sections.check_equal(&[layout::SUBSCRIPTION_AREA, layout::SUBSCRIPTION_MODULATOR])?;
    let kinds = sections.bytes(layout::MODULATOR_KIND);
    let numbers = sections.u32s(layout::MODULATOR_NUMBER);
    if kinds.iter().any(|&kind| kind > FORMATION) || !is_once_each(&numbers) {
        return refuse("a modulator is of no known kind or listed twice");
    }
    let drivers = sections.pairs(layout::MODULATOR_DRIVER, layout::MODULATOR_MAGNITUDE);
    let scales = sections.f32s(layout::MODULATOR_FULL_SCALE);
    let bound = numbers
        .into_iter()
        .enumerate()
        .map(|(at, number)| Modulator {
            number,
            kind: kinds[at],
            driver: drivers[at].0,
            magnitude: drivers[at].1,
            full_scale: scales[at],
        });
    let subscribers = sections.u32s(layout::SUBSCRIPTION_AREA);
    let subscribed = sections.u32s(layout::SUBSCRIPTION_MODULATOR);
    let subscriptions: Vec<_> = subscribers.into_iter().zip(subscribed).collect();
    if !subscriptions.is_sorted_by_key(|row| row.0) || !is_once_each(&subscriptions) {
        return refuse("its subscriptions do not ascend, or one is listed twice");
    }
    let suppressed = sections.u32s(layout::SUPPRESSED_AREA);
    if !ascends(&suppressed) {
        return refuse("areas that form no memory do not ascend");
    }
    let modulators = Modulators {
        bound: bound.collect(),
        subscriptions,
        groups: read_groups(sections)?,
        baselines: read_baselines(sections, neurons)?,
        suppressed,
        ..Modulators::default()
    };
    Ok(Some(modulators).filter(|modulators| !modulators.is_unused()))
}

fn read_groups(sections: &Sections) -> Result<Vec<Group>, EngineError> {
    sections.check_equal(&[
        layout::GROUP_NUMBER,
        layout::GROUP_SIZE,
        layout::GROUP_TRANSMISSION,
        layout::GROUP_REWARD,
        layout::GROUP_LEARNING,
    ])?;
    let numbers = sections.u32s(layout::GROUP_NUMBER);
    let is_group = |&number: &u32| (1..=u32::from(u16::MAX)).contains(&number);
    if !ascends(&numbers) || !numbers.iter().all(is_group) {
        return refuse("its modulation groups do not ascend or have impossible numbers");
    }
    let members = split(
        &sections.u32s(layout::GROUP_SIZE),
        &sections.u32s(layout::GROUP_MEMBER),
    )?;
    if !members.iter().all(|members| is_once_each(members)) {
        return refuse("a modulation group lists a modulator twice");
    }
    let [transmissions, rewards, rates] = [
        layout::GROUP_TRANSMISSION,
        layout::GROUP_REWARD,
        layout::GROUP_LEARNING,
    ]
    .map(|id| sections.f32s(id));
    let groups = members.into_iter().enumerate().map(|(at, members)| Group {
        number: numbers[at] as u16,
        members,
        transmission: transmissions[at],
        reward: rewards[at],
        learning: rates[at],
    });
    Ok(groups.collect())
}

fn read_baselines(sections: &Sections, neurons: &Neurons) -> Result<Vec<Baseline>, EngineError> {
    sections.check_equal(&[
        layout::BASELINE_AREA,
        layout::BASELINE_KIND,
        layout::BASELINE_FACTOR,
        layout::BASELINE_SIZE,
    ])?;
    sections.check_equal(&[layout::BASELINE_NEURON, layout::BASELINE_VALUE])?;
    let areas = sections.u32s(layout::BASELINE_AREA);
    let kinds = sections.bytes(layout::BASELINE_KIND);
    let keys: Vec<_> = areas.into_iter().zip(kinds.iter().copied()).collect();
    if !ascends(&keys) || kinds.iter().any(|&kind| kind >= SCALED_KINDS) {
        return refuse("its baselines do not ascend or are of no known kind");
    }
    let factors = sections.f32s(layout::BASELINE_FACTOR);
    let ids = neuron_lists(
        sections,
        layout::BASELINE_SIZE,
        layout::BASELINE_NEURON,
        neurons,
    )?;
    let values = split(
        &sections.u32s(layout::BASELINE_SIZE),
        &sections.f32s(layout::BASELINE_VALUE),
    )?;
    let lists = ids.into_iter().zip(values);
    let rows = keys.into_iter().zip(factors).zip(lists);
    let baselines = rows.map(|(((area, kind), factor), (neurons, values))| Baseline {
        area,
        kind,
        factor,
        neurons,
        values,
    });
    Ok(baselines.collect())
}

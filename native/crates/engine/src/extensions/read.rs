//! Reads the optional subsystems back from a snapshot and checks what a burst relies on.

use std::collections::{BTreeMap, VecDeque};

use gyrus_plasticity::{Memory, Sparse, SparseParameters, is_memory};
use gyrus_port::snapshot::{Sections, refuse};
use gyrus_types::{EngineError, snapshot as layout};

use super::Extensions;
use super::baselines::Baseline;
use super::homeostat::{Homeostat, Settings, TWO_SIDED};
use super::modulators::{FORMATION, Group, Modulator, Modulators, SCALED_KINDS};
use super::spike_trains::SpikeTrains;
use super::watches::Watch;
use crate::learning_snapshot::{MAX_BURSTS, ascends, is_used_up, take};
use crate::neurons::Neurons;

const MAX_DELAY: u32 = 255;

/// What the extension sections hold, checked; those of memory neurons go into `memory`.
pub(crate) fn read_extensions(
    sections: &Sections,
    neurons: &Neurons,
    memory: &mut Memory,
) -> Result<Extensions, EngineError> {
    let strict = sections.mode() & layout::MODE_STRICT != 0;
    read_sparse(sections, memory)?;
    let modulators = read_modulators(sections, neurons)?;
    let settings = [
        layout::MODULATOR_MAGNITUDE,
        layout::MODULATOR_FULL_SCALE,
        layout::SPARSE_THRESHOLD,
        layout::SPARSE_LIMIT,
        layout::SPARSE_EXCITABILITY,
        layout::FRAME_POTENTIAL,
        layout::HOMEOSTAT_TARGET,
        layout::HOMEOSTAT_RATE_SHARE,
        layout::HOMEOSTAT_GAIN,
        layout::HOMEOSTAT_LEAK_MIN,
        layout::HOMEOSTAT_LEAK_MAX,
        layout::HOMEOSTAT_ARM_SHARE,
        layout::HOMEOSTAT_MIN_TARGET,
        layout::HOMEOSTAT_BASE,
    ];
    let is_finite = |&id: &u32| sections.f32s(id).iter().all(|value| value.is_finite());
    if !(strict || settings.iter().all(is_finite)) {
        return refuse("a setting of an optional subsystem is not finite");
    }
    Ok(Extensions {
        modulators: modulators.map(|mut modulators| {
            modulators.refresh(strict);
            Box::new(modulators)
        }),
        trains: read_trains(sections, neurons)?.map(Box::new),
        watches: read_watches(sections, neurons)?,
        homeostats: read_homeostats(sections, neurons)?,
        ..Extensions::default()
    })
}

/// Flat lists of lists, by their lengths.
fn split<T: Clone>(lengths: &[u32], elements: &[T]) -> Result<Vec<Vec<T>>, EngineError> {
    let mut rest = elements;
    let lists = lengths
        .iter()
        .map(|&length| take(&mut rest, length).map(<[T]>::to_vec))
        .collect::<Result<Vec<_>, _>>()?;
    is_used_up(rest)?;
    Ok(lists)
}

fn is_once_each<T: Ord + Clone>(values: &[T]) -> bool {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    ascends(&sorted)
}

/// Lists of neurons that exist, each ascending.
fn neuron_lists(
    sections: &Sections,
    lengths: u32,
    ids: u32,
    neurons: &Neurons,
) -> Result<Vec<Vec<u32>>, EngineError> {
    let lists = split(&sections.u32s(lengths), &sections.u32s(ids))?;
    let exists = |&id: &u32| (id as usize) < neurons.len();
    if !lists
        .iter()
        .all(|list| ascends(list) && list.iter().all(exists))
    {
        return refuse("a list of neurons does not ascend, or names one that does not exist");
    }
    Ok(lists)
}

fn read_modulators(
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
    let mut modulators = Modulators::default();
    modulators.bound = bound.collect();
    modulators.subscriptions = subscriptions;
    modulators.groups = read_groups(sections)?;
    modulators.baselines = read_baselines(sections, neurons)?;
    modulators.suppressed = suppressed;
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

fn read_trains(sections: &Sections, neurons: &Neurons) -> Result<Option<SpikeTrains>, EngineError> {
    sections.check_equal(&[layout::TRAIN_NEURON, layout::TRAIN_POTENTIAL])?;
    let areas = sections.u32s(layout::TRAIN_AREA);
    let running = sections.pairs(layout::TRAIN_NEURON, layout::TRAIN_POTENTIAL);
    let ids: Vec<u32> = running.iter().map(|train| train.0).collect();
    if !ascends(&areas) || !ascends(&ids) {
        return refuse("its spike trains do not ascend");
    }
    let is_watched = |area: &u32| areas.binary_search(area).is_ok();
    let has_area = |&id: &u32| neurons.area.get(id as usize).is_some_and(is_watched);
    if !ids.iter().all(has_area) {
        return refuse("a spike train has no neuron or no area");
    }
    Ok(Some(SpikeTrains::new(areas, running)).filter(|trains| !trains.areas.is_empty()))
}

fn read_sparse(sections: &Sections, memory: &mut Memory) -> Result<(), EngineError> {
    sections.check_equal(&[
        layout::ASSOCIATIVE_BURST,
        layout::ASSOCIATIVE_TARGET,
        layout::ASSOCIATIVE_SUM,
    ])?;
    sections.check_equal(&(layout::SPARSE_AREA..=layout::SPARSE_SNOOZE).collect::<Vec<_>>())?;
    sections.check_equal(&(layout::SPARSE_ID..=layout::SPARSE_COUNTDOWN).collect::<Vec<_>>())?;
    let bursts = sections.u32s(layout::ASSOCIATIVE_BURST);
    let is_due = |&due: &u32| due > sections.burst() && due - sections.burst() <= MAX_DELAY;
    let targets = sections.u32s(layout::ASSOCIATIVE_TARGET);
    let areas = sections.u32s(layout::SPARSE_AREA);
    let ids = sections.u32s(layout::SPARSE_ID);
    let consolidated = sections.u32s(layout::CONSOLIDATED_ID);
    let are_memory = [&targets, &ids, &consolidated]
        .into_iter()
        .all(|ids| ids.iter().all(|&id| is_memory(id)));
    if !are_memory || !bursts.iter().all(is_due) {
        return refuse(
            "associative input or state is in an impossible burst or of no memory neuron",
        );
    }
    let keys: Vec<_> = bursts.into_iter().zip(targets).collect();
    if !(ascends(&keys) && ascends(&areas) && ascends(&ids) && ascends(&consolidated)) {
        return refuse("associative input, state, settings or marks do not ascend");
    }
    let sums = sections.f32s(layout::ASSOCIATIVE_SUM);
    memory.associative = keys.into_iter().zip(sums).collect();
    let [thresholds, limits, excitabilities] = [
        layout::SPARSE_THRESHOLD,
        layout::SPARSE_LIMIT,
        layout::SPARSE_EXCITABILITY,
    ]
    .map(|id| sections.f32s(id));
    let [periods, fire_limits, snoozes, fires, countdowns] = [
        layout::SPARSE_REFRACTORY,
        layout::SPARSE_FIRE_LIMIT,
        layout::SPARSE_SNOOZE,
        layout::SPARSE_FIRES,
        layout::SPARSE_COUNTDOWN,
    ]
    .map(|id| sections.u16s(id));
    let parameters = areas.into_iter().enumerate().map(|(at, area)| {
        let parameters = SparseParameters {
            threshold: thresholds[at],
            threshold_limit: limits[at],
            excitability: excitabilities[at],
            refractory_period: periods[at],
            consecutive_fire_limit: fire_limits[at],
            snooze_period: snoozes[at],
        };
        (area, parameters)
    });
    memory.sparse_parameters = parameters.collect();
    let potentials = sections.f32s(layout::SPARSE_POTENTIAL);
    let states = ids.into_iter().enumerate().map(|(at, id)| {
        let state = Sparse {
            potential: potentials[at],
            consecutive_fires: fires[at],
            countdown: countdowns[at],
        };
        (id, state)
    });
    memory.sparse = states.collect::<BTreeMap<_, _>>();
    memory.consolidated = consolidated.into_iter().collect();
    Ok(())
}

fn read_watches(sections: &Sections, neurons: &Neurons) -> Result<Vec<Watch>, EngineError> {
    let count = sections.check_equal(&[
        layout::WATCH_ERROR,
        layout::WATCH_CORRECT,
        layout::WATCH_DELAY,
        layout::WATCH_PAIRS,
        layout::WATCH_FRAMES,
    ])?;
    sections.check_equal(&[layout::WATCH_INPUT, layout::WATCH_OUTPUT])?;
    let [errors, corrects, delays, sizes, lengths] = [
        layout::WATCH_ERROR,
        layout::WATCH_CORRECT,
        layout::WATCH_DELAY,
        layout::WATCH_PAIRS,
        layout::WATCH_FRAMES,
    ]
    .map(|id| sections.u32s(id));
    let inputs = sections.u32s(layout::WATCH_INPUT);
    let pairs: Vec<_> = inputs
        .into_iter()
        .zip(sections.u32s(layout::WATCH_OUTPUT))
        .collect();
    let pairs = split(&sizes, &pairs)?;
    let frames = split(
        &sections.u32s(layout::WATCH_FRAME_SIZE),
        &sections.u32s(layout::WATCH_FRAME_ID),
    )?;
    let exists = |&id: &u32| (id as usize) < neurons.len() || is_memory(id);
    if !frames
        .iter()
        .all(|ids| ascends(ids) && ids.iter().all(exists))
    {
        return refuse("a frame of a classifier watch does not ascend, or has no neuron");
    }
    let mut frames = &frames[..];
    let mut watches = Vec::with_capacity(count);
    for (at, pairs) in pairs.into_iter().enumerate() {
        if delays[at] > MAX_BURSTS || lengths[at] > delays[at] + 1 {
            return refuse("a classifier watch has an impossible delay or number of frames");
        }
        let mut held = VecDeque::with_capacity(lengths[at] as usize);
        for _ in 0..lengths[at] {
            held.push_back(take(&mut frames, pairs.len() as u32)?.to_vec());
        }
        watches.push(Watch {
            error: errors[at],
            correct: corrects[at],
            delay: delays[at],
            pairs,
            frames: held,
        });
    }
    is_used_up(frames)?;
    Ok(watches)
}

fn read_homeostats(sections: &Sections, neurons: &Neurons) -> Result<Vec<Homeostat>, EngineError> {
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

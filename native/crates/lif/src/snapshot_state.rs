//! Takes a snapshot apart and checks everything in it before any of it becomes an engine's state.

use gyrus_port::snapshot::{Sections, mode_of, refuse};
use gyrus_types::EngineError;
use gyrus_types::lif::{DECAY_STEPS, LifParameters, StdpProjection};
use gyrus_types::lif_snapshot::{self as layout, SECTIONS};
use gyrus_types::network::MAX_NEURONS;
use gyrus_types::snapshot::MODE_LIF;

use crate::arrivals::{BLOCK, is_touched};
use crate::image::{fault_of_parameters, fault_of_projections};
use crate::neurons::{Neurons, Sites};
use crate::parameters::ParameterSet;
use crate::stdp::Learning;
use crate::wiring::Wiring;

const LONGEST_DELAY: u32 = 255;
const MAX_SETS: usize = 1 << 16;

/// A snapshot taken apart, before it becomes an engine's state.
pub struct State {
    pub burst: u32,
    pub step_ms: f64,
    pub seed: u32,
    pub sets: Vec<ParameterSet>,
    pub neurons: Neurons,
    pub wiring: Wiring,
    pub learning: Learning,
    pub pending: Vec<(u32, u32, f64)>,
    pub staged: Vec<(u32, f32)>,
    pub forced: Vec<(u32, f32)>,
}

impl State {
    /// The state in a snapshot, checked.
    pub fn read(bytes: &[u8]) -> Result<Self, EngineError> {
        let sections = Sections::open(bytes, &SECTIONS, SECTIONS.len(), MODE_LIF)?;
        if mode_of(bytes) != Some(MODE_LIF) {
            return refuse("its header is not in order");
        }
        let count = check_lengths(&sections)?;
        let sets = sets_of(&sections)?;
        let mut neurons = neurons_of(&sections, count, sets.len())?;
        fire_of(&sections, &mut neurons)?;
        let wiring = wiring_of(&sections, count)?;
        let burst = sections.burst();
        let pending = pending_of(&sections, burst, count)?;
        let learning = learning_of(&sections, &neurons, &wiring)?;
        let list = |ids, values, what: &str| {
            let list = sections.pairs(ids, values);
            if list.iter().any(|&(id, _)| id as usize >= count) {
                return refuse(format!("{what} has no neuron"));
            }
            if list.iter().any(|(_, value)| !value.is_finite()) {
                return refuse(format!("{what} is not finite"));
            }
            Ok(list)
        };
        Ok(Self {
            burst,
            step_ms: sections.f64s(layout::STEP_MS)[0],
            seed: sections.u32s(layout::SEED)[0],
            staged: list(layout::STAGED_ID, layout::STAGED_POTENTIAL, "staged input")?,
            forced: list(layout::FORCED_ID, layout::FORCED_POTENTIAL, "a forced fire")?,
            sets,
            neurons,
            wiring,
            learning,
            pending,
        })
    }
}

/// Checks that groups are of one length; returns the number of neurons.
fn check_lengths(sections: &Sections) -> Result<usize, EngineError> {
    let groups: [&[u32]; 7] = [
        &[
            layout::SET_THRESHOLD,
            layout::SET_RESET,
            layout::SET_DECAY,
            layout::SET_DRIVE,
            layout::SET_REFRACTORY_STEPS,
            layout::SET_POISSON_WEIGHT,
            layout::SET_POISSON_ENTRIES,
            layout::SET_RESTING_POTENTIAL,
        ],
        &[
            layout::PLASTIC_WEIGHT,
            layout::PLASTIC_SPIKE,
            layout::PLASTIC_TRACE,
        ],
        &[
            layout::HISTORY_NEURON,
            layout::HISTORY_BURST,
            layout::HISTORY_TRACE,
        ],
        &[
            layout::ARRIVAL_BURST,
            layout::ARRIVAL_TARGET,
            layout::ARRIVAL_SUM,
        ],
        &[layout::FIRED_ID, layout::FIRED_POTENTIAL],
        &[layout::STAGED_ID, layout::STAGED_POTENTIAL],
        &[layout::FORCED_ID, layout::FORCED_POTENTIAL],
    ];
    for group in groups {
        sections.check_equal(group)?;
    }
    let between = |from: u32, to: u32| (from..=to).collect::<Vec<u32>>();
    let synapses = sections.check_equal(&between(layout::SOURCE, layout::SYNAPSE_STATE))?;
    let projections = sections.check_equal(&between(
        layout::PROJECTION_SOURCE,
        layout::PROJECTION_MU_MINUS,
    ))?;
    for table in between(layout::PLUS_LOW, layout::MINUS_HIGH) {
        if sections.count(table) != projections * DECAY_STEPS {
            return refuse("a decay table has another length");
        }
    }
    let neurons = sections.check_equal(&between(layout::POTENTIAL, layout::Z))?;
    if neurons > MAX_NEURONS || u32::try_from(synapses).is_err() {
        return refuse("it has too many neurons or synapses");
    }
    if sections.count(layout::STEP_MS) != 1 || sections.count(layout::SEED) != 1 {
        return refuse("its globals are not in order");
    }
    let step_ms = sections.f64s(layout::STEP_MS)[0];
    if !(step_ms.is_finite() && step_ms > 0.0) {
        return refuse("its step is no positive time");
    }
    Ok(neurons)
}

fn is_negative_zero(value: f64) -> bool {
    !is_touched(value)
}

fn sets_of(sections: &Sections) -> Result<Vec<ParameterSet>, EngineError> {
    let numbers = |id: u32| sections.f64s(id);
    let (threshold, reset, decay) = (
        numbers(layout::SET_THRESHOLD),
        numbers(layout::SET_RESET),
        numbers(layout::SET_DECAY),
    );
    let (drive, poisson_weight, resting) = (
        numbers(layout::SET_DRIVE),
        numbers(layout::SET_POISSON_WEIGHT),
        numbers(layout::SET_RESTING_POTENTIAL),
    );
    let steps = sections.u16s(layout::SET_REFRACTORY_STEPS);
    let entries = sections.u32s(layout::SET_POISSON_ENTRIES);
    let table = sections.u32s(layout::POISSON_TABLE);
    if threshold.len() > MAX_SETS {
        return refuse("it has more parameter sets than indexes");
    }
    let mut rest_of_table = &table[..];
    let mut sets = Vec::with_capacity(threshold.len());
    for at in 0..threshold.len() {
        let Some((poisson_table, left)) = rest_of_table.split_at_checked(entries[at] as usize)
        else {
            return refuse("its Poisson tables are shorter than their lengths say");
        };
        rest_of_table = left;
        let set = LifParameters {
            threshold: threshold[at],
            reset: reset[at],
            decay: decay[at],
            drive: drive[at],
            refractory_steps: steps[at],
            poisson_weight: poisson_weight[at],
            poisson_table,
            resting_potential: resting[at],
        };
        if let Some(fault) = fault_of_parameters(&set) {
            return refuse(fault);
        }
        if is_negative_zero(set.drive) || is_negative_zero(set.poisson_weight) {
            return refuse("a parameter is -0");
        }
        sets.push(ParameterSet::of(&set));
    }
    if !rest_of_table.is_empty() {
        return refuse("its Poisson tables are longer than their lengths say");
    }
    Ok(sets)
}

fn neurons_of(sections: &Sections, count: usize, sets: usize) -> Result<Neurons, EngineError> {
    let potential = sections.f64s(layout::POTENTIAL);
    if potential.iter().any(|value| value.is_nan()) {
        return refuse("a potential is no number");
    }
    let parameter_set = sections.u16s(layout::PARAMETER_SET);
    if parameter_set.iter().any(|&set| usize::from(set) >= sets) {
        return refuse("a parameter set does not exist");
    }
    let flags = sections.u8s(layout::NEURON_FLAGS);
    if flags.iter().any(|&flags| flags > 1) {
        return refuse("a neuron has unknown flags");
    }
    let place = [layout::X, layout::Y, layout::Z].map(|id| sections.u32s(id));
    let sites = Sites::new(sections.u32s(layout::AREA), place, parameter_set);
    let mut neurons = Neurons::new(sites, potential, sections.u16s(layout::COUNTDOWN));
    for id in (0..count).filter(|&id| flags[id] == 0) {
        neurons.remove(id as u32);
    }
    Ok(neurons)
}

fn fire_of(sections: &Sections, neurons: &mut Neurons) -> Result<(), EngineError> {
    let fired = sections.pairs(layout::FIRED_ID, layout::FIRED_POTENTIAL);
    let ascends = fired.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if !ascends || fired.iter().any(|&(id, _)| id as usize >= neurons.count) {
        return refuse("neurons that fired do not ascend or do not exist");
    }
    for (id, potential) in fired {
        neurons.fire(id, potential);
    }
    Ok(())
}

fn wiring_of(sections: &Sections, neurons: usize) -> Result<Wiring, EngineError> {
    let (source, target) = (sections.u32s(layout::SOURCE), sections.u32s(layout::TARGET));
    if source
        .iter()
        .chain(&target)
        .any(|&id| id as usize >= neurons)
    {
        return refuse("an end of a synapse does not exist");
    }
    let weight = sections.f32s(layout::WEIGHT);
    if weight
        .iter()
        .any(|&w| !w.is_finite() || is_negative_zero(f64::from(w)))
    {
        return refuse("a weight is not finite, or -0");
    }
    let delay = sections.u8s(layout::DELAY);
    if delay.contains(&0) {
        return refuse("a synapse has a delay of 0");
    }
    let state = sections.u8s(layout::SYNAPSE_STATE);
    if state.iter().any(|&state| state > 1) {
        return refuse("a synapse has unknown flags");
    }
    let mut wiring = Wiring::of(neurons, &source, &target, &weight, &delay);
    for slot in (0..state.len()).filter(|&slot| state[slot] == 0) {
        if weight[slot] != 0.0 {
            return refuse("a removed synapse has a weight");
        }
        wiring.remove(slot);
    }
    Ok(wiring)
}

fn pending_of(
    sections: &Sections,
    burst: u32,
    neurons: usize,
) -> Result<Vec<(u32, u32, f64)>, EngineError> {
    let (targets, sums) = (
        sections.u32s(layout::ARRIVAL_TARGET),
        sections.f64s(layout::ARRIVAL_SUM),
    );
    let pending: Vec<(u32, u32, f64)> = sections
        .u32s(layout::ARRIVAL_BURST)
        .into_iter()
        .zip(targets.into_iter().zip(sums))
        .map(|(burst, (target, sum))| (burst, target, sum))
        .collect();
    let is_due = |due: u32| due > burst && due - burst <= LONGEST_DELAY;
    if pending
        .iter()
        .any(|&(due, target, _)| !is_due(due) || target as usize >= neurons)
    {
        return refuse("an arrival has no burst or no neuron to arrive at");
    }
    if pending
        .windows(2)
        .any(|pair| (pair[0].0, pair[0].1) >= (pair[1].0, pair[1].1))
    {
        return refuse("arrivals do not ascend");
    }
    if pending
        .iter()
        .any(|&(.., sum)| sum.is_nan() || is_negative_zero(sum))
    {
        return refuse("an arrival is no number, or -0");
    }
    Ok(pending)
}

fn learning_of(
    sections: &Sections,
    neurons: &Neurons,
    wiring: &Wiring,
) -> Result<Learning, EngineError> {
    let columns = [
        layout::PROJECTION_LAMBDA,
        layout::PROJECTION_ALPHA,
        layout::PROJECTION_MAX_WEIGHT,
        layout::PLUS_LOW,
        layout::PLUS_HIGH,
        layout::MINUS_LOW,
        layout::MINUS_HIGH,
    ]
    .map(|id| sections.f64s(id));
    let [
        lambda,
        alpha,
        max_weight,
        plus_low,
        plus_high,
        minus_low,
        minus_high,
    ] = &columns;
    let (source, target) = (
        sections.u32s(layout::PROJECTION_SOURCE),
        sections.u32s(layout::PROJECTION_TARGET),
    );
    let (mu_plus, mu_minus) = (
        sections.u8s(layout::PROJECTION_MU_PLUS),
        sections.u8s(layout::PROJECTION_MU_MINUS),
    );
    let table = |at: usize| at * DECAY_STEPS..(at + 1) * DECAY_STEPS;
    let projections: Vec<StdpProjection> = (0..source.len())
        .map(|at| StdpProjection {
            source_area: source[at],
            target_area: target[at],
            lambda: lambda[at],
            alpha: alpha[at],
            max_weight: max_weight[at],
            mu_plus: mu_plus[at],
            mu_minus: mu_minus[at],
            plus_low: &plus_low[table(at)],
            plus_high: &plus_high[table(at)],
            minus_low: &minus_low[table(at)],
            minus_high: &minus_high[table(at)],
        })
        .collect();
    let ascends = projections.windows(2).all(|pair| {
        (pair[0].source_area, pair[0].target_area) < (pair[1].source_area, pair[1].target_area)
    });
    if !ascends {
        return refuse("its projections do not ascend");
    }
    if let Some(fault) = fault_of_projections(&projections) {
        return refuse(fault);
    }
    let mut learning = Learning::of(&projections)?;
    learning.teach(wiring, &neurons.sites.area, 0..wiring.len(), 0);
    take_learned(sections, neurons.count, wiring, &mut learning)?;
    Ok(learning)
}

/// Takes what plastic synapses have learned and the spikes kept for them.
fn take_learned(
    sections: &Sections,
    neurons: usize,
    wiring: &Wiring,
    learning: &mut Learning,
) -> Result<(), EngineError> {
    let burst = sections.burst();
    let plastic: Vec<(f64, u32, f64)> = sections
        .f64s(layout::PLASTIC_WEIGHT)
        .into_iter()
        .zip(sections.u32s(layout::PLASTIC_SPIKE))
        .zip(sections.f64s(layout::PLASTIC_TRACE))
        .map(|((weight, spike), trace)| (weight, spike, trace))
        .collect();
    if plastic.iter().any(|&(weight, spike, trace)| {
        weight.is_nan()
            || is_negative_zero(weight)
            || spike > burst
            || trace.is_nan()
            || trace < 0.0
    }) {
        return refuse("a plastic synapse has an impossible weight, spike or trace");
    }
    let has_weight = |slot: &u32| wiring.weight.get(*slot as usize) != 0.0;
    if learning.slots().iter().any(has_weight) {
        return refuse("a plastic synapse has a weight that does not learn");
    }
    if !learning.take(&plastic) {
        return refuse("it has more or fewer plastic synapses than its projections say");
    }
    let history: Vec<(u32, u32, f64)> = sections
        .u32s(layout::HISTORY_NEURON)
        .into_iter()
        .zip(sections.u32s(layout::HISTORY_BURST))
        .zip(sections.f64s(layout::HISTORY_TRACE))
        .map(|((neuron, burst), trace)| (neuron, burst, trace))
        .collect();
    if history
        .windows(2)
        .any(|pair| (pair[0].0, pair[0].1) >= (pair[1].0, pair[1].1))
        || history.iter().any(|&(neuron, spike, trace)| {
            neuron as usize >= neurons
                || spike == 0
                || spike > burst
                || trace.is_nan()
                || trace < 1.0
        })
    {
        return refuse("spikes of a history are out of order or impossible");
    }
    learning.take_history(history);
    let span = neurons.next_multiple_of(BLOCK).max(BLOCK);
    learning.lay_out(wiring, neurons, span);
    match learning.fault_of_history(burst) {
        Some(fault) => refuse(fault),
        None => Ok(()),
    }
}

//! Takes a snapshot apart and checks everything in it before any of it becomes an engine's state.

use gyrus_port::snapshot::{Sections, refuse, u32_at};
use gyrus_types::network::MAX_NEURONS;
use gyrus_types::snapshot::{
    self as layout, CORE_SECTIONS, GLOBALS_BYTES, MODE_INT8, MODE_STRICT, NO_POWER_NEURON, SECTIONS,
};
use gyrus_types::{AreaSettings, EngineError, SynapseColumns};

use crate::arrange::Loose;
use crate::engine::POWER_AREA;
use crate::learning::{Learning, read};
use crate::neurons::{ACCUMULATES, Neurons, VALID as NEURON_VALID};
use crate::synapses::{LIVE, PLASTIC, VALID, listed};

/// A snapshot taken apart, before it becomes an engine's state.
pub struct State {
    pub strict: bool,
    pub int8: bool,
    pub burst: u32,
    pub power_amount: f32,
    pub fatigue: u32,
    pub power_neuron: u32,
    pub neurons: Neurons,
    pub synapses: Loose<'static>,
    pub areas: Vec<AreaSettings>,
    pub arrivals: Vec<(u32, u32, f32)>,
    pub candidates: Vec<(u32, f32)>,
    pub fired: Vec<(u32, f32)>,
    pub staged: Vec<(u32, f32)>,
    pub forced: Vec<(u32, f32)>,
    pub learning: Learning,
}

/// Opens a snapshot or moment of this model.
fn open(bytes: &[u8]) -> Result<Sections<'_>, EngineError> {
    Sections::open(bytes, &SECTIONS, CORE_SECTIONS, MODE_STRICT | MODE_INT8)
}

impl State {
    /// The state in a snapshot, checked.
    pub fn read(bytes: &[u8]) -> Result<Self, EngineError> {
        let sections = open(bytes)?;
        let neuron_sections: Vec<u32> = (layout::POTENTIAL..=layout::Z).collect();
        sections.check_equal(&neuron_sections)?;
        let neurons = neurons_of(&sections);
        Self::of(&sections, neurons)
    }

    /// The state in a moment of a network with these neurons, checked, without synapses; none where it holds weights or psps.
    pub fn of_moment(bytes: &[u8], build: &Neurons) -> Result<Option<Self>, EngineError> {
        let sections = open(bytes)?;
        let mut wiring = (layout::SOURCE..=layout::TRACE).chain([layout::SYNAPSE_GROUP]);
        if wiring.any(|id| sections.count(id) > 0) {
            return Ok(None);
        }
        let changing: Vec<u32> = (layout::POTENTIAL..=layout::CONSECUTIVE_FIRES).collect();
        if sections.check_equal(&changing)? != build.len() {
            return refuse("it is a moment of a network with other neurons");
        }
        let mut neurons = Neurons {
            potential: sections.f32s(layout::POTENTIAL),
            last_update: sections.u32s(layout::LAST_UPDATE),
            countdown: sections.u16s(layout::COUNTDOWN),
            consecutive_fires: sections.u16s(layout::CONSECUTIVE_FIRES),
            ..build.clone()
        };
        // Bursts change these only while something modulates them.
        if sections.count(layout::THRESHOLD) > 0 {
            sections.check_equal(&[
                layout::POTENTIAL,
                layout::THRESHOLD,
                layout::LEAK,
                layout::EXCITABILITY,
            ])?;
            neurons.threshold = sections.f32s(layout::THRESHOLD).into();
            neurons.leak = sections.f32s(layout::LEAK).into();
            neurons.excitability = sections.f32s(layout::EXCITABILITY).into();
        }
        Self::of(&sections, neurons).map(Some)
    }

    fn of(sections: &Sections, neurons: Neurons) -> Result<Self, EngineError> {
        let globals = sections.bytes(layout::GLOBALS);
        if globals.len() != GLOBALS_BYTES || u32_at(globals, 12) != 0 {
            return refuse("its globals are not in order");
        }
        let synapse_sections: Vec<u32> = (layout::SOURCE..=layout::TRACE).collect();
        let area_sections: Vec<u32> = (layout::AREA_INDEX..=layout::AREA_BASELINE_PSP).collect();
        let synapses = sections.check_equal(&synapse_sections)?;
        sections.check_equal(&area_sections)?;
        sections.check_equal(&[
            layout::ARRIVAL_BURST,
            layout::ARRIVAL_TARGET,
            layout::ARRIVAL_SUM,
        ])?;
        sections.check_equal(&[layout::CANDIDATE_ID, layout::CANDIDATE_SUM])?;
        sections.check_equal(&[layout::FIRED_ID, layout::FIRED_POTENTIAL])?;
        sections.check_equal(&[layout::STAGED_ID, layout::STAGED_POTENTIAL])?;
        sections.check_equal(&[layout::FORCED_ID, layout::FORCED_POTENTIAL])?;
        if neurons.len() > MAX_NEURONS || u32::try_from(synapses).is_err() {
            return refuse("it has too many neurons or synapses");
        }
        let areas = areas_of(sections)?;
        let arrivals = sections
            .u32s(layout::ARRIVAL_BURST)
            .into_iter()
            .zip(sections.pairs(layout::ARRIVAL_TARGET, layout::ARRIVAL_SUM));
        let fired = sections.pairs(layout::FIRED_ID, layout::FIRED_POTENTIAL);
        let state = Self {
            learning: read(sections, &fired, &neurons)?,
            fired,
            strict: sections.mode() & MODE_STRICT != 0,
            int8: sections.mode() & MODE_INT8 != 0,
            burst: sections.burst(),
            power_amount: f32::from_bits(u32_at(globals, 0)),
            fatigue: u32_at(globals, 4),
            power_neuron: u32_at(globals, 8),
            neurons,
            synapses: synapses_of(sections)?,
            areas,
            arrivals: arrivals
                .map(|(burst, (target, sum))| (burst, target, sum))
                .collect(),
            candidates: sections.pairs(layout::CANDIDATE_ID, layout::CANDIDATE_SUM),
            staged: sections.pairs(layout::STAGED_ID, layout::STAGED_POTENTIAL),
            forced: sections.pairs(layout::FORCED_ID, layout::FORCED_POTENTIAL),
        };
        state.check()?;
        Ok(state)
    }

    fn check(&self) -> Result<(), EngineError> {
        let count = self.neurons.len();
        if self.fatigue > 1 {
            return refuse("its fatigue flag is neither 0 nor 1");
        }
        let power = self.power_neuron as usize;
        let is_power =
            power < count && self.neurons.is_valid(power) && self.neurons.area[power] == POWER_AREA;
        if self.power_neuron != NO_POWER_NEURON && !is_power {
            return refuse("its power neuron is not a living neuron of the power area");
        }
        if self
            .neurons
            .last_update
            .iter()
            .any(|&update| update > self.burst)
        {
            return refuse("a neuron was updated after its burst");
        }
        if self
            .neurons
            .flags
            .iter()
            .any(|&flags| flags > NEURON_VALID | ACCUMULATES)
        {
            return refuse("a neuron has unknown flags");
        }
        let is_strict = self.strict;
        let mut states = self.synapses.state.iter();
        if states.any(|&state| !is_possible(state, is_strict)) {
            return refuse("a synapse has an impossible state");
        }
        let classes = self.synapses.palette.classes();
        if classes.iter().any(|class| class.delay == 0) {
            return refuse("a synapse has a delay of 0");
        }
        let ascends = |pairs: &[(u32, f32)]| pairs.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let arrivals_ascend = self
            .arrivals
            .windows(2)
            .all(|pair| (pair[0].0, pair[0].1) < (pair[1].0, pair[1].1));
        if !(ascends(&self.candidates) && ascends(&self.fired) && arrivals_ascend) {
            return refuse("a list of neurons does not ascend");
        }
        let exists = |id: u32| (id as usize) < count || Learning::may_name(id);
        let is_due = |burst: u32| burst > self.burst && burst - self.burst <= 255;
        if self
            .arrivals
            .iter()
            .any(|&(burst, target, _)| !is_due(burst) || !exists(target))
        {
            return refuse("an arrival has no burst or no neuron to arrive at");
        }
        if self.fired.iter().any(|&(id, _)| !exists(id))
            || self.forced.iter().any(|&(id, _)| id as usize >= count)
        {
            return refuse("a neuron that fired does not exist");
        }
        self.check_numbers()
    }

    fn check_numbers(&self) -> Result<(), EngineError> {
        let (n, s) = (&self.neurons, &self.synapses);
        let are_finite = |values: &[f32]| values.iter().all(|value| value.is_finite());
        let pairs_are_finite =
            |pairs: &[(u32, f32)]| pairs.iter().all(|(_, value)| value.is_finite());
        let columns = [&n.threshold, &n.threshold_limit, &n.leak, &n.excitability];
        let mut classes = s.palette.classes().iter();
        let synapses_are_finite = are_finite(&s.weight)
            && are_finite(&s.psp)
            && classes.all(|class| class.weight.is_finite() && class.psp.is_finite());
        let is_finite = self.power_amount.is_finite()
            && synapses_are_finite
            && columns.iter().all(|column| are_finite(column))
            && pairs_are_finite(&self.staged)
            && pairs_are_finite(&self.forced)
            && self.areas.iter().all(|area| {
                area.degeneration.is_finite() && area.baseline_psp.is_none_or(f32::is_finite)
            });
        if !self.strict && !is_finite {
            return refuse("a number is not finite");
        }
        let are_levels = |values: &[f32]| values.iter().all(|value| (0.0..=255.0).contains(value));
        if self.int8
            && !(are_levels(&n.potential)
                && are_levels(&n.threshold)
                && are_levels(&n.threshold_limit))
        {
            return refuse("an INT8 value lies outside 0 to 255");
        }
        Ok(())
    }
}

fn neurons_of(sections: &Sections) -> Neurons {
    Neurons {
        potential: sections.f32s(layout::POTENTIAL),
        last_update: sections.u32s(layout::LAST_UPDATE),
        countdown: sections.u16s(layout::COUNTDOWN),
        consecutive_fires: sections.u16s(layout::CONSECUTIVE_FIRES),
        marks: vec![0; sections.count(layout::POTENTIAL)],
        flags: sections.u8s(layout::NEURON_FLAGS),
        threshold: sections.f32s(layout::THRESHOLD).into(),
        threshold_limit: sections.f32s(layout::THRESHOLD_LIMIT).into(),
        leak: sections.f32s(layout::LEAK).into(),
        excitability: sections.f32s(layout::EXCITABILITY).into(),
        refractory_period: sections.u16s(layout::REFRACTORY_PERIOD).into(),
        consecutive_fire_limit: sections.u16s(layout::CONSECUTIVE_FIRE_LIMIT).into(),
        snooze_period: sections.u16s(layout::SNOOZE_PERIOD).into(),
        area: sections.u32s(layout::AREA).into(),
        x: sections.u32s(layout::X)[..].into(),
        y: sections.u32s(layout::Y)[..].into(),
        z: sections.u32s(layout::Z)[..].into(),
    }
}

/// Traces; none where all are +0.
fn traces(sections: &Sections) -> Vec<f32> {
    if sections.bytes(layout::TRACE).iter().all(|&byte| byte == 0) {
        Vec::new()
    } else {
        sections.f32s(layout::TRACE)
    }
}

fn synapses_of(sections: &Sections) -> Result<Loose<'static>, EngineError> {
    let (source, target) = (sections.u32s(layout::SOURCE), sections.u32s(layout::TARGET));
    let (weight, psp) = (sections.f32s(layout::WEIGHT), sections.f32s(layout::PSP));
    let mut loose = Loose::of(&SynapseColumns {
        count: source.len(),
        source: &source,
        target: &target,
        weight: &weight,
        psp: &psp,
        kind: sections.bytes(layout::KIND),
        delay: sections.bytes(layout::DELAY),
        flags: sections.bytes(layout::SYNAPSE_FLAGS),
    })
    .into_owned();
    let states = sections.bytes(layout::SYNAPSE_STATE);
    let listed = listed(sections.mode() & MODE_STRICT != 0);
    if states.iter().any(|&state| state != listed) {
        loose.state = states.to_vec();
    }
    loose.trace = traces(sections);
    loose.group = sections.u16s(layout::SYNAPSE_GROUP);
    let has_groups = loose.group.len() == source.len() && loose.group.iter().any(|&one| one > 0);
    if !loose.group.is_empty() && !has_groups {
        return refuse("modulation groups are of other synapses, or none is set");
    }
    Ok(loose)
}

fn areas_of(sections: &Sections) -> Result<Vec<AreaSettings>, EngineError> {
    let index = sections.u32s(layout::AREA_INDEX);
    if index.windows(2).any(|pair| pair[0] >= pair[1]) {
        return refuse("its areas do not ascend");
    }
    let flag = |byte: u8| match byte {
        0 => Ok(None),
        1 => Ok(Some(false)),
        2 => Ok(Some(true)),
        _ => refuse("an area flag is neither unset, off nor on"),
    };
    let (uniform, driven) = (
        sections.bytes(layout::AREA_PSP_UNIFORM),
        sections.bytes(layout::AREA_MP_DRIVEN_PSP),
    );
    let (degeneration, baseline) = (
        sections.f32s(layout::AREA_DEGENERATION),
        sections.f32s(layout::AREA_BASELINE_PSP),
    );
    let area = |at: usize| {
        Ok(AreaSettings {
            index: index[at],
            psp_uniform: flag(uniform[at])?,
            mp_driven_psp: flag(driven[at])?,
            degeneration: degeneration[at],
            baseline_psp: Some(baseline[at]).filter(|psp| !psp.is_nan()),
        })
    };
    (0..index.len()).map(area).collect()
}

fn is_possible(state: u8, strict: bool) -> bool {
    if strict {
        state <= LIVE | PLASTIC && (state & PLASTIC == 0 || state & VALID != 0)
    } else {
        state == 0 || state == LIVE
    }
}

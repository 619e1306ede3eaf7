//! Takes a snapshot apart and checks everything in it before any of it becomes an engine's state.

use gyrus_types::network::MAX_NEURONS;
use gyrus_types::snapshot::{
    self as layout, ENTRY_BYTES, GLOBALS_BYTES, HASH_BYTES, HEADER_BYTES, MAGIC, MODE_INT8,
    MODE_STRICT, NO_POWER_NEURON, SECTION_ALIGNMENT, SECTIONS, VERSION,
};
use gyrus_types::{AreaSettings, EngineError, SynapseColumns};
use xxhash_rust::xxh64::xxh64;

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

pub fn refuse<T>(reason: impl Into<String>) -> Result<T, EngineError> {
    Err(EngineError::Snapshot(reason.into()))
}

/// The sections of a snapshot whose header, directory, gaps and hash are in order.
pub struct Sections<'a> {
    mode: u32,
    burst: u32,
    bodies: [&'a [u8]; SECTIONS.len()],
}

impl<'a> Sections<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, EngineError> {
        let directory = HEADER_BYTES + SECTIONS.len() * ENTRY_BYTES;
        if bytes.len() < directory + HASH_BYTES {
            return refuse(format!("{} bytes are too few", bytes.len()));
        }
        if u32_at(bytes, 0) != MAGIC {
            return refuse("it does not begin as a snapshot does");
        }
        if u32_at(bytes, 4) != VERSION {
            return refuse(format!("version {} is unknown", u32_at(bytes, 4)));
        }
        let end = bytes.len() - HASH_BYTES;
        if xxh64(&bytes[..end], 0) != u64_at(bytes, end) {
            return refuse("its state hash does not fit its bytes");
        }
        if u32_at(bytes, 8) as usize != SECTIONS.len()
            || u32_at(bytes, 12) > (MODE_STRICT | MODE_INT8)
            || u32_at(bytes, 20) != 0
        {
            return refuse("its header is not in order");
        }
        let mut bodies: [&[u8]; SECTIONS.len()] = [&[]; SECTIONS.len()];
        let mut at = directory;
        for (i, ((id, element_bytes), body)) in SECTIONS.iter().zip(&mut bodies).enumerate() {
            let entry = HEADER_BYTES + i * ENTRY_BYTES;
            let padded = at.next_multiple_of(SECTION_ALIGNMENT);
            let length = usize::try_from(u64_at(bytes, entry + 16)).unwrap_or(usize::MAX);
            let is_listed =
                u32_at(bytes, entry) == *id && u32_at(bytes, entry + 4) == *element_bytes;
            let is_in_place = u64_at(bytes, entry + 8) == padded as u64
                && padded <= end
                && length <= end - padded;
            if !(is_listed && is_in_place && length.is_multiple_of(*element_bytes as usize)) {
                return refuse(format!("section {id} is not in order"));
            }
            if bytes[at..padded].iter().any(|&byte| byte != 0) {
                return refuse(format!("the gap before section {id} is not zero"));
            }
            *body = &bytes[padded..padded + length];
            at = padded + length;
        }
        if at.next_multiple_of(SECTION_ALIGNMENT) != end
            || bytes[at..end].iter().any(|&byte| byte != 0)
        {
            return refuse("its end is not where its sections end");
        }
        Ok(Self {
            mode: u32_at(bytes, 12),
            burst: u32_at(bytes, 16),
            bodies,
        })
    }

    pub fn is_strict(&self) -> bool {
        self.mode & MODE_STRICT != 0
    }

    #[cfg(feature = "plasticity")]
    pub fn burst(&self) -> u32 {
        self.burst
    }

    pub fn bytes(&self, id: u32) -> &'a [u8] {
        SECTIONS
            .iter()
            .position(|&(section, _)| section == id)
            .map_or(&[], |at| self.bodies[at])
    }

    pub fn u32s(&self, id: u32) -> Vec<u32> {
        self.column(id, u32::from_le_bytes)
    }

    pub fn f32s(&self, id: u32) -> Vec<f32> {
        self.column(id, f32::from_le_bytes)
    }

    fn u16s(&self, id: u32) -> Vec<u16> {
        self.column(id, u16::from_le_bytes)
    }

    fn column<T, const N: usize>(&self, id: u32, value_of: impl Fn([u8; N]) -> T) -> Vec<T> {
        let (chunks, _) = self.bytes(id).as_chunks::<N>();
        chunks.iter().map(|&chunk| value_of(chunk)).collect()
    }

    fn u8s(&self, id: u32) -> Vec<u8> {
        self.bytes(id).to_vec()
    }

    fn count(&self, id: u32) -> usize {
        let bytes_per_element = SECTIONS
            .iter()
            .find(|&&(section, _)| section == id)
            .map_or(1, |&(_, bytes)| bytes as usize);
        self.bytes(id).len() / bytes_per_element
    }

    pub fn check_equal(&self, ids: &[u32]) -> Result<usize, EngineError> {
        let count = self.count(ids[0]);
        match ids.iter().find(|&&id| self.count(id) != count) {
            Some(id) => refuse(format!(
                "section {id} has {} elements, not {count}",
                self.count(*id)
            )),
            None => Ok(count),
        }
    }

    pub fn pairs(&self, ids: u32, values: u32) -> Vec<(u32, f32)> {
        self.u32s(ids).into_iter().zip(self.f32s(values)).collect()
    }
}

impl State {
    /// The state in a snapshot, checked.
    pub fn read(bytes: &[u8]) -> Result<Self, EngineError> {
        let sections = Sections::open(bytes)?;
        let globals = sections.bytes(layout::GLOBALS);
        if globals.len() != GLOBALS_BYTES || u32_at(globals, 12) != 0 {
            return refuse("its globals are not in order");
        }
        let neuron_sections: Vec<u32> = (layout::POTENTIAL..=layout::Z).collect();
        let synapse_sections: Vec<u32> = (layout::SOURCE..=layout::TRACE).collect();
        let area_sections: Vec<u32> = (layout::AREA_INDEX..=layout::AREA_BASELINE_PSP).collect();
        let neurons = sections.check_equal(&neuron_sections)?;
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
        if neurons > MAX_NEURONS || u32::try_from(synapses).is_err() {
            return refuse("it has too many neurons or synapses");
        }
        let areas = sections.areas()?;
        let arrivals = sections
            .u32s(layout::ARRIVAL_BURST)
            .into_iter()
            .zip(sections.pairs(layout::ARRIVAL_TARGET, layout::ARRIVAL_SUM));
        let fired = sections.pairs(layout::FIRED_ID, layout::FIRED_POTENTIAL);
        let state = Self {
            learning: read(&sections, &fired)?,
            fired,
            strict: sections.is_strict(),
            int8: sections.mode & MODE_INT8 != 0,
            burst: sections.burst,
            power_amount: f32::from_bits(u32_at(globals, 0)),
            fatigue: u32_at(globals, 4),
            power_neuron: u32_at(globals, 8),
            neurons: sections.neurons(),
            synapses: sections.synapses(),
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

impl Sections<'_> {
    fn neurons(&self) -> Neurons {
        Neurons {
            potential: self.f32s(layout::POTENTIAL),
            last_update: self.u32s(layout::LAST_UPDATE),
            countdown: self.u16s(layout::COUNTDOWN),
            consecutive_fires: self.u16s(layout::CONSECUTIVE_FIRES),
            marks: vec![0; self.count(layout::POTENTIAL)],
            flags: self.u8s(layout::NEURON_FLAGS),
            threshold: self.f32s(layout::THRESHOLD),
            threshold_limit: self.f32s(layout::THRESHOLD_LIMIT),
            leak: self.f32s(layout::LEAK),
            excitability: self.f32s(layout::EXCITABILITY),
            refractory_period: self.u16s(layout::REFRACTORY_PERIOD),
            consecutive_fire_limit: self.u16s(layout::CONSECUTIVE_FIRE_LIMIT),
            snooze_period: self.u16s(layout::SNOOZE_PERIOD),
            area: self.u32s(layout::AREA),
            x: self.u32s(layout::X),
            y: self.u32s(layout::Y),
            z: self.u32s(layout::Z),
        }
    }

    /// Traces; none where all are +0.
    fn traces(&self) -> Vec<f32> {
        if self.bytes(layout::TRACE).iter().all(|&byte| byte == 0) {
            Vec::new()
        } else {
            self.f32s(layout::TRACE)
        }
    }

    fn synapses(&self) -> Loose<'static> {
        let (source, target) = (self.u32s(layout::SOURCE), self.u32s(layout::TARGET));
        let (weight, psp) = (self.f32s(layout::WEIGHT), self.f32s(layout::PSP));
        let mut loose = Loose::of(&SynapseColumns {
            count: source.len(),
            source: &source,
            target: &target,
            weight: &weight,
            psp: &psp,
            kind: self.bytes(layout::KIND),
            delay: self.bytes(layout::DELAY),
            flags: self.bytes(layout::SYNAPSE_FLAGS),
        })
        .into_owned();
        let states = self.bytes(layout::SYNAPSE_STATE);
        let listed = listed(self.is_strict());
        if states.iter().any(|&state| state != listed) {
            loose.state = states.to_vec();
        }
        loose.trace = self.traces();
        loose
    }

    fn areas(&self) -> Result<Vec<AreaSettings>, EngineError> {
        let index = self.u32s(layout::AREA_INDEX);
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
            self.bytes(layout::AREA_PSP_UNIFORM),
            self.bytes(layout::AREA_MP_DRIVEN_PSP),
        );
        let (degeneration, baseline) = (
            self.f32s(layout::AREA_DEGENERATION),
            self.f32s(layout::AREA_BASELINE_PSP),
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
}

fn is_possible(state: u8, strict: bool) -> bool {
    if strict {
        state <= LIVE | PLASTIC && (state & PLASTIC == 0 || state & VALID != 0)
    } else {
        state == 0 || state == LIVE
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

pub fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

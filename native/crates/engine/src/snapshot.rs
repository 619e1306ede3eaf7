//! The complete state as bytes, canonical: equal states write equal bytes. Layout: `app/contracts/snapshot.ts`.

use gyrus_types::network::MAX_NEURONS;
use gyrus_types::snapshot::{
    self as layout, CANONICAL_NAN, ENTRY_BYTES, GLOBALS_BYTES, HASH_BYTES, HEADER_BYTES, MAGIC,
    NO_POWER_NEURON, SECTIONS, VERSION,
};
use gyrus_types::{AreaSettings, EngineError};
use xxhash_rust::xxh64::xxh64;

use crate::engine::{Engine, POWER_AREA};
use crate::neurons::{ACCUMULATES, Neurons, VALID as NEURON_VALID};
use crate::synapses::{INDEXED, LIVE, Synapses, VALID};

const MODE_STRICT: u32 = 1;
const MODE_INT8: u32 = 2;
const ALIGNMENT: usize = 8;

impl Engine {
    /// Complete state between two bursts.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Writer::new(self);
        let (n, s) = (&self.neurons, &self.synapses);
        let flag = |flag: Option<bool>| flag.map_or(0, |flag| if flag { 2 } else { 1 });
        let arrivals: Vec<_> = self.arrivals().collect();
        let candidates: Vec<_> = self.candidates().collect();
        for (id, _) in SECTIONS {
            out.open();
            match id {
                layout::GLOBALS => {
                    out.f32s([self.power_amount]);
                    out.u32s([
                        u32::from(self.fatigue_active),
                        self.power_neuron.unwrap_or(NO_POWER_NEURON),
                        0,
                    ]);
                }
                layout::POTENTIAL => out.f32s(n.potential.iter().copied()),
                layout::LAST_UPDATE => out.u32s(n.last_update.iter().copied()),
                layout::COUNTDOWN => out.u16s(&n.countdown),
                layout::CONSECUTIVE_FIRES => out.u16s(&n.consecutive_fires),
                layout::THRESHOLD => out.f32s(n.threshold.iter().copied()),
                layout::THRESHOLD_LIMIT => out.f32s(n.threshold_limit.iter().copied()),
                layout::LEAK => out.f32s(n.leak.iter().copied()),
                layout::REFRACTORY_PERIOD => out.u16s(&n.refractory_period),
                layout::EXCITABILITY => out.f32s(n.excitability.iter().copied()),
                layout::CONSECUTIVE_FIRE_LIMIT => out.u16s(&n.consecutive_fire_limit),
                layout::SNOOZE_PERIOD => out.u16s(&n.snooze_period),
                layout::NEURON_FLAGS => out.u8s(n.flags.iter().copied()),
                layout::AREA => out.u32s(n.area.iter().copied()),
                layout::X => out.u32s(n.x.iter().copied()),
                layout::Y => out.u32s(n.y.iter().copied()),
                layout::Z => out.u32s(n.z.iter().copied()),
                layout::SOURCE => out.u32s(s.source.iter().copied()),
                layout::TARGET => out.u32s(s.target.iter().copied()),
                layout::WEIGHT => out.f32s(s.weight.iter().copied()),
                layout::PSP => out.f32s(s.psp.iter().copied()),
                layout::KIND => out.u8s(s.kind.iter().copied()),
                layout::DELAY => out.u8s(s.delay.iter().copied()),
                layout::SYNAPSE_FLAGS => out.u8s(s.flags.iter().copied()),
                layout::SYNAPSE_STATE => out.u8s(s.state.iter().copied()),
                layout::AREA_INDEX => out.u32s(self.areas.iter().map(|area| area.index)),
                layout::AREA_PSP_UNIFORM => {
                    out.u8s(self.areas.iter().map(|area| flag(area.psp_uniform)));
                }
                layout::AREA_MP_DRIVEN_PSP => {
                    out.u8s(self.areas.iter().map(|area| flag(area.mp_driven_psp)));
                }
                layout::AREA_DEGENERATION => {
                    out.f32s(self.areas.iter().map(|area| area.degeneration));
                }
                layout::AREA_BASELINE_PSP => out.f32s(
                    self.areas
                        .iter()
                        .map(|area| area.baseline_psp.unwrap_or(f32::NAN)),
                ),
                layout::ARRIVAL_BURST => out.u32s(arrivals.iter().map(|arrival| arrival.0)),
                layout::ARRIVAL_TARGET => out.u32s(arrivals.iter().map(|arrival| arrival.1)),
                layout::ARRIVAL_SUM => out.f32s(arrivals.iter().map(|arrival| arrival.2)),
                layout::CANDIDATE_ID => out.u32s(candidates.iter().map(|candidate| candidate.0)),
                layout::CANDIDATE_SUM => out.f32s(candidates.iter().map(|candidate| candidate.1)),
                layout::FIRED_ID => out.u32s(self.fired.iter().copied()),
                layout::FIRED_POTENTIAL => out.f32s(self.fired_potential.iter().copied()),
                layout::STAGED_ID => out.u32s(self.staged.iter().map(|staged| staged.0)),
                layout::STAGED_POTENTIAL => out.f32s(self.staged.iter().map(|staged| staged.1)),
                layout::FORCED_ID => out.u32s(self.forced.iter().map(|forced| forced.0)),
                layout::FORCED_POTENTIAL => out.f32s(self.forced.iter().map(|forced| forced.1)),
                _ => unreachable!("every section is listed"),
            }
            out.close(id);
        }
        out.finish()
    }

    /// The xxHash64 that ends the snapshot.
    #[must_use]
    pub fn state_hash(&self) -> u64 {
        let bytes = self.snapshot();
        u64_at(&bytes, bytes.len() - HASH_BYTES)
    }

    /// Takes the state of a snapshot of either engine.
    ///
    /// # Errors
    /// When the snapshot is damaged or inconsistent; the engine is then as before.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        let state = State::read(bytes)?;
        state.check()?;
        self.strict = state.strict;
        self.int8 = state.int8;
        self.burst = state.burst;
        self.power_amount = state.power_amount;
        self.fatigue_active = state.fatigue == 1;
        self.power_neuron = Some(state.power_neuron).filter(|&id| id != NO_POWER_NEURON);
        self.neurons = state.neurons;
        self.synapses = state.synapses;
        self.areas = state.areas;
        self.staged = state.staged;
        self.forced = state.forced;
        (self.fired, self.fired_potential) = state.fired.into_iter().unzip();
        self.lay_out(&state.arrivals, &state.candidates);
        Ok(())
    }
}

struct Writer {
    bytes: Vec<u8>,
    entry: usize,
    started: usize,
}

impl Writer {
    fn new(engine: &Engine) -> Self {
        let mode =
            if engine.strict { MODE_STRICT } else { 0 } | if engine.int8 { MODE_INT8 } else { 0 };
        let mut bytes =
            Vec::with_capacity(2048 + engine.neurons.len() * 56 + engine.synapses.len() * 20);
        for word in [MAGIC, VERSION, SECTIONS.len() as u32, mode, engine.burst, 0] {
            bytes.extend_from_slice(&word.to_le_bytes());
        }
        bytes.resize(HEADER_BYTES + SECTIONS.len() * ENTRY_BYTES, 0);
        Self {
            bytes,
            entry: 0,
            started: 0,
        }
    }

    fn open(&mut self) {
        self.bytes
            .resize(self.bytes.len().next_multiple_of(ALIGNMENT), 0);
        self.started = self.bytes.len();
    }

    fn close(&mut self, id: u32) {
        let element_bytes = SECTIONS[self.entry].1;
        let length = (self.bytes.len() - self.started) as u64;
        let entry = &mut self.bytes[HEADER_BYTES + self.entry * ENTRY_BYTES..][..ENTRY_BYTES];
        entry[0..4].copy_from_slice(&id.to_le_bytes());
        entry[4..8].copy_from_slice(&element_bytes.to_le_bytes());
        entry[8..16].copy_from_slice(&(self.started as u64).to_le_bytes());
        entry[16..24].copy_from_slice(&length.to_le_bytes());
        self.entry += 1;
    }

    fn f32s(&mut self, values: impl IntoIterator<Item = f32>) {
        self.u32s(values.into_iter().map(|value| {
            if value.is_nan() {
                CANONICAL_NAN
            } else {
                value.to_bits()
            }
        }));
    }

    fn u32s(&mut self, values: impl IntoIterator<Item = u32>) {
        self.bytes
            .extend(values.into_iter().flat_map(u32::to_le_bytes));
    }

    fn u16s(&mut self, values: &[u16]) {
        self.bytes
            .extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }

    fn u8s(&mut self, values: impl IntoIterator<Item = u8>) {
        self.bytes.extend(values);
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes
            .resize(self.bytes.len().next_multiple_of(ALIGNMENT), 0);
        let hash = xxh64(&self.bytes, 0);
        self.bytes.extend_from_slice(&hash.to_le_bytes());
        self.bytes
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

/// A snapshot taken apart, before it becomes an engine's state.
struct State {
    strict: bool,
    int8: bool,
    burst: u32,
    power_amount: f32,
    fatigue: u32,
    power_neuron: u32,
    neurons: Neurons,
    synapses: Synapses,
    areas: Vec<AreaSettings>,
    arrivals: Vec<(u32, u32, f32)>,
    candidates: Vec<(u32, f32)>,
    fired: Vec<(u32, f32)>,
    staged: Vec<(u32, f32)>,
    forced: Vec<(u32, f32)>,
}

fn refuse<T>(reason: impl Into<String>) -> Result<T, EngineError> {
    Err(EngineError::Snapshot(reason.into()))
}

/// The sections of a snapshot whose header, directory, gaps and hash are in order.
struct Sections<'a> {
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
            let padded = at.next_multiple_of(ALIGNMENT);
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
        if at.next_multiple_of(ALIGNMENT) != end || bytes[at..end].iter().any(|&byte| byte != 0) {
            return refuse("its end is not where its sections end");
        }
        Ok(Self { bodies })
    }

    fn bytes(&self, id: u32) -> &'a [u8] {
        SECTIONS
            .iter()
            .position(|&(section, _)| section == id)
            .map_or(&[], |at| self.bodies[at])
    }

    fn u32s(&self, id: u32) -> Vec<u32> {
        self.bytes(id)
            .chunks_exact(4)
            .map(|word| u32_at(word, 0))
            .collect()
    }

    fn f32s(&self, id: u32) -> Vec<f32> {
        self.bytes(id)
            .chunks_exact(4)
            .map(|word| f32::from_bits(u32_at(word, 0)))
            .collect()
    }

    fn u16s(&self, id: u32) -> Vec<u16> {
        self.bytes(id)
            .chunks_exact(2)
            .map(|word| u16::from_le_bytes([word[0], word[1]]))
            .collect()
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

    fn check_equal(&self, ids: &[u32]) -> Result<usize, EngineError> {
        let count = self.count(ids[0]);
        match ids.iter().find(|&&id| self.count(id) != count) {
            Some(id) => refuse(format!(
                "section {id} has {} elements, not {count}",
                self.count(*id)
            )),
            None => Ok(count),
        }
    }

    fn pairs(&self, ids: u32, values: u32) -> Vec<(u32, f32)> {
        self.u32s(ids).into_iter().zip(self.f32s(values)).collect()
    }
}

impl State {
    fn read(bytes: &[u8]) -> Result<Self, EngineError> {
        let sections = Sections::open(bytes)?;
        let globals = sections.bytes(layout::GLOBALS);
        if globals.len() != GLOBALS_BYTES || u32_at(globals, 12) != 0 {
            return refuse("its globals are not in order");
        }
        let neuron_sections: Vec<u32> = (layout::POTENTIAL..=layout::Z).collect();
        let synapse_sections: Vec<u32> = (layout::SOURCE..=layout::SYNAPSE_STATE).collect();
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
        let mode = u32_at(bytes, 12);
        let arrivals = sections
            .u32s(layout::ARRIVAL_BURST)
            .into_iter()
            .zip(sections.pairs(layout::ARRIVAL_TARGET, layout::ARRIVAL_SUM));
        Ok(Self {
            strict: mode & MODE_STRICT != 0,
            int8: mode & MODE_INT8 != 0,
            burst: u32_at(bytes, 16),
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
            fired: sections.pairs(layout::FIRED_ID, layout::FIRED_POTENTIAL),
            staged: sections.pairs(layout::STAGED_ID, layout::STAGED_POTENTIAL),
            forced: sections.pairs(layout::FORCED_ID, layout::FORCED_POTENTIAL),
        })
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
        if self
            .synapses
            .state
            .iter()
            .any(|&state| state > LIVE || !self.strict && (state == VALID || state == INDEXED))
        {
            return refuse("a synapse has an impossible state");
        }
        if self.synapses.delay.contains(&0) {
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
        let is_due = |burst: u32| burst > self.burst && burst - self.burst <= 255;
        if self
            .arrivals
            .iter()
            .any(|&(burst, target, _)| !is_due(burst) || target as usize >= count)
        {
            return refuse("an arrival has no burst or no neuron to arrive at");
        }
        if self
            .fired
            .iter()
            .chain(&self.forced)
            .any(|&(id, _)| id as usize >= count)
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
        let columns = [
            &n.threshold,
            &n.threshold_limit,
            &n.leak,
            &n.excitability,
            &s.weight,
            &s.psp,
        ];
        let is_finite = self.power_amount.is_finite()
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

    fn synapses(&self) -> Synapses {
        let state = self.u8s(layout::SYNAPSE_STATE);
        Synapses {
            valid_count: state.iter().filter(|&&state| state & VALID != 0).count(),
            source: self.u32s(layout::SOURCE),
            target: self.u32s(layout::TARGET),
            weight: self.f32s(layout::WEIGHT),
            psp: self.f32s(layout::PSP),
            kind: self.u8s(layout::KIND),
            delay: self.u8s(layout::DELAY),
            flags: self.u8s(layout::SYNAPSE_FLAGS),
            state,
        }
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

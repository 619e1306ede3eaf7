//! The complete state as bytes, canonical: equal states write equal bytes. Layout: `app/contracts/snapshot.ts`.

use gyrus_types::EngineError;
use gyrus_types::snapshot::{
    self as layout, CANONICAL_NAN, ENTRY_BYTES, HASH_BYTES, HEADER_BYTES, MAGIC, MODE_INT8,
    MODE_STRICT, NO_POWER_NEURON, SECTION_ALIGNMENT, SECTIONS, VERSION,
};
use xxhash_rust::xxh64::xxh64;

use crate::engine::Engine;
use crate::learning::write_section;
use crate::snapshot_state::{State, u64_at};
use crate::synapses::listed;

impl Engine {
    /// Complete state between two bursts.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Writer::new(self);
        let (n, s) = (&self.neurons, &self.synapses);
        let flag = |flag: Option<bool>| flag.map_or(0, |flag| if flag { 2 } else { 1 });
        let mut arrivals: Vec<_> = self.arrivals().chain(self.learning.arrivals()).collect();
        arrivals.sort_unstable_by_key(|&(burst, target, _)| (burst, target));
        let candidates: Vec<_> = self.candidates().collect();
        for (id, _) in SECTIONS {
            out.open();
            match id {
                layout::GLOBALS => {
                    out.f32s(&[self.power_amount]);
                    out.u32s(&[
                        u32::from(self.fatigue_active),
                        self.power_neuron.unwrap_or(NO_POWER_NEURON),
                        0,
                    ]);
                }
                layout::POTENTIAL => out.f32s(&n.potential),
                layout::LAST_UPDATE => out.u32s(&n.last_update),
                layout::COUNTDOWN => out.u16s(&n.countdown),
                layout::CONSECUTIVE_FIRES => out.u16s(&n.consecutive_fires),
                layout::THRESHOLD => out.f32s(&n.threshold),
                layout::THRESHOLD_LIMIT => out.f32s(&n.threshold_limit),
                layout::LEAK => out.f32s(&n.leak),
                layout::REFRACTORY_PERIOD => out.u16s(&n.refractory_period),
                layout::EXCITABILITY => out.f32s(&n.excitability),
                layout::CONSECUTIVE_FIRE_LIMIT => out.u16s(&n.consecutive_fire_limit),
                layout::SNOOZE_PERIOD => out.u16s(&n.snooze_period),
                layout::NEURON_FLAGS => out.u8s(&n.flags),
                layout::AREA => out.u32s(&n.area),
                layout::X => out.u32s(&n.x),
                layout::Y => out.u32s(&n.y),
                layout::Z => out.u32s(&n.z),
                layout::SOURCE => {
                    let sources = s.sources();
                    out.u32s(&s.by_slot(|at| sources[at], |one| one.source));
                }
                layout::TARGET => out.u32s(&s.by_slot(|at| s.target_of(at), |one| one.target)),
                layout::WEIGHT => {
                    out.f32s(&s.by_slot(|at| s.weight_of(at), |one| one.class.weight));
                }
                layout::PSP => out.f32s(&s.by_slot(|at| s.psp_of(at), |one| one.class.psp)),
                layout::KIND => out.u8s(&s.by_slot(|at| s.class_of(at).kind, |one| one.class.kind)),
                layout::DELAY => {
                    out.u8s(&s.by_slot(|at| s.class_of(at).delay, |one| one.class.delay));
                }
                layout::SYNAPSE_FLAGS => {
                    out.u8s(&s.by_slot(|at| s.flags_of(at), |one| one.class.flags));
                }
                layout::SYNAPSE_STATE => {
                    out.u8s(&s.by_slot(|at| s.state_of(at), |one| one.state));
                }
                layout::TRACE if s.trace.is_empty() => out.zeros(s.len() * 4),
                layout::TRACE => out.f32s(&s.by_slot(|at| s.trace_of(at), |_| 0.0)),
                layout::AREA_INDEX => out.u32s(&column(&self.areas, |area| area.index)),
                layout::AREA_PSP_UNIFORM => {
                    out.u8s(&column(&self.areas, |area| flag(area.psp_uniform)));
                }
                layout::AREA_MP_DRIVEN_PSP => {
                    out.u8s(&column(&self.areas, |area| flag(area.mp_driven_psp)));
                }
                layout::AREA_DEGENERATION => {
                    out.f32s(&column(&self.areas, |area| area.degeneration));
                }
                layout::AREA_BASELINE_PSP => {
                    out.f32s(&column(&self.areas, |area| {
                        area.baseline_psp.unwrap_or(f32::NAN)
                    }));
                }
                layout::ARRIVAL_BURST => out.u32s(&column(&arrivals, |arrival| arrival.0)),
                layout::ARRIVAL_TARGET => out.u32s(&column(&arrivals, |arrival| arrival.1)),
                layout::ARRIVAL_SUM => out.f32s(&column(&arrivals, |arrival| arrival.2)),
                layout::CANDIDATE_ID => out.u32s(&column(&candidates, |candidate| candidate.0)),
                layout::CANDIDATE_SUM => out.f32s(&column(&candidates, |candidate| candidate.1)),
                layout::FIRED_ID => out.u32s(&self.fired),
                layout::FIRED_POTENTIAL => out.f32s(&self.fired_potential),
                layout::STAGED_ID => out.u32s(&column(&self.staged, |staged| staged.0)),
                layout::STAGED_POTENTIAL => out.f32s(&column(&self.staged, |staged| staged.1)),
                layout::FORCED_ID => out.u32s(&column(&self.forced, |forced| forced.0)),
                layout::FORCED_POTENTIAL => out.f32s(&column(&self.forced, |forced| forced.1)),
                _ => write_section(&self.learning, &mut out, id),
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
        self.strict = state.strict;
        self.int8 = state.int8;
        self.burst = state.burst;
        self.power_amount = state.power_amount;
        self.fatigue_active = state.fatigue == 1;
        self.power_neuron = Some(state.power_neuron).filter(|&id| id != NO_POWER_NEURON);
        self.neurons = state.neurons;
        self.areas = state.areas;
        self.staged = state.staged;
        self.forced = state.forced;
        self.learning = state.learning;
        (self.fired, self.fired_potential) = state.fired.into_iter().unzip();
        let is_slot = |arrival: &(u32, u32, f32)| (arrival.1 as usize) < self.neurons.len();
        let (arrivals, recalled): (Vec<_>, Vec<_>) = state.arrivals.into_iter().partition(is_slot);
        self.learning.set_arrivals(&recalled);
        let longest_delay = u32::from(state.synapses.palette.longest_delay());
        self.lay_out(&arrivals, &state.candidates, longest_delay);
        self.synapses = state.synapses.arrange(self.layout(), listed(self.strict));
        Ok(())
    }
}

/// One field of every row.
fn column<Row, T>(rows: &[Row], field: impl Fn(&Row) -> T) -> Vec<T> {
    rows.iter().map(field).collect()
}

pub struct Writer {
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
            .resize(self.bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
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

    pub fn f32s(&mut self, values: &[f32]) {
        let bits = |value: &f32| {
            if value.is_nan() {
                CANONICAL_NAN
            } else {
                value.to_bits()
            }
        };
        self.put(values, |value| bits(value).to_le_bytes());
    }

    pub fn u32s(&mut self, values: &[u32]) {
        self.put(values, |value| value.to_le_bytes());
    }

    fn u16s(&mut self, values: &[u16]) {
        self.put(values, |value| value.to_le_bytes());
    }

    /// Appends the bytes of every value; a loop over equal chunks, which the compiler turns into a copy.
    fn put<T, const N: usize>(&mut self, values: &[T], bytes_of: impl Fn(&T) -> [u8; N]) {
        let started = self.bytes.len();
        self.bytes.resize(started + values.len() * N, 0);
        let (chunks, _) = self.bytes[started..].as_chunks_mut::<N>();
        for (chunk, value) in chunks.iter_mut().zip(values) {
            *chunk = bytes_of(value);
        }
    }

    #[cfg(feature = "plasticity")]
    pub fn each_u32(&mut self, values: impl Iterator<Item = u32>) {
        values.for_each(|value| self.bytes.extend_from_slice(&value.to_le_bytes()));
    }

    #[cfg(feature = "plasticity")]
    pub fn each_f32(&mut self, values: impl Iterator<Item = f32>) {
        values.for_each(|value| self.f32s(&[value]));
    }

    fn zeros(&mut self, bytes: usize) {
        self.bytes.resize(self.bytes.len() + bytes, 0);
    }

    #[cfg(feature = "plasticity")]
    pub fn each_u8(&mut self, values: impl Iterator<Item = u8>) {
        self.bytes.extend(values);
    }

    fn u8s(&mut self, values: &[u8]) {
        self.bytes.extend_from_slice(values);
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes
            .resize(self.bytes.len().next_multiple_of(SECTION_ALIGNMENT), 0);
        let hash = xxh64(&self.bytes, 0);
        self.bytes.extend_from_slice(&hash.to_le_bytes());
        self.bytes
    }
}

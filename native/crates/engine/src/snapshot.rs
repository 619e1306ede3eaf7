//! The complete state as bytes, canonical: equal states write equal bytes. Layout: `app/contracts/snapshot.ts`.

use gyrus_port::snapshot::{Writer, hash_of, refuse};
use gyrus_types::EngineError;
use gyrus_types::snapshot::{
    self as layout, CORE_SECTIONS, MODE_INT8, MODE_STRICT, NO_POWER_NEURON, SECTIONS,
};

use crate::engine::Engine;
use crate::learning::{shelve, write_section};
use crate::snapshot_state::State;
use crate::synapses::listed;

/// Sections that are always there.
const CORE: &[(u32, u32)] = SECTIONS.split_at(CORE_SECTIONS).0;

impl Engine {
    /// Complete state between two bursts.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let bytes = self.neurons.len() * 56 + self.synapses.len() * 20;
        self.sections(bytes, |_| true)
    }

    /// The part of the state that bursts change; what only patches change is left empty.
    #[must_use]
    pub fn moment(&self) -> Vec<u8> {
        let learns = self.learning.changes_weights();
        let wears = self.areas.iter().any(|area| area.degeneration > 0.0);
        let scales = self.learning.changes_settings();
        self.sections(self.neurons.len() * 16, |id| match id {
            layout::WEIGHT | layout::TRACE => learns,
            layout::PSP => wears,
            layout::THRESHOLD | layout::LEAK | layout::EXCITABILITY => scales,
            layout::THRESHOLD..=layout::Z
            | layout::SOURCE..=layout::TRACE
            | layout::SYNAPSE_GROUP => false,
            _ => true,
        })
    }

    /// A snapshot of the sections that are wanted, the others empty; about `bytes` long.
    fn sections(&self, bytes: usize, is_wanted: impl Fn(u32) -> bool) -> Vec<u8> {
        let mode =
            if self.strict { MODE_STRICT } else { 0 } | if self.int8 { MODE_INT8 } else { 0 };
        let (n, s) = (&self.neurons, &self.synapses);
        let has_groups = !s.group.is_empty() || s.newcomers.iter().any(|one| one.group > 0);
        let groups = if has_groups && is_wanted(layout::SYNAPSE_GROUP) {
            s.by_slot(|at| s.group_of(at), |one| one.group)
        } else {
            Vec::new()
        };
        let optional = shelve(&self.learning, &groups);
        let table: Vec<_> = CORE.iter().copied().chain(optional.table()).collect();
        let mut out = Writer::new(&table, mode, self.burst, bytes);
        let flag = |flag: Option<bool>| flag.map_or(0, |flag| if flag { 2 } else { 1 });
        let mut arrivals: Vec<_> = self.arrivals().chain(self.learning.arrivals()).collect();
        arrivals.sort_unstable_by_key(|&(burst, target, _)| (burst, target));
        let candidates: Vec<_> = self.candidates().collect();
        for &(id, _) in CORE {
            out.open();
            match id {
                _ if !is_wanted(id) => {}
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
                layout::X => out.u32s(&n.x.to_vec()),
                layout::Y => out.u32s(&n.y.to_vec()),
                layout::Z => out.u32s(&n.z.to_vec()),
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
        optional.write(&mut out);
        out.finish()
    }

    /// The xxHash64 that ends the snapshot.
    #[must_use]
    pub fn state_hash(&self) -> u64 {
        hash_of(&self.snapshot())
    }

    /// Takes the state of a snapshot of either engine.
    ///
    /// # Errors
    /// When the snapshot is damaged or inconsistent; the engine is then as before.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        let mut state = State::read(bytes)?;
        let synapses = std::mem::take(&mut state.synapses);
        self.take(state, u32::from(synapses.palette.longest_delay()));
        self.synapses = synapses.arrange(self.layout(), listed(self.strict));
        Ok(())
    }

    /// Takes a moment of an engine whose wiring and settings were these. False where it holds weights or psps of synapses: that
    /// takes a whole snapshot.
    ///
    /// # Errors
    /// When the moment is damaged or not one of this network; the engine is then as before.
    pub fn restore_moment(&mut self, bytes: &[u8]) -> Result<bool, EngineError> {
        let Some(state) = State::of_moment(bytes, &self.neurons)? else {
            return Ok(false);
        };
        if (state.strict, state.int8) != (self.strict, self.int8) {
            return refuse("it is a moment of another kind of network");
        }
        let longest_delay = u32::from(self.synapses.longest_delay());
        self.take(state, longest_delay);
        Ok(true)
    }

    /// Takes over everything but the synapses.
    fn take(&mut self, state: State, longest_delay: u32) {
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
        self.changed_weights.clear();
        (self.fired, self.fired_potential) = state.fired.into_iter().unzip();
        let is_slot = |arrival: &(u32, u32, f32)| (arrival.1 as usize) < self.neurons.len();
        let (arrivals, recalled): (Vec<_>, Vec<_>) = state.arrivals.into_iter().partition(is_slot);
        self.learning.set_arrivals(&recalled);
        self.lay_out(&arrivals, &state.candidates, longest_delay);
    }
}

/// One field of every row.
fn column<Row, T>(rows: &[Row], field: impl Fn(&Row) -> T) -> Vec<T> {
    rows.iter().map(field).collect()
}

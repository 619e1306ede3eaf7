//! The complete state as bytes, canonical: equal states write equal bytes. Layout: `app/contracts/snapshot.ts`.

use gyrus_port::snapshot::Writer;
use gyrus_types::EngineError;
use gyrus_types::lif_snapshot::{self as layout, SECTIONS};
use gyrus_types::snapshot::MODE_LIF;

use crate::lif::Lif;
use crate::parameters::ParameterSet;
use crate::snapshot_state::State;
use crate::stdp::Plastic;

impl Lif {
    /// Complete state between two bursts.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        self.sections(|_| true)
    }

    /// The part of the state that bursts change; what only patches change is left empty.
    #[must_use]
    pub fn moment(&self) -> Vec<u8> {
        self.sections(|id| {
            !matches!(
                id,
                layout::SET_THRESHOLD..=layout::POISSON_TABLE
                    | layout::PARAMETER_SET..=layout::SYNAPSE_STATE
                    | layout::PROJECTION_SOURCE..=layout::MINUS_HIGH
            )
        })
    }

    /// A snapshot of the sections that are wanted, the others empty.
    fn sections(&self, is_wanted: impl Fn(u32) -> bool) -> Vec<u8> {
        let bytes = self.neurons.count * 40 + self.wiring.len() * 16;
        let mut out = Writer::new(&SECTIONS, MODE_LIF, self.burst, bytes);
        let plastic = self.learning.plastic();
        let history = self.learning.history(self.burst);
        let pending = self.pending();
        for (id, _) in SECTIONS {
            out.open();
            match id {
                _ if !is_wanted(id) => {}
                layout::STEP_MS => out.f64s(&[self.step_ms]),
                layout::SEED => out.u32s(&[self.seed]),
                layout::SET_THRESHOLD..=layout::POISSON_TABLE => self.write_set(&mut out, id),
                layout::POTENTIAL..=layout::Z => self.write_neurons(&mut out, id),
                layout::SOURCE..=layout::SYNAPSE_STATE => {
                    self.write_synapses(&mut out, id, &plastic);
                }
                layout::PLASTIC_WEIGHT => out.f64s(&column(&plastic, |one| one.weight)),
                layout::PLASTIC_SPIKE => out.u32s(&column(&plastic, |one| one.spike)),
                layout::PLASTIC_TRACE => out.f64s(&column(&plastic, |one| one.trace)),
                layout::PROJECTION_SOURCE..=layout::MINUS_HIGH => self.learning.write(&mut out, id),
                layout::HISTORY_NEURON => out.u32s(&column(&history, |spike| spike.0)),
                layout::HISTORY_BURST => out.u32s(&column(&history, |spike| spike.1)),
                layout::HISTORY_TRACE => out.f64s(&column(&history, |spike| spike.2)),
                layout::ARRIVAL_BURST => out.u32s(&column(&pending, |arrival| arrival.0)),
                layout::ARRIVAL_TARGET => out.u32s(&column(&pending, |arrival| arrival.1)),
                layout::ARRIVAL_SUM => out.f64s(&column(&pending, |arrival| arrival.2)),
                _ => self.write_lists(&mut out, id),
            }
            out.close(id);
        }
        out.finish()
    }

    fn write_set(&self, out: &mut Writer, id: u32) {
        let numbers = |of: fn(&ParameterSet) -> f64| column(&self.sets, of);
        match id {
            layout::SET_THRESHOLD => out.f64s(&numbers(|set| set.threshold)),
            layout::SET_RESET => out.f64s(&numbers(|set| set.reset)),
            layout::SET_DECAY => out.f64s(&numbers(|set| set.decay)),
            layout::SET_DRIVE => out.f64s(&numbers(|set| set.drive)),
            layout::SET_REFRACTORY_STEPS => {
                out.u16s(&column(&self.sets, |set| set.refractory_steps));
            }
            layout::SET_POISSON_WEIGHT => out.f64s(&numbers(|set| set.poisson_weight)),
            layout::SET_POISSON_ENTRIES => {
                out.u32s(&column(&self.sets, |set| set.poisson.table.len() as u32));
            }
            layout::SET_RESTING_POTENTIAL => out.f64s(&numbers(|set| set.resting_potential)),
            _ => self
                .sets
                .iter()
                .for_each(|set| out.u32s(&set.poisson.table)),
        }
    }

    fn write_neurons(&self, out: &mut Writer, id: u32) {
        let (neurons, count) = (&self.neurons, self.neurons.count);
        match id {
            layout::POTENTIAL => out.f64s(&neurons.potential[..count]),
            layout::COUNTDOWN => out.u16s(&neurons.countdown[..count]),
            layout::PARAMETER_SET => out.u16s(&neurons.sites.parameter_set[..count]),
            layout::NEURON_FLAGS => {
                let flags = (0..count as u32).map(|id| u8::from(neurons.is_valid(id)));
                out.u8s(&flags.collect::<Vec<u8>>());
            }
            layout::AREA => out.u32s(&neurons.sites.area),
            layout::X => out.u32s(&neurons.sites.x),
            layout::Y => out.u32s(&neurons.sites.y),
            _ => out.u32s(&neurons.sites.z),
        }
    }

    fn write_synapses(&self, out: &mut Writer, id: u32, plastic: &[Plastic]) {
        let wiring = &self.wiring;
        let slots = 0..wiring.len();
        match id {
            layout::SOURCE => out.u32s(
                &slots
                    .map(|slot| wiring.source.get(slot))
                    .collect::<Vec<_>>(),
            ),
            layout::TARGET => out.u32s(
                &slots
                    .map(|slot| wiring.target.get(slot))
                    .collect::<Vec<_>>(),
            ),
            layout::WEIGHT => {
                let mut weights = wiring.weight.to_vec();
                for one in plastic {
                    weights[one.slot as usize] = 0.0;
                }
                for (slot, weight) in weights.iter_mut().enumerate() {
                    if !wiring.is_valid(slot) {
                        *weight = 0.0;
                    }
                }
                out.f32s(&weights);
            }
            layout::DELAY => out.u8s(&wiring.delay.to_vec()),
            _ => out.u8s(
                &slots
                    .map(|slot| u8::from(wiring.is_valid(slot)))
                    .collect::<Vec<_>>(),
            ),
        }
    }

    fn write_lists(&self, out: &mut Writer, id: u32) {
        let fired: Vec<u32> = self.neurons.fired_ids().collect();
        match id {
            layout::FIRED_ID => out.u32s(&fired),
            layout::FIRED_POTENTIAL => {
                out.f32s(&column(&fired, |&id| self.neurons.at_firing[id as usize]));
            }
            layout::STAGED_ID => out.u32s(&column(&self.staged, |staged| staged.0)),
            layout::STAGED_POTENTIAL => out.f32s(&column(&self.staged, |staged| staged.1)),
            layout::FORCED_ID => out.u32s(&column(&self.forced, |forced| forced.0)),
            _ => out.f32s(&column(&self.forced, |forced| forced.1)),
        }
    }

    /// Takes the state of a snapshot of either engine.
    ///
    /// # Errors
    /// When the snapshot is damaged or inconsistent; the engine is then as before.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        let mut state = State::read(bytes)?;
        self.burst = state.burst;
        self.step_ms = state.step_ms;
        self.seed = state.seed;
        self.sets = state.sets.into();
        self.order = state.neurons.order();
        self.neurons = state.neurons;
        self.wiring = state.wiring.into();
        state.learning.keep_watch(&self.learning);
        self.learning = state.learning;
        self.staged = state.staged;
        self.forced = state.forced;
        self.lay_out(state.pending);
        Ok(())
    }
}

/// One field of every row.
fn column<Row, T>(rows: &[Row], field: impl Fn(&Row) -> T) -> Vec<T> {
    rows.iter().map(field).collect()
}

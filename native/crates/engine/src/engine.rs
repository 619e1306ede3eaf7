//! The engine: state, loading, readers, and the derived tables a burst needs. The phases are in `phases.rs`.

use gyrus_types::network::MAX_NEURONS;
use gyrus_types::{AreaSettings, Dynamics, EngineError, NetworkImage, Precision, frame};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::frame::AreaOrder;
use crate::neurons::{FIRED_BEFORE, Neurons};
use crate::partition::{BLOCK, Partition, Rows, contribution};
use crate::synapses::{LIVE, Synapses, VALID};

pub(crate) const POWER_AREA: u32 = 1;

/// A neuron as a reader sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NeuronState {
    /// With the leak up to now; NaN for a deleted or unknown neuron, whose counts read 0.
    pub potential: f32,
    pub countdown: u16,
    pub consecutive_fires: u16,
}

/// A valid synapse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SynapseRow {
    pub slot: u32,
    pub source: u32,
    pub target: u32,
    pub weight: f32,
    pub psp: f32,
    pub kind: u8,
    pub delay: u8,
    pub flags: u8,
}

/// One brain between two bursts. All bursts with the same input write the same bits, on any number of threads.
// The switches are independent settings of one network.
#[allow(clippy::struct_excessive_bools)]
pub struct Engine {
    threads: usize,
    pub(crate) pool: Option<ThreadPool>,
    pub(crate) strict: bool,
    pub(crate) int8: bool,
    pub(crate) burst: u32,
    pub(crate) power_amount: f32,
    pub(crate) fatigue_active: bool,
    pub(crate) power_neuron: Option<u32>,
    pub(crate) neurons: Neurons,
    pub(crate) synapses: Synapses,
    /// Ascending index.
    pub(crate) areas: Vec<AreaSettings>,
    /// Input for the next burst, in staging order.
    pub(crate) staged: Vec<(u32, f32)>,
    /// Forced fires of the next burst, in order of entry.
    pub(crate) forced: Vec<(u32, f32)>,
    /// Neurons that fired in the last burst, ascending, and their potentials.
    pub(crate) fired: Vec<u32>,
    pub(crate) fired_potential: Vec<f32>,
    /// Candidates of the last burst that no neuron has the id of, ascending.
    pub(crate) strays: Vec<(u32, f32)>,

    // Derived from the above.
    pub(crate) partitions: Vec<Partition>,
    span: usize,
    pub(crate) order: AreaOrder,
    /// What conducts or how much changed since the rows were built.
    pub(crate) rows_stale: bool,
    /// Per neuron: whether its psp is its membrane potential at firing; by how much it divides (1: not).
    pub(crate) is_driven: Vec<bool>,
    pub(crate) divisor: Vec<u32>,
    pub(crate) has_drive: bool,
    pub(crate) wears: bool,
    /// Slots by source, built only where an area wears.
    pub(crate) outgoing_slots: Rows,
}

impl Engine {
    /// An engine without a network. `threads` 0 counts as 1.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn new(threads: usize) -> Result<Self, EngineError> {
        let threads = threads.max(1);
        let pool = if threads > 1 {
            let pool = ThreadPoolBuilder::new()
                .num_threads(threads)
                .thread_name(|i| format!("gyrus-burst-{i}"))
                .build();
            Some(pool.map_err(|error| EngineError::Threads(error.to_string()))?)
        } else {
            None
        };
        Ok(Self {
            threads,
            pool,
            strict: false,
            int8: false,
            burst: 0,
            power_amount: 0.0,
            fatigue_active: false,
            power_neuron: None,
            neurons: Neurons::default(),
            synapses: Synapses::default(),
            areas: Vec::new(),
            staged: Vec::new(),
            forced: Vec::new(),
            fired: Vec::new(),
            fired_potential: Vec::new(),
            strays: Vec::new(),
            partitions: Vec::new(),
            span: BLOCK,
            order: AreaOrder::default(),
            rows_stale: true,
            is_driven: Vec::new(),
            divisor: Vec::new(),
            has_drive: false,
            wears: false,
            outgoing_slots: Rows::default(),
        })
    }

    /// Copies a network in and starts at burst 0.
    ///
    /// # Errors
    /// When the image is malformed; the engine is then as before.
    pub fn load(&mut self, image: &NetworkImage) -> Result<(), EngineError> {
        check_image(image)?;
        self.strict = image.dynamics == Dynamics::FeagiStrict;
        self.int8 = image.precision == Precision::Int8;
        self.burst = 0;
        self.power_amount = image.power_amount;
        self.fatigue_active = false;
        self.neurons = Neurons::from_columns(&image.neurons, self.int8);
        self.synapses = Synapses::from_columns(&image.synapses);
        self.areas = image.areas.to_vec();
        self.areas.sort_by_key(|area| area.index);
        self.power_neuron = self
            .neurons
            .area
            .iter()
            .position(|&area| area == POWER_AREA)
            .map(|id| id as u32);
        self.staged.clear();
        self.forced.clear();
        self.fired.clear();
        self.fired_potential.clear();
        self.strays.clear();
        self.lay_out(&[], &[]);
        Ok(())
    }

    /// Runs one burst and writes it into `frame`; returns the words written.
    ///
    /// # Errors
    /// When `frame` is shorter than [`Self::frame_words`]; nothing has run then.
    pub fn burst_into(&mut self, frame: &mut [u32]) -> Result<usize, EngineError> {
        if frame.len() < self.frame_words() {
            return Err(EngineError::FrameTooSmall {
                needed: self.frame_words(),
                given: frame.len(),
            });
        }
        self.prepare();
        self.burst += 1;
        let counts = self.run_phases();
        Ok(self.write_frame(frame, &counts))
    }

    #[must_use]
    pub fn burst(&self) -> u32 {
        self.burst
    }

    #[must_use]
    pub fn neuron_count(&self) -> usize {
        self.neurons.len()
    }

    /// Valid synapses.
    #[must_use]
    pub fn synapse_count(&self) -> usize {
        self.synapses.valid_count
    }

    /// Words a frame must hold for any burst of this network.
    #[must_use]
    pub fn frame_words(&self) -> usize {
        frame::capacity_words(self.neurons.len(), self.order.area_count())
    }

    #[must_use]
    pub fn neuron_state(&self, id: u32) -> NeuronState {
        let at = id as usize;
        if at >= self.neurons.len() || !self.neurons.is_valid(at) {
            return NeuronState {
                potential: f32::NAN,
                countdown: 0,
                consecutive_fires: 0,
            };
        }
        NeuronState {
            potential: self.neurons.caught_up(at, self.burst),
            countdown: self.neurons.countdown[at],
            consecutive_fires: self.neurons.consecutive_fires[at],
        }
    }

    /// Potentials at firing of the last burst, parallel to its ascending fired ids.
    #[must_use]
    pub fn fired_potentials(&self) -> &[f32] {
        &self.fired_potential
    }

    /// The fire candidate list of the last burst, ascending.
    pub fn candidates(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        let known = self
            .partitions
            .iter()
            .flat_map(|p| p.touched(self.burst))
            .map(|(id, sum)| (id as u32, sum));
        known.chain(self.strays.iter().copied())
    }

    /// Valid synapses in slot order.
    pub fn synapses(&self) -> impl Iterator<Item = SynapseRow> + '_ {
        let s = &self.synapses;
        (0..s.len())
            .filter(|&slot| s.state[slot] & VALID != 0)
            .map(|slot| SynapseRow {
                slot: slot as u32,
                source: s.source[slot],
                target: s.target[slot],
                weight: s.weight[slot],
                psp: s.psp[slot],
                kind: s.kind[slot],
                delay: s.delay[slot],
                flags: s.flags[slot],
            })
    }

    /// Valid synapses from a neuron that the index lists, in slot order.
    pub fn outgoing(&self, neuron: u32) -> impl Iterator<Item = SynapseRow> + '_ {
        self.synapses().filter(move |row| {
            row.source == neuron && self.synapses.state[row.slot as usize] == LIVE
        })
    }

    /// Valid synapses to a neuron, in slot order.
    pub fn incoming(&self, neuron: u32) -> impl Iterator<Item = SynapseRow> + '_ {
        self.synapses().filter(move |row| row.target == neuron)
    }

    pub(crate) fn area(&self, index: u32) -> Option<&AreaSettings> {
        self.areas
            .binary_search_by_key(&index, |area| area.index)
            .ok()
            .map(|at| &self.areas[at])
    }

    /// The settings of an area, made where none were.
    pub(crate) fn area_mut(&mut self, index: u32) -> &mut AreaSettings {
        let at = match self.areas.binary_search_by_key(&index, |area| area.index) {
            Ok(at) => at,
            Err(at) => {
                self.areas.insert(at, AreaSettings::new(index));
                at
            }
        };
        &mut self.areas[at]
    }

    /// Partition of a neuron and its position there.
    pub(crate) fn place(&self, id: usize) -> (usize, usize) {
        (id / self.span, id % self.span)
    }

    /// Scheduled arrivals, ascending (burst, target).
    pub(crate) fn arrivals(&self) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        (1..=255)
            .take_while(|&ahead| ahead < self.ring())
            .flat_map(move |ahead| {
                let burst = self.burst + ahead;
                self.partitions.iter().flat_map(move |p| {
                    p.touched(burst)
                        .map(move |(id, sum)| (burst, id as u32, sum))
                })
            })
    }

    pub(crate) fn ring(&self) -> u32 {
        self.partitions.first().map_or(0, Partition::ring)
    }

    /// Lays out partitions anew for the present neurons and delays and puts arrivals and the last candidates back in.
    pub(crate) fn lay_out(&mut self, arrivals: &[(u32, u32, f32)], candidates: &[(u32, f32)]) {
        let count = self.neurons.len();
        let blocks = count.div_ceil(BLOCK).max(1);
        self.span = blocks.div_ceil(self.threads.min(blocks)) * BLOCK;
        let longest_delay = self
            .synapses
            .delay
            .iter()
            .copied()
            .max()
            .map_or(1, u32::from);
        let furthest = arrivals
            .iter()
            .map(|&(burst, ..)| burst - self.burst)
            .max()
            .unwrap_or(1);
        let ring = longest_delay.max(furthest) as usize + 1;
        self.partitions = (0..count)
            .step_by(self.span)
            .map(|first| Partition::new(first, self.span.min(count - first), ring))
            .collect();
        for &(burst, target, sum) in arrivals {
            let (partition, at) = self.place(target as usize);
            self.partitions[partition].add(burst, at, sum);
        }
        self.strays.clear();
        for &(id, sum) in candidates {
            if (id as usize) < count {
                let (partition, at) = self.place(id as usize);
                self.partitions[partition].add(self.burst, at, sum);
            } else {
                self.strays.push((id, sum));
            }
        }
        self.neurons.marks.fill(0);
        for &id in &self.fired {
            self.neurons.marks[id as usize] = FIRED_BEFORE;
        }
        for partition in &mut self.partitions {
            for at in 0..partition.len {
                let id = partition.first + at;
                partition.counting[at / BLOCK] |= u8::from(self.neurons.countdown[id] > 0);
                partition.marked[at / BLOCK] |= self.neurons.marks[id];
            }
        }
        self.order = AreaOrder::of(&self.neurons.area);
        self.rows_stale = true;
    }

    /// Lays out again after neurons or longer delays came in.
    pub(crate) fn lay_out_again(&mut self) {
        let arrivals: Vec<_> = self.arrivals().collect();
        let candidates: Vec<_> = self.candidates().collect();
        self.lay_out(&arrivals, &candidates);
    }

    /// Says that a countdown may be running in the block of this neuron.
    pub(crate) fn watch_countdown(&mut self, id: usize) {
        let (partition, at) = self.place(id);
        self.partitions[partition].counting[at / BLOCK] = 1;
    }

    /// Makes the derived tables agree with the synapses and area settings.
    fn prepare(&mut self) {
        if !self.rows_stale {
            return;
        }
        let count = self.neurons.len();
        // Until any flag is set anywhere every contribution is undivided and, in feagi-strict, removed synapses conduct (spec 4.2).
        let fast_path = self
            .areas
            .iter()
            .all(|area| area.psp_uniform.is_none() && area.mp_driven_psp.is_none());
        let conducts = |state: u8| {
            if self.strict && fast_path {
                state & crate::synapses::INDEXED != 0
            } else {
                state == LIVE
            }
        };
        let mut degree = vec![0_u32; count];
        for (&source, &state) in self.synapses.source.iter().zip(&self.synapses.state) {
            if state == LIVE && (source as usize) < count {
                degree[source as usize] += 1;
            }
        }
        self.is_driven.clear();
        self.divisor.clear();
        self.wears = false;
        for (&area, degree) in self.neurons.area.iter().zip(degree) {
            let settings = self
                .areas
                .binary_search_by_key(&area, |area| area.index)
                .ok()
                .map(|at| self.areas[at]);
            let is_uniform = settings.is_some_and(|area| area.psp_uniform == Some(true));
            self.is_driven
                .push(settings.is_some_and(|area| area.mp_driven_psp == Some(true)));
            self.divisor.push(if fast_path || is_uniform {
                1
            } else {
                degree.max(1)
            });
            self.wears |= settings.is_some_and(|area| area.degeneration > 0.0);
        }
        self.has_drive = self.is_driven.contains(&true);
        for partition in &mut self.partitions {
            let range = partition.first as u32..(partition.first + partition.len) as u32;
            let all = range.start == 0 && range.end as usize == count;
            let synapses = &self.synapses;
            let picks = |slot: usize| {
                conducts(synapses.state[slot])
                    && if all {
                        (synapses.target[slot] as usize) < count
                    } else {
                        range.contains(&synapses.target[slot])
                    }
            };
            let mut rows = Rows::by_source(synapses, count, picks);
            for source in 0..count {
                for at in rows.row(source as u32) {
                    let slot = rows.slot[at] as usize;
                    let signed = synapses.signed_weight(slot);
                    let driven = self.is_driven[source];
                    rows.target.push(synapses.target[slot] - range.start);
                    rows.delay.push(synapses.delay[slot]);
                    rows.contribution.push(if driven {
                        signed
                    } else {
                        contribution(signed, synapses.psp[slot], self.divisor[source])
                    });
                }
            }
            rows.uniform_delay = rows
                .delay
                .first()
                .copied()
                .filter(|&first| rows.delay.iter().all(|&delay| delay == first));
            partition.rows = rows;
        }
        self.outgoing_slots = if self.wears {
            Rows::by_source(&self.synapses, count, |_| true)
        } else {
            Rows::default()
        };
        self.rows_stale = false;
    }
}

impl Rows {
    /// Slots that `picks` wants, in rows by source, ascending in each.
    fn by_source(synapses: &Synapses, neurons: usize, picks: impl Fn(usize) -> bool) -> Self {
        let mut start = vec![0_u32; neurons + 1];
        let wanted = |slot: &usize| (synapses.source[*slot] as usize) < neurons && picks(*slot);
        for slot in (0..synapses.len()).filter(wanted) {
            start[synapses.source[slot] as usize + 1] += 1;
        }
        for source in 0..neurons {
            start[source + 1] += start[source];
        }
        let mut next = start.clone();
        let mut slots = vec![0_u32; start[neurons] as usize];
        for slot in (0..synapses.len()).filter(wanted) {
            let at = &mut next[synapses.source[slot] as usize];
            slots[*at as usize] = slot as u32;
            *at += 1;
        }
        let total = slots.len();
        Self {
            start,
            slot: slots,
            target: Vec::with_capacity(total),
            contribution: Vec::with_capacity(total),
            delay: Vec::with_capacity(total),
            uniform_delay: None,
        }
    }
}

fn check_image(image: &NetworkImage) -> Result<(), EngineError> {
    let refuse = |reason: String| Err(EngineError::Network(reason));
    let (n, s) = (&image.neurons, &image.synapses);
    if n.count > MAX_NEURONS {
        return refuse(format!("{} neurons are more than {MAX_NEURONS}", n.count));
    }
    if u32::try_from(s.count).is_err() {
        return refuse(format!("{} synapses are too many", s.count));
    }
    let lengths = [
        ("neurons.area", n.area.len(), n.count),
        ("neurons.x", n.x.len(), n.count),
        ("neurons.y", n.y.len(), n.count),
        ("neurons.z", n.z.len(), n.count),
        ("neurons.threshold", n.threshold.len(), n.count),
        ("neurons.thresholdLimit", n.threshold_limit.len(), n.count),
        ("neurons.leak", n.leak.len(), n.count),
        ("neurons.excitability", n.excitability.len(), n.count),
        (
            "neurons.refractoryPeriod",
            n.refractory_period.len(),
            n.count,
        ),
        (
            "neurons.consecutiveFireLimit",
            n.consecutive_fire_limit.len(),
            n.count,
        ),
        ("neurons.snoozePeriod", n.snooze_period.len(), n.count),
        ("neurons.accumulates", n.accumulates.len(), n.count),
        ("synapses.source", s.source.len(), s.count),
        ("synapses.target", s.target.len(), s.count),
        ("synapses.weight", s.weight.len(), s.count),
        ("synapses.psp", s.psp.len(), s.count),
        ("synapses.kind", s.kind.len(), s.count),
        ("synapses.delay", s.delay.len(), s.count),
        ("synapses.flags", s.flags.len(), s.count),
    ];
    for (name, length, count) in lengths {
        if length != count {
            return refuse(format!("{name} has {length} values, not {count}"));
        }
    }
    if let Some(slot) = s.delay.iter().position(|&delay| delay == 0) {
        return refuse(format!(
            "synapses.delay[{slot}] is 0; a spike takes at least one burst"
        ));
    }
    let mut indices: Vec<u32> = image.areas.iter().map(|area| area.index).collect();
    indices.sort_unstable();
    if let Some(twice) = indices
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
    {
        return refuse(format!("area {twice} has settings twice"));
    }
    if let Some(area) = image
        .areas
        .iter()
        .find(|area| area.baseline_psp.is_some_and(f32::is_nan))
    {
        return refuse(format!(
            "the baseline of area {} is not a number",
            area.index
        ));
    }
    if image.dynamics == Dynamics::Standard {
        check_finite(image)?;
    }
    Ok(())
}

fn check_finite(image: &NetworkImage) -> Result<(), EngineError> {
    let columns = [
        ("neurons.threshold", image.neurons.threshold),
        ("neurons.thresholdLimit", image.neurons.threshold_limit),
        ("neurons.leak", image.neurons.leak),
        ("neurons.excitability", image.neurons.excitability),
        ("synapses.weight", image.synapses.weight),
        ("synapses.psp", image.synapses.psp),
    ];
    for (name, column) in columns {
        if let Some(at) = column.iter().position(|value| !value.is_finite()) {
            return Err(EngineError::Network(format!("{name}[{at}] is not finite")));
        }
    }
    let areas_are_finite = image
        .areas
        .iter()
        .all(|a| a.degeneration.is_finite() && a.baseline_psp.is_none_or(f32::is_finite));
    if !(image.power_amount.is_finite() && areas_are_finite) {
        return Err(EngineError::Network(
            "a power amount or area setting is not finite".into(),
        ));
    }
    Ok(())
}

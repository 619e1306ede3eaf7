//! The engine: its state, how a network gets in, and one burst from the outside. The phases are in `phases.rs`.

use std::sync::Arc;

use gyrus_port::check_burst;
use gyrus_port::frame::AreaOrder;
use gyrus_port::threads::pool_of;
use gyrus_types::{AreaSettings, Dynamics, EngineError, NetworkImage, Precision, Simd};
use rayon::ThreadPool;

use crate::arrange::Loose;
use crate::image::check_image;
use crate::learning::Learning;
use crate::neurons::{FIRED_BEFORE, Neurons};
use crate::partition::{BLOCK, Partition};
use crate::synapses::{LIVE, Layout, Synapses, listed};

pub(crate) const POWER_AREA: u32 = 1;

/// One brain between two bursts. All bursts with the same input write the same bits, on any number of threads.
// The switches are independent settings of one network.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone)]
pub struct Engine {
    threads: usize,
    pub(crate) simd: Simd,
    pub(crate) pool: Option<Arc<ThreadPool>>,
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
    pub(crate) learning: Learning,
    /// Whether somebody asks which weights learning changed.
    pub(crate) watches_weights: bool,
    /// Slots whose weights learning changed in the last burst, ascending, and their places; empty unless watched.
    pub(crate) changed_weights: Vec<(u32, u32)>,

    // Derived from the above.
    pub(crate) partitions: Vec<Partition>,
    span: usize,
    pub(crate) order: AreaOrder,
    /// What conducts, divides or wears changed since the four below were found.
    pub(crate) drive_stale: bool,
    /// Per neuron, empty where none is: whether its psp is its membrane potential at firing; by how much it divides (1: not).
    pub(crate) is_driven: Vec<bool>,
    pub(crate) divisor: Vec<u32>,
    /// Whether removed synapses conduct until the index is rebuilt (feagi-strict before any area flag is set).
    pub(crate) removed_conduct: bool,
    pub(crate) wears: bool,
}

impl Engine {
    /// An engine without a network. `threads` 0 counts as 1.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn new(threads: usize, simd: Simd) -> Result<Self, EngineError> {
        let threads = threads.max(1);
        Ok(Self {
            threads,
            simd,
            pool: pool_of(threads)?.map(Arc::new),
            strict: false,
            int8: false,
            burst: 0,
            power_amount: 0.0,
            fatigue_active: false,
            power_neuron: None,
            neurons: Neurons::default(),
            synapses: Synapses {
                listed: LIVE,
                ..Synapses::default()
            },
            areas: Vec::new(),
            staged: Vec::new(),
            forced: Vec::new(),
            fired: Vec::new(),
            fired_potential: Vec::new(),
            strays: Vec::new(),
            learning: Learning::default(),
            watches_weights: false,
            changed_weights: Vec::new(),
            partitions: Vec::new(),
            span: BLOCK,
            order: AreaOrder::default(),
            drive_stale: true,
            is_driven: Vec::new(),
            divisor: Vec::new(),
            removed_conduct: false,
            wears: false,
        })
    }

    /// An engine in the same state. What neither changes afterwards they share, threads included.
    #[must_use]
    pub fn fork(&self) -> Self {
        let mut twin = self.clone();
        twin.watch_weights(false);
        twin
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
        self.learning = Learning::default();
        self.changed_weights.clear();
        // The old ones go first: there may not be room for both.
        self.synapses = Synapses::default();
        let synapses = Loose::of(&image.synapses);
        self.lay_out(&[], &[], u32::from(synapses.palette.longest_delay()));
        self.synapses = synapses.arrange(self.layout(), listed(self.strict));
        Ok(())
    }

    /// Runs one burst and writes it into `frame`; returns the words written.
    ///
    /// # Errors
    /// When `frame` is shorter than [`Self::frame_words`], or the burst counter is at its end; nothing has run then.
    pub fn burst_into(&mut self, frame: &mut [u32]) -> Result<usize, EngineError> {
        check_burst(self.burst, frame, self.frame_words())?;
        self.prepare();
        self.burst += 1;
        let counts = self.run_phases();
        Ok(self.write_frame(frame, &counts))
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

    /// The last burst's fired list without the memory neurons at its end.
    pub(crate) fn fired_with_slots(&self) -> &[u32] {
        &self.fired[..self.fired.len() - self.learning.fired_memory()]
    }

    /// Partition of a neuron and its position there.
    pub(crate) fn place(&self, id: usize) -> (usize, usize) {
        // Ids are u32, and a u32 division is several times faster.
        let (id, span) = (id as u32, self.span as u32);
        ((id / span) as usize, (id % span) as usize)
    }

    /// Scheduled arrivals, ascending (burst, target).
    pub(crate) fn arrivals(&self) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        (1..self.ring())
            .filter_map(|ahead| self.burst.checked_add(ahead))
            .flat_map(move |burst| {
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
    pub(crate) fn lay_out(
        &mut self,
        arrivals: &[(u32, u32, f32)],
        candidates: &[(u32, f32)],
        longest_delay: u32,
    ) {
        let count = self.neurons.len();
        let blocks = count.div_ceil(BLOCK).max(1);
        self.span = blocks.div_ceil(self.threads.min(blocks)) * BLOCK;
        let furthest = arrivals
            .iter()
            .map(|&(burst, ..)| burst - self.burst)
            .max()
            .unwrap_or(1);
        let ring = longest_delay.max(furthest) as usize + 1;
        self.partitions = (0..count)
            .step_by(self.span)
            .enumerate()
            .map(|(band, first)| Partition::new(band, first, self.span.min(count - first), ring))
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
        for at in 0..self.fired_with_slots().len() {
            self.neurons.marks[self.fired[at] as usize] = FIRED_BEFORE;
        }
        for partition in &mut self.partitions {
            for at in 0..partition.len {
                let id = partition.first + at;
                partition.counting[at / BLOCK] |= u8::from(self.neurons.countdown[id] > 0);
                partition.marked[at / BLOCK] |= self.neurons.marks[id];
            }
        }
        self.order = AreaOrder::of(&self.neurons.area);
        self.drive_stale = true;
    }

    /// How rows lie for these partitions.
    pub(crate) fn layout(&self) -> Layout {
        Layout {
            neurons: self.neurons.len(),
            span: self.span,
            bands: self.partitions.len().max(1),
        }
    }

    /// Gives synapses that were added their places, so that all can be found by source.
    pub(crate) fn settle(&mut self) {
        if self.synapses.settle(self.layout()) {
            self.places_changed();
        }
    }

    /// Follows up on synapses that lie elsewhere now.
    pub(crate) fn places_changed(&mut self) {
        self.learning.places_changed();
        for (slot, place) in &mut self.changed_weights {
            *place = self.synapses.place_of(*slot) as u32;
        }
        self.drive_stale = true;
    }

    /// Lays out again after neurons or longer delays came in.
    pub(crate) fn lay_out_again(&mut self) {
        let arrivals: Vec<_> = self.arrivals().collect();
        let candidates: Vec<_> = self.candidates().collect();
        let longest_delay = u32::from(self.synapses.longest_delay());
        self.lay_out(&arrivals, &candidates, longest_delay);
    }

    /// Says that a countdown may be running in the block of this neuron.
    pub(crate) fn watch_countdown(&mut self, id: usize) {
        let (partition, at) = self.place(id);
        self.partitions[partition].counting[at / BLOCK] = 1;
    }
}

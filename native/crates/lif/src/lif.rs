//! The engine: its state, how a network gets in, and one burst from the outside. The phases are in `burst.rs`.

use std::sync::Arc;

use gyrus_port::frame::AreaOrder;
use gyrus_port::threads::pool_of;
use gyrus_port::{MemoryBytes, check_burst};
use gyrus_types::lif::LifImage;
use gyrus_types::{EngineError, Simd, frame};
use rayon::ThreadPool;

use crate::arrivals::{Arrivals, BLOCK, Laps, is_touched};
use crate::burst::LISTED_SHARE;
use crate::image::check_image;
use crate::neurons::{Neurons, Sites};
use crate::parameters::ParameterSet;
use crate::rows::{Layout, Rows};
use crate::stdp::Learning;
use crate::wiring::Wiring;

/// A range of neurons and what is on its way to them, the unit threads share out.
#[derive(Debug, Clone)]
pub struct Part {
    pub first_block: usize,
    pub blocks: usize,
    pub arrivals: Arrivals,
}

/// One network between two bursts. All bursts with the same input write the same bits, on any number of threads.
pub struct Lif {
    pub(crate) threads: usize,
    pub(crate) simd: Simd,
    pub(crate) pool: Option<Arc<ThreadPool>>,
    pub(crate) burst: u32,
    pub(crate) step_ms: f64,
    pub(crate) seed: u32,
    pub(crate) sets: Arc<Vec<ParameterSet>>,
    pub(crate) neurons: Neurons,
    pub(crate) wiring: Arc<Wiring>,
    pub(crate) learning: Learning,
    /// Input for the next burst, in staging order.
    pub(crate) staged: Vec<(u32, f32)>,
    /// Forced fires of the next burst, in order of entry.
    pub(crate) forced: Vec<(u32, f32)>,

    // Derived from the above.
    pub(crate) rows: Arc<Rows>,
    pub(crate) rows_stale: bool,
    /// What is under way while rows are outdated.
    pub(crate) unloaded: Vec<(u32, u32, f64)>,
    pub(crate) parts: Vec<Part>,
    pub(crate) span: usize,
    /// Sums that were under way when counted rows were built, ascending (burst, target).
    pub(crate) carried: Vec<(u32, u32, f64)>,
    pub(crate) order: AreaOrder,
    /// Scratch of one burst.
    pub(crate) carried_now: Vec<(u32, f64)>,
    pub(crate) outcomes: Vec<crate::update::Outcome>,
    /// Ids of the spikes of this burst, where they are few.
    pub(crate) fired_ids: Vec<u32>,
}

impl Lif {
    /// An engine without a network. `threads` 0 counts as 1.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn new(threads: usize, simd: Simd) -> Result<Self, EngineError> {
        let threads = threads.max(1);
        let wiring = Wiring::empty();
        let rows = Rows::none();
        Ok(Self {
            threads,
            simd,
            pool: pool_of(threads)?.map(Arc::new),
            burst: 0,
            step_ms: 1.0,
            seed: 0,
            sets: Arc::default(),
            neurons: Neurons::default(),
            wiring: Arc::new(wiring),
            learning: Learning::default(),
            staged: Vec::new(),
            forced: Vec::new(),
            rows: Arc::new(rows),
            rows_stale: true,
            unloaded: Vec::new(),
            parts: Vec::new(),
            span: BLOCK,
            carried: Vec::new(),
            order: AreaOrder::default(),
            carried_now: Vec::new(),
            outcomes: Vec::new(),
            fired_ids: Vec::new(),
        })
    }

    /// Copies a network in and starts at burst 0.
    ///
    /// # Errors
    /// When the image is malformed; the engine is then as before.
    pub fn load(&mut self, image: &LifImage) -> Result<(), EngineError> {
        check_image(image)?;
        let mut learning = Learning::of(image.projections)?;
        let n = &image.neurons;
        let sites = Sites::new(
            n.area.to_vec(),
            [n.x.to_vec(), n.y.to_vec(), n.z.to_vec()],
            n.parameter_set.to_vec(),
        );
        let neurons = Neurons::new(sites, n.potential.to_vec(), vec![0; n.count]);
        let wiring = Wiring::from_image(n.count, &image.synapses);
        learning.teach(&wiring, &neurons.sites.area, 0..wiring.len(), 0);
        self.burst = 0;
        self.step_ms = image.step_ms;
        self.seed = image.seed;
        self.sets = Arc::new(image.parameters.iter().map(ParameterSet::of).collect());
        self.order = neurons.order();
        self.neurons = neurons;
        self.wiring = Arc::new(wiring);
        learning.keep_watch(&self.learning);
        self.learning = learning;
        self.staged.clear();
        self.forced.clear();
        self.lay_out(Vec::new());
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

    /// Words a frame must hold for any burst of this network.
    #[must_use]
    pub fn frame_words(&self) -> usize {
        frame::capacity_words(self.neurons.count, self.order.area_count())
    }

    /// What the state takes, by what is allocated.
    #[must_use]
    pub fn memory_bytes(&self) -> MemoryBytes {
        let laps = |part: &Part| match &part.arrivals.laps {
            Laps::Counted(laps) => laps.capacity() * 2,
            Laps::Summed(laps) => laps.capacity() * 8,
        };
        let padded = self.neurons.potential.len();
        let sites = self.neurons.count * 16 + padded * 2 + padded / BLOCK * 4;
        let moving = padded * (8 + 2 + 4) + padded / BLOCK * (1 + 8 + 8);
        let neurons = sites + moving + self.rows.start_bytes();
        let (wiring, rows) = (self.wiring.bytes(), self.rows.target_bytes());
        let synapses = wiring + rows + self.learning.bytes();
        let ring = self.parts.iter().map(laps).sum();
        let shared = |count: usize, bytes: usize| if count > 1 { bytes } else { 0 };
        MemoryBytes {
            neurons,
            synapses,
            ring,
            shared: shared(Arc::strong_count(&self.wiring), wiring)
                + shared(
                    Arc::strong_count(&self.rows),
                    rows + self.rows.start_bytes(),
                )
                + shared(Arc::strong_count(&self.neurons.sites), sites),
            total: neurons + synapses + ring,
        }
    }

    /// Sums under way, ascending (burst, target).
    pub(crate) fn pending(&self) -> Vec<(u32, u32, f64)> {
        if self.rows_stale {
            return self.unloaded.clone();
        }
        let mut pending = Vec::new();
        let mut carried = self.carried.iter().copied().peekable();
        let longest = self.parts.iter().map(|part| part.arrivals.ring).max();
        let furthest = self.carried.last().map_or(0, |last| last.0 - self.burst);
        for ahead in 1..=(longest.unwrap_or(0) as u32).max(furthest) {
            let burst = self.burst + ahead;
            for part in &self.parts {
                let first = part.first_block * BLOCK;
                for at in 0..part.arrivals.len {
                    let target = (first + at) as u32;
                    let before = carried
                        .next_if(|&(due, id, _)| (due, id) == (burst, target))
                        .map_or(-0.0, |(.., sum)| sum);
                    let sum = if ahead as usize <= part.arrivals.ring {
                        part.arrivals.sum(burst, at, before, &self.rows.counted)
                    } else {
                        before
                    };
                    if is_touched(sum) {
                        pending.push((burst, target, sum));
                    }
                }
            }
        }
        pending
    }

    /// Builds the rows anew if the synapses changed.
    pub(crate) fn prepare(&mut self) {
        if self.rows_stale {
            let pending = std::mem::take(&mut self.unloaded);
            self.lay_out(pending);
        }
    }

    /// An engine in the same state. Wiring and rows are shared until either side edits.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            threads: self.threads,
            simd: self.simd,
            pool: self.pool.clone(),
            burst: self.burst,
            step_ms: self.step_ms,
            seed: self.seed,
            sets: Arc::clone(&self.sets),
            neurons: self.neurons.clone(),
            wiring: Arc::clone(&self.wiring),
            learning: self.learning.fork(),
            staged: self.staged.clone(),
            forced: self.forced.clone(),
            rows: Arc::clone(&self.rows),
            rows_stale: self.rows_stale,
            unloaded: self.unloaded.clone(),
            parts: self.parts.clone(),
            span: self.span,
            carried: self.carried.clone(),
            order: self.neurons.order(),
            carried_now: Vec::new(),
            outcomes: Vec::new(),
            fired_ids: Vec::new(),
        }
    }

    /// Lays out ranges and rows for the present synapses, with what is under way.
    pub(crate) fn lay_out(&mut self, pending: Vec<(u32, u32, f64)>) {
        let blocks = self.neurons.fired.len();
        // Room for all that a burst may list.
        self.fired_ids = Vec::with_capacity(self.neurons.count / LISTED_SHARE + 1);
        let span_blocks = blocks.div_ceil(self.threads.min(blocks.max(1))).max(1);
        self.span = span_blocks * BLOCK;
        let plastic = self.learning.slots();
        let rows = Rows::build(
            &self.wiring,
            &Layout {
                neurons: self.neurons.count,
                span: self.span,
                plastic: &plastic,
                pending: &pending,
            },
        );
        let is_counted = !rows.counted.is_empty();
        let furthest = pending.last().map_or(1, |last| last.0 - self.burst);
        let ring = if is_counted {
            usize::from(rows.longest_delay)
        } else {
            usize::from(rows.longest_delay).max(furthest as usize)
        };
        self.parts = (0..blocks)
            .step_by(span_blocks)
            .map(|first_block| {
                let blocks = span_blocks.min(blocks - first_block);
                Part {
                    first_block,
                    blocks,
                    arrivals: Arrivals::new(ring, blocks * BLOCK, rows.counted.len()),
                }
            })
            .collect();
        self.learning
            .lay_out(&self.wiring, self.neurons.count, self.span);
        self.carried.clear();
        if is_counted {
            self.carried = pending;
        } else {
            for (burst, target, sum) in pending {
                let (part, at) = (target as usize / self.span, target as usize % self.span);
                self.parts[part].arrivals.put(burst, at, sum);
            }
        }
        self.rows = Arc::new(rows);
        self.rows_stale = false;
        self.unloaded.clear();
    }
}

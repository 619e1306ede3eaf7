//! Two engines that must agree: one thread with baseline instructions, three threads with the widest.

use std::cell::RefCell;
use std::thread::LocalKey;

use gyrus_engine::Engine;
use gyrus_port::BurstEngine;
use gyrus_types::{EngineError, Simd};

/// An engine of one neuron model.
pub trait Subject: BurstEngine + Sized + 'static {
    fn start(threads: usize, simd: Simd) -> Result<Self, EngineError>;
    fn fork(&self) -> Self;
    /// The pair of this thread, kept from input to input: threads take longer to start than an input takes to run.
    fn kept() -> &'static LocalKey<RefCell<Option<Pair<Self>>>>;
}

impl Subject for Engine {
    fn start(threads: usize, simd: Simd) -> Result<Self, EngineError> {
        Engine::new(threads, simd)
    }

    fn fork(&self) -> Self {
        Engine::fork(self)
    }

    fn kept() -> &'static LocalKey<RefCell<Option<Pair<Self>>>> {
        thread_local!(static PAIR: RefCell<Option<Pair<Engine>>> = const { RefCell::new(None) });
        &PAIR
    }
}

pub struct Pair<E> {
    engines: [E; 2],
    frames: [Vec<u32>; 2],
}

/// Runs on the pair of this thread, which `load` or `restore` makes new.
///
/// # Panics
/// When the engines contradict each other, or themselves.
pub fn with_pair<E: Subject>(run: impl FnOnce(&mut Pair<E>)) {
    E::kept().with_borrow_mut(|pair| {
        let pair = pair.get_or_insert_with(|| {
            let baseline = Simd::named("baseline").expect("every machine has its baseline");
            Pair {
                engines: [(1, baseline), (3, Simd::widest())]
                    .map(|(threads, simd)| E::start(threads, simd).expect("threads start")),
                frames: Default::default(),
            }
        });
        run(pair);
    });
}

impl<E: Subject> Pair<E> {
    /// Whether both took the image; one that is refused changes nothing.
    pub fn load(&mut self, load: impl Fn(&mut E) -> Result<(), EngineError>) -> bool {
        self.both(load)
    }

    /// Whether both applied the patch; one that is refused changes nothing.
    pub fn apply(&mut self, patch: &[u32]) -> bool {
        self.both(|engine| engine.apply(patch))
    }

    /// Whether both took the snapshot; one that is refused changes nothing.
    pub fn restore(&mut self, snapshot: &[u8]) -> bool {
        self.both(|engine| engine.restore(snapshot))
    }

    pub fn snapshot(&self) -> Vec<u8> {
        self.engines[0].snapshot()
    }

    pub fn neuron_count(&self) -> u32 {
        self.engines[0].neuron_count() as u32
    }

    pub fn burst(&mut self) {
        let words = [0, 1].map(|at| {
            let (engine, frame) = (&mut self.engines[at], &mut self.frames[at]);
            frame.resize(engine.frame_words(), 0);
            engine.burst_into(frame)
        });
        assert_eq!(words[0], words[1]);
        if let Ok(words) = words[0] {
            assert_eq!(self.frames[0][..words], self.frames[1][..words], "frames");
        }
        self.agree();
    }

    /// Hands the state of one engine to the other by a snapshot.
    pub fn cross(&mut self, from: usize) {
        let snapshot = self.engines[from].snapshot();
        let taken = self.engines[1 - from].restore(&snapshot);
        assert_eq!(taken, Ok(()), "an engine refuses what the other wrote");
        self.agree();
    }

    /// Goes on with forks, after one of the origins ran a burst alone: that must not show.
    pub fn fork(&mut self) {
        let before = self.engines[1].state_hash();
        let [one, two] = self.engines.each_ref().map(E::fork);
        let mut alone = vec![0; self.engines[1].frame_words()];
        // The last burst of all is refused, which changes nothing either.
        let _ = self.engines[1].burst_into(&mut alone);
        assert_eq!(two.state_hash(), before, "a fork changed with its origin");
        self.engines = [one, two];
        self.agree();
    }

    /// Reads what a caller may look at.
    pub fn look(&self, id: u32) {
        let [one, two] = &self.engines;
        assert!(
            one.candidates()
                .into_iter()
                .map(bits)
                .eq(two.candidates().into_iter().map(bits))
        );
        assert!(one.outgoing(id).len() + one.incoming(id).len() <= 2 * one.synapse_count());
        assert_eq!(one.synapses().len(), one.synapse_count());
        let (state, other) = (one.neuron_state(id), two.neuron_state(id));
        assert!(state.potential.to_bits() == other.potential.to_bits() || state.potential.is_nan());
        assert_eq!(state.countdown, other.countdown);
        assert_eq!(one.fired_potentials().len(), two.fired_potentials().len());
    }

    fn agree(&self) {
        let [one, two] = &self.engines;
        assert_eq!(one.state_hash(), two.state_hash(), "state hashes");
    }

    fn both(&mut self, act: impl Fn(&mut E) -> Result<(), EngineError>) -> bool {
        let before = self.engines[0].state_hash();
        let [one, two] = self.engines.each_mut().map(act);
        assert_eq!(one, two);
        self.agree();
        if one.is_err() {
            assert_eq!(
                self.engines[0].state_hash(),
                before,
                "a refusal changes nothing"
            );
        }
        one.is_ok()
    }
}

/// Every NaN alike: which one a machine makes of infinities is not said.
fn bits((id, sum): (u32, f32)) -> (u32, u32) {
    (
        id,
        if sum.is_nan() {
            u32::MAX
        } else {
            sum.to_bits()
        },
    )
}

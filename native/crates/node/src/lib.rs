//! The door of the engine to JavaScript: one class, a few coarse verbs over typed arrays. Nothing here computes.
//!
//! Rejections and errors carry their code in front of the reason (`E_NETWORK: …`); a message without a code is a panic.

// Exports take owned values because Node-API hands them over so, and fail with what the engine says.
#![allow(clippy::needless_pass_by_value, clippy::missing_errors_doc)]

mod border;
mod lif_border;
mod model;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::time::Instant;

use gyrus_port::BurstEngine;
use gyrus_types::frame::WORD_ENGINE_NANOS;
use gyrus_types::{EngineError, Simd, SimdLevel, layout};
use napi::bindgen_prelude::{
    AsyncTask, BigInt, Float32Array, Float64ArraySlice, Uint8Array, Uint32Array, Uint32ArraySlice,
};
use napi::{Env, Error, Result, Status, Task};
use napi_derive::napi;

use border::{
    AfferentList, CandidateList, LayoutEntry, Memory, Options, SignalList, SynapseList, WeightList,
};
use lif_border::AnyImage;
use model::{Model, Settings};

/// Raised whenever a verb or its meaning changes, so that an old addon is refused instead of misread.
const ABI_VERSION: u32 = 16;

#[napi(catch_unwind)]
#[must_use]
pub fn abi_version() -> u32 {
    ABI_VERSION
}

/// The widest vector instructions this machine offers.
#[napi(catch_unwind)]
#[must_use]
pub fn simd_level() -> &'static str {
    match Simd::widest().level() {
        SimdLevel::Avx512 => "avx512",
        SimdLevel::Avx2 => "avx2",
        SimdLevel::Baseline if cfg!(target_arch = "x86_64") => "sse2",
        SimdLevel::Baseline if cfg!(target_arch = "aarch64") => "neon",
        SimdLevel::Baseline => "scalar",
    }
}

/// The numbers both sides of the border must agree on.
#[napi(catch_unwind, js_name = "layout")]
#[must_use]
pub fn layout_entries() -> Vec<LayoutEntry> {
    layout()
        .into_iter()
        .map(|(name, value)| LayoutEntry {
            name: name.into(),
            value,
        })
        .collect()
}

/// An engine behind one mutex. A panic poisons it, and from then on every verb is refused.
#[napi]
pub struct NativeEngine {
    model: Arc<Mutex<Model>>,
    settings: Settings,
}

fn refusal(error: &EngineError) -> Error {
    Error::new(Status::GenericFailure, format!("{}: {error}", error.code()))
}

fn panicked() -> Error {
    Error::new(
        Status::GenericFailure,
        "E_ENGINE: The native engine broke down earlier and takes no further calls",
    )
}

fn panic_reason(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no reason given")
}

fn run_burst(engine: &mut dyn BurstEngine, frame: &mut [u32]) -> Result<u32> {
    let started = Instant::now();
    let words = engine.burst_into(frame).map_err(|error| refusal(&error))?;
    frame[WORD_ENGINE_NANOS] = u32::try_from(started.elapsed().as_nanos()).unwrap_or(u32::MAX);
    u32::try_from(words).map_err(|_| {
        Error::new(
            Status::GenericFailure,
            "E_ENGINE: A frame has too many words",
        )
    })
}

#[napi]
impl NativeEngine {
    #[napi(constructor, catch_unwind)]
    pub fn new(options: Options) -> Result<Self> {
        let simd = Simd::named(&options.simd).map_err(|error| refusal(&error))?;
        let settings = Settings {
            threads: options.threads as usize,
            simd,
        };
        let model = Model::empty(settings).map_err(|error| refusal(&error))?;
        Ok(Self {
            model: Arc::new(Mutex::new(model)),
            settings,
        })
    }

    /// The engine for a verb between two bursts.
    fn engine(&self) -> Result<MutexGuard<'_, Model>> {
        self.model.try_lock().map_err(|error| match error {
            TryLockError::Poisoned(_) => panicked(),
            TryLockError::WouldBlock => {
                Error::new(Status::GenericFailure, "E_CONFLICT: A burst is running")
            }
        })
    }

    /// Writes the burst, the neurons, the synapses, the words a frame needs and the slots of synapses: asked after every burst, so in one call.
    #[napi(catch_unwind)]
    pub fn read_counts(&self, mut into: Float64ArraySlice) -> Result<()> {
        let engine = self.engine()?;
        let counts = [
            f64::from(engine.burst()),
            engine.neuron_count() as f64,
            engine.synapse_count() as f64,
            engine.frame_words() as f64,
            engine.synapse_slots() as f64,
        ];
        // SAFETY: the calling thread is the one JS thread, so nobody else reads, writes or detaches the array meanwhile.
        let rows = unsafe { into.as_mut() };
        rows.iter_mut()
            .zip(counts)
            .for_each(|(row, count)| *row = count);
        Ok(())
    }

    #[napi(catch_unwind)]
    pub fn memory_bytes(&self) -> Result<Memory> {
        Ok(Memory::of(self.engine()?.memory_bytes()))
    }

    /// Another engine in the same state.
    #[napi(catch_unwind)]
    pub fn fork(&self) -> Result<Self> {
        Ok(Self {
            model: Arc::new(Mutex::new(self.engine()?.fork())),
            settings: self.settings,
        })
    }

    #[napi(catch_unwind)]
    pub fn load(&self, image: AnyImage) -> Result<()> {
        let mut model = self.engine()?;
        let outcome = match image {
            AnyImage::Feagi(image) => {
                image.lend(|image| Ok(model.load_feagi(image, self.settings)))
            }
            AnyImage::Lif(image) => image.lend(|image| Ok(model.load_lif(image, self.settings))),
        };
        outcome?.map_err(|error| refusal(&error))
    }

    #[napi(catch_unwind)]
    pub fn apply(&self, patch: &[u32]) -> Result<()> {
        self.engine()?.apply(patch).map_err(|error| refusal(&error))
    }

    /// Runs one burst off the JS thread and writes it into `frame`; resolves to the words written.
    /// The caller keeps `frame` alive, attached and untouched until then.
    #[napi(catch_unwind)]
    #[must_use]
    pub fn burst_into(&self, frame: Uint32Array) -> AsyncTask<Burst> {
        AsyncTask::new(Burst {
            engine: Arc::clone(&self.model),
            frame,
        })
    }

    #[napi(catch_unwind)]
    pub fn burst_into_sync(&self, mut frame: Uint32ArraySlice) -> Result<u32> {
        let mut engine = self.engine()?;
        // SAFETY: the calling thread is the one JS thread, so nobody else reads, writes or detaches the array meanwhile.
        run_burst(&mut **engine, unsafe { frame.as_mut() })
    }

    #[napi(catch_unwind)]
    pub fn snapshot(&self) -> Result<Uint8Array> {
        Ok(Uint8Array::new(self.engine()?.snapshot()))
    }

    #[napi(catch_unwind)]
    pub fn moment(&self) -> Result<Uint8Array> {
        Ok(Uint8Array::new(self.engine()?.moment()))
    }

    /// False where the moment takes a whole snapshot.
    #[napi(catch_unwind)]
    pub fn restore_moment(&self, moment: &[u8]) -> Result<bool> {
        self.engine()?
            .restore_moment(moment)
            .map_err(|error| refusal(&error))
    }

    #[napi(catch_unwind)]
    pub fn watch_weights(&self, on: bool) -> Result<()> {
        self.engine()?.watch_weights(on);
        Ok(())
    }

    #[napi(catch_unwind)]
    pub fn weight_changes(&self) -> Result<WeightList> {
        let engine = self.engine()?;
        let (slots, weights): (Vec<u32>, Vec<f32>) = engine.weight_changes().into_iter().unzip();
        Ok(WeightList {
            slot: Uint32Array::new(slots),
            weight: Float32Array::new(weights),
        })
    }

    #[napi(catch_unwind)]
    pub fn restore(&self, snapshot: &[u8]) -> Result<()> {
        self.engine()?
            .restore(snapshot, self.settings)
            .map_err(|error| refusal(&error))
    }

    #[napi(catch_unwind)]
    pub fn state_hash(&self) -> Result<BigInt> {
        Ok(BigInt::from(self.engine()?.state_hash()))
    }

    /// Writes potential, countdown and consecutive fires of each neuron into `into`, three numbers a neuron.
    #[napi(catch_unwind)]
    pub fn read_states(&self, ids: &[u32], mut into: Float64ArraySlice) -> Result<()> {
        let engine = self.engine()?;
        // SAFETY: the calling thread is the one JS thread, so nobody else reads, writes or detaches the array meanwhile.
        let rows = unsafe { into.as_mut() }.chunks_exact_mut(3);
        for (&id, row) in ids.iter().zip(rows) {
            let state = engine.neuron_state(id);
            row[0] = f64::from(state.potential);
            row[1] = f64::from(state.countdown);
            row[2] = f64::from(state.consecutive_fires);
        }
        Ok(())
    }

    /// Writes what each neuron is set to into `into`, thirteen numbers a neuron.
    #[napi(catch_unwind)]
    pub fn read_settings(&self, ids: &[u32], mut into: Float64ArraySlice) -> Result<()> {
        let engine = self.engine()?;
        // SAFETY: the calling thread is the one JS thread, so nobody else reads, writes or detaches the array meanwhile.
        let rows = unsafe { into.as_mut() }.chunks_exact_mut(13);
        for (&id, row) in ids.iter().zip(rows) {
            let one = engine.neuron_settings(id);
            row.copy_from_slice(&[
                f64::from(u8::from(one.valid)),
                f64::from(one.area),
                f64::from(one.position[0]),
                f64::from(one.position[1]),
                f64::from(one.position[2]),
                f64::from(one.threshold),
                f64::from(one.threshold_limit),
                f64::from(one.leak),
                f64::from(one.excitability),
                f64::from(one.refractory_period),
                f64::from(one.consecutive_fire_limit),
                f64::from(one.snooze_period),
                f64::from(u8::from(one.accumulates)),
            ]);
        }
        Ok(())
    }

    /// Gives the network's memory back without waiting for the garbage collector.
    #[napi(catch_unwind)]
    pub fn dispose(&self) -> Result<()> {
        let settings = Settings {
            threads: 1,
            simd: self.settings.simd,
        };
        *self.engine()? = Model::empty(settings).map_err(|error| refusal(&error))?;
        Ok(())
    }

    #[napi(catch_unwind)]
    pub fn fired_potentials(&self) -> Result<Float32Array> {
        Ok(Float32Array::new(self.engine()?.fired_potentials()))
    }

    #[napi(catch_unwind)]
    pub fn candidates(&self) -> Result<CandidateList> {
        let engine = self.engine()?;
        let (ids, sums): (Vec<u32>, Vec<f32>) = engine.candidates().into_iter().unzip();
        Ok(CandidateList {
            ids: Uint32Array::new(ids),
            sums: Float32Array::new(sums),
        })
    }

    #[napi(catch_unwind)]
    pub fn synapses(&self) -> Result<SynapseList> {
        Ok(SynapseList::of(&self.engine()?.synapses()))
    }

    #[napi(catch_unwind)]
    pub fn synapses_in(&self, from: u32, until: u32) -> Result<SynapseList> {
        Ok(SynapseList::of(&self.engine()?.synapses_in(from, until)))
    }

    #[napi(catch_unwind)]
    pub fn outgoing(&self, neuron: u32) -> Result<SynapseList> {
        Ok(SynapseList::of(&self.engine()?.outgoing(neuron)))
    }

    #[napi(catch_unwind)]
    pub fn incoming(&self, neuron: u32) -> Result<SynapseList> {
        Ok(SynapseList::of(&self.engine()?.incoming(neuron)))
    }

    #[napi(catch_unwind)]
    pub fn afferents(&self, target: u32) -> Result<AfferentList> {
        Ok(AfferentList::of(&self.engine()?.afferents(target)))
    }

    #[napi(catch_unwind)]
    pub fn memory_signals(&self) -> Result<SignalList> {
        let signals = self.engine()?.memory_signals();
        Ok(SignalList {
            consolidated: Uint32Array::new(signals.consolidated),
            suppressed: Uint32Array::new(signals.suppressed),
        })
    }

    /// Writes the potentials of the neurons, then 1 or 0 for who fired in the last burst, then the weights of the synapses (slot, source and
    /// target of each) into the front of `into`: what is read after every burst comes in one call and without an allocation.
    #[napi(catch_unwind)]
    pub fn sample(
        &self,
        neurons: &[u32],
        synapses: &[u32],
        mut into: Float64ArraySlice,
    ) -> Result<()> {
        let engine = self.engine()?;
        // SAFETY: the calling thread is the one JS thread, so nobody else reads, writes or detaches the array meanwhile.
        let into = unsafe { into.as_mut() };
        let potentials = neurons
            .iter()
            .map(|&id| f64::from(engine.neuron_state(id).potential));
        let fired = neurons
            .iter()
            .map(|&id| f64::from(u8::from(engine.has_fired(id))));
        let rows = synapses.chunks_exact(3);
        let weights = rows.map(|row| engine.weight_of(row[0], [row[1], row[2]]));
        into.iter_mut()
            .zip(potentials.chain(fired).chain(weights))
            .for_each(|(place, value)| *place = value);
        Ok(())
    }
}

/// One burst on a worker thread of Node's pool.
pub struct Burst {
    engine: Arc<Mutex<Model>>,
    frame: Uint32Array,
}

impl Task for Burst {
    type Output = u32;
    type JsValue = u32;

    fn compute(&mut self) -> Result<u32> {
        // SAFETY: the array is referenced by this task, so its memory stays; the caller neither detaches it nor touches it until
        // the promise settles, which the adapter in app/adapters/native sees to.
        let frame = unsafe { self.frame.as_mut() };
        let engine = &self.engine;
        // `catch_unwind` on exports does not cover this thread. The guard is dropped by the panic, which poisons the mutex.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut engine = engine.lock().map_err(|_| panicked())?;
            run_burst(&mut **engine, frame)
        }));
        outcome.unwrap_or_else(|panic| {
            let reason = format!(
                "E_ENGINE: The native engine broke down: {}",
                panic_reason(&*panic)
            );
            Err(Error::new(Status::GenericFailure, reason))
        })
    }

    fn resolve(&mut self, _: Env, words: u32) -> Result<u32> {
        Ok(words)
    }
}

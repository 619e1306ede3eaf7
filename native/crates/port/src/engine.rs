//! The verbs of an engine, whatever its neuron model. Everything but a burst happens between bursts.

use gyrus_types::EngineError;

/// A neuron as a reader sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NeuronState {
    /// With the leak up to now; NaN for a deleted or unknown neuron, whose counts read 0.
    pub potential: f32,
    pub countdown: u16,
    pub consecutive_fires: u16,
}

/// What a neuron is set to, and where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct NeuronSettings {
    /// False for a deleted or unknown neuron; all else is 0 then.
    pub valid: bool,
    pub area: u32,
    pub position: [u32; 3],
    pub threshold: f32,
    pub threshold_limit: f32,
    pub leak: f32,
    pub excitability: f32,
    pub refractory_period: u16,
    pub consecutive_fire_limit: u16,
    pub snooze_period: u16,
    pub accumulates: bool,
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
    /// Eligibility.
    pub trace: f32,
}

/// What an engine's state takes, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryBytes {
    /// Neurons, and where their rows of synapses begin.
    pub neurons: usize,
    pub synapses: usize,
    /// Sums of the bursts to come.
    pub ring: usize,
    /// How much of all this forks have a part in.
    pub shared: usize,
    pub total: usize,
}

/// A synapse that a spike of the next burst would be sent over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Afferent {
    pub synapse: SynapseRow,
    /// By what its contribution is divided; 1 where it is not.
    pub divisor: u32,
    /// By what it is multiplied at last; 1 where it is not.
    pub factor: f32,
    /// The source's potential at firing stands in for the psp.
    pub mp_driven: bool,
}

/// What modulators and rewards say to pattern memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemorySignals {
    /// Memory neurons marked by reward since the marks were cleared, ascending.
    pub consolidated: Vec<u32>,
    /// Areas that form no memory neurons in the step after the last burst, ascending.
    pub suppressed: Vec<u32>,
}

/// The last burst: spikes of a later one could arrive beyond what a u32 counts.
const LAST_BURST: u32 = u32::MAX - 255;

/// Refuses a burst that cannot run, before anything of it has.
///
/// # Errors
/// When `frame` is shorter than `needed`, or `burst` is the last the counter can tell.
pub fn check_burst(burst: u32, frame: &[u32], needed: usize) -> Result<(), EngineError> {
    if frame.len() < needed {
        return Err(EngineError::FrameTooSmall {
            needed,
            given: frame.len(),
        });
    }
    if burst >= LAST_BURST {
        return Err(EngineError::Exhausted(burst));
    }
    Ok(())
}

/// As an end of a synapse: whatever neuron.
pub const ANY_NEURON: u32 = u32::MAX;

/// Whether a synapse joins these two.
#[must_use]
pub fn joins(synapse: [u32; 2], ends: [u32; 2]) -> bool {
    (0..2).all(|end| ends[end] == ANY_NEURON || ends[end] == synapse[end])
}

/// One brain between two bursts. How a network gets in differs by model; what is done with it then does not.
pub trait BurstEngine: Send {
    /// Number of the last burst; 0 before the first.
    fn burst(&self) -> u32;
    fn neuron_count(&self) -> usize;
    /// Valid synapses.
    fn synapse_count(&self) -> usize;
    /// Slots of synapses, free ones included.
    fn synapse_slots(&self) -> usize;
    /// Words a frame must hold for any burst of this network.
    fn frame_words(&self) -> usize;
    /// What the state takes, by what is allocated.
    fn memory_bytes(&self) -> MemoryBytes;

    /// Applies a patch before the next burst.
    ///
    /// # Errors
    /// When the patch is malformed; nothing of it is applied then.
    fn apply(&mut self, patch: &[u32]) -> Result<(), EngineError>;

    /// Runs one burst and writes it into `frame`; returns the words written.
    ///
    /// # Errors
    /// When `frame` is too small, or the burst counter is at its end; nothing has run then.
    fn burst_into(&mut self, frame: &mut [u32]) -> Result<usize, EngineError>;

    /// Complete state between two bursts.
    fn snapshot(&self) -> Vec<u8>;

    /// The part of the state that bursts change; what only patches change is left empty.
    fn moment(&self) -> Vec<u8>;

    /// Takes the state of a snapshot of this model.
    ///
    /// # Errors
    /// When the snapshot is damaged or inconsistent; the engine is then as before.
    fn restore(&mut self, snapshot: &[u8]) -> Result<(), EngineError>;

    /// Takes a moment of an engine whose wiring and settings were these. False where it takes a whole snapshot.
    ///
    /// # Errors
    /// When the moment is damaged or not one of this network; the engine is then as before.
    fn restore_moment(&mut self, _moment: &[u8]) -> Result<bool, EngineError> {
        Ok(false)
    }

    /// The xxHash64 that ends the snapshot.
    fn state_hash(&self) -> u64;

    /// Whether to remember which weights learning changes.
    fn watch_weights(&mut self, on: bool);
    /// Slots whose weights learning changed in the last burst, ascending, and their weights; none unless watched.
    fn weight_changes(&self) -> Vec<(u32, f32)>;

    fn neuron_state(&self, id: u32) -> NeuronState;
    fn neuron_settings(&self, id: u32) -> NeuronSettings;
    /// Potentials at firing of the last burst, parallel to its ascending fired ids.
    fn fired_potentials(&self) -> Vec<f32>;
    /// The fire candidate list of the last burst, ascending.
    fn candidates(&self) -> Vec<(u32, f32)>;
    /// Valid synapses in slot order.
    fn synapses(&self) -> Vec<SynapseRow>;
    /// Valid synapses of the slots from one up to, and without, another, in slot order.
    fn synapses_in(&self, from: u32, until: u32) -> Vec<SynapseRow>;
    /// Valid synapses from a neuron, in slot order.
    fn outgoing(&self, neuron: u32) -> Vec<SynapseRow>;
    /// Valid synapses to a neuron, in slot order.
    fn incoming(&self, neuron: u32) -> Vec<SynapseRow>;
    /// Synapses a spike of the next burst would be sent over into one neuron, ascending by source, then slot.
    fn afferents(&self, target: u32) -> Vec<Afferent>;
    /// None where the model has no memory neurons.
    fn memory_signals(&self) -> MemorySignals {
        MemorySignals::default()
    }
    /// Whether a neuron fired in the last burst, deleted since or not; false for memory neurons.
    fn has_fired(&self, id: u32) -> bool;
    /// NaN where no valid synapse between these two is.
    fn weight_of(&self, slot: u32, ends: [u32; 2]) -> f64;
}

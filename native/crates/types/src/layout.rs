//! Every number the two sides of the border share, by the name it has on the JavaScript side.

use crate::{frame, network, patch, snapshot};

/// The shared numbers: frame header positions as `frame.*`, operation codes as `patch.*`, section ids as `snapshot.*`.
// A table: every line has the same shape.
#[allow(clippy::too_many_lines)]
#[must_use]
pub fn layout() -> Vec<(&'static str, f64)> {
    vec![
        ("FRAME_MAGIC", f64::from(frame::MAGIC)),
        ("FRAME_VERSION", f64::from(frame::VERSION)),
        ("frameHeaderWords", frame::HEADER_WORDS as f64),
        ("sectionHeaderWords", frame::SECTION_HEADER_WORDS as f64),
        ("encodingBitset", f64::from(frame::ENCODING_BITSET)),
        ("encodingVarint", f64::from(frame::ENCODING_VARINT)),
        ("SNAPSHOT_MAGIC", f64::from(snapshot::MAGIC)),
        ("SNAPSHOT_VERSION", f64::from(snapshot::VERSION)),
        ("snapshotHeaderBytes", snapshot::HEADER_BYTES as f64),
        ("snapshotEntryBytes", snapshot::ENTRY_BYTES as f64),
        ("NO_THRESHOLD_LIMIT", f64::from(network::NO_THRESHOLD_LIMIT)),
        ("NO_FIRE_LIMIT", f64::from(network::NO_FIRE_LIMIT)),
        ("frame.magic", frame::WORD_MAGIC as f64),
        ("frame.version", frame::WORD_VERSION as f64),
        ("frame.totalWords", frame::WORD_TOTAL as f64),
        ("frame.burst", frame::WORD_BURST as f64),
        ("frame.fired", frame::WORD_FIRED as f64),
        ("frame.processed", frame::WORD_PROCESSED as f64),
        ("frame.refractory", frame::WORD_REFRACTORY as f64),
        ("frame.synaptic", frame::WORD_SYNAPTIC as f64),
        ("frame.power", frame::WORD_POWER as f64),
        ("frame.sections", frame::WORD_SECTIONS as f64),
        ("frame.engine", frame::WORD_ENGINE as f64),
        ("frame.engineNanos", frame::WORD_ENGINE_NANOS as f64),
        ("patch.stageInput", f64::from(patch::STAGE_INPUT)),
        ("patch.forceFire", f64::from(patch::FORCE_FIRE)),
        ("patch.setPowerAmount", f64::from(patch::SET_POWER_AMOUNT)),
        (
            "patch.setFatigueActive",
            f64::from(patch::SET_FATIGUE_ACTIVE),
        ),
        ("patch.areaThreshold", f64::from(patch::AREA_THRESHOLD)),
        (
            "patch.areaThresholdLimit",
            f64::from(patch::AREA_THRESHOLD_LIMIT),
        ),
        (
            "patch.areaThresholdGradient",
            f64::from(patch::AREA_THRESHOLD_GRADIENT),
        ),
        ("patch.areaRefractory", f64::from(patch::AREA_REFRACTORY)),
        ("patch.areaLeak", f64::from(patch::AREA_LEAK)),
        (
            "patch.areaConsecutiveFireLimit",
            f64::from(patch::AREA_CONSECUTIVE_FIRE_LIMIT),
        ),
        ("patch.areaSnooze", f64::from(patch::AREA_SNOOZE)),
        (
            "patch.areaExcitability",
            f64::from(patch::AREA_EXCITABILITY),
        ),
        (
            "patch.areaAccumulation",
            f64::from(patch::AREA_ACCUMULATION),
        ),
        (
            "patch.areaPostsynapticCurrent",
            f64::from(patch::AREA_POSTSYNAPTIC_CURRENT),
        ),
        (
            "patch.areaDegeneration",
            f64::from(patch::AREA_DEGENERATION),
        ),
        ("patch.areaPspUniform", f64::from(patch::AREA_PSP_UNIFORM)),
        (
            "patch.areaMpDrivenPsp",
            f64::from(patch::AREA_MP_DRIVEN_PSP),
        ),
        (
            "patch.resetAreaRuntime",
            f64::from(patch::RESET_AREA_RUNTIME),
        ),
        ("patch.deleteNeurons", f64::from(patch::DELETE_NEURONS)),
        ("patch.removeSynapse", f64::from(patch::REMOVE_SYNAPSE)),
        (
            "patch.removeSynapsesFromTo",
            f64::from(patch::REMOVE_SYNAPSES_FROM_TO),
        ),
        ("patch.addSynapses", f64::from(patch::ADD_SYNAPSES)),
        (
            "patch.updateSynapseWeight",
            f64::from(patch::UPDATE_SYNAPSE_WEIGHT),
        ),
        (
            "patch.rebuildSynapseIndex",
            f64::from(patch::REBUILD_SYNAPSE_INDEX),
        ),
        (
            "patch.neuronMembranePotential",
            f64::from(patch::NEURON_MEMBRANE_POTENTIAL),
        ),
        ("patch.neuronLeak", f64::from(patch::NEURON_LEAK)),
        (
            "patch.neuronRefractory",
            f64::from(patch::NEURON_REFRACTORY),
        ),
        ("patch.addNeurons", f64::from(patch::ADD_NEURONS)),
        ("snapshot.globals", f64::from(snapshot::GLOBALS)),
        ("snapshot.potential", f64::from(snapshot::POTENTIAL)),
        ("snapshot.lastUpdate", f64::from(snapshot::LAST_UPDATE)),
        ("snapshot.countdown", f64::from(snapshot::COUNTDOWN)),
        (
            "snapshot.consecutiveFires",
            f64::from(snapshot::CONSECUTIVE_FIRES),
        ),
        ("snapshot.threshold", f64::from(snapshot::THRESHOLD)),
        (
            "snapshot.thresholdLimit",
            f64::from(snapshot::THRESHOLD_LIMIT),
        ),
        ("snapshot.leak", f64::from(snapshot::LEAK)),
        (
            "snapshot.refractoryPeriod",
            f64::from(snapshot::REFRACTORY_PERIOD),
        ),
        ("snapshot.excitability", f64::from(snapshot::EXCITABILITY)),
        (
            "snapshot.consecutiveFireLimit",
            f64::from(snapshot::CONSECUTIVE_FIRE_LIMIT),
        ),
        ("snapshot.snoozePeriod", f64::from(snapshot::SNOOZE_PERIOD)),
        ("snapshot.neuronFlags", f64::from(snapshot::NEURON_FLAGS)),
        ("snapshot.area", f64::from(snapshot::AREA)),
        ("snapshot.x", f64::from(snapshot::X)),
        ("snapshot.y", f64::from(snapshot::Y)),
        ("snapshot.z", f64::from(snapshot::Z)),
        ("snapshot.source", f64::from(snapshot::SOURCE)),
        ("snapshot.target", f64::from(snapshot::TARGET)),
        ("snapshot.weight", f64::from(snapshot::WEIGHT)),
        ("snapshot.psp", f64::from(snapshot::PSP)),
        ("snapshot.kind", f64::from(snapshot::KIND)),
        ("snapshot.delay", f64::from(snapshot::DELAY)),
        ("snapshot.synapseFlags", f64::from(snapshot::SYNAPSE_FLAGS)),
        ("snapshot.synapseState", f64::from(snapshot::SYNAPSE_STATE)),
        ("snapshot.areaIndex", f64::from(snapshot::AREA_INDEX)),
        (
            "snapshot.areaPspUniform",
            f64::from(snapshot::AREA_PSP_UNIFORM),
        ),
        (
            "snapshot.areaMpDrivenPsp",
            f64::from(snapshot::AREA_MP_DRIVEN_PSP),
        ),
        (
            "snapshot.areaDegeneration",
            f64::from(snapshot::AREA_DEGENERATION),
        ),
        (
            "snapshot.areaBaselinePsp",
            f64::from(snapshot::AREA_BASELINE_PSP),
        ),
        ("snapshot.arrivalBurst", f64::from(snapshot::ARRIVAL_BURST)),
        (
            "snapshot.arrivalTarget",
            f64::from(snapshot::ARRIVAL_TARGET),
        ),
        ("snapshot.arrivalSum", f64::from(snapshot::ARRIVAL_SUM)),
        ("snapshot.candidateId", f64::from(snapshot::CANDIDATE_ID)),
        ("snapshot.candidateSum", f64::from(snapshot::CANDIDATE_SUM)),
        ("snapshot.firedId", f64::from(snapshot::FIRED_ID)),
        (
            "snapshot.firedPotential",
            f64::from(snapshot::FIRED_POTENTIAL),
        ),
        ("snapshot.stagedId", f64::from(snapshot::STAGED_ID)),
        (
            "snapshot.stagedPotential",
            f64::from(snapshot::STAGED_POTENTIAL),
        ),
        ("snapshot.forcedId", f64::from(snapshot::FORCED_ID)),
        (
            "snapshot.forcedPotential",
            f64::from(snapshot::FORCED_POTENTIAL),
        ),
    ]
}

//! Every number the two sides of the border share, by the name it has on the JavaScript side.

use crate::{frame, lif_snapshot, network, patch, snapshot};

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
        ("patch.moveNeurons", f64::from(patch::MOVE_NEURONS)),
        ("patch.neuronSettings", f64::from(patch::NEURON_SETTINGS)),
        ("patch.neuronStates", f64::from(patch::NEURON_STATES)),
        (
            "patch.removeSynapseSlots",
            f64::from(patch::REMOVE_SYNAPSE_SLOTS),
        ),
        ("patch.synapseWeights", f64::from(patch::SYNAPSE_WEIGHTS)),
        ("patch.reviveNeurons", f64::from(patch::REVIVE_NEURONS)),
        ("patch.trackFiring", f64::from(patch::TRACK_FIRING)),
        ("patch.registerMapping", f64::from(patch::REGISTER_MAPPING)),
        (
            "patch.unregisterMapping",
            f64::from(patch::UNREGISTER_MAPPING),
        ),
        ("patch.freezeMapping", f64::from(patch::FREEZE_MAPPING)),
        (
            "patch.resetMappingWeights",
            f64::from(patch::RESET_MAPPING_WEIGHTS),
        ),
        (
            "patch.mapMemoryNeurons",
            f64::from(patch::MAP_MEMORY_NEURONS),
        ),
        (
            "patch.removeMemoryNeurons",
            f64::from(patch::REMOVE_MEMORY_NEURONS),
        ),
        ("patch.memoryInject", f64::from(patch::MEMORY_INJECT)),
        ("patch.registerTwins", f64::from(patch::REGISTER_TWINS)),
        ("patch.replayFrames", f64::from(patch::REPLAY_FRAMES)),
        ("patch.setModulators", f64::from(patch::SET_MODULATORS)),
        (
            "patch.setSubscriptions",
            f64::from(patch::SET_SUBSCRIPTIONS),
        ),
        ("patch.modulationGroup", f64::from(patch::MODULATION_GROUP)),
        ("patch.removeModulator", f64::from(patch::REMOVE_MODULATOR)),
        ("patch.rebaseModulated", f64::from(patch::REBASE_MODULATED)),
        (
            "patch.releaseModulated",
            f64::from(patch::RELEASE_MODULATED),
        ),
        ("patch.groupSynapses", f64::from(patch::GROUP_SYNAPSES)),
        ("patch.spikeTrainAreas", f64::from(patch::SPIKE_TRAIN_AREAS)),
        (
            "patch.rateModulatedLeak",
            f64::from(patch::RATE_MODULATED_LEAK),
        ),
        (
            "patch.stopRateModulatedLeak",
            f64::from(patch::STOP_RATE_MODULATED_LEAK),
        ),
        (
            "patch.setClassifierWatches",
            f64::from(patch::SET_CLASSIFIER_WATCHES),
        ),
        ("patch.sparseMemory", f64::from(patch::SPARSE_MEMORY)),
        (
            "patch.clearConsolidated",
            f64::from(patch::CLEAR_CONSOLIDATED),
        ),
        ("patch.scheduleReplay", f64::from(patch::SCHEDULE_REPLAY)),
        (
            "patch.addGroupedSynapses",
            f64::from(patch::ADD_GROUPED_SYNAPSES),
        ),
        ("patch.untrackFiring", f64::from(patch::UNTRACK_FIRING)),
        ("patch.unregisterTwin", f64::from(patch::UNREGISTER_TWIN)),
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
        ("snapshot.trace", f64::from(snapshot::TRACE)),
        ("snapshot.trackArea", f64::from(snapshot::TRACK_AREA)),
        (
            "snapshot.trackEpisodic",
            f64::from(snapshot::TRACK_EPISODIC),
        ),
        ("snapshot.trackWindow", f64::from(snapshot::TRACK_WINDOW)),
        ("snapshot.trackFrames", f64::from(snapshot::TRACK_FRAMES)),
        (
            "snapshot.trackFrameSize",
            f64::from(snapshot::TRACK_FRAME_SIZE),
        ),
        ("snapshot.trackFrameId", f64::from(snapshot::TRACK_FRAME_ID)),
        (
            "snapshot.mappingSource",
            f64::from(snapshot::MAPPING_SOURCE),
        ),
        (
            "snapshot.mappingTarget",
            f64::from(snapshot::MAPPING_TARGET),
        ),
        ("snapshot.mappingMode", f64::from(snapshot::MAPPING_MODE)),
        (
            "snapshot.mappingWindow",
            f64::from(snapshot::MAPPING_WINDOW),
        ),
        ("snapshot.mappingRise", f64::from(snapshot::MAPPING_RISE)),
        ("snapshot.mappingFall", f64::from(snapshot::MAPPING_FALL)),
        ("snapshot.mappingEta", f64::from(snapshot::MAPPING_ETA)),
        (
            "snapshot.mappingMaxWeight",
            f64::from(snapshot::MAPPING_MAX_WEIGHT),
        ),
        ("snapshot.mappingDecay", f64::from(snapshot::MAPPING_DECAY)),
        ("snapshot.mappingFlags", f64::from(snapshot::MAPPING_FLAGS)),
        ("snapshot.mappingPsp", f64::from(snapshot::MAPPING_PSP)),
        ("snapshot.mappingKind", f64::from(snapshot::MAPPING_KIND)),
        ("snapshot.mappingDelay", f64::from(snapshot::MAPPING_DELAY)),
        ("snapshot.mappingGroup", f64::from(snapshot::MAPPING_GROUP)),
        (
            "snapshot.modulatorDriver",
            f64::from(snapshot::MODULATOR_DRIVER),
        ),
        (
            "snapshot.modulatorMagnitude",
            f64::from(snapshot::MODULATOR_MAGNITUDE),
        ),
        (
            "snapshot.modulatorNumber",
            f64::from(snapshot::MODULATOR_NUMBER),
        ),
        ("snapshot.memoryId", f64::from(snapshot::MEMORY_ID)),
        ("snapshot.memoryArea", f64::from(snapshot::MEMORY_AREA)),
        ("snapshot.injectedId", f64::from(snapshot::INJECTED_ID)),
        ("snapshot.injectedArea", f64::from(snapshot::INJECTED_AREA)),
        (
            "snapshot.injectedPotential",
            f64::from(snapshot::INJECTED_POTENTIAL),
        ),
        (
            "snapshot.firedMemoryArea",
            f64::from(snapshot::FIRED_MEMORY_AREA),
        ),
        (
            "snapshot.twinMemoryArea",
            f64::from(snapshot::TWIN_MEMORY_AREA),
        ),
        (
            "snapshot.twinUpstreamArea",
            f64::from(snapshot::TWIN_UPSTREAM_AREA),
        ),
        ("snapshot.twinArea", f64::from(snapshot::TWIN_AREA)),
        ("snapshot.frameNeuron", f64::from(snapshot::FRAME_NEURON)),
        ("snapshot.frameOffset", f64::from(snapshot::FRAME_OFFSET)),
        (
            "snapshot.frameUpstreamArea",
            f64::from(snapshot::FRAME_UPSTREAM_AREA),
        ),
        ("snapshot.frameVoxels", f64::from(snapshot::FRAME_VOXELS)),
        ("snapshot.voxelX", f64::from(snapshot::VOXEL_X)),
        ("snapshot.voxelY", f64::from(snapshot::VOXEL_Y)),
        ("snapshot.voxelZ", f64::from(snapshot::VOXEL_Z)),
        ("snapshot.replayBurst", f64::from(snapshot::REPLAY_BURST)),
        ("snapshot.replayArea", f64::from(snapshot::REPLAY_AREA)),
        (
            "snapshot.replayPotential",
            f64::from(snapshot::REPLAY_POTENTIAL),
        ),
        ("snapshot.replayX", f64::from(snapshot::REPLAY_X)),
        ("snapshot.replayY", f64::from(snapshot::REPLAY_Y)),
        ("snapshot.replayZ", f64::from(snapshot::REPLAY_Z)),
        ("snapshot.synapseGroup", f64::from(snapshot::SYNAPSE_GROUP)),
        (
            "snapshot.modulatorKind",
            f64::from(snapshot::MODULATOR_KIND),
        ),
        (
            "snapshot.modulatorFullScale",
            f64::from(snapshot::MODULATOR_FULL_SCALE),
        ),
        (
            "snapshot.subscriptionArea",
            f64::from(snapshot::SUBSCRIPTION_AREA),
        ),
        (
            "snapshot.subscriptionModulator",
            f64::from(snapshot::SUBSCRIPTION_MODULATOR),
        ),
        ("snapshot.groupNumber", f64::from(snapshot::GROUP_NUMBER)),
        ("snapshot.groupSize", f64::from(snapshot::GROUP_SIZE)),
        ("snapshot.groupMember", f64::from(snapshot::GROUP_MEMBER)),
        (
            "snapshot.groupTransmission",
            f64::from(snapshot::GROUP_TRANSMISSION),
        ),
        ("snapshot.groupReward", f64::from(snapshot::GROUP_REWARD)),
        (
            "snapshot.groupLearning",
            f64::from(snapshot::GROUP_LEARNING),
        ),
        ("snapshot.baselineArea", f64::from(snapshot::BASELINE_AREA)),
        ("snapshot.baselineKind", f64::from(snapshot::BASELINE_KIND)),
        (
            "snapshot.baselineFactor",
            f64::from(snapshot::BASELINE_FACTOR),
        ),
        ("snapshot.baselineSize", f64::from(snapshot::BASELINE_SIZE)),
        (
            "snapshot.baselineNeuron",
            f64::from(snapshot::BASELINE_NEURON),
        ),
        (
            "snapshot.baselineValue",
            f64::from(snapshot::BASELINE_VALUE),
        ),
        (
            "snapshot.suppressedArea",
            f64::from(snapshot::SUPPRESSED_AREA),
        ),
        ("snapshot.trainArea", f64::from(snapshot::TRAIN_AREA)),
        ("snapshot.trainNeuron", f64::from(snapshot::TRAIN_NEURON)),
        (
            "snapshot.trainPotential",
            f64::from(snapshot::TRAIN_POTENTIAL),
        ),
        (
            "snapshot.associativeBurst",
            f64::from(snapshot::ASSOCIATIVE_BURST),
        ),
        (
            "snapshot.associativeTarget",
            f64::from(snapshot::ASSOCIATIVE_TARGET),
        ),
        (
            "snapshot.associativeSum",
            f64::from(snapshot::ASSOCIATIVE_SUM),
        ),
        ("snapshot.sparseArea", f64::from(snapshot::SPARSE_AREA)),
        (
            "snapshot.sparseThreshold",
            f64::from(snapshot::SPARSE_THRESHOLD),
        ),
        ("snapshot.sparseLimit", f64::from(snapshot::SPARSE_LIMIT)),
        (
            "snapshot.sparseExcitability",
            f64::from(snapshot::SPARSE_EXCITABILITY),
        ),
        (
            "snapshot.sparseRefractory",
            f64::from(snapshot::SPARSE_REFRACTORY),
        ),
        (
            "snapshot.sparseFireLimit",
            f64::from(snapshot::SPARSE_FIRE_LIMIT),
        ),
        ("snapshot.sparseSnooze", f64::from(snapshot::SPARSE_SNOOZE)),
        ("snapshot.sparseId", f64::from(snapshot::SPARSE_ID)),
        (
            "snapshot.sparsePotential",
            f64::from(snapshot::SPARSE_POTENTIAL),
        ),
        ("snapshot.sparseFires", f64::from(snapshot::SPARSE_FIRES)),
        (
            "snapshot.sparseCountdown",
            f64::from(snapshot::SPARSE_COUNTDOWN),
        ),
        (
            "snapshot.consolidatedId",
            f64::from(snapshot::CONSOLIDATED_ID),
        ),
        ("snapshot.replayKind", f64::from(snapshot::REPLAY_KIND)),
        ("snapshot.frameKind", f64::from(snapshot::FRAME_KIND)),
        (
            "snapshot.framePotential",
            f64::from(snapshot::FRAME_POTENTIAL),
        ),
        ("snapshot.watchError", f64::from(snapshot::WATCH_ERROR)),
        ("snapshot.watchCorrect", f64::from(snapshot::WATCH_CORRECT)),
        ("snapshot.watchDelay", f64::from(snapshot::WATCH_DELAY)),
        ("snapshot.watchPairs", f64::from(snapshot::WATCH_PAIRS)),
        ("snapshot.watchInput", f64::from(snapshot::WATCH_INPUT)),
        ("snapshot.watchOutput", f64::from(snapshot::WATCH_OUTPUT)),
        ("snapshot.watchFrames", f64::from(snapshot::WATCH_FRAMES)),
        (
            "snapshot.watchFrameSize",
            f64::from(snapshot::WATCH_FRAME_SIZE),
        ),
        ("snapshot.watchFrameId", f64::from(snapshot::WATCH_FRAME_ID)),
        (
            "snapshot.homeostatArea",
            f64::from(snapshot::HOMEOSTAT_AREA),
        ),
        (
            "snapshot.homeostatFlags",
            f64::from(snapshot::HOMEOSTAT_FLAGS),
        ),
        (
            "snapshot.homeostatTarget",
            f64::from(snapshot::HOMEOSTAT_TARGET),
        ),
        (
            "snapshot.homeostatRateShare",
            f64::from(snapshot::HOMEOSTAT_RATE_SHARE),
        ),
        (
            "snapshot.homeostatGain",
            f64::from(snapshot::HOMEOSTAT_GAIN),
        ),
        (
            "snapshot.homeostatLeakMin",
            f64::from(snapshot::HOMEOSTAT_LEAK_MIN),
        ),
        (
            "snapshot.homeostatLeakMax",
            f64::from(snapshot::HOMEOSTAT_LEAK_MAX),
        ),
        (
            "snapshot.homeostatEvery",
            f64::from(snapshot::HOMEOSTAT_EVERY),
        ),
        (
            "snapshot.homeostatArmBursts",
            f64::from(snapshot::HOMEOSTAT_ARM_BURSTS),
        ),
        (
            "snapshot.homeostatArmShare",
            f64::from(snapshot::HOMEOSTAT_ARM_SHARE),
        ),
        (
            "snapshot.homeostatMinTarget",
            f64::from(snapshot::HOMEOSTAT_MIN_TARGET),
        ),
        (
            "snapshot.homeostatEpoch",
            f64::from(snapshot::HOMEOSTAT_EPOCH),
        ),
        (
            "snapshot.homeostatBase",
            f64::from(snapshot::HOMEOSTAT_BASE),
        ),
        (
            "snapshot.homeostatArmed",
            f64::from(snapshot::HOMEOSTAT_ARMED),
        ),
        (
            "snapshot.homeostatSize",
            f64::from(snapshot::HOMEOSTAT_SIZE),
        ),
        (
            "snapshot.homeostatNeuron",
            f64::from(snapshot::HOMEOSTAT_NEURON),
        ),
        (
            "snapshot.homeostatRate",
            f64::from(snapshot::HOMEOSTAT_RATE),
        ),
        (
            "snapshot.homeostatSetPoint",
            f64::from(snapshot::HOMEOSTAT_SET_POINT),
        ),
        (
            "snapshot.homeostatLeak",
            f64::from(snapshot::HOMEOSTAT_LEAK),
        ),
        (
            "snapshot.homeostatRule",
            f64::from(snapshot::HOMEOSTAT_RULE),
        ),
        ("lifSnapshot.stepMs", f64::from(lif_snapshot::STEP_MS)),
        ("lifSnapshot.seed", f64::from(lif_snapshot::SEED)),
        (
            "lifSnapshot.setThreshold",
            f64::from(lif_snapshot::SET_THRESHOLD),
        ),
        ("lifSnapshot.setReset", f64::from(lif_snapshot::SET_RESET)),
        ("lifSnapshot.setDecay", f64::from(lif_snapshot::SET_DECAY)),
        ("lifSnapshot.setDrive", f64::from(lif_snapshot::SET_DRIVE)),
        (
            "lifSnapshot.setRefractorySteps",
            f64::from(lif_snapshot::SET_REFRACTORY_STEPS),
        ),
        (
            "lifSnapshot.setPoissonWeight",
            f64::from(lif_snapshot::SET_POISSON_WEIGHT),
        ),
        (
            "lifSnapshot.setPoissonEntries",
            f64::from(lif_snapshot::SET_POISSON_ENTRIES),
        ),
        (
            "lifSnapshot.setRestingPotential",
            f64::from(lif_snapshot::SET_RESTING_POTENTIAL),
        ),
        (
            "lifSnapshot.poissonTable",
            f64::from(lif_snapshot::POISSON_TABLE),
        ),
        ("lifSnapshot.potential", f64::from(lif_snapshot::POTENTIAL)),
        ("lifSnapshot.countdown", f64::from(lif_snapshot::COUNTDOWN)),
        (
            "lifSnapshot.parameterSet",
            f64::from(lif_snapshot::PARAMETER_SET),
        ),
        (
            "lifSnapshot.neuronFlags",
            f64::from(lif_snapshot::NEURON_FLAGS),
        ),
        ("lifSnapshot.area", f64::from(lif_snapshot::AREA)),
        ("lifSnapshot.x", f64::from(lif_snapshot::X)),
        ("lifSnapshot.y", f64::from(lif_snapshot::Y)),
        ("lifSnapshot.z", f64::from(lif_snapshot::Z)),
        ("lifSnapshot.source", f64::from(lif_snapshot::SOURCE)),
        ("lifSnapshot.target", f64::from(lif_snapshot::TARGET)),
        ("lifSnapshot.weight", f64::from(lif_snapshot::WEIGHT)),
        ("lifSnapshot.delay", f64::from(lif_snapshot::DELAY)),
        (
            "lifSnapshot.synapseState",
            f64::from(lif_snapshot::SYNAPSE_STATE),
        ),
        (
            "lifSnapshot.plasticWeight",
            f64::from(lif_snapshot::PLASTIC_WEIGHT),
        ),
        (
            "lifSnapshot.plasticSpike",
            f64::from(lif_snapshot::PLASTIC_SPIKE),
        ),
        (
            "lifSnapshot.plasticTrace",
            f64::from(lif_snapshot::PLASTIC_TRACE),
        ),
        (
            "lifSnapshot.projectionSource",
            f64::from(lif_snapshot::PROJECTION_SOURCE),
        ),
        (
            "lifSnapshot.projectionTarget",
            f64::from(lif_snapshot::PROJECTION_TARGET),
        ),
        (
            "lifSnapshot.projectionLambda",
            f64::from(lif_snapshot::PROJECTION_LAMBDA),
        ),
        (
            "lifSnapshot.projectionAlpha",
            f64::from(lif_snapshot::PROJECTION_ALPHA),
        ),
        (
            "lifSnapshot.projectionMaxWeight",
            f64::from(lif_snapshot::PROJECTION_MAX_WEIGHT),
        ),
        (
            "lifSnapshot.projectionMuPlus",
            f64::from(lif_snapshot::PROJECTION_MU_PLUS),
        ),
        (
            "lifSnapshot.projectionMuMinus",
            f64::from(lif_snapshot::PROJECTION_MU_MINUS),
        ),
        ("lifSnapshot.plusLow", f64::from(lif_snapshot::PLUS_LOW)),
        ("lifSnapshot.plusHigh", f64::from(lif_snapshot::PLUS_HIGH)),
        ("lifSnapshot.minusLow", f64::from(lif_snapshot::MINUS_LOW)),
        ("lifSnapshot.minusHigh", f64::from(lif_snapshot::MINUS_HIGH)),
        (
            "lifSnapshot.historyNeuron",
            f64::from(lif_snapshot::HISTORY_NEURON),
        ),
        (
            "lifSnapshot.historyBurst",
            f64::from(lif_snapshot::HISTORY_BURST),
        ),
        (
            "lifSnapshot.historyTrace",
            f64::from(lif_snapshot::HISTORY_TRACE),
        ),
        (
            "lifSnapshot.arrivalBurst",
            f64::from(lif_snapshot::ARRIVAL_BURST),
        ),
        (
            "lifSnapshot.arrivalTarget",
            f64::from(lif_snapshot::ARRIVAL_TARGET),
        ),
        (
            "lifSnapshot.arrivalSum",
            f64::from(lif_snapshot::ARRIVAL_SUM),
        ),
        ("lifSnapshot.firedId", f64::from(lif_snapshot::FIRED_ID)),
        (
            "lifSnapshot.firedPotential",
            f64::from(lif_snapshot::FIRED_POTENTIAL),
        ),
        ("lifSnapshot.stagedId", f64::from(lif_snapshot::STAGED_ID)),
        (
            "lifSnapshot.stagedPotential",
            f64::from(lif_snapshot::STAGED_POTENTIAL),
        ),
        ("lifSnapshot.forcedId", f64::from(lif_snapshot::FORCED_ID)),
        (
            "lifSnapshot.forcedPotential",
            f64::from(lif_snapshot::FORCED_POTENTIAL),
        ),
    ]
}

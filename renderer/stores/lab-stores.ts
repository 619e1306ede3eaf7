/**
 * Everything the panels know, as small stores filled by what the host announces. Nothing here is invented: after a
 * (re)connect all of it is read again, and an announced change re-reads only what it touched.
 */
import type { StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import type { AreaValues } from "../scene/scene-types.ts";
import { messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";
import { type AreaSets, createAreaSets } from "./area-sets.ts";
import { createAreaValues } from "./area-values.ts";
import { type BrainStore, createBrainStore } from "./brain-store.ts";
import { type ConnectionStore, createConnectionStore } from "./connection-store.ts";
import { createDebug, type Debug } from "./debug-store.ts";
import { createEditingStore, type EditingStore } from "./editing-store.ts";
import { createExports, type Exports } from "./export-store.ts";
import { createFrameStatsStore, type FrameStatsStore } from "./frame-stats-store.ts";
import { createGraph, type Graph } from "./graph-store.ts";
import { createGrowthStore, type GrowthStore } from "./growth-store.ts";
import { createHeldStore, type HeldStore } from "./held-store.ts";
import { createJobs, type Jobs } from "./jobs-store.ts";
import { createLanes, type Lanes } from "./lanes-store.ts";
import { createLatency, type Latency } from "./latency-store.ts";
import { createLearning, type Learning } from "./learning-store.ts";
import { createMappingDrafts, type MappingDrafts } from "./mapping-drafts.ts";
import { createMatrix, type Matrix } from "./matrix-store.ts";
import { createMemories, type Memories } from "./memory-store.ts";
import { createModulators, type Modulators } from "./modulator-store.ts";
import { createNoticeStore, type NoticeStore } from "./notice-store.ts";
import { createPhaseMarks, type PhaseTouch } from "./phase-marks.ts";
import { createPhases, type Phases } from "./phases-store.ts";
import { createPlacing, type Placing } from "./placing-store.ts";
import { createProblemsStore, type ProblemsStore } from "./problems-store.ts";
import { createRates, type Rates } from "./rates-store.ts";
import { createRolloutStore, type RolloutStore } from "./rollout-store.ts";
import { createSceneStore, type SceneStore } from "./scene-store.ts";
import { createSchedules, type Schedules } from "./schedule-store.ts";
import { createSelectionStore, type SelectionStore } from "./selection-store.ts";
import { createStimulusStore, type StimulusStore } from "./stimulus-store.ts";
import { createTimeline, type Timeline } from "./timeline-store.ts";
import { createTimelines, type Timelines } from "./timelines-store.ts";
import { createTraces, type Traces } from "./traces-store.ts";
import { createVoxelFigures, type VoxelFigures } from "./voxel-figures.ts";
import { createWatches, type Watches } from "./watch-store.ts";
import { createWhyMarks, type WhyMarks } from "./why-marks.ts";
import { createWhy, type Why } from "./why-store.ts";

export interface LabStores {
  connection: ConnectionStore;
  brain: BrainStore;
  growth: GrowthStore;
  rollout: RolloutStore;
  stimuli: StimulusStore;
  held: HeldStore;
  problems: ProblemsStore;
  notices: NoticeStore;
  jobs: Jobs;
  exports: Exports;
  selection: SelectionStore;
  scene: SceneStore;
  sets: AreaSets;
  areaValues: StoreApi<AreaValues | null>;
  voxelFigures: VoxelFigures;
  phaseMarks: StoreApi<PhaseTouch | null>;
  placing: Placing;
  editing: EditingStore;
  mappingDrafts: MappingDrafts;
  frameStats: FrameStatsStore;
  latency: Latency;
  timeline: Timeline;
  lanes: Lanes;
  debug: Debug;
  watches: Watches;
  why: Why;
  whyMarks: StoreApi<WhyMarks | null>;
  phases: Phases;
  learning: Learning;
  memories: Memories;
  timelines: Timelines;
  rates: Rates;
  traces: Traces;
  matrix: Matrix;
  schedules: Schedules;
  modulators: Modulators;
  graph: Graph;
  close(): void;
}

/** `storage` keeps what is a taste of this window: its watches and markers, and what all windows have, as saved views and sets. */
export function createLabStores(bridge: LabBridge, storage?: Storage): LabStores {
  const editable = { brain: createBrainStore(), selection: createSelectionStore() };
  const jobs = createJobs(bridge);
  const stores = {
    ...editable,
    connection: createConnectionStore(bridge),
    mappingDrafts: createMappingDrafts(),
    editing: createEditingStore(editable.selection, editable.brain),
    growth: createGrowthStore(),
    rollout: createRolloutStore(),
    stimuli: createStimulusStore(),
    held: createHeldStore(),
    problems: createProblemsStore(),
    notices: createNoticeStore(),
    jobs,
    exports: createExports(bridge, jobs),
    scene: createSceneStore(storage),
    sets: createAreaSets(editable.brain, storage),
    debug: createDebug(bridge),
    watches: createWatches(bridge, storage),
    why: createWhy(bridge),
    phases: createPhases(bridge),
    learning: createLearning(bridge),
    memories: createMemories(bridge),
    timelines: createTimelines(bridge),
    rates: createRates(bridge),
    traces: createTraces(bridge),
    matrix: createMatrix(bridge),
    schedules: createSchedules(bridge),
    modulators: createModulators(bridge),
    graph: createGraph(bridge, jobs),
  };
  const { brain, growth, rollout, stimuli, problems, notices, selection } = stores;
  const frameStats = createFrameStatsStore(bridge.frames);
  const { why, phases } = stores;
  const voxelFigures = createVoxelFigures(bridge, stores);
  const timeline = createTimeline(bridge, (error) => notices.getState().push("error", messageOf(error)), storage);
  const lanes = createLanes(bridge, timeline);
  /** What is read again where the brain has moved. */
  const followers = [
    timeline,
    stores.timelines,
    stores.debug,
    stores.watches,
    stores.learning,
    stores.memories,
    stores.schedules,
    stores.modulators,
    stores.rates,
    stores.traces,
    stores.matrix,
    voxelFigures,
  ];

  const takeStatus = (status: BrainStatus) => {
    bridge.frames.expect(status.generation);
    frameStats.follow(status.generation);
    const before = brain.getState().status;
    if (before !== null && before.generation !== status.generation) {
      why.clear();
      phases.clear();
    }
    // Whoever runs wants to see it run.
    if (before?.generation !== status.generation || (status.state === "running" && before?.state !== "running"))
      selection.getState().setCursor(null);
    brain.getState().setStatus(status);
    growth.getState().follow(status);
    for (const follower of followers) follower.follow(status);
    jobs.take({ type: "brain.status", status });
  };
  /** A read that failed is shown, except when the connection went away meanwhile: that is shown already. */
  const reading = (work: Promise<unknown>) => {
    work.catch((error: Error) => {
      if (bridge.connection.phase === "open") notices.getState().push("error", error.message);
    });
  };
  /** What is selected or hidden is so in the brain it is of. */
  const keepKnown = () => {
    const { areaById } = brain.getState();
    selection.getState().keepWithin(areaById);
    const { hidden, isolated } = stores.scene.getState();
    if ([...hidden, ...(isolated ?? [])].some((id) => !areaById.has(id))) stores.scene.setState({ hidden: new Set(), isolated: null });
  };
  const readConnectome = async (generation?: number) => {
    const [areas, regions, mappings] = await Promise.all([
      bridge.call("connectome.listAreas", {}),
      bridge.call("connectome.listRegions", {}),
      bridge.call("connectome.listMappings", {}),
    ]);
    brain.getState().setConnectome({ areas, regions, mappings }, generation ?? brain.getState().status?.generation ?? 0);
    keepKnown();
  };
  const readProblems = async () => problems.getState().set(await bridge.call("connectome.problems", {}));
  /** Once a window: without the native engine everything works, slower. */
  let isTold = false;
  const tellOfNative = () => {
    const native = rollout.getState().status?.native;
    if (isTold || native?.available !== false) return;
    isTold = true;
    notices.getState().push("info", t("notices.noNative", { error: native.error || t("notices.notBuilt") }));
  };
  /** Experiments that were begun before this window came. */
  const readExperiments = async () => {
    for (const { id, name, state, generations } of await bridge.call("evolution.list", {})) {
      if (state !== "running" && state !== "paused") continue;
      jobs.take({ type: "evolution.progress", id, name, state, report: generations.at(-1) ?? null });
    }
  };
  const readAll = async () => {
    const status = await bridge.call("brain.status", {});
    takeStatus(status);
    rollout.getState().set(await bridge.call("rollout.status", {}));
    tellOfNative();
    if (status.brainId === null) return brain.getState().clear();
    stimuli.getState().set(await bridge.call("stimulus.list", {}));
    stores.held.getState().set(await bridge.call("sensory.held", {}));
    await Promise.all([readConnectome(status.generation), readProblems()]);
  };

  const stops = [
    bridge.onConnection(({ phase }) => {
      if (phase !== "open") return;
      reading(readAll());
      reading(readExperiments());
    }),
    bridge.onAnnouncement((announcement) => {
      if (announcement.type !== "brain.status") jobs.take(announcement);
      switch (announcement.type) {
        case "brain.status":
          takeStatus(announcement.status);
          break;
        case "connectome.replaced":
          reading(readConnectome(announcement.generation));
          reading(readProblems());
          stores.modulators.again();
          break;
        case "connectome.changed":
          reading(readConnectome(announcement.generation));
          stores.modulators.again();
          break;
        case "growth.progress":
          growth.getState().progress(announcement.progress);
          break;
        case "growth.failed":
          growth.getState().fail(announcement.name, announcement.problems);
          break;
        case "growth.cancelled":
          growth.getState().cancelled();
          break;
        case "rollout.status":
          rollout.getState().set(announcement.status);
          break;
        case "stimuli":
          stimuli.getState().set(announcement.stimuli);
          stores.schedules.again();
          break;
        case "timelines":
          stores.timelines.set(announcement.timelines);
          break;
        case "sensory.held":
          stores.held.getState().set(announcement.held);
          break;
        case "problems.changed":
          reading(readProblems());
          break;
        case "neo4j.status":
          stores.graph.set(announcement.status);
          break;
        case "notice":
          notices.getState().push(announcement.severity, announcement.message);
          break;
      }
    }),
  ];

  return {
    ...stores,
    areaValues: createAreaValues(bridge, brain, stores.scene),
    voxelFigures,
    whyMarks: createWhyMarks(why, brain),
    phaseMarks: createPhaseMarks(phases, brain, selection),
    placing: createPlacing(bridge, brain),
    frameStats: frameStats.store,
    latency: createLatency({ bridge }),
    timeline,
    lanes,
    close() {
      lanes.close();
      for (const stop of stops) stop();
      for (const follower of followers) follower.close();
      frameStats.close();
    },
  };
}

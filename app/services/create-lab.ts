/** Makes the lab out of its ports: services, dispatch, clock, checkpoints and recovery. */
import type { Announcement } from "#contracts/wire.ts";
import { createAnalysisService } from "./analysis-service.ts";
import { createBrainService } from "./brain-service.ts";
import { Checkpointer } from "./checkpointer.ts";
import { createClassifierService } from "./classifier-service.ts";
import { createConnectomeService } from "./connectome-service.ts";
import { createDebugService } from "./debug-service.ts";
import { createDispatch } from "./dispatch.ts";
import { Editor } from "./editor.ts";
import { Evolutions } from "./evolution.ts";
import { createEvolutionService } from "./evolution-service.ts";
import { createGenomeService } from "./genome-service.ts";
import { refuseOnKept } from "./kept-brain.ts";
import type { Lab } from "./lab.ts";
import { LabState } from "./lab-state.ts";
import { createLearningService } from "./learning-service.ts";
import { createMemoryService } from "./memory-service.ts";
import { createModulatorService } from "./modulator-service.ts";
import { createNeo4jService } from "./neo4j-service.ts";
import type { LabPorts } from "./ports.ts";
import { recover } from "./recovery.ts";
import { createRolloutService } from "./rollout-service.ts";
import { createSensoryService } from "./sensory-service.ts";
import { createSessionService } from "./session-service.ts";
import { createStimulusService } from "./stimulus-service.ts";
import { createTimeService } from "./time-service.ts";
import { createTimelineService } from "./timeline-service.ts";
import { Timelines } from "./timelines.ts";

/** Setting that is false while a session is open: found false at the next start, that session ended in a crash. */
const CLEAN = "session.clean";

export interface OpenedLab extends Lab {
  /** The last session of this workspace did not close. */
  readonly crashed: boolean;
  /** Takes up the newest checkpoint and what was done after it, and runs on if the brain ran. False when there is none. */
  recover(): Promise<boolean>;
}

export function createLab(ports: LabPorts): OpenedLab {
  const state = new LabState(ports);
  const checkpointer = new Checkpointer(state);
  const editor = new Editor(state);
  const evolutions = new Evolutions({ ...ports, announce: (announcement) => state.announcer.announce(announcement) });
  const timelines = new Timelines(state, editor, checkpointer);
  const neo4j = createNeo4jService(state);
  const call = createDispatch(
    {
      genome: createGenomeService(state, checkpointer, editor),
      brain: createBrainService(state, checkpointer),
      connectome: createConnectomeService(state, editor),
      stimulus: createStimulusService(state),
      sensory: createSensoryService(state),
      memory: createMemoryService(state),
      modulator: createModulatorService(state, editor),
      classifier: createClassifierService(state, editor),
      learning: createLearningService(state),
      time: createTimeService(state, editor, checkpointer),
      timeline: createTimelineService(state, timelines),
      analysis: createAnalysisService(state),
      debug: createDebugService(state, editor, checkpointer),
      evolution: createEvolutionService(evolutions, ports.files),
      rollout: createRolloutService(state),
      session: createSessionService(state),
      neo4j,
    },
    (name, command) => refuseOnKept(state, name, command),
  );
  const crashed = ports.settings.get(CLEAN) === false;
  ports.settings.set(CLEAN, false);
  checkpointer.start();

  return {
    crashed,
    call,
    subscribe(listener) {
      const unsubscribe = state.announcer.subscribe(listener);
      for (const announcement of present(state)) listener(announcement);
      return unsubscribe;
    },
    openFrames: (sink) => state.hub.open(sink),
    recover: () => recover(state, editor, checkpointer),
    async close() {
      const { growing } = state;
      if (growing) {
        growing.cancelled = true;
        await growing.ended;
      }
      await evolutions.close();
      await neo4j.close();
      await state.clock.pause();
      await checkpointer.close();
      if (state.brain && state.failure === null) {
        await checkpointer.write({ hurry: true }).catch((error) => ports.log.warn("the last checkpoint failed", { reason: String(error) }));
      }
      await state.turns.take(() => state.close());
      ports.settings.set(CLEAN, true);
    },
  };
}

/** What a new listener is told at once. */
function present(state: LabState): Announcement[] {
  const { brain } = state;
  return [
    { type: "brain.status", status: state.status() },
    { type: "rollout.status", status: state.rolloutStatus() },
    ...(brain
      ? [
          { type: "connectome.replaced", generation: brain.generation } as const,
          { type: "stimuli", stimuli: brain.stimuli.list(brain.runner.burst) } as const,
          { type: "sensory.held", held: state.held() } as const,
        ]
      : []),
  ];
}

/**
 * Puts the living brain back to a recorded burst: engine, connectome, stimuli and undo as they stood after it. What was recorded
 * later can be read, and gone to, until the brain runs on from there.
 */

import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import { inputAt } from "#core/stimulation/brain-input.ts";
import type { Checkpointer } from "./checkpointer.ts";
import type { Editor } from "./editor.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";
import { type BrainRecording, type BurstContext, hasSameInput } from "./recording.ts";

export interface TimeTravel {
  from: number;
  to: number;
  /** Edits made after that burst, which are gone from the connectome with it; oldest first. */
  undone: string[];
}

export async function goTo(
  { state, editor, checkpointer }: { state: LabState; editor: Editor; checkpointer: Checkpointer },
  burst: number,
  { source, signal }: { source: string; signal: AbortSignalLike },
): Promise<TimeTravel> {
  const { clock, recording, turns } = state;
  await clock.pause();
  // An edit under way is worked out on the connectome it found, so it comes before or after, never between.
  const { travel, isOther } = await editor.exclusively(async () => {
    const brain = state.living;
    const { engine, memory } = await recording.stateAt(burst, signal);
    const record = burst >= recording.recorder.first ? await recording.recorder.recorded(burst) : null;
    try {
      return await turns.take(async () => {
        if (state.brain !== brain || clock.running || clock.stepping)
          throw new LabError("E_CONFLICT", "The brain was started or replaced meanwhile", {}, "Pause it and go back again.");
        const then = recording.contextOf(burst);
        const told: TimeTravel = { from: brain.runner.burst, to: burst, undone: groupsMissing(brain, then) };
        await state.record("time.moved", source, { brainId: brain.id, ...told });
        const isNew = brain.connectome !== then.connectome || !hasSameInput(brain.stimuli.input, then.input);
        standAt(brain, recording, { engine, memory });
        state.failure = null;
        state.hub.reset();
        if (record) state.showRecorded(record.frame);
        return { travel: told, isOther: isNew };
      });
    } catch (error) {
      engine.dispose();
      throw error;
    }
  });
  state.announceMoved({ isOther });
  // Events younger than the last checkpoint would repeat edits that are gone now, so another connectome is written before anything
  // else happens. Where only bursts were gone through, it may wait until the person stands still.
  if (isOther) await checkpointer.write({ hurry: true });
  else checkpointer.soon();
  return travel;
}

/** Puts a brain into a state that its recording gave, with all that it ran under then. In turn only. */
export function standAt(
  brain: LivingBrain,
  recording: BrainRecording,
  { engine, memory }: Awaited<ReturnType<BrainRecording["stateAt"]>>,
): void {
  const { burst } = engine;
  putBack(brain, recording.contextOf(burst), burst);
  brain.memory.restore(memory.save());
  brain.runner.adopt(engine);
  recording.recorder.standAt(brain.runner.engine);
}

function putBack(brain: LivingBrain, then: BurstContext, burst: number): void {
  if (brain.connectome !== then.connectome) brain.structure++;
  brain.connectome = then.connectome;
  // What was scheduled or sensed for that burst has acted in it.
  brain.stimuli.input = inputAt(then.input, burst, then.connectome).left;
  brain.undo = then.undo;
  brain.redo = then.redo;
  brain.silentBursts = 0;
  brain.activity.reset();
}

function groupsMissing({ undo }: LivingBrain, then: BurstContext): string[] {
  return undo.filter((step) => !then.undo.includes(step)).map(({ group }) => group);
}

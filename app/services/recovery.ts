/**
 * Takes up the newest checkpoint and what the event store knows of the brain after it: edits are repeated, input acts in the same bursts
 * as before, the rate is the last one, and a brain that ran runs on. A recording that was looked at is opened from its file again.
 */
import type { LabEvent } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import type { StimulusDefinition } from "#core/engine/stimulus.ts";
import { type Hold, hold, release, type Sensory } from "#core/sensory/sensory.ts";
import type { SensoryPayload } from "#core/sensory/sensory-frame.ts";
import { addSchedule, endSchedule } from "#core/stimulation/schedule.ts";
import { type Checkpointer, type Recovered, readCheckpoint } from "./checkpointer.ts";
import { bringToRest } from "./connectome/reset.ts";
import type { Editor, EditRecord } from "./editor.ts";
import { BRAIN_BYTES, startOfRecording } from "./kept-brain.ts";
import type { BrainStart, LabState } from "./lab-state.ts";
import { holdMapping, type LearningRecord } from "./learning-service.ts";
import { forgetMemories } from "./memory-service.ts";
import type { EventStore } from "./ports.ts";
import type { ScheduleRecord } from "./stimuli.ts";
import { goTo } from "./time-travel.ts";

const PAGE = 1000;
const never = { aborted: false };

/** False when there is no checkpoint. */
export async function recover(state: LabState, editor: Editor, checkpointer: Checkpointer): Promise<boolean> {
  const { ports, clock } = state;
  const newest = ports.checkpoints.newest();
  if (!newest) return false;
  const checkpoint = readCheckpoint(newest.parts);
  const { start, running, seq } = checkpoint;
  const { recording, lost } = await recordingOf(state, checkpoint);
  const brain = await state.install(recording ?? start);
  if (recording) {
    await goTo({ state, editor, checkpointer }, checkpoint.burst, { source: "recovery", signal: never });
    brain.recoveredAtBurst = checkpoint.burst;
  }
  let isRunning = running;
  // What is refused now was refused then; the rest of the brain is worth more than one edit.
  const leaveOut = (error: unknown) => ports.log.warn("an edit was not repeated", { reason: String(error) });
  for (const { type, data } of [...eventsAfter(ports.events, seq)]) {
    const of = data as { brainId?: string; rateHz?: number } | null;
    if (of?.brainId !== brain.id) continue;
    if (of.rateHz !== undefined) clock.rateHz = of.rateHz;
    if (type === "connectome.edited") await editor.repeat(data as EditRecord).catch(leaveOut);
    else if (type === "connectome.reset") await state.turns.take(() => bringToRest(brain, (data as { areas: string[] }).areas));
    else if (type === "sensory.inject") brain.stimuli.add(stimulusOf(data));
    else if (type === "sensory.end") endStimulus(brain.stimuli, data as { id: string; afterBurst: number });
    else if (type === "sensory.schedule") schedule(brain.stimuli, data as ScheduleRecord);
    else if (type === "sensory.unschedule") unschedule(brain.stimuli, data as { id: number; afterBurst: number });
    else if (type === "sensory.frames")
      updateSenses(brain.stimuli, (senses) => ({ ...senses, waiting: [...senses.waiting, payloadOf(data)] }));
    else if (type === "sensory.held") updateSenses(brain.stimuli, (senses) => hold(senses, holdOf(data)));
    else if (type === "sensory.released") updateSenses(brain.stimuli, (senses) => released(senses, data));
    else if (type === "memory.forgotten") await state.turns.take(() => forgetMemories(brain, (data as { ids: number[] }).ids));
    else if (type.startsWith("learning.")) await state.turns.take(() => holdMapping(brain, data as LearningRecord));
    else if (type === "control.run") isRunning = true;
    else if (type === "control.pause") isRunning = false;
  }
  state.note({
    type: "brain.recovered",
    source: "recovery",
    data: { brainId: brain.id, burst: brain.recoveredAtBurst, running: isRunning, ...(lost === null ? {} : { lost }) },
  });
  if (isRunning) clock.start();
  state.announceStimuli();
  state.announceStatus();
  state.announceRollout();
  return true;
}

/** The file of the recording that was looked at, as it was; `lost` says why it cannot be had again. */
async function recordingOf(
  { ports, announcer }: LabState,
  { start, kept }: Recovered,
): Promise<{ recording: BrainStart | null; lost: string | null }> {
  if (kept === null) return { recording: null, lost: null };
  const { path, first, last } = kept;
  try {
    const again = await startOfRecording(await ports.files.read(path, BRAIN_BYTES), path, ports.recordings);
    const { range } = again.kept!;
    if (again.id !== start.id || range.first !== first || range.last !== last)
      throw new LabError("E_CONFLICT", "another recording is in its place");
    return { recording: { ...again, generation: start.generation!, rateHz: start.rateHz!, recovered: true }, lost: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The recording ${path} could not be opened again: ${reason}. On the bench is the brain of the burst that was looked at, as one that runs.`;
    ports.log.warn("a recording was not opened again", { path, reason });
    announcer.announce({ type: "notice", severity: "warning", message });
    return { recording: null, lost: message };
  }
}

function* eventsAfter(events: EventStore, seq: number): Generator<LabEvent> {
  for (let after = seq; ; ) {
    const page = events.read({ after, limit: PAGE });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.seq;
  }
}

function stimulusOf(data: unknown): StimulusDefinition {
  const { brainId: _, ...definition } = data as StimulusDefinition & { brainId: string };
  return definition;
}

/** Lets it end after the burst it ended after before. */
function endStimulus(stimuli: LabState["living"]["stimuli"], { id, afterBurst }: { id: string; afterBurst: number }): void {
  const definition = stimuli.remove(id);
  if (definition && afterBurst >= definition.from) stimuli.add({ ...definition, bursts: afterBurst - definition.from + 1 });
}

function schedule(stimuli: LabState["living"]["stimuli"], { entries, period }: ScheduleRecord): void {
  stimuli.update({ schedules: addSchedule(stimuli.input.schedules, entries, period).schedules });
}

/** Lets it fire up to the burst after which it was taken away before. */
function unschedule(stimuli: LabState["living"]["stimuli"], { id, afterBurst }: { id: number; afterBurst: number }): void {
  const ended = endSchedule(stimuli.input.schedules, id, afterBurst);
  if (ended) stimuli.update({ schedules: ended });
}

function updateSenses(stimuli: LabState["living"]["stimuli"], change: (sensory: Sensory) => Sensory): void {
  stimuli.update({ sensory: change(stimuli.input.sensory) });
}

function payloadOf(data: unknown): SensoryPayload {
  const { source, burst, frames } = data as SensoryPayload;
  return { source, burst, frames };
}

function holdOf(data: unknown): Hold {
  const { frame, from, until } = data as Hold;
  return { frame, from, until };
}

function released(sensory: Sensory, data: unknown): Sensory {
  const { area, afterBurst } = data as { area: string; afterBurst: number };
  return release(sensory, area, afterBurst);
}

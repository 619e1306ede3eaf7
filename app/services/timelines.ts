/**
 * The ways one brain went. One of them lives; the others stand on the shelf with their state and their recording, in memory only.
 * Forking leaves the way so far on the shelf, with all that is recorded of it, and goes on in a copy from where the brain stands.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import type { TimelineInfo } from "#contracts/commands/timeline.ts";
import { LabError } from "#contracts/errors.ts";
import { MemoryRunner } from "#core/plasticity/memory-runner.ts";
import { beat, type Life } from "./beat.ts";
import type { Checkpointer } from "./checkpointer.ts";
import type { Editor } from "./editor.ts";
import { EngineRunner } from "./engine-runner.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";
import { Stimuli } from "./stimuli.ts";
import { standAt } from "./time-travel.ts";

/** Timelines at a time; each holds a whole brain. */
const MOST = 4;
/** Share of the recording's memory that a timeline besides the first may take. */
const RAM_SHARE = 1 / 4;
/** Bursts on the shelf without a turn of the event loop. */
const BREATH = 16;

export class Timelines {
  readonly #state: LabState;
  readonly #editor: Editor;
  readonly #checkpointer: Checkpointer;

  constructor(state: LabState, editor: Editor, checkpointer: Checkpointer) {
    this.#state = state;
    this.#editor = editor;
    this.#checkpointer = checkpointer;
  }

  list(): TimelineInfo[] {
    const { brain, shelf } = this.#state;
    if (!brain) return [];
    return [this.#state.life, ...shelf].map((life) => this.info(life)).sort((a, b) => a.id.localeCompare(b.id));
  }

  info({ timeline: { id, name, origin }, brain, recording: { recorder } }: Life): TimelineInfo {
    const { first, last, ramBytes } = recorder.summary();
    const isCurrent = brain === this.#state.brain;
    return { id, name, origin, isCurrent, first, last, at: brain.runner.burst, ramBytes, edits: brain.undo.length };
  }

  /** A timeline besides the one that lives, or E_NOT_FOUND. */
  other(id: string): Life {
    void this.#state.living;
    const found = this.#state.shelf.find(({ timeline }) => timeline.id === id);
    if (found) return found;
    const advice = "timeline.list tells which there are.";
    if (this.#state.life.timeline.id === id) throw new LabError("E_CONFLICT", "That is the timeline that lives", { id }, advice);
    throw new LabError("E_NOT_FOUND", "No such timeline", { id }, advice);
  }

  async fork(name: string | undefined, source: string): Promise<void> {
    await this.#still(async () => {
      const state = this.#state;
      const { life } = state;
      if (state.shelf.length + 1 >= MOST) {
        const message = `${MOST} timelines are kept at most`;
        throw new LabError("E_CONFLICT", message, { most: MOST }, "Give one up with timeline.remove.");
      }
      const twin = this.#twinOf(life, name ?? `Fork at burst ${life.brain.runner.burst}`);
      const data = { brainId: life.brain.id, fork: twin.brain.id, burst: life.brain.runner.burst, name: twin.timeline.name };
      await state.record("timeline.forked", source, data);
      state.shelf = [...state.shelf, life];
      state.goOver(twin);
    });
  }

  async switchTo(id: string, source: string): Promise<void> {
    this.other(id);
    await this.#still(async () => {
      const state = this.#state;
      const [next, { life }] = [this.other(id), state];
      await state.record("timeline.switched", source, { brainId: life.brain.id, to: next.brain.id, burst: next.brain.runner.burst });
      state.shelf = state.shelf.map((one) => (one === next ? life : one));
      state.goOver(next);
      await this.#showWhere(next);
    });
  }

  async remove(id: string, source: string): Promise<void> {
    const state = this.#state;
    await state.turns.take(async () => {
      const life = this.other(id);
      await state.record("timeline.removed", source, { brainId: state.living.id, removed: life.brain.id, name: life.timeline.name });
      state.shelf = state.shelf.filter((one) => one !== life);
      life.brain.runner.dispose();
      await life.recording.recorder.drop();
    });
    this.announce();
  }

  async rename(id: string, name: string): Promise<void> {
    const life = this.#state.life.timeline.id === id ? this.#state.life : this.other(id);
    life.timeline.name = name;
    this.announce();
  }

  /** Runs a timeline of the shelf on; one that was gone back in is put back to its end first, so that nothing of it is lost. */
  async catchUp(id: string, to: number | undefined, signal: AbortSignalLike): Promise<TimelineInfo> {
    const state = this.#state;
    const life = this.other(id);
    const { recorder } = life.recording;
    const goal = to ?? state.recording.recorder.last;
    if (recorder.last >= goal) return this.info(life);
    await state.turns.take(() => this.#standAtEnd(life));
    let frame = new Uint32Array(0);
    const take = (words: number) => {
      if (frame.length < words) frame = new Uint32Array(words);
      return frame;
    };
    for (let ran = 1; life.brain.runner.burst < goal; ran++) {
      if (signal.aborted) throw new LabError("E_CANCELLED", "Running the timeline was cancelled", { burst: life.brain.runner.burst });
      await state.turns.take(async () => {
        if (!state.shelf.includes(life)) throw new LabError("E_CONFLICT", "The timeline was taken off the shelf meanwhile", { id });
        await beat(life, take);
        life.brain.stimuli.takeEnded(life.brain.runner.burst);
      });
      if (ran % BREATH === 0) await state.ports.clock.breathe();
    }
    this.announce();
    return this.info(life);
  }

  announce(): void {
    this.#state.announcer.announce({ type: "timelines", timelines: this.list() });
  }

  /** Work while the brain stands still and no edit is under way; afterwards another timeline lives, which is written at once. */
  async #still(work: () => Promise<void>): Promise<void> {
    const state = this.#state;
    const before = state.living;
    await state.clock.pause();
    await this.#editor.exclusively(() =>
      state.turns.take(async () => {
        if (state.brain !== before || state.clock.running || state.clock.stepping)
          throw new LabError("E_CONFLICT", "The brain was started or replaced meanwhile", {}, "Pause it and try again.");
        await work();
      }),
    );
    state.announceMoved({ isOther: true });
    this.announce();
    // A recovery must not go on in the timeline that was left.
    await this.#checkpointer.write({ hurry: true });
  }

  #twinOf({ brain, recording, timeline }: Life, name: string): Life {
    const state = this.#state;
    const { ports, rollout } = state;
    const id = ports.createId();
    const memory = new MemoryRunner();
    memory.restore(brain.memory.save());
    const twin: LivingBrain = {
      ...brain,
      id,
      runner: new EngineRunner({ ports, rollout, brainId: id, start: brain.runner.snapshot() }),
      stimuli: new Stimuli(brain.stimuli.input),
      memory,
      checkpointBurst: null,
      kept: null,
    };
    memory.follow(twin.connectome, twin.runner.burst);
    const ramBytes = Math.ceil(RAM_SHARE * recording.recorder.summary().limits.ramBytes);
    const own = state.createRecording({ vault: { ...ports.recordings, disk: null }, limits: { ramBytes, diskBytes: 0 } });
    own.begin(twin);
    return { brain: twin, recording: own, timeline: { id, name, origin: { name: timeline.name, burst: brain.runner.burst } } };
  }

  /** Shows the burst a timeline stands after, which the windows have not seen. */
  async #showWhere({ brain, recording: { recorder } }: Life): Promise<void> {
    const { burst } = brain.runner;
    if (burst < recorder.first || burst > recorder.last) return;
    this.#state.showRecorded((await recorder.recorded(burst)).frame);
  }

  async #standAtEnd({ brain, recording }: Life): Promise<void> {
    const { last } = recording.recorder;
    if (brain.runner.burst >= last) return;
    standAt(brain, recording, await recording.stateAt(last));
  }
}

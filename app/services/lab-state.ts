/**
 * What the services of one lab share: the brain that is loaded, its clock, and the ways to tell and to record.
 *
 * There is one brain at a time. It is replaced as a whole (`install`), so nobody ever sees half of a new one.
 */
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { HeldInput } from "#contracts/commands/sensory.ts";
import { LabError, wireErrorOf } from "#contracts/errors.ts";
import { engineMs, frameWord } from "#contracts/frame.ts";
import type { NetworkImage } from "#contracts/network.ts";
import type { RolloutStatus } from "#contracts/rollout.ts";
import { AreaActivity } from "#core/analysis/area-activity.ts";
import { neuronsOf } from "#core/connectome/census.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { KeptRecording } from "#core/exchange/recording-file.ts";
import type { Genome } from "#core/genome/genome.ts";
import { MemoryRunner } from "#core/plasticity/memory-runner.ts";
import type { RingLimits } from "#core/recording/ring.ts";
import type { RecordingVault } from "#core/recording/vault.ts";
import { Timings } from "#core/runtime/health.ts";
import { heldInputs } from "#core/sensory/sensory-patch.ts";
import type { BrainInput } from "#core/stimulation/brain-input.ts";
import { cleared, noSchedules } from "#core/stimulation/schedule.ts";
import { Announcer } from "./announcer.ts";
import { beat, type Life } from "./beat.ts";
import { Breakpoints } from "./breakpoints.ts";
import { BurstClock } from "./burst-clock.ts";
import { type Counts, countsOf, countsOfGrown } from "./counts.ts";
import { isUnsaved } from "./edit-history.ts";
import type { EditStep } from "./edit-steps.ts";
import { EngineRunner } from "./engine-runner.ts";
import { FrameHub } from "./frame-hub.ts";
import type { LabPorts, NewEvent } from "./ports.ts";
import { BrainRecording } from "./recording.ts";
import { Rollout } from "./rollout.ts";
import { Stimuli } from "./stimuli.ts";
import { createTurns } from "./turns.ts";

const DEFAULT_RATE_HZ = 30;
/** Status announcements while running. */
const STATUS_MS = 250;
const ROLLOUT_STATUS_MS = 1000;
const TIMED_BURSTS = 256;
/** Turns of the event loop until a message that waited has been answered. */
const HEARING_TURNS = 5;
/** A brain that has not fired for so long wants input. */
export const SILENT_BURSTS = 1000;

export interface LivingBrain {
  readonly id: string;
  readonly title: string;
  readonly genomePath: string | null;
  /** Another one whenever another brain is put in place, so that no window mistakes it. */
  generation: number;
  connectome: Connectome;
  /** Its genome when it was opened or came back from a checkpoint. */
  readonly opened: Genome;
  readonly runner: EngineRunner;
  readonly stimuli: Stimuli;
  /** Pattern memory, stepped with the engine. */
  readonly memory: MemoryRunner;
  undo: readonly EditStep[];
  redo: readonly EditStep[];
  /** Ids of the steps that were done when it was last saved; none when it was opened. */
  saved: readonly string[];
  /** Weights or memories were changed by no step since then. */
  changedByHand: boolean;
  /** Edited since the last checkpoint. */
  checkpointDue: boolean;
  /** Grows with every edit of neurons or synapses. */
  structure: number;
  counts: Counts | null;
  checkpointBurst: number | null;
  recoveredAtBurst: number | null;
  /** The recording file that it came from, while it is only gone through. */
  kept: { path: string; first: number; last: number } | null;
  readonly times: Timings;
  /** Bursts in a row without a single spike. */
  silentBursts: number;
  readonly activity: AreaActivity;
}

/** What a new brain starts from. */
export interface BrainStart {
  id: string;
  title: string;
  genomePath: string | null;
  connectome: Connectome;
  /** Engine state to go on from, or an image to start burst 0 from. */
  engine: Uint8Array | NetworkImage;
  /** What is switched on after an image; a state has it already. */
  switchOn?: Uint32Array;
  /** State of pattern memory beside it; empty or absent where nothing is remembered. */
  memory?: Uint8Array;
  rateHz?: number;
  /** What acts on it; by default nothing. */
  input?: BrainInput;
  undo?: readonly EditStep[];
  redo?: readonly EditStep[];
  saved?: readonly string[];
  changedByHand?: boolean;
  recovered?: boolean;
  generation?: number;
  /** Bursts that were recorded after this state, to be gone through. */
  kept?: { path: string } & Pick<KeptRecording, "range" | "inputs">;
}

export class LabState {
  readonly ports: LabPorts;
  readonly announcer = new Announcer();
  readonly hub = new FrameHub();
  readonly turns = createTurns();
  readonly clock: BurstClock;
  readonly rollout: Rollout;
  recording: BrainRecording;
  readonly breakpoints: Breakpoints;
  brain: LivingBrain | null = null;
  /** The growth under way; `cancelled` asks it to stop, which is too late once `settled`. */
  growing: { name: string; cancelled: boolean; settled: boolean; ended: Promise<void> } | null = null;
  /** Why the brain stopped, null while it is well. */
  failure: string | null = null;
  #timeline: Life["timeline"] = { id: "", name: "", origin: null };
  /** Other ways this brain went, which stand still (timelines.ts). */
  shelf: readonly Life[] = [];
  /** The recording that may use the disk. */
  readonly #ownRecording: BrainRecording;
  #generation = 0;
  #statusAtMs = 0;
  #rolloutAtMs = 0;
  #heldTold = "[]";

  constructor(ports: LabPorts) {
    this.ports = ports;
    this.rollout = new Rollout(ports, () => this.#rolloutChanged());
    this.#ownRecording = this.createRecording({ vault: ports.recordings, limits: ports.options.recording });
    this.recording = this.#ownRecording;
    this.breakpoints = new Breakpoints(this);
    this.clock = new BurstClock({
      clock: ports.clock,
      rateHz: DEFAULT_RATE_HZ,
      beat: () => this.#beat(),
      onFailure: (error) => this.#failed(error),
      onOverload: (overloaded) => this.#overloadChanged(overloaded),
    });
  }

  createRecording(room: { vault: RecordingVault; limits: RingLimits }): BrainRecording {
    const { ports } = this;
    const engines = { reference: () => ports.engines.reference(), native: () => this.rollout.native().create() };
    return new BrainRecording(ports, room, () => engines[this.brain?.runner.kind ?? "reference"]());
  }

  /** The way of the loaded brain that lives, or E_NO_BRAIN. */
  get life(): Life {
    return { brain: this.living, recording: this.recording, timeline: this.#timeline };
  }

  /** Id and name, as they are now, of the timeline that lives. */
  get timeline(): { id: string; name: string } {
    const { id, name } = this.#timeline;
    return { id, name };
  }

  /** The loaded brain, or E_NO_BRAIN. */
  get living(): LivingBrain {
    if (!this.brain) throw new LabError("E_NO_BRAIN", "No brain is loaded", {}, "Open a genome first.");
    return this.brain;
  }

  /** Puts a new brain in place of the old one, paused. When its engine refuses it, the old brain stays. */
  async install(start: BrainStart, isCancelled: () => boolean = () => false): Promise<LivingBrain> {
    const { rollout, ports } = this;
    const memory = new MemoryRunner();
    memory.restore(start.memory ?? new Uint8Array(0));
    const runner = new EngineRunner({ ports, rollout, brainId: start.id, start: start.engine, switchOn: start.switchOn });
    // Millions of neurons take the engine seconds; who cancelled meanwhile is heard before anything changes.
    for (let turn = 0; turn < HEARING_TURNS; turn++) await ports.clock.breathe();
    if (isCancelled()) {
      runner.dispose();
      throw new LabError("E_CANCELLED", "The growth was cancelled", {});
    }
    if (this.growing) this.growing.settled = true;
    await this.clock.pause();
    return this.turns.take(() => {
      this.brain?.runner.dispose();
      this.#clearShelf();
      this.#timeline = { id: start.id, name: "Original", origin: null };
      this.#generation = Math.max(this.#generation + 1, start.generation ?? 0);
      const brain: LivingBrain = {
        id: start.id,
        title: start.title,
        genomePath: start.genomePath,
        generation: this.#generation,
        connectome: start.connectome,
        opened: start.connectome.genome,
        runner,
        memory,
        stimuli: new Stimuli(start.input ?? { schedules: cleared(this.brain?.stimuli.input.schedules ?? noSchedules) }),
        undo: start.undo ?? [],
        redo: start.redo ?? [],
        saved: start.saved ?? [],
        changedByHand: start.changedByHand ?? false,
        checkpointDue: false,
        structure: 0,
        counts: start.engine instanceof Uint8Array ? null : countsOfGrown(start.connectome, runner.engine.synapseCount),
        checkpointBurst: start.recovered ? runner.burst : null,
        recoveredAtBurst: start.recovered ? runner.burst : null,
        kept: start.kept ? { path: start.kept.path, first: start.kept.range.first, last: start.kept.range.last } : null,
        times: new Timings(TIMED_BURSTS),
        silentBursts: 0,
        activity: new AreaActivity(),
      };
      this.brain = brain;
      memory.follow(brain.connectome, runner.burst);
      this.recording.begin(brain, start.kept);
      this.failure = null;
      if (start.rateHz !== undefined) this.clock.rateHz = start.rateHz;
      this.hub.reset();
      this.announcer.announce({ type: "connectome.replaced", generation: brain.generation });
      this.announceStimuli();
      this.announcer.announce({ type: "problems.changed" });
      return brain;
    });
  }

  /** Puts another way of this brain in place of the one that lives, which the caller keeps or gives up. In turn, paused. */
  goOver({ brain, recording, timeline }: Life): void {
    this.#generation++;
    brain.generation = this.#generation;
    this.brain = brain;
    this.recording = recording;
    this.#timeline = timeline;
    this.failure = null;
    this.hub.reset();
  }

  /** Shows the windows a recorded frame of the living brain. In turn only. */
  showRecorded(recorded: Uint32Array): void {
    const frame = this.hub.take(recorded.length);
    frame.set(recorded);
    this.hub.publish(frame, recorded.length, this.living.generation);
  }

  /** What everybody has to hear after the brain was put into another state; `isOther`: its connectome may be another one too. */
  announceMoved({ isOther }: { isOther: boolean }): void {
    if (isOther) this.announcer.announce({ type: "connectome.replaced", generation: this.living.generation });
    this.announceStimuli();
    this.announcer.announce({ type: "problems.changed" });
    this.announceStatus();
    this.announceRollout();
  }

  status(): BrainStatus {
    const { brain, clock, growing, failure } = this;
    const idle = failure !== null ? "failed" : clock.running ? "running" : "paused";
    const { p50Ms: p50, p95Ms: p95, p99Ms: p99 } = (brain?.times ?? new Timings(1)).summary();
    return {
      state: growing ? "growing" : brain ? idle : "empty",
      brainId: brain?.id ?? null,
      title: brain?.title ?? "",
      genomePath: brain?.genomePath ?? null,
      generation: brain?.generation ?? this.#generation,
      burst: brain?.runner.burst ?? 0,
      targetHz: clock.rateHz,
      achievedHz: clock.achievedHz(),
      lateMs: clock.lateMs(),
      overloaded: clock.overloaded,
      burstMs: { p50, p95, p99 },
      neurons: brain ? neuronsOf(brain.connectome) : 0,
      synapses: brain?.runner.engine.synapseCount ?? 0,
      areas: brain?.connectome.areas.size ?? 0,
      dynamics: brain?.connectome.dynamics ?? "standard",
      engine: brain?.runner.kind ?? "reference",
      checkpointBurst: brain?.checkpointBurst ?? null,
      recoveredAtBurst: brain?.recoveredAtBurst ?? null,
      canUndo: brain?.undo.at(-1)?.group ?? null,
      canRedo: brain?.redo.at(-1)?.group ?? null,
      durable: this.ports.events.durable,
      unsaved: brain !== null && isUnsaved(brain),
      kept: brain?.kept ?? null,
    };
  }

  /** True counts of areas and mappings; counted anew only after something changed them. */
  counts(): ReturnType<typeof countsOf> {
    return countsOf(this);
  }

  rolloutStatus(): RolloutStatus {
    const runner = this.brain?.runner;
    return this.rollout.status({ kind: runner?.kind ?? "reference", brainId: this.brain?.id ?? "", burst: runner?.burst ?? 0 });
  }

  /** Held inputs that act in the next burst. */
  held(): HeldInput[] {
    const { connectome, stimuli, runner } = this.living;
    return heldInputs(stimuli.input.sensory, runner.burst + 1, connectome);
  }

  announceStatus(): void {
    this.#statusAtMs = this.ports.clock.nowMs();
    this.announceHeld();
    this.announcer.announce({ type: "brain.status", status: this.status() });
  }

  announceRollout(): void {
    this.#rolloutAtMs = this.ports.clock.nowMs();
    this.announcer.announce({ type: "rollout.status", status: this.rolloutStatus() });
  }

  announceStimuli(): void {
    const { brain } = this;
    this.announcer.announce({ type: "stimuli", stimuli: brain ? brain.stimuli.list(brain.runner.burst) : [] });
    this.announceHeld();
  }

  /** Tells of held inputs where others are held than were told last. */
  announceHeld(): void {
    const held = this.brain ? this.held() : [];
    const told = JSON.stringify(held);
    if (told === this.#heldTold) return;
    this.#heldTold = told;
    this.announcer.announce({ type: "sensory.held", held });
  }

  /** Resolves once the event is in the store. */
  async record(type: string, source: string, data: unknown): Promise<number> {
    return (await this.ports.events.append([{ type, source, data }])).last;
  }

  /** Records what nobody waits for. */
  note(...events: NewEvent[]): void {
    this.ports.events.append(events).catch((error) => this.ports.log.warn("an event was lost", { reason: String(error) }));
  }

  #beat(): Promise<void> {
    return this.turns.take(async () => {
      const { brain, hub, recording } = this;
      if (!brain) return;
      const { runner, stimuli } = brain;
      const { at, last } = recording.recorder;
      await this.breakpoints.arm(brain);
      const { frame, words } = await beat({ brain, recording }, (size) => hub.take(size));
      const isPause = this.breakpoints.judge(brain, frame);
      if (at < last) this.note({ type: "time.branched", source: "clock", data: { brainId: brain.id, burst: at, dropped: last } });
      brain.times.record(engineMs(frame));
      hub.publish(frame, words, brain.generation);
      this.#heed(brain, frame);
      const ended = stimuli.takeEnded(runner.burst);
      if (ended.length > 0) {
        this.note(
          ...ended.map(({ id }) => ({
            type: "sensory.end",
            source: "stimulus",
            data: { id, brainId: brain.id, afterBurst: runner.burst },
          })),
        );
        this.announceStimuli();
      }
      if (isPause) {
        // As if a person had paused here: a recovery does not run on from it.
        if (this.clock.running)
          this.note({ type: "control.pause", source: "breakpoint", data: { brainId: brain.id, burst: runner.burst } });
        this.clock.halt();
        this.announceStatus();
        return;
      }
      const now = this.ports.clock.nowMs();
      if (now - this.#statusAtMs >= STATUS_MS) this.announceStatus();
      if (now - this.#rolloutAtMs >= ROLLOUT_STATUS_MS) this.announceRollout();
    });
  }

  /** Puts everything away. In turn. */
  async close(): Promise<void> {
    this.#clearShelf();
    this.brain?.runner.dispose();
    await this.recording.recorder.drop();
  }

  /** Another brain begins with the lab's own recording, and alone. */
  #clearShelf(): void {
    const others = [...this.shelf.map(({ recording }) => recording), this.recording].filter((one) => one !== this.#ownRecording);
    for (const { brain } of this.shelf) brain.runner.dispose();
    for (const { recorder } of others) void recorder.drop();
    this.shelf = [];
    this.recording = this.#ownRecording;
  }

  /** Counts silent bursts, and who fires; problems change when silence becomes worth telling or ends, and when other areas stand out. */
  #heed(brain: LivingBrain, frame: Uint32Array): void {
    const fired = frame[frameWord.fired]!;
    const wasSilent = brain.silentBursts;
    brain.silentBursts = fired === 0 ? wasSilent + 1 : 0;
    const isNews = brain.silentBursts === SILENT_BURSTS || (fired > 0 && wasSilent >= SILENT_BURSTS);
    const standOut = brain.activity.heed(brain.runner.burst, frame, brain.connectome.areas, this.ports.clock.nowMs());
    if (standOut || isNews) this.announcer.announce({ type: "problems.changed" });
  }

  #failed(error: unknown): void {
    const { message } = wireErrorOf(error);
    this.failure = message;
    this.ports.log.warn("the brain stopped", { reason: message });
    this.note({ type: "brain.failed", source: "clock", data: { brainId: this.brain?.id, burst: this.brain?.runner.burst, message } });
    this.announcer.announce({ type: "notice", severity: "error", message: `The brain stopped: ${message}` });
    this.announcer.announce({ type: "problems.changed" });
    this.announceStatus();
  }

  #overloadChanged(overloaded: boolean): void {
    const { announcer, clock, ports } = this;
    if (overloaded) {
      const target = clock.rateHz;
      ports.log.warn("bursts do not come at the rate asked for", { achievedHz: Number(clock.achievedHz().toFixed(1)), targetHz: target });
      // Judged over some seconds; the rate of the last one, which problems and run bar tell, may be another.
      announcer.announce({ type: "notice", severity: "warning", message: `The brain does not keep up with the ${target} Hz asked for.` });
    }
    announcer.announce({ type: "problems.changed" });
    this.announceStatus();
  }

  #rolloutChanged(): void {
    // The rollout may speak while it is being made.
    if (!this.rollout) return;
    this.brain?.runner.rolloutChanged();
    this.announceRollout();
    this.announcer.announce({ type: "problems.changed" });
  }
}

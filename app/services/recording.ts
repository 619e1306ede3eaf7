/**
 * The recording of the living brain: bursts and states (core/recording), and what the lab knew in each burst besides the engine,
 * which are the connectome, the stimuli and what could be undone. Going back puts all of it back together.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import type { Activity } from "#contracts/commands/time.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { Engine } from "#core/engine/engine.ts";
import type { KeptRecording } from "#core/exchange/recording-file.ts";
import { MemoryRunner } from "#core/plasticity/memory-runner.ts";
import { Recorder } from "#core/recording/recorder.ts";
import type { RingLimits } from "#core/recording/ring.ts";
import type { RecordingVault } from "#core/recording/vault.ts";
import { spent } from "#core/sensory/sensory.ts";
import { lastHeldIn } from "#core/sensory/sensory-patch.ts";
import type { BrainInput } from "#core/stimulation/brain-input.ts";
import type { EditStep } from "./edit-steps.ts";
import type { LivingBrain } from "./lab-state.ts";
import type { LabPorts } from "./ports.ts";

type RecordedChange = Activity["changes"][number];

/** What bursts ran under; everything in it is replaced as a whole, never changed. */
export interface BurstContext {
  connectome: Connectome;
  input: BrainInput;
  undo: readonly EditStep[];
  redo: readonly EditStep[];
}

export class BrainRecording {
  readonly recorder: Recorder;
  #memory = new MemoryRunner();
  /** Ascending; each holds from its burst on. */
  #contexts: { from: number; context: BurstContext }[] = [];

  constructor(ports: LabPorts, { vault, limits }: { vault: RecordingVault; limits: RingLimits }, createEngine: () => Engine) {
    this.recorder = new Recorder({
      vault,
      limits,
      createEngine,
      nowMs: () => ports.clock.nowMs(),
      breathe: () => ports.clock.breathe(),
      onDiskLost: (error) => ports.log.warn("the recording stays in memory: its folder refuses", { reason: String(error) }),
      beside: () => this.#memory.save(),
    });
  }

  /** Starts anew with this brain, or with what was kept of the bursts after its state. */
  begin(brain: LivingBrain, kept?: Pick<KeptRecording, "range" | "inputs">): void {
    this.#contexts = [];
    this.#memory = brain.memory;
    if (kept) this.recorder.open(brain.runner.engine, kept.range);
    else this.recorder.begin(brain.runner.engine);
    brain.runner.observe({
      patched: (patch) => {
        brain.memory.heed(patch);
        this.recorder.patched(patch);
      },
      served: (engine) => this.recorder.served(engine),
      replaced: (engine) => this.recorder.replaced(engine),
    });
    this.before(brain);
    const { connectome, undo, redo } = brain;
    if (kept) this.#contexts = kept.inputs.map(({ from, input }) => ({ from, context: { connectome, input, undo, redo } }));
  }

  /** A stretch of bursts between two edits, with the state before it, as a recording file holds it. */
  async keep(first: number, last: number, mostBytes: number): Promise<Omit<KeptRecording, "brain"> & { connectome: Connectome }> {
    const range = await this.recorder.keep(first, last, mostBytes);
    const { connectome } = this.contextOf(first);
    const inputs = this.#contexts
      .filter(({ from }, at) => from <= last && (this.#contexts[at + 1]?.from ?? last + 1) > first)
      .map(({ from, context: { input } }) => ({ from: Math.max(from, first), input }));
    return { range, inputs, connectome };
  }

  /** Notes what the coming burst runs under, if that is new. */
  before({ connectome, stimuli: { input }, undo, redo, runner }: LivingBrain): void {
    const from = runner.burst + 1;
    const contexts = this.#contexts;
    while (contexts.length > 0 && contexts.at(-1)!.from >= from) contexts.pop();
    const last = contexts.at(-1)?.context;
    const context: BurstContext = { connectome, input, undo, redo };
    if (last && Object.entries(context).every(([part, value]) => last[part as keyof BurstContext] === value)) return;
    const before = contexts.at(-1);
    if (before) before.context = keptOf(before.context, from - 1);
    contexts.push({ from, context });
    const { first } = this.recorder;
    while (contexts.length > 1 && contexts[1]!.from <= first - 1) contexts.shift();
  }

  /** The engine and pattern memory as they stood after a burst; what memory asked for then is not in the engine. */
  async stateAt(burst: number, signal?: AbortSignalLike): Promise<{ engine: Engine; memory: MemoryRunner }> {
    const memory = new MemoryRunner();
    const engine = await this.recorder.engineAt(burst, signal, {
      begin: (state) => memory.restore(state),
      ran: (replaying, frame, patches) => memory.repeat(replaying, frame, patches, this.contextOf(replaying.burst).connectome),
      save: () => memory.save(),
    });
    return { engine, memory };
  }

  /** Bursts that were the first to run under another connectome or other stimuli, and what that was. */
  changes(): RecordedChange[] {
    return this.#contexts.slice(1).flatMap(({ from: burst, context }, at): RecordedChange[] => {
      const { connectome, input, undo } = this.#contexts[at]!.context;
      if (connectome === context.connectome) return hasSameInput(input, context.input) ? [] : [{ burst, kind: "stimulus", what: "" }];
      const step = context.undo.findLast((one) => !undo.includes(one)) ?? undo.findLast((one) => !context.undo.includes(one));
      return [{ burst, kind: "edit", what: step?.group ?? "" }];
    });
  }

  /** What a burst ran under; before the first, what the first ran under. */
  contextOf(burst: number): BurstContext {
    const found = this.#contexts.findLast(({ from }) => from <= burst) ?? this.#contexts[0]!;
    return found.context;
  }
}

/** Frames of the senses may be large and come in every burst; what they were is in the recording. */
function keptOf(context: BurstContext, burst: number): BurstContext {
  const { input, connectome } = context;
  return input.sensory.waiting.length === 0
    ? context
    : { ...context, input: { ...input, sensory: spent(input.sensory, burst, lastHeldIn(connectome)) } };
}

/** Whether a person would say so: what bodies send, and what of a schedule is over, makes no difference. */
export function hasSameInput(a: BrainInput, b: BrainInput): boolean {
  return a.stimuli === b.stimuli && a.sensory.holds === b.sensory.holds;
}

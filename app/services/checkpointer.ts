/**
 * Writes checkpoints beside the running brain: every half minute while it runs or was edited, at each pause, and at the
 * end.
 *
 * The state is copied in one turn between two bursts; hashing and writing follow in slices of one chunk, with pauses so long that all
 * of it stays below 5 % of the time. Chunks end where columns of the snapshot end, so that columns that did not change since (wiring,
 * coordinates, parameters) are the same bytes again and cost nothing but their hash.
 */
import { z } from "zod";
import { decodeSnapshot } from "#core/engine/reference/snapshot-codec.ts";
import { sectionPlaces } from "#core/engine/snapshot-sections.ts";
import { type ConnectomeJson, connectomeFrom, connectomeJson } from "#core/exchange/brain-file.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { saveGenome } from "#core/genome/save.ts";
import { type BrainInput, storedInput } from "#core/stimulation/brain-input.ts";
import { type EditStep, stored } from "./edit-steps.ts";
import type { BrainStart, LabState, LivingBrain } from "./lab-state.ts";
import type { CheckpointChunk, CheckpointPart } from "./ports.ts";
import { createTurns } from "./turns.ts";

const CHUNK_BYTES = 256 << 10;
const SETTLE_MS = 1000;
/** Share of the time that capturing and writing may take while the brain runs. */
const SHARE = 0.05;

const CheckpointMeta = z.object({
  /** 1: what could be undone is of another kind, and left out. */
  version: z.union([z.literal(1), z.literal(2)]),
  brainId: z.string(),
  title: z.string(),
  genomePath: z.string().nullable(),
  generation: z.int(),
  burst: z.int(),
  rateHz: z.number(),
  running: z.boolean(),
  /** Newest event the state contains; later edits are repeated on recovery. */
  seq: z.int(),
  rolloutPercent: z.number(),
  saved: z.array(z.string()).default([]),
  changedByHand: z.boolean().default(false),
  /** A recording that is looked at: its bursts are in its file alone. */
  kept: z.object({ path: z.string(), first: z.int(), last: z.int() }).nullable().default(null),
  ...storedInput,
  undo: z.array(z.custom<EditStep>((value) => typeof value === "object")),
  redo: z.array(z.custom<EditStep>((value) => typeof value === "object")),
});
type CheckpointMeta = Omit<z.infer<typeof CheckpointMeta>, keyof BrainInput> & BrainInput;

export interface CheckpointResult {
  burst: number;
  bytesWritten: number;
  ms: number;
}

/** A checkpoint, read: what to install, and whether it ran. */
export interface Recovered {
  start: BrainStart;
  burst: number;
  running: boolean;
  seq: number;
  kept: LivingBrain["kept"];
}

export class Checkpointer {
  readonly #state: LabState;
  readonly #writes = createTurns();
  #timer: { wake(): void } | null = null;
  #closed = false;
  #hurry = false;
  #notBeforeMs = 0;
  /** How often `soon` was asked. */
  #asked = 0;

  constructor(state: LabState) {
    this.#state = state;
  }

  /** Begins the regular checkpoints. */
  start(): void {
    void this.#tick();
  }

  /** A complete checkpoint of now. `hurry` writes without pauses. */
  write({ hurry }: { hurry: boolean }): Promise<CheckpointResult> {
    if (hurry) this.#hurry = true;
    return this.#writes.take(async () => {
      try {
        return await this.#write();
      } catch (error) {
        if (this.#state.brain) this.#state.brain.checkpointDue = true;
        throw error;
      } finally {
        if (hurry) this.#hurry = false;
      }
    });
  }

  /** A checkpoint once nobody has asked for a while: moves along the recording come in rows, and none waits for it. */
  soon(): void {
    const { clock, log } = this.#state.ports;
    const asked = ++this.#asked;
    this.#state.living.checkpointDue = true;
    void clock.sleep(SETTLE_MS).done.then(() => {
      if (this.#closed || asked !== this.#asked || this.#state.brain === null) return;
      this.write({ hurry: false }).catch((error) => log.warn("a checkpoint failed", { reason: String(error) }));
    });
  }

  /** Ends the regular checkpoints and waits for one under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#hurry = true;
    this.#timer?.wake();
    await this.#writes.take(() => {});
  }

  async #tick(): Promise<void> {
    const { clock, options, log } = this.#state.ports;
    while (!this.#closed) {
      const sleep = clock.sleep(options.checkpointSeconds * 1000);
      this.#timer = sleep;
      await sleep.done;
      const isChanging = this.#state.clock.running || this.#state.brain?.checkpointDue === true;
      const isDue = isChanging && clock.nowMs() >= this.#notBeforeMs;
      if (this.#closed || !isDue) continue;
      await this.write({ hurry: false }).catch((error) => log.warn("a checkpoint failed", { reason: String(error) }));
    }
  }

  async #write(): Promise<CheckpointResult> {
    const { ports, turns } = this.#state;
    const { clock } = ports;
    const began = clock.nowMs();
    const { brain, parts, seq } = await turns.take(() => {
      const living = this.#state.living;
      return { brain: living, parts: this.#capture(living), seq: ports.events.head };
    });
    const captureMs = clock.nowMs() - began;
    this.#notBeforeMs = clock.nowMs() + captureMs / SHARE;
    await this.#restAfter(captureMs);
    const writer = ports.checkpoints.begin();
    let bytesWritten = 0;
    for (const chunk of chunksOf(parts)) {
      const start = clock.nowMs();
      bytesWritten += writer.put(chunk);
      await this.#restAfter(clock.nowMs() - start);
    }
    const burst = parts.meta.burst;
    writer.commit(burst);
    ports.events.releaseEdits(seq);
    brain.checkpointBurst = burst;
    const ms = clock.nowMs() - began;
    this.#state.note({ type: "brain.checkpoint", source: "checkpoint", data: { brainId: brain.id, burst, bytesWritten } });
    this.#state.announceStatus();
    return { burst, bytesWritten, ms };
  }

  #capture(brain: LivingBrain) {
    const { clock, ports, rollout } = this.#state;
    const meta: CheckpointMeta = {
      version: 2,
      brainId: brain.id,
      title: brain.title,
      genomePath: brain.genomePath,
      generation: brain.generation,
      burst: brain.runner.burst,
      rateHz: clock.rateHz,
      running: clock.running,
      seq: ports.events.head,
      rolloutPercent: rollout.percent,
      saved: [...brain.saved],
      changedByHand: brain.changedByHand,
      kept: brain.kept,
      ...brain.stimuli.input,
      undo: brain.undo.map(stored),
      redo: brain.redo.map(stored),
    };
    brain.checkpointDue = false;
    const { connectome, runner } = brain;
    return {
      meta,
      connectome: connectomeJson(connectome),
      genome: saveGenome(connectome.genome),
      engine: runner.snapshot(),
      memory: brain.memory.save(),
    };
  }

  async #restAfter(ms: number): Promise<void> {
    const { clock, ports } = this.#state;
    if (this.#hurry || !clock.running) await ports.clock.breathe();
    else await ports.clock.sleep(ms / SHARE - ms).done;
  }
}

/** The newest checkpoint as something to install. Nothing is grown: the wiring is in the engine state. */
export function readCheckpoint(parts: Record<CheckpointPart, Uint8Array>): Recovered {
  const text = (part: CheckpointPart) => new TextDecoder().decode(parts[part]);
  const meta: CheckpointMeta = CheckpointMeta.parse(JSON.parse(text("meta")));
  const parsed = parseGenome(text("genome"));
  if (!parsed.ok) throw new Error("the genome of the checkpoint does not parse");
  const dynamics = decodeSnapshot(parts.engine).strict ? "feagi-strict" : "standard";
  const connectome = connectomeFrom(JSON.parse(text("connectome")) as ConnectomeJson, parsed.genome, dynamics);
  const { brainId: id, title, genomePath, generation, rateHz, stimuli, schedules, sensory, burst, running, seq, kept } = meta;
  const { saved, changedByHand } = meta;
  const { undo, redo } = meta.version === 2 ? meta : { undo: [], redo: [] };
  return {
    start: {
      id,
      title,
      genomePath,
      generation,
      connectome,
      engine: parts.engine,
      memory: parts.memory,
      rateHz,
      input: { stimuli, schedules, sensory },
      undo,
      redo,
      saved,
      changedByHand,
      recovered: true,
    },
    burst,
    running,
    seq,
    kept,
  };
}

interface Captured {
  meta: CheckpointMeta;
  connectome: ConnectomeJson;
  genome: string;
  engine: Uint8Array;
  /** Of pattern memory (memory-state.ts); empty where there is none. */
  memory: Uint8Array;
}

function* chunksOf({ meta, connectome, genome, engine, memory }: Captured): Generator<CheckpointChunk> {
  const encoder = new TextEncoder();
  yield* pieces("meta", encoder.encode(JSON.stringify(meta)));
  yield* pieces("connectome", encoder.encode(JSON.stringify(connectome)));
  yield* pieces("genome", encoder.encode(genome));
  let start = 0;
  for (const end of [...sectionPlaces(engine).map(({ offset }) => offset), engine.length]) {
    yield* pieces("engine", engine.subarray(start, end));
    start = end;
  }
  yield* pieces("memory", memory);
}

function* pieces(part: CheckpointPart, bytes: Uint8Array): Generator<CheckpointChunk> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield { part, bytes: bytes.subarray(at, at + CHUNK_BYTES) };
}

/**
 * Runs one brain on whichever engine the rollout says: the RuntimeAdapter of `burst_engine`.
 *
 * Engines swap between two windows of 256 bursts, or at once when a person changed the rollout, by snapshot; the new one must
 * show the same state hash before it serves. While the native engine serves, the last snapshot and every patch since are kept: when
 * it fails, the reference takes that snapshot, repeats what came after and runs the burst that failed, so no burst is lost.
 * All verbs are called in turn (turns.ts), never during a burst.
 */
import { LabError } from "#contracts/errors.ts";
import { engineMs } from "#contracts/frame.ts";
import type { NetworkImage } from "#contracts/network.ts";
import { type Engine, type EngineKind, roomyFrame } from "#core/engine/engine.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { WINDOW_BURSTS } from "#core/runtime/decide.ts";
import { mismatchOf } from "./engine-mismatch.ts";
import type { LabPorts } from "./ports.ts";
import type { Rollout } from "./rollout.ts";
import { ShadowSampler } from "./shadow-sampler.ts";

/** Snapshots for falling back may take this share of the time between them. */
/** A burst this short costs less on the host's own thread than the way to another and back. */
const SHORT_BURST_MS = 0.25;
const SNAPSHOT_SHARE = 0.05;
/** Patches kept since the last snapshot; beyond it a new one is taken whatever it costs. */
const LOG_WORDS = 16 << 20;

interface Boundary {
  burst: number;
  snapshot: Uint8Array;
  /** Patches since, with the burst count they were applied at. */
  patches: { burst: number; words: Uint32Array }[];
  words: number;
  takenAtMs: number;
  costMs: number;
}

/** Who is told what happens to the engine, in turn. */
export interface EngineObserver {
  /** The serving engine took a patch for the next burst. */
  patched(patch: Uint32Array): void;
  /** Another engine goes on in the same state. */
  served(engine: Engine): void;
  /** The state is another one now. */
  replaced(engine: Engine): void;
}

export interface BurstResult {
  /** The frame that was handed in, or another one when the engine kept that. */
  frame: Uint32Array;
  words: number;
}

export class EngineRunner {
  readonly #ports: LabPorts;
  readonly #rollout: Rollout;
  readonly #brainId: string;
  readonly #shadow: ShadowSampler;
  #engine: Engine;
  #observer: EngineObserver | null = null;
  #boundary: Boundary | null = null;
  /** The rollout has changed: decide again before the next burst. */
  #stale = false;
  /** The native engine failed in this window and does not serve again before the next. */
  #failedWindow = -1;
  /** Engine time of the last native burst since the swap. */
  #nativeMs = Number.POSITIVE_INFINITY;
  /** The last time limit that passed. */
  #lateness: LabError | null = null;

  /** Starts from `start`: an image at burst 0 and what is switched on after it, or a snapshot. Throws when it is refused. */
  constructor({
    ports,
    rollout,
    brainId,
    start,
    switchOn,
  }: {
    ports: LabPorts;
    rollout: Rollout;
    brainId: string;
    start: NetworkImage | Uint8Array;
    switchOn?: Uint32Array | undefined;
  }) {
    this.#ports = ports;
    this.#rollout = rollout;
    this.#brainId = brainId;
    this.#shadow = new ShadowSampler(ports, rollout);
    this.#engine = ports.engines.reference();
    if (start instanceof Uint8Array) this.#engine.restore(start);
    else {
      this.#engine.load(start);
      if (switchOn) this.#engine.apply(switchOn);
    }
    this.#decide();
  }

  /** For reading, in turn only. */
  get engine(): Engine {
    return this.#engine;
  }

  get kind(): EngineKind {
    return this.#engine.kind;
  }

  get burst(): number {
    return this.#engine.burst;
  }

  observe(observer: EngineObserver): void {
    this.#observer = observer;
  }

  /** A person changed the rollout: the next burst obeys. */
  rolloutChanged(): void {
    this.#stale = true;
  }

  /** `isStructural`: it is told as another state instead of a patch, as millions of synapses are better kept once than repeated. */
  async apply(patch: Uint32Array, { isStructural = false } = {}): Promise<void> {
    if (patch.length === 0) return;
    try {
      this.#engine.apply(patch);
    } catch (error) {
      const isRefusal = error instanceof LabError && error.code === "E_INVALID";
      if (isRefusal || this.kind === "reference") throw error;
      await this.#fallBack(error);
      this.#engine.apply(patch);
    }
    if (this.#boundary) {
      this.#boundary.patches.push({ burst: this.burst, words: patch });
      this.#boundary.words += patch.length;
    }
    this.#shadow.patched(this.burst, patch);
    if (isStructural) this.#observer?.replaced(this.#engine);
    else this.#observer?.patched(patch);
  }

  async runBurst(frame: Uint32Array): Promise<BurstResult> {
    this.#rollout.at(this.burst);
    if (this.#stale || this.burst % WINDOW_BURSTS === 0) this.#decide();
    this.#keepBoundary();
    this.#shadow.beforeBurst(this.#engine, () => this.#boundaryHere() ?? this.#engine.snapshot());
    const result = this.kind === "native" ? await this.#nativeBurst(frame) : await this.#referenceBurst(frame);
    this.#shadow.afterBurst(this.#engine, result.frame.subarray(0, result.words));
    return result;
  }

  snapshot(): Uint8Array {
    return this.#boundaryHere() ?? this.#engine.snapshot();
  }

  /** Goes on with an engine that stands elsewhere in time. */
  adopt(engine: Engine): void {
    this.#shadow.drop();
    this.#serve(engine);
    this.#decide();
  }

  dispose(): void {
    this.#shadow.drop();
    this.#boundary = null;
    this.#engine.dispose();
  }

  async #referenceBurst(frame: Uint32Array): Promise<BurstResult> {
    try {
      const words = await this.#engine.burstInto(frame);
      this.#rollout.ran("reference", engineMs(frame));
      return { frame, words };
    } catch (error) {
      throw new LabError(
        "E_ENGINE",
        `The burst after ${this.burst} failed: ${messageOf(error)}`,
        { engine: "reference", burst: this.burst },
        "Open the genome again, or go back to a checkpoint.",
        error,
      );
    }
  }

  async #nativeBurst(frame: Uint32Array): Promise<BurstResult> {
    const { inFlight } = this.#ports.engines;
    try {
      inFlight.enter();
      // A stuck engine can only be left behind on its own thread, so the first burst after every swap runs there.
      const short = this.#nativeMs < SHORT_BURST_MS;
      const words = short ? this.#engine.burstIntoSync(frame) : await this.#inTime(this.#engine.burstInto(frame));
      inFlight.leave();
      this.#nativeMs = engineMs(frame);
      this.#rollout.ran("native", this.#nativeMs);
      return { frame, words };
    } catch (error) {
      inFlight.leave();
      await this.#fallBack(error);
      // The native side may still hold the frame after a timeout, so the reference gets one of its own.
      return this.#referenceBurst(new Uint32Array(this.#engine.frameWords));
    }
  }

  /** Continues on the reference from the last boundary, up to the burst count the native engine had reached. */
  async #fallBack(error: unknown): Promise<void> {
    const boundary = this.#boundary;
    if (!boundary) throw error;
    // A burst that failed is not counted.
    const until = this.burst;
    const reference = this.#ports.engines.reference();
    reference.restore(boundary.snapshot);
    let scratch = new Uint32Array(0);
    let next = 0;
    for (;;) {
      while (next < boundary.patches.length && boundary.patches[next]!.burst === reference.burst)
        reference.apply(boundary.patches[next++]!.words);
      if (reference.burst >= until) break;
      scratch = roomyFrame(reference, scratch);
      reference.burstIntoSync(scratch);
      await this.#ports.clock.breathe();
    }
    this.#failedWindow = Math.floor(until / WINDOW_BURSTS);
    // An engine that is still at work cannot be put away without waiting for it.
    this.#serve(reference, { abandon: error === this.#lateness });
    this.#rollout.failed(error, { threw: true, fellBack: true });
  }

  /** Asks the rollout and swaps when the answer is another engine than the one that serves. */
  #decide(): void {
    this.#stale = false;
    const { value } = this.#rollout.decide(this.#brainId, this.burst);
    const failedHere = this.#failedWindow === Math.floor(this.burst / WINDOW_BURSTS);
    const wanted: EngineKind = value === "candidate" && !failedHere ? "native" : "reference";
    if (wanted !== this.kind) this.#swapTo(wanted);
  }

  #swapTo(kind: EngineKind): void {
    let next: Engine | null = null;
    try {
      const snapshot = this.snapshot();
      next = kind === "native" ? this.#rollout.native().create() : this.#ports.engines.reference();
      next.restore(snapshot);
      const [before, after] = [endingHash(snapshot), next.stateHash()];
      if (before !== after) {
        this.#rollout.compared(1, mismatchOf(this.burst, "the state hash after a swap", null));
        throw new LabError("E_ENGINE", "The state hash differs after the swap", { engine: kind });
      }
      this.#serve(next);
    } catch (error) {
      next?.dispose();
      // Without the native engine the reference simply goes on; the other way round there is nothing to go on with.
      if (kind === "reference") throw error;
      this.#failedWindow = Math.floor(this.burst / WINDOW_BURSTS);
      this.#rollout.failed(error, { threw: false, fellBack: true });
    }
  }

  #serve(engine: Engine, { abandon = false } = {}): void {
    const old = this.#engine;
    this.#engine = engine;
    this.#nativeMs = Number.POSITIVE_INFINITY;
    this.#boundary = null;
    this.#observer?.served(engine);
    if (abandon) return;
    try {
      old.dispose();
    } catch (error) {
      this.#ports.log.warn("an engine could not be put away", { engine: old.kind, reason: messageOf(error) });
    }
  }

  /** While the native engine serves: a snapshot at each window's edge, as long as snapshots stay cheap. */
  #keepBoundary(): void {
    if (this.kind === "reference") {
      this.#boundary = null;
      return;
    }
    const { clock } = this.#ports;
    const now = clock.nowMs();
    const old = this.#boundary;
    const isCheap = old === null || old.costMs <= SNAPSHOT_SHARE * (now - old.takenAtMs);
    const isDue = old === null || old.words > LOG_WORDS || (this.burst % WINDOW_BURSTS === 0 && old.burst !== this.burst && isCheap);
    if (!isDue) return;
    const snapshot = this.#engine.snapshot();
    this.#boundary = { burst: this.burst, snapshot, patches: [], words: 0, takenAtMs: clock.nowMs(), costMs: clock.nowMs() - now };
  }

  /** The boundary's snapshot when nothing has happened since. */
  #boundaryHere(): Uint8Array | null {
    const boundary = this.#boundary;
    return boundary && boundary.burst === this.burst && boundary.patches.length === 0 ? boundary.snapshot : null;
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    const { timeoutMs } = this.#ports.options.rollout;
    const alarm = this.#ports.clock.sleep(timeoutMs);
    const late = alarm.done.then((): never => {
      this.#lateness = new LabError("E_ENGINE", `The native engine did not finish a burst within ${timeoutMs} ms`, { engine: "native" });
      throw this.#lateness;
    });
    late.catch(() => {});
    try {
      return await Promise.race([work, late]);
    } finally {
      alarm.wake();
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

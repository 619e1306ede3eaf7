/**
 * Measures both engines and compares the one that does not serve: both repeat a short stretch of bursts beside the brain, from the same
 * snapshot with the same input, burst by burst; the other's frames and final state hash must be those that were served. The one that
 * serves repeats them too because a paced burst takes longer than one of a row.
 *
 * A sample costs a small share of the time between samples and only brains whose state is small are sampled, so a burst never waits
 * for it noticeably. Source: spec/router-and-rollout.md section 9.4.
 */
import { engineMs, frameWord } from "#contracts/frame.ts";
import { type Engine, type EngineKind, roomyFrame } from "#core/engine/engine.ts";
import { divergence } from "#core/engine/shadow-engine.ts";
import { WINDOW_BURSTS } from "#core/runtime/decide.ts";
import { inTurn } from "./both-engines.ts";
import { mismatchOf } from "./engine-mismatch.ts";
import type { LabPorts } from "./ports.ts";
import type { Rollout } from "./rollout.ts";

const SAMPLE_BURSTS = 64;
/** The first bursts of an engine fill caches and compile code: compared, but not timed. */
const WARM_UP_BURSTS = 8;
/** Larger states are left to `rollout.selftest`. */
const SAMPLE_BYTES = 32 << 20;
const SAMPLE_SHARE = 0.02;
const SAMPLE_PAUSE_MS = 5000;

interface Sample {
  from: number;
  snapshot: Uint8Array;
  served: Engine["kind"];
  patches: { burst: number; words: Uint32Array }[];
  frames: Uint32Array[];
}

export class ShadowSampler {
  readonly #ports: LabPorts;
  readonly #rollout: Rollout;
  #sample: Sample | null = null;
  #busy = false;
  #nextAtMs = Number.NEGATIVE_INFINITY;
  #dropped = 0;

  constructor(ports: LabPorts, rollout: Rollout) {
    this.#ports = ports;
    this.#rollout = rollout;
  }

  patched(burst: number, words: Uint32Array): void {
    this.#sample?.patches.push({ burst, words });
  }

  /** Patches of the coming burst are in `snapshot` already, as staged input. */
  beforeBurst(engine: Engine, snapshot: () => Uint8Array): void {
    if (this.#sample && this.#sample.served !== engine.kind) this.#sample = null;
    const isEdge = engine.burst % WINDOW_BURSTS === 0;
    if (this.#sample || this.#busy || !isEdge || this.#ports.clock.nowMs() < this.#nextAtMs || !this.#rollout.mayCompare) return;
    const state = snapshot();
    if (state.length > SAMPLE_BYTES) {
      this.#nextAtMs = Number.POSITIVE_INFINITY;
      return;
    }
    this.#sample = { from: engine.burst, snapshot: state, served: engine.kind, patches: [], frames: [] };
  }

  afterBurst(engine: Engine, frame: Uint32Array): void {
    const sample = this.#sample;
    if (!sample) return;
    if (sample.served !== engine.kind || frame[frameWord.burst] !== sample.from + sample.frames.length + 1) {
      this.#sample = null;
      return;
    }
    sample.frames.push(frame.slice());
    if (sample.frames.length < SAMPLE_BURSTS) return;
    this.#sample = null;
    this.#busy = true;
    const dropped = this.#dropped;
    void this.#repeat(sample, engine.stateHash(), () => dropped !== this.#dropped).finally(() => {
      this.#busy = false;
    });
  }

  /** Forgets the sample: its brain is another now. */
  drop(): void {
    this.#sample = null;
    this.#dropped++;
  }

  async #repeat(sample: Sample, hash: bigint, isDropped: () => boolean): Promise<void> {
    const { clock, engines } = this.#ports;
    const startedMs = clock.nowMs();
    let workedMs = 0;
    const twins: Engine[] = [];
    const buffers = { native: new Uint32Array(0), reference: new Uint32Array(0) };
    let at: EngineKind = "native";
    const run = (engine: Engine, patches: readonly Uint32Array[]): { frame: Uint32Array; ms: number } => {
      at = engine.kind;
      for (const words of patches) engine.apply(words);
      const frame = roomyFrame(engine, buffers[at]);
      buffers[at] = frame;
      const words = engine.burstIntoSync(frame);
      return { frame: frame.subarray(0, words), ms: engineMs(frame) };
    };
    try {
      for (const kind of ["native", "reference"] as const) {
        at = kind;
        const twin = kind === "native" ? this.#rollout.native().create() : engines.reference();
        twins.push(twin);
        twin.restore(sample.snapshot);
      }
      const [native, reference] = twins as [Engine, Engine];
      for (const [index, served] of sample.frames.entries()) {
        await clock.breathe();
        if (isDropped()) return;
        const began = clock.nowMs();
        const patches = sample.patches.filter(({ burst }) => burst === native.burst).map(({ words }) => words);
        const ran = inTurn(index, { native: () => run(native, patches), reference: () => run(reference, patches) });
        if (index >= WARM_UP_BURSTS) this.#rollout.ranBoth({ native: ran.native.ms, reference: ran.reference.ms });
        const other = sample.served === "native" ? "reference" : "native";
        const what = divergence(served, ran[other].frame);
        workedMs += clock.nowMs() - began;
        if (what) {
          const frames = { native: ran.native.frame, reference: ran.reference.frame, [sample.served]: served };
          return this.#rollout.compared(index + 1, mismatchOf(sample.from + index + 1, what, frames));
        }
      }
      const isSame = (sample.served === "native" ? reference : native).stateHash() === hash;
      const last = sample.from + sample.frames.length;
      this.#rollout.compared(sample.frames.length, isSame ? null : mismatchOf(last, "the state hash", null));
    } catch (error) {
      if (at === "native") this.#rollout.failed(error, { threw: true, fellBack: false });
      else this.#ports.log.warn("a comparison was left out", { reason: String(error) });
    } finally {
      for (const twin of twins) twin.dispose();
      this.#nextAtMs = startedMs + Math.max(SAMPLE_PAUSE_MS, workedMs / SAMPLE_SHARE);
    }
  }
}

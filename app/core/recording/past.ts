/**
 * What was recorded, read again: any burst as it was, and the state after any burst, rebuilt from the nearest keyframe and checked on
 * the way. It changes nothing of the recording but the stepping stones, which repeat what is there.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "../engine/engine.ts";
import { changesBuild, completed } from "../engine/moment.ts";
import { endingHash } from "../engine/snapshot-sections.ts";
import type { History } from "./history.ts";
import { type KeptRange, recordsOf } from "./kept-range.ts";
import { diverged, type Follower, replay } from "./replay.ts";
import type { Ring, Segment } from "./ring.ts";
import { Stones } from "./stones.ts";
import { readRecord, type TapedBurst } from "./tape.ts";

/** Share of memory for states that replays came through. */
const STONE_SHARE = 1 / 16;

export interface PastOptions {
  /** An empty engine of the kind that serves, for keyframes whose wiring is on disk. */
  createEngine(): Engine;
  nowMs(): number;
  /** Gives the event loop a turn. */
  breathe(): Promise<void>;
  /** State of what lives beside the engine and is stepped with it, to be kept with each keyframe; empty where nothing does. */
  beside?(): Uint8Array;
}

export class Past implements History {
  readonly #options: PastOptions;
  readonly #ring: Ring;
  readonly #stones = new Stones();

  constructor(ring: Ring, options: PastOptions) {
    this.#ring = ring;
    this.#options = options;
  }

  get first(): number {
    return (this.#ring.segments[0]?.start ?? 0) + 1;
  }

  get last(): number {
    return this.#ring.segments.at(-1)?.end ?? 0;
  }

  /** Of memory, beside the ring's. */
  get bytes(): number {
    return this.#stones.bytes;
  }

  /** Another recording begins. */
  forget(): void {
    this.#stones.clear();
  }

  recorded(burst: number): TapedBurst | Promise<TapedBurst> {
    const segment = this.#segmentOf(burst);
    const block = this.#ring.blockOf(segment, burst);
    return block instanceof Promise ? block.then((opened) => readRecord(opened, burst)) : readRecord(block, burst);
  }

  /** As History says; `follower` goes the way with it. */
  async engineAt(burst: number, signal: AbortSignalLike = { aborted: false }, follower?: Follower): Promise<Engine> {
    if (this.#ring.segments.length === 0 || burst < this.first - 1 || burst > this.last) throw this.#outside(burst);
    const segment = this.#keyframeOf(burst);
    const stone = this.#stones.find(segment, burst);
    const engine = await this.#engineOf(segment, stone?.moment);
    try {
      follower?.begin((stone ?? (await this.#stateOf(segment))).beside);
      await this.#replay(engine, burst, signal, { follower, segment });
      return engine;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  }

  replacedBefore(burst: number): Promise<Engine> | null {
    const segment = this.#ring.segments[this.#indexFrom(burst - 1)];
    return segment?.isReplaced && segment.start === burst - 1 ? this.#engineOf(segment) : null;
  }

  /** Replays and checks what is recorded from `from` to `to`, the states of keyframes included; tells how many bursts. */
  async verify(from: number, to: number, signal: AbortSignalLike = { aborted: false }): Promise<number> {
    let engine = await this.engineAt(from - 1, signal);
    try {
      for (let index = this.#ring.segments.indexOf(this.#keyframeOf(from - 1)) + 1; ; index++) {
        const next = this.#ring.segments[index];
        await this.#replay(engine, Math.min(to, next?.start ?? to), signal);
        if (!next || next.start > to || engine.burst !== next.start) return to - from + 1;
        if (!next.isReplaced && endingHash(engine.moment()) !== next.hash)
          throw diverged(next.start, "the state is not that of the keyframe");
        engine.dispose();
        engine = await this.#engineOf(next);
      }
    } finally {
      engine.dispose();
    }
  }

  /** A stretch that no structural edit lies in, copied; E_CONFLICT names the burst of one that does, or where it is too long for a file. */
  async keep(first: number, last: number, mostBytes: number): Promise<KeptRange> {
    if (first < this.first || last > this.last || first > last) throw this.#outside(first < this.first ? first : last);
    const { segments } = this.#ring;
    const edit = segments.find(({ start, isReplaced }) => isReplaced && start >= first && start < last);
    if (edit) {
      const advice = `Keep bursts ${first} to ${edit.start}, or ${edit.start + 1} to ${last}.`;
      throw new LabError("E_CONFLICT", `The brain was edited after burst ${edit.start}`, { burst: edit.start }, advice);
    }
    const { build } = this.#keyframeOf(first - 1);
    const within = segments.filter((one) => one.build === build && one.start >= first && one.start <= last && !one.isReplaced);
    const keyframes: KeptRange["keyframes"] = [];
    for (const segment of within) {
      const { start, hash, besideBytes } = segment;
      keyframes.push({ start, hash, besideBytes, moment: await this.#ring.momentOf(segment) });
    }
    const blockOf = (burst: number) => this.#ring.blockOf(this.#segmentOf(burst), burst);
    return { first, last, keyframes, tape: await recordsOf(blockOf, first, last, mostBytes) };
  }

  /** The segment a burst was recorded in: the last that begins before it. */
  #segmentOf(burst: number): Segment {
    const segment = this.#ring.segments[this.#indexFrom(burst - 1)];
    if (!segment || burst > segment.end) throw this.#outside(burst);
    return segment;
  }

  /** The nearest keyframe at or before a state; a replaced state is the one after its burst. */
  #keyframeOf(burst: number): Segment {
    const { segments } = this.#ring;
    let index = this.#indexFrom(burst);
    while (index > 0 && segments[index]!.start === burst && segments[index]!.isReplaced) index--;
    return segments[index]!;
  }

  /** Index of the last segment that starts at `burst` or before; -1: none. */
  #indexFrom(burst: number): number {
    const { segments } = this.#ring;
    let low = -1;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segments[middle]!.start <= burst) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** An engine of the segment's build, in the state of its keyframe unless told another. */
  async #engineOf(segment: Segment, moment?: Uint8Array): Promise<Engine> {
    const { build, isOrigin } = segment;
    const state = async () => moment ?? (await this.#stateOf(segment)).moment;
    if (build.engine !== null) {
      const engine = build.engine.fork();
      if (isOrigin && moment === undefined) return engine;
      return restored(engine, state, (bytes) => engine.restoreMoment(bytes));
    }
    const engine = this.#options.createEngine();
    const whole = async () => completed(await this.#ring.buildSnapshot(build), await state());
    return restored(engine, whole, (snapshot) => engine.restore(snapshot));
  }

  /** What a keyframe holds. */
  async #stateOf(segment: Segment): Promise<{ moment: Uint8Array; beside: Uint8Array }> {
    const raw = await this.#ring.momentOf(segment);
    const end = raw.length - segment.besideBytes;
    return { moment: raw.subarray(0, end), beside: raw.subarray(end) };
  }

  /** Repeats and checks the bursts up to `to`; on the way from a segment's own state it leaves stones there. */
  #replay(
    engine: Engine,
    to: number,
    signal: AbortSignalLike,
    { follower, segment }: { follower?: Follower | undefined; segment?: Segment } = {},
  ): Promise<void> {
    const { nowMs, breathe, beside } = this.#options;
    const { synapseCount } = engine;
    // A stone is a moment of the segment's build, and has to hold what lives beside the engine too.
    let laysStones = segment !== undefined && (follower !== undefined || beside === undefined);
    const passed = (burst: number, patches: readonly Uint32Array[]) => {
      laysStones &&= engine.synapseCount === synapseCount && !patches.some(changesBuild);
      if (!laysStones || !this.#stones.isPlace(segment!, burst)) return;
      const stone = { burst, moment: engine.moment(), beside: follower?.save() ?? new Uint8Array(0) };
      this.#stones.lay(segment!, stone, STONE_SHARE * this.#ring.limits.ramBytes);
    };
    return replay(engine, to, { recorded: (burst) => this.recorded(burst), signal, nowMs, breathe, follower, passed });
  }

  #outside(burst: number): LabError {
    const { first, last } = this;
    const message = last < first ? "Nothing is recorded yet" : `Burst ${burst} is not recorded; bursts ${first} to ${last} are`;
    return new LabError("E_NOT_FOUND", message, { burst, first, last }, "time.recording tells what is recorded.");
  }
}

async function restored(engine: Engine, read: () => Promise<Uint8Array>, take: (bytes: Uint8Array) => void): Promise<Engine> {
  try {
    take(await read());
    return engine;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

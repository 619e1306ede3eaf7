/**
 * The recorder: always on beside a living brain. Each burst leaves its patches, its frame and the weights it changed; now and then
 * a keyframe holds the state. From these any recorded burst can be read, and any state between them rebuilt and checked.
 *
 * The host tells it what happens, in turn: `patched` after a patch was taken, `burst` after a burst, `replaced` after the state was
 * put in place of another, `served` when another engine goes on in the same state.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import { frameWord } from "#contracts/frame.ts";
import { patchOp } from "#contracts/patch.ts";
import { snapshotSection } from "#contracts/snapshot.ts";
import type { Engine } from "../engine/engine.ts";
import { changesBuild, completed } from "../engine/moment.ts";
import { endingHash, sectionPlaces } from "../engine/snapshot-sections.ts";
import type { History } from "./history.ts";
import { joined } from "./joined.ts";
import { type KeptRange, recordsOf, unfit } from "./kept-range.ts";
import { diverged, type Follower, replay } from "./replay.ts";
import { type Build, Ring, type RingLimits, type Segment } from "./ring.ts";
import { Stones } from "./stones.ts";
import { openBlock, readRecord, recordWords, Tape, type TapedBurst } from "./tape.ts";
import type { RecordingVault } from "./vault.ts";

/** Bursts between two keyframes where their bytes allow it, and at most. */
export const KEYFRAME_BURSTS = 256;
const MOST_BURSTS = 4096;
/** Bytes of keyframes a burst may cost: 0.6 MB/s at 30 Hz. */
const KEYFRAME_BYTES_PER_BURST = 20_000;
/** Share of engine time that keyframes may take. */
const KEYFRAME_SHARE = 0.04;
/** A tape this share of memory long wants a keyframe, so that what is dropped whole is never most of the ring. */
const TAPE_SHARE = 1 / 16;
/** Share of memory for states that replays came through. */
const STONE_SHARE = 1 / 16;
const WIRING_BYTES = 24;
const NEURON_BYTES = 64;

export interface RecorderOptions {
  vault: RecordingVault;
  limits: RingLimits;
  /** An empty engine of the kind that serves, for keyframes whose wiring is on disk. */
  createEngine(): Engine;
  nowMs(): number;
  /** Gives the event loop a turn. */
  breathe(): Promise<void>;
  onDiskLost(error: unknown): void;
  /** State of what lives beside the engine and is stepped with it, to be kept with each keyframe; empty where nothing does. */
  beside?(): Uint8Array;
}

export interface RecordingSummary {
  /** last < first: nothing yet. */
  first: number;
  last: number;
  /** First burst in memory; those before it are on disk only. */
  memoryFirst: number;
  /** Bursts whose state needs no replay, ascending. */
  keyframes: number[];
  ramBytes: number;
  diskBytes: number;
  limits: RingLimits;
  /** Of what is kept. */
  bytesPerBurst: number;
}

export class Recorder implements History {
  readonly #options: RecorderOptions;
  readonly #ring: Ring;
  readonly #stones = new Stones();
  #segment: Segment | null = null;
  #build: Build | null = null;
  #synapses = 0;
  #pending: Uint32Array[] = [];
  #learns = false;
  #engineMs = 0;
  #tapeBytes = 0;
  /** Of the last keyframe. */
  #cost = { ms: 0, momentBytes: 0, buildBytes: 0 };
  /** Where the living brain stands. */
  #at = 0;
  /** The keyframe a new future would begin with, while the living brain stands before `last`. */
  #turn: Segment | null = null;
  #watched: Engine | null = null;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#ring = new Ring(options);
  }

  get first(): number {
    return (this.#ring.segments[0]?.start ?? 0) + 1;
  }

  get last(): number {
    return this.#ring.segments.at(-1)?.end ?? 0;
  }

  /** The burst the living brain stands after; before `last` once it was put back. */
  get at(): number {
    return this.#at;
  }

  /** Mappings are registered, and what their learning changes in a burst is watched. */
  get learns(): boolean {
    return this.#learns;
  }

  /** Patches taken since the last burst. */
  get pending(): readonly Uint32Array[] {
    return this.#pending;
  }

  /** Starts anew with this engine's state. */
  begin(engine: Engine): void {
    this.#dropTurn();
    this.#stones.clear();
    this.#ring.clear();
    this.#replace(engine, false);
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

  /** Starts anew with a stretch that was kept; the engine stands before it. What does not fit together is E_IO. */
  open(engine: Engine, { first, last, keyframes, tape }: KeptRange): void {
    this.begin(engine);
    const build = this.#build!;
    const opened = openBlock(first, tape);
    if (engine.burst !== first - 1 || opened.offsets.length !== last - first + 1) throw unfit(first);
    const coming = [...keyframes].sort((a, b) => a.start - b.start);
    for (let burst = first; burst <= last; burst++) {
      const segment = this.#segment!;
      const full = segment.tape.appendRecord(recordWords(opened, burst));
      segment.end = burst;
      if (full) this.#ring.full(segment, full);
      const next = coming[0];
      if (next?.start !== burst) continue;
      coming.shift();
      const { start, hash, besideBytes, moment: raw } = next;
      if (endingHash(raw.subarray(0, raw.length - besideBytes)) !== hash) throw unfit(start);
      this.#append({
        ...{ start, hash, besideBytes, build, isReplaced: false, isOrigin: false, moment: { raw, packed: null }, tape: new Tape() },
        ...{ end: start, sealed: false, isKept: true, counted: { ram: 0, disk: 0 }, file: null },
      });
    }
    this.standAt(engine);
  }

  /** A patch was taken by the engine, for the next burst. */
  patched(patch: Uint32Array): void {
    if (patch.length === 0) return;
    this.#pending.push(patch);
    if (changesBuild(patch)) this.#leaveBuild();
    for (let at = 0; at < patch.length; at += 2 + patch[at + 1]!) if (patch[at] === patchOp.registerMapping) this.#learns = true;
    this.#watch(this.#watched);
  }

  /** A burst has run and written this frame. */
  burst(engine: Engine, frame: Uint32Array): void {
    const burst = engine.burst;
    this.#giveUpFuture();
    const segment = this.#segment!;
    const weights = this.#learns ? engine.weightChanges() : null;
    const full = segment.tape.append(burst, this.#pending, frame, weights);
    segment.end = burst;
    this.#at = burst;
    this.#pending = [];
    this.#engineMs += frame[frameWord.engineNanos]! / 1e6;
    this.#tapeBytes += frame.byteLength;
    if (full) this.#ring.full(segment, full);
    if (engine.synapseCount !== this.#synapses) this.#leaveBuild();
    if (this.#isDue(burst)) this.#append(this.#keyframe(engine, false));
  }

  /** The state is another one now, at the same burst: a keyframe of its own. */
  replaced(engine: Engine): void {
    this.#giveUpFuture();
    this.#replace(engine, true);
  }

  /** Another engine goes on in the same state. */
  served(engine: Engine): void {
    if (this.#watched !== engine) this.#watch(engine);
  }

  /** The living brain was put back to a recorded burst, in a state that `engineAt` gave; later bursts stay until it runs on. */
  standAt(engine: Engine): void {
    this.#at = engine.burst;
    this.#pending = [];
    this.#dropTurn();
    this.#leaveBuild();
    this.served(engine);
    if (this.#at < this.last) this.#turn = this.#keyframe(engine, false);
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

  summary(): RecordingSummary {
    const { segments, ramBytes, diskBytes, limits } = this.#ring;
    const bursts = this.last - this.first + 1;
    return {
      first: this.first,
      last: this.last,
      // The oldest go to disk first.
      memoryFirst: Math.max(this.first, (segments.find(({ file }) => file === null)?.start ?? this.last) + 1),
      keyframes: segments.map(({ start }) => start),
      ramBytes: ramBytes + this.#stones.bytes,
      diskBytes,
      limits,
      bytesPerBurst: bursts > 0 ? (ramBytes + diskBytes) / bursts : 0,
    };
  }

  setLimits(limits: RingLimits): void {
    this.#ring.limits = limits;
    this.#ring.tidy();
  }

  /** Waits until what was recorded has been packed and written. */
  settled(): Promise<void> {
    return this.#ring.settled();
  }

  /** Forgets everything, engines included. */
  async drop(): Promise<void> {
    this.#dropTurn();
    this.#stones.clear();
    this.#ring.clear();
    this.#segment = null;
    await this.#ring.settled();
  }

  #replace(engine: Engine, isReplaced: boolean): void {
    this.#at = engine.burst;
    this.#pending = [];
    this.#leaveBuild();
    this.#append(this.#keyframe(engine, isReplaced));
  }

  #append(segment: Segment): void {
    this.#segment = segment;
    this.#ring.push(segment);
  }

  /** Where the brain runs on from a burst before the last, what was recorded after it goes. */
  #giveUpFuture(): void {
    const turn = this.#turn;
    if (turn === null) return;
    this.#turn = null;
    this.#ring.dropNewest(({ start }) => start >= turn.start);
    const kept = this.#ring.segments.at(-1);
    if (kept) kept.end = Math.min(kept.end, turn.start);
    this.#append(turn);
  }

  #dropTurn(): void {
    this.#turn?.build.engine?.dispose();
    this.#turn = null;
  }

  #isDue(burst: number): boolean {
    const since = burst - this.#segment!.start;
    // The build costs bytes only when it is another one than the last keyframe's.
    const bytes = this.#cost.momentBytes + (this.#build === null ? this.#cost.buildBytes : 0);
    const byBytes = Math.ceil(bytes / KEYFRAME_BYTES_PER_BURST);
    const interval = Math.min(MOST_BURSTS, Math.max(KEYFRAME_BURSTS, byBytes));
    const isLong = this.#tapeBytes > TAPE_SHARE * this.#ring.limits.ramBytes;
    if (since < interval && !isLong) return false;
    return this.#cost.ms <= KEYFRAME_SHARE * this.#engineMs || since >= MOST_BURSTS;
  }

  #keyframe(engine: Engine, isReplaced: boolean): Segment {
    const began = this.#options.nowMs();
    const moment = engine.moment();
    const beside = this.#options.beside?.() ?? new Uint8Array(0);
    const raw = beside.length === 0 ? moment : joined([moment, beside]);
    const isOrigin = this.#build === null;
    this.#build ??= {
      engine: engine.fork(),
      bytes: engine.neuronCount * NEURON_BYTES + engine.synapseCount * WIRING_BYTES,
      isLiving: true,
      file: null,
      segments: 0,
    };
    this.#synapses = engine.synapseCount;
    this.#learns = hasMappings(moment);
    this.#watch(engine);
    this.#cost = { ms: this.#options.nowMs() - began, momentBytes: raw.length, buildBytes: this.#build.bytes };
    this.#engineMs = 0;
    this.#tapeBytes = 0;
    return {
      start: engine.burst,
      isReplaced,
      build: this.#build,
      isOrigin,
      hash: endingHash(moment),
      moment: { raw, packed: null },
      besideBytes: beside.length,
      tape: new Tape(),
      end: engine.burst,
      sealed: false,
      isKept: true,
      counted: { ram: 0, disk: 0 },
      file: null,
    };
  }

  #leaveBuild(): void {
    if (this.#build) this.#build.isLiving = false;
    this.#build = null;
  }

  #watch(engine: Engine | null): void {
    this.#watched = engine;
    if (this.#learns) engine?.watchWeights(true);
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

/** Whether weights may change by learning from this moment on. */
function hasMappings(moment: Uint8Array): boolean {
  return sectionPlaces(moment).some(({ id, length }) => id === snapshotSection.mappingSource && length > 0);
}

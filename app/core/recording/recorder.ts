/**
 * The recorder: always on beside a living brain. Each burst leaves its patches, its frame and the weights it changed; now and then
 * a keyframe holds the state. From these any recorded burst can be read, and any state between them rebuilt and checked (past.ts).
 *
 * The host tells it what happens, in turn: `patched` after a patch was taken, `burst` after a burst, `replaced` after the state was
 * put in place of another, `served` when another engine goes on in the same state.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import { engineMs } from "#contracts/frame.ts";
import { patchOp } from "#contracts/patch.ts";
import { snapshotSection } from "#contracts/snapshot.ts";
import type { Engine } from "../engine/engine.ts";
import { changesBuild } from "../engine/moment.ts";
import { endingHash, sectionPlaces } from "../engine/snapshot-sections.ts";
import type { History } from "./history.ts";
import { joined } from "./joined.ts";
import { type KeptRange, unfit } from "./kept-range.ts";
import { Past, type PastOptions } from "./past.ts";
import type { Follower } from "./replay.ts";
import { type Build, Ring, type RingLimits, type Segment } from "./ring.ts";
import { openBlock, recordWords, Tape, type TapedBurst } from "./tape.ts";
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
const WIRING_BYTES = 24;
const NEURON_BYTES = 64;

export interface RecorderOptions extends PastOptions {
  vault: RecordingVault;
  limits: RingLimits;
  onDiskLost(error: unknown): void;
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
  readonly #past: Past;
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
    this.#past = new Past(this.#ring, options);
  }

  get first(): number {
    return this.#past.first;
  }

  get last(): number {
    return this.#past.last;
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
    this.#past.forget();
    this.#ring.clear();
    this.#replace(engine, false);
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
    this.#engineMs += engineMs(frame);
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
    return this.#past.recorded(burst);
  }

  /** As History says; `follower` goes the way with it. */
  engineAt(burst: number, signal?: AbortSignalLike, follower?: Follower): Promise<Engine> {
    return this.#past.engineAt(burst, signal, follower);
  }

  replacedBefore(burst: number): Promise<Engine> | null {
    return this.#past.replacedBefore(burst);
  }

  /** Replays and checks what is recorded from `from` to `to`, the states of keyframes included; tells how many bursts. */
  verify(from: number, to: number, signal?: AbortSignalLike): Promise<number> {
    return this.#past.verify(from, to, signal);
  }

  /** As the past says; E_CONFLICT where the stretch cannot be kept. */
  keep(first: number, last: number, mostBytes: number): Promise<KeptRange> {
    return this.#past.keep(first, last, mostBytes);
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
      ramBytes: ramBytes + this.#past.bytes,
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
    this.#past.forget();
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
}

/** Whether weights may change by learning from this moment on. */
function hasMappings(moment: Uint8Array): boolean {
  return sectionPlaces(moment).some(({ id, length }) => id === snapshotSection.mappingSource && length > 0);
}

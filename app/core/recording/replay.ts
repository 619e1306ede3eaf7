/** Repeating what was recorded: patch by patch, burst by burst, each checked against its record. */
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import { frameWord } from "#contracts/frame.ts";
import { type Engine, roomyFrame } from "../engine/engine.ts";
import { frameDifference, weightDifference } from "./compare.ts";
import type { TapedBurst } from "./tape.ts";

/** Goes through a recording beside the engine that repeats it. */
export interface Follower {
  /** Its state as it was kept with the keyframe from which the replay starts. */
  begin(beside: Uint8Array): void;
  /** A burst was repeated. */
  ran(engine: Engine, frame: Uint32Array, patches: readonly Uint32Array[]): void;
  /** Its state now. */
  save(): Uint8Array;
}

/** A replay gives the event loop a turn this often. */
const BREATH_MS = 20;
/** A burst longer than this runs off the caller's thread. */
const SHORT_NANOS = 1_000_000;

export interface ReplayOptions {
  recorded(burst: number): TapedBurst | Promise<TapedBurst>;
  signal: AbortSignalLike;
  nowMs(): number;
  breathe(): Promise<void>;
  follower?: Follower | undefined;
  /** A burst was repeated as recorded. */
  passed?(burst: number, patches: readonly Uint32Array[]): void;
}

/** Runs the engine up to the state after burst `to`. E_DIVERGED where it does otherwise than recorded, E_CANCELLED. */
export async function replay(engine: Engine, to: number, options: ReplayOptions): Promise<void> {
  const { recorded, signal, nowMs, breathe, follower, passed } = options;
  let frame = new Uint32Array(0);
  let breathedMs = nowMs();
  let isWatching = false;
  while (engine.burst < to) {
    if (signal.aborted) throw new LabError("E_CANCELLED", "The replay was cancelled", { burst: engine.burst });
    const record = recorded(engine.burst + 1);
    const { burst, patches, frame: then, weights } = record instanceof Promise ? await record : record;
    const learned = weights !== null && weights.slot.length > 0;
    if (learned && !isWatching) engine.watchWeights(true);
    isWatching ||= learned;
    let what: string | null;
    try {
      for (const patch of patches) engine.apply(patch);
      frame = roomyFrame(engine, frame);
      const isShort = then[frameWord.engineNanos]! < SHORT_NANOS;
      const words = isShort ? engine.burstIntoSync(frame) : await engine.burstInto(frame);
      what = frameDifference(then, frame.subarray(0, words)) ?? (learned ? weightDifference(weights, engine.weightChanges()) : null);
      follower?.ran(engine, frame.subarray(0, words), patches);
    } catch (error) {
      what = error instanceof Error ? error.message : String(error);
    }
    if (what !== null) throw diverged(burst, what);
    passed?.(burst, patches);
    if (nowMs() - breathedMs < BREATH_MS) continue;
    await breathe();
    breathedMs = nowMs();
  }
  if (isWatching) engine.watchWeights(false);
}

export function diverged(burst: number, what: string): LabError {
  return new LabError(
    "E_DIVERGED",
    `Replay diverged at burst ${burst}: ${what}`,
    { burst, what },
    "What is recorded from this burst on cannot be repeated; earlier bursts can. Please report it.",
  );
}

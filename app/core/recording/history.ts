/**
 * What can be asked of the past: the recorded bursts, and an engine as it stood after any of them.
 *
 * Everything here is exact. A burst that was replayed and differs from what was recorded is an error (E_DIVERGED), never an answer.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import type { Engine } from "../engine/engine.ts";

export interface RecordedBurst {
  burst: number;
  /** Applied before the burst, in order. */
  patches: readonly Uint32Array[];
  /** What the burst wrote (contracts/frame.ts). */
  frame: Uint32Array;
}

export interface History {
  /** Recorded bursts without gap, first..last (last < first: nothing yet). The state before `first` can be rebuilt too. */
  readonly first: number;
  readonly last: number;
  /** At once while it lies in memory, else when it has been read. E_NOT_FOUND outside first..last. */
  recorded(burst: number): RecordedBurst | Promise<RecordedBurst>;
  /**
   * A private engine standing after `burst` (first - 1 <= burst <= last), before any patch that came later; the caller disposes it.
   * Replays from the nearest keyframe and checks every burst on the way: E_DIVERGED names the first that differs.
   */
  engineAt(burst: number, signal?: AbortSignalLike): Promise<Engine>;
  /** Where an edit put another state in the place of the one before `burst`: a private engine in that state; null where none did. */
  replacedBefore(burst: number): Promise<Engine> | null;
}

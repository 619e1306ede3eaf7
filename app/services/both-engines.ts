/** Running the same bursts on both engines, so that their times can be compared. */
import { frameWord } from "#contracts/frame.ts";
import type { EngineKind } from "#core/engine/engine.ts";

/** One burst on each. The first to run finds colder caches, so they take turns at that. */
export function inTurn<T>(turn: number, run: Record<EngineKind, () => T>): Record<EngineKind, T> {
  if (turn % 2 === 0) {
    const native = run.native();
    return { native, reference: run.reference() };
  }
  const reference = run.reference();
  return { reference, native: run.native() };
}

/** Time the engine took for a burst, in ms. */
export function engineMs(frame: Uint32Array): number {
  return frame[frameWord.engineNanos]! / 1e6;
}

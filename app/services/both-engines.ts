/** Running the same bursts on both engines, so that their times can be compared. */
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

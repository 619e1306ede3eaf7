/** Goes through a recording with one engine and stands still after some of its bursts. */
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import { type Engine, roomyFrame } from "../engine/engine.ts";
import type { History } from "./history.ts";

/** From here on the nearest keyframe is sooner there than a replay. */
const FAR = 256;

export interface WalkOptions {
  signal: AbortSignalLike;
  /** Gives the event loop a turn. */
  breathe(): Promise<void>;
}

/** `points` bursts of those recorded from `from` to `to`, evenly spread and both ends among them; E_NOT_FOUND where there is none. */
export function evenBursts(
  history: History,
  { from, to, points }: { from?: number | undefined; to?: number | undefined; points: number },
): number[] {
  const [first, last] = [Math.max(history.first, from ?? history.first), Math.min(history.last, to ?? history.last)];
  if (last < first) throw new LabError("E_NOT_FOUND", `Nothing is recorded from ${first} to ${last}`, { first, last });
  const steps = Math.min(points, last - first + 1) - 1;
  return Array.from({ length: steps + 1 }, (_, i) => first + (steps === 0 ? 0 : Math.round((i * (last - first)) / steps)));
}

/** The engine after each of these bursts, which ascend. It is the walker's: read it before going on. */
export async function* walk(history: History, bursts: Iterable<number>, { signal, breathe }: WalkOptions): AsyncGenerator<Engine> {
  let engine: Engine | null = null;
  let frame = new Uint32Array(0);
  try {
    for (const to of bursts) {
      if (engine === null || to - engine.burst > FAR) {
        engine?.dispose();
        engine = null;
        engine = await history.engineAt(to, signal);
      }
      while (engine.burst < to) {
        if (signal.aborted) throw new LabError("E_CANCELLED", "The replay was cancelled", { burst: engine.burst });
        for (const patch of (await history.recorded(engine.burst + 1)).patches) engine.apply(patch);
        frame = roomyFrame(engine, frame);
        await engine.burstInto(frame);
        await breathe();
      }
      yield engine;
    }
  } finally {
    engine?.dispose();
  }
}

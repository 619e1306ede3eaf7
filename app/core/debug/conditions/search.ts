/** Conditions over what is recorded: where they held, and the state a watch has to be in to go on from a burst. */
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import { readFrameSections } from "#contracts/frame.ts";
import { type Engine, roomyFrame } from "#core/engine/engine.ts";
import type { History } from "#core/recording/history.ts";
import type { Watch } from "./watch.ts";

/** Bursts searched in one go on the way back. */
const STRETCH = 256;
/** Bursts without a turn of the event loop. */
const BREATH = 64;

export interface SearchOptions {
  signal: AbortSignalLike;
  breathe(): Promise<void>;
}

/** Lets a watch see what its windows and silences need, so that it goes on as if it had always watched, after `burst`. */
export async function warmUp(watch: Watch, history: History, burst: number, { breathe }: Pick<SearchOptions, "breathe">): Promise<void> {
  const last = Math.min(burst, history.last);
  let start = Math.max(history.first, last - watch.lookback + 1);
  const silent = new Set(watch.silences);
  for (let at = last; silent.size > 0 && at >= history.first; at--) {
    for (const { area } of readFrameSections((await history.recorded(at)).frame)) silent.delete(area);
    start = Math.min(start, at);
    if ((last - at) % BREATH === BREATH - 1) await breathe();
  }
  for (let at = start; at <= last; at++) {
    watch.observe((await history.recorded(at)).frame);
    if ((at - start) % BREATH === BREATH - 1) await breathe();
  }
}

/** Visits the bursts `from..to` in order, each after the watch has seen it. */
export async function watchThrough(
  watch: Watch,
  history: History,
  [from, to]: readonly [from: number, to: number],
  visit: (burst: number) => void,
  options: SearchOptions,
): Promise<void> {
  await warmUp(watch, history, from - 1, options);
  let engine = watch.needsEngine ? await history.engineAt(from - 1, options.signal) : null;
  let scratch = new Uint32Array(0);
  try {
    if (engine) watch.prime(engine);
    for (let burst = from; burst <= to; burst++) {
      if (options.signal.aborted) throw new LabError("E_CANCELLED", "The search was cancelled", { burst });
      const { patches, frame } = await history.recorded(burst);
      if (engine) {
        engine = await standingBefore(history, engine, burst);
        for (const patch of patches) engine.apply(patch);
        scratch = roomyFrame(engine, scratch);
        await engine.burstInto(scratch);
      }
      watch.observe(frame, engine ?? undefined);
      visit(burst);
      if (engine || (burst - from) % BREATH === BREATH - 1) await options.breathe();
    }
  } finally {
    engine?.dispose();
  }
}

/** The engine that stands before a burst, or in its place the one that an edit left there. */
export async function standingBefore(history: History, engine: Engine, burst: number): Promise<Engine> {
  const edited = await history.replacedBefore(burst);
  if (edited === null) return engine;
  engine.dispose();
  return edited;
}

/** The last recorded burst before `before` after which a condition of `make()` holds, and which; null: none. */
export async function lastHit(
  make: () => Watch,
  conditions: number,
  history: History,
  before: number,
  options: SearchOptions,
): Promise<{ burst: number; condition: number; terms: { text: string; value: number }[] } | null> {
  for (let to = Math.min(before - 1, history.last); to >= history.first; to -= STRETCH) {
    const from = Math.max(history.first, to - STRETCH + 1);
    const watch = make();
    let found: { burst: number; condition: number; terms: { text: string; value: number }[] } | null = null;
    const visit = (burst: number) => {
      for (let condition = 0; condition < conditions; condition++) {
        if (watch.holds(condition)) found = { burst, condition, terms: watch.terms(condition) };
      }
    };
    await watchThrough(watch, history, [from, to], visit, options);
    if (found) return found;
  }
  return null;
}

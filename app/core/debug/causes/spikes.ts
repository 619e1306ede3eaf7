/**
 * The spikes whose charge a burst takes: a replay from as far back as the longest delay, with what conducts into the neuron read
 * before each burst. Ends on the eve of the burst.
 */

import { LabError } from "#contracts/errors.ts";
import { firedIds } from "#contracts/frame.ts";
import { patchOp } from "#contracts/patch.ts";
import type { Engine } from "#core/engine/engine.ts";
import { frameDifference } from "#core/recording/compare.ts";
import type { History, RecordedBurst } from "#core/recording/history.ts";
import type { SearchOptions } from "../conditions/search.ts";
import type { Dynamics, Spike } from "./dynamics.ts";
import { Eve, placeOf } from "./eve.ts";
import { dynamicsOf } from "./models.ts";

const MAX_DELAY = 255;
/** After these, what is under way to a neuron may be gone. */
const wipes: ReadonlySet<number> = new Set([patchOp.resetAreaRuntime, patchOp.removeMemoryNeurons]);

/** The spikes that arrive at each target in `burst`, in the order of its sum, and a private engine on the eve of that burst. */
export async function spikesInto(
  history: History,
  burst: number,
  targets: readonly number[],
  options?: SearchOptions,
): Promise<{ spikes: Map<number, Spike[]>; engine: Engine; record: RecordedBurst }> {
  const record = await history.recorded(burst);
  let reach = await longestDelay(history, burst, targets, options);
  for (;;) {
    const start = Math.max(history.first - 1, burst - 1 - reach);
    const engine = await history.engineAt(start, options?.signal);
    try {
      const eve = new Eve(engine.moment());
      const dynamics = dynamicsOf(eve);
      const earlier = targets.map((target) => eve.arrival(target, burst));
      // A synapse that has gone since may have had a longer delay.
      if (start > history.first - 1 && reach < MAX_DELAY && earlier.some((sum) => sum !== null)) {
        engine.dispose();
        reach = MAX_DELAY;
        continue;
      }
      const spikes = new Map(
        targets.map((target, i): [number, Spike[]] => [target, earlier[i] === null ? [] : [{ value: earlier[i]!, synapse: null }]]),
      );
      while (engine.burst < burst - 1) {
        if (options?.signal.aborted) throw new LabError("E_CANCELLED", "The search for causes was cancelled", { burst: engine.burst });
        const then = await history.recorded(engine.burst + 1);
        applyAll(engine, then.patches);
        if (then.patches.some(wipesArrivals)) forgetWiped(engine, spikes, burst);
        gather(engine, then, spikes, burst, dynamics);
        await options?.breathe();
      }
      applyAll(engine, record.patches);
      if (record.patches.some(wipesArrivals)) forgetWiped(engine, spikes, burst);
      return { spikes, engine, record };
    } catch (error) {
      engine.dispose();
      throw error;
    }
  }
}

async function longestDelay(history: History, burst: number, targets: readonly number[], options?: SearchOptions): Promise<number> {
  const engine = await history.engineAt(burst - 1, options?.signal);
  try {
    return Math.max(1, ...targets.map((target) => engine.incoming(target).delay.reduce((most, delay) => Math.max(most, delay), 1)));
  } finally {
    engine.dispose();
  }
}

/** Runs one recorded burst and checks that it is the recorded one. */
export function rerun(engine: Engine, { burst, frame }: RecordedBurst): Uint32Array {
  const again = new Uint32Array(engine.frameWords);
  const words = engine.burstIntoSync(again);
  const what = frameDifference(frame, again.subarray(0, words));
  if (what !== null) throw new LabError("E_DIVERGED", `Replay diverged at burst ${burst}: ${what}`, { burst, what });
  return again.subarray(0, words);
}

function gather(engine: Engine, record: RecordedBurst, spikes: Map<number, Spike[]>, burst: number, dynamics: Dynamics): void {
  const before = [...spikes.keys()].map((target) => ({ target, afferents: engine.afferents(target) }));
  const fired = firedIds(rerun(engine, record));
  const potentials = engine.firedPotentials();
  for (const { target, afferents } of before) {
    const due: number[] = [];
    afferents.source.forEach((source, at) => {
      if (engine.burst + afferents.delay[at]! === burst && placeOf(fired, source) >= 0) due.push(at);
    });
    // A plastic synapse may learn in the very burst in which it sends.
    const sent = engine.weightsOf(Uint32Array.from(due, (at) => afferents.slot[at]!));
    due.forEach((at, i) => {
      const firedPotential = potentials[placeOf(fired, afferents.source[at]!)]!;
      spikes.get(target)!.push(dynamics.spike(afferents, at, engine.burst, firedPotential, sent[i]!));
    });
  }
}

export function applyAll(engine: Engine, patches: readonly Uint32Array[]): void {
  for (const patch of patches) engine.apply(patch);
}

function wipesArrivals(patch: Uint32Array): boolean {
  for (let at = 0; at < patch.length; at += 2 + patch[at + 1]!) if (wipes.has(patch[at]!)) return true;
  return false;
}

/** A reset takes everything that is on its way to a neuron. */
function forgetWiped(engine: Engine, spikes: Map<number, Spike[]>, burst: number): void {
  const eve = new Eve(engine.moment());
  for (const [target, gathered] of spikes) if (eve.arrival(target, burst) === null) gathered.length = 0;
}

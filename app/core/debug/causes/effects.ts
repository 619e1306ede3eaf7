/** What a spike caused: every synapse it was sent over, what it added where and when, and which targets fired then. */

import { type Effects, real } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { firedIds } from "#contracts/frame.ts";
import type { Engine } from "#core/engine/engine.ts";
import type { History } from "#core/recording/history.ts";
import type { SearchOptions } from "../conditions/search.ts";
import { replayWithout } from "./cut.ts";
import type { Spike } from "./dynamics.ts";
import { Eve, placeOf } from "./eve.ts";
import { dynamicsOf } from "./models.ts";
import { applyAll, rerun } from "./spikes.ts";

export interface EffectsQuestion {
  neuron: number;
  burst: number;
  /** Synapses that are listed. */
  limit: number;
  /** Whether to run another past without this spike. */
  necessary: boolean;
}

interface Sent extends Spike {
  target: number;
}

export async function effectsOf(
  history: History,
  { neuron, burst, limit, necessary }: EffectsQuestion,
  options?: SearchOptions,
): Promise<Effects> {
  const record = await history.recorded(burst);
  if (placeOf(firedIds(record.frame), neuron) < 0) {
    throw new LabError("E_CONFLICT", `Neuron ${neuron} did not fire at burst ${burst}`, { neuron, burst }, "debug.whyNot tells why.");
  }
  const engine = await history.engineAt(burst - 1, options?.signal);
  try {
    applyAll(engine, record.patches);
    const dynamics = dynamicsOf(new Eve(engine.moment()));
    const before = targetsOf(engine, neuron).map((target) => ({ target, afferents: engine.afferents(target) }));
    const fired = firedIds(rerun(engine, record));
    const potential = engine.firedPotentials()[placeOf(fired, neuron)]!;
    const sent: Sent[] = [];
    for (const { target, afferents } of before) {
      const own = Array.from(afferents.source.keys()).filter((at) => afferents.source[at] === neuron);
      const after = engine.weightsOf(Uint32Array.from(own, (at) => afferents.slot[at]!));
      sent.push(...own.map((at, i) => ({ target, ...dynamics.spike(afferents, at, burst, potential, after[i]!) })));
    }
    sent.sort((a, b) => a.synapse!.delay - b.synapse!.delay || a.target - b.target || a.synapse!.slot - b.synapse!.slot);
    const then = await firesIn(history, sent.slice(0, limit));
    const without = necessary ? await firesWithout(history, sent, burst, options) : null;
    return {
      ...{ neuron, burst, synapses: sent.length },
      sent: sent.slice(0, limit).map(({ target, value, synapse }) => {
        const { slot, delay, firedAt, weight, psp, inhibitory, divisor, factor } = synapse!;
        const arrival = firedAt + delay;
        const targetFired = then.get(arrival)?.has(target) ?? null;
        return {
          ...{ slot, target, delay, arrival, weight, psp, inhibitory, divisor, factor, value: real(value), targetFired },
          necessary: without === null || targetFired !== true ? null : !without.get(arrival)!.has(target),
        };
      }),
    };
  } finally {
    engine.dispose();
  }
}

/** Neurons the synapses of one lead to, removed synapses that still conduct included. */
function targetsOf(engine: Engine, neuron: number): number[] {
  const targets = new Set(engine.outgoing(neuron).target);
  const eve = new Eve(engine.snapshot());
  if (eve.strict) {
    const [source, target, state] = [eve.u32("source"), eve.u32("target"), eve.u8("synapseState")];
    source.forEach((from, slot) => {
      if (from === neuron && state[slot] !== 0) targets.add(target[slot]!);
    });
  }
  return [...targets];
}

async function firesIn(history: History, sent: readonly Sent[]): Promise<Map<number, Set<number>>> {
  const fires = new Map<number, Set<number>>();
  for (const arrival of new Set(sent.map(({ synapse }) => synapse!.firedAt + synapse!.delay))) {
    if (arrival <= history.last) fires.set(arrival, new Set(firedIds((await history.recorded(arrival)).frame)));
  }
  return fires;
}

/** Who fires when in the past without this one spike. */
async function firesWithout(
  history: History,
  sent: readonly Sent[],
  burst: number,
  options?: SearchOptions,
): Promise<Map<number, Set<number>>> {
  const fires = new Map<number, Set<number>>();
  const slots = () => sent.map(({ synapse }) => synapse!.slot);
  const until = Math.min(history.last, burst + sent.reduce((most, { synapse }) => Math.max(most, synapse!.delay), 0));
  const visit = (at: number, fired: Uint32Array) => fires.set(at, new Set(fired));
  await replayWithout(history, { from: burst, to: burst, slots, withheld: new Set() }, until, visit, options);
  return fires;
}

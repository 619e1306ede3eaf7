/**
 * What neurons were given and held in every burst of a stretch, from one replay: the account of each burst, with its spikes as the one
 * sum that the engine keeps of them. A burst costs a moment of the engine, not a search for its causes.
 */
import type { Account } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "#core/engine/engine.ts";
import { changesBuild } from "#core/engine/moment.ts";
import { isMemoryId } from "#core/engine/reference/id-ranges.ts";
import type { History, RecordedBurst } from "#core/recording/history.ts";
import { type SearchOptions, standingBefore } from "../conditions/search.ts";
import { Eve } from "./eve.ts";
import { dynamicsOf } from "./models.ts";
import { applyAll } from "./spikes.ts";
import { accountsIn } from "./why.ts";

/** One neuron's burst, in the units of its membrane potential. */
export interface TracedBurst {
  /** After the burst; NaN where it has none. */
  potential: number;
  threshold: number;
  fired: boolean;
  /** Of what arrived over synapses, and of what came from elsewhere, each added in the engine's order. */
  psp: number;
  external: number;
  /** What leak left of the potential before. */
  carried: number;
  /** Bursts for which it was refractory still when this one began; more than 0: it took nothing. */
  refractory: number;
  /** The account of the burst is what the engine shows, to the bit. */
  exact: boolean;
}

/** Visits the bursts `from..to` in order; a neuron that was not there in a burst has no row of it. */
export async function traceThrough(
  history: History,
  neurons: readonly number[],
  [from, to]: readonly [from: number, to: number],
  visit: (burst: number, rows: ReadonlyMap<number, TracedBurst>) => void,
  options: SearchOptions,
): Promise<void> {
  let engine = await history.engineAt(from - 1, options.signal);
  let build: Uint8Array | null = null;
  try {
    for (let burst = from; burst <= to; burst++) {
      if (options.signal.aborted) throw new LabError("E_CANCELLED", "The trace was cancelled", { burst });
      const record = await history.recorded(burst);
      const before = engine;
      engine = await standingBefore(history, engine, burst);
      applyAll(engine, record.patches);
      if (build === null || engine !== before || record.patches.some(changesBuild)) build = engine.snapshot();
      visit(burst, traced(new Eve(engine.moment(), build), engine, record, neurons));
      await options.breathe();
    }
  } finally {
    engine.dispose();
  }
}

function traced(eve: Eve, engine: Engine, record: RecordedBurst, neurons: readonly number[]): Map<number, TracedBurst> {
  const { add, bounds } = dynamicsOf(eve);
  const there = neurons.filter((neuron) => neuron < engine.neuronCount || isMemoryId(neuron));
  const arrived = new Map(there.map((neuron) => [neuron, eve.arrival(neuron, record.burst)]));
  const spikes = new Map([...arrived].map(([neuron, value]) => [neuron, value === null ? [] : [{ value, synapse: null }]]));
  const accounts = accountsIn(eve, engine, record, spikes);
  const sampled = new Float64Array(2 * there.length);
  engine.sample(Uint32Array.from(there), new Uint32Array(0), sampled);
  return new Map(
    accounts.map((account, i): [number, TracedBurst] => {
      const { neuron, fired, exact } = account;
      const { threshold, countdown: refractory } = bounds(eve, neuron);
      const given = { psp: arrived.get(neuron) ?? 0, external: externalIn(account, add), carried: Number(account.carried.left) };
      return [neuron, { potential: sampled[i]!, threshold, fired, ...given, refractory, exact }];
    }),
  );
}

function externalIn({ contributions }: Account, add: (sum: number, value: number) => number): number {
  const given = contributions.filter(({ origin }) => origin !== "earlier");
  return given.reduce((sum, { value }) => add(sum, Number(value)), 0);
}

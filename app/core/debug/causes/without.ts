/**
 * Would it have fired without these? Asked of the engine, by another past; never inferred from sizes.
 *
 * _Necessary_: it fired, and without these it does not fire in that burst. _Sufficient_: it fires in that burst also when every other
 * synapse into it is cut and its input from outside is withheld; what it carried and what power gives stays.
 */

import type { Counterfactual } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { firedIds } from "#contracts/frame.ts";
import type { Engine } from "#core/engine/engine.ts";
import type { History } from "#core/recording/history.ts";
import type { SearchOptions } from "../conditions/search.ts";
import { type Ends, endsAfter } from "../moved-ends.ts";
import { type Cut, replayWithout } from "./cut.ts";
import { type Eve, placeOf } from "./eve.ts";

export interface Without {
  neuron: number;
  burst: number;
  /** Slots. */
  synapses: readonly number[];
  /** Neurons whose spikes lead nowhere. */
  sources: readonly number[];
  /** Neurons whose input from outside is withheld. */
  inputs: readonly number[];
  /** The first burst without; by default the earliest whose spikes over these reach the neuron in `burst`. */
  from?: number | undefined;
  /** Bursts after `burst` that are looked at. */
  window: number;
  sufficient: boolean;
}

export async function without(history: History, question: Without, options?: SearchOptions): Promise<Counterfactual> {
  const { neuron, burst, synapses, sources, inputs, window } = question;
  if (synapses.length + sources.length + inputs.length === 0) {
    throw new LabError("E_INVALID", "Nothing was named that could be left out", {}, "Name synapses, sources or inputs.");
  }
  const from = Math.max(history.first, Math.min(burst, question.from ?? (await earliest(history, question, options))));
  const until = Math.min(history.last, burst + window);
  const recorded: number[] = [];
  for (let at = from; at <= until; at++) if (placeOf(firedIds((await history.recorded(at)).frame), neuron) >= 0) recorded.push(at);

  const meant = await endsAt(history, burst - 1, synapses, options);
  const later: Uint32Array[] = [];
  for (let at = from + 1; at < burst; at++) later.push(...(await history.recorded(at)).patches);
  let left = 0;
  const slots = (engine: Engine, eve: Eve) => {
    if (!eve.strict) refuseOthers(eve, meant, later);
    const found = slotsOf(engine, eve, synapses, sources);
    left = found.length;
    return found;
  };
  const leftOut: Cut = { from, to: Number.POSITIVE_INFINITY, slots, withheld: new Set(inputs) };
  const fires = await firesOf(history, neuron, leftOut, until, options);
  const fired = recorded.includes(burst);
  const next = fires.find((at) => at > burst);
  const outcome = fires.includes(burst) ? "still fires" : next !== undefined ? "fires later" : fired ? "does not fire" : "still silent";
  return {
    ...{ neuron, burst, from, until, synapses: left, outcome, later: outcome === "fires later" ? next! - burst : null },
    necessary: fired && !fires.includes(burst),
    sufficient: question.sufficient ? (await firesOf(history, neuron, onlyThese(question, from), burst, options)).includes(burst) : null,
    fires: { recorded, without: fires },
  };
}

/** Everything but these is left out. */
function onlyThese({ neuron, synapses, sources, inputs }: Without, from: number): Cut {
  const kept = new Set(synapses);
  const keptSources = new Set(sources);
  const slots = (engine: Engine) => {
    const { slot, source } = engine.afferents(neuron);
    return Array.from(slot).filter((at, i) => !kept.has(at) && !keptSources.has(source[i]!));
  };
  return { from, to: Number.POSITIVE_INFINITY, slots, withheld: new Set(inputs.includes(neuron) ? [] : [neuron]) };
}

async function firesOf(history: History, neuron: number, left: Cut, until: number, options?: SearchOptions): Promise<number[]> {
  const fires: number[] = [];
  const visit = (burst: number, fired: Uint32Array) => {
    if (placeOf(fired, neuron) >= 0) fires.push(burst);
  };
  await replayWithout(history, left, until, visit, options);
  return fires;
}

/** What the synapses of these slots join after a burst; those that are gone by then are left out. */
async function endsAt(history: History, burst: number, slots: readonly number[], options?: SearchOptions): Promise<Map<number, Ends>> {
  if (slots.length === 0 || burst < history.first) return new Map();
  const engine = await history.engineAt(burst, options?.signal);
  try {
    const rows = slots.map((slot) => engine.synapsesIn(slot, slot + 1));
    return new Map(rows.flatMap(({ slot, source, target }) => (slot.length > 0 ? [[slot[0]!, [source[0]!, target[0]!]]] : [])));
  } finally {
    engine.dispose();
  }
}

/**
 * A slot is used again when its synapse has gone: what is there on the eve of the cut must be what was asked about. `later`: patches of the
 * bursts between.
 */
function refuseOthers(eve: Eve, meant: ReadonlyMap<number, Ends>, later: readonly Uint32Array[]): void {
  const [source, target] = eve.isLif ? [eve.lifU32("source"), eve.lifU32("target")] : [eve.u32("source"), eve.u32("target")];
  for (const [slot, [s, t]] of meant) {
    if (slot >= source.length) continue;
    const [then, into] = endsAfter([source[slot]!, target[slot]!], later);
    if (then === s && into === t) continue;
    const details = { synapse: slot, source: s, target: t };
    throw new LabError("E_NOT_FOUND", `Synapse ${slot} was another one then`, details, "Ask from a later burst on.");
  }
}

/** Slots that are given, and those of the sources. */
function slotsOf(engine: Engine, eve: Eve, synapses: readonly number[], sources: readonly number[]): number[] {
  const column = eve.isLif ? eve.lifU32("source") : eve.u32("source");
  const unknown = synapses.find((slot) => slot >= column.length);
  if (unknown !== undefined)
    throw new LabError("E_NOT_FOUND", `There was no synapse ${unknown} before burst ${engine.burst + 1}`, { synapse: unknown });
  const wanted = new Set(sources);
  const found = new Set(synapses);
  if (wanted.size > 0) {
    const state = eve.isLif ? eve.lifU8("synapseState") : eve.u8("synapseState");
    column.forEach((source, slot) => {
      if (wanted.has(source) && state[slot] !== 0) found.add(slot);
    });
  }
  return [...found].sort((a, b) => a - b);
}

/** The firing burst of the first spike over these that can reach the neuron in `burst`. */
async function earliest(history: History, { neuron, burst, synapses, sources }: Without, options?: SearchOptions): Promise<number> {
  if (synapses.length + sources.length === 0) return burst;
  const engine = await history.engineAt(Math.max(history.first - 1, burst - 1), options?.signal);
  try {
    const { slot, source, delay } = engine.incoming(neuron);
    const delays = Array.from(delay).filter((_, i) => synapses.includes(slot[i]!) || sources.includes(source[i]!));
    return burst - Math.max(1, ...delays);
  } finally {
    engine.dispose();
  }
}

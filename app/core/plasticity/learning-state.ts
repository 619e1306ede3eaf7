/** How the plastic mappings of an engine stand, read out of its snapshot. */
import { NO_MAX_WEIGHT } from "#contracts/patch.ts";
import type { Eve } from "../debug/causes/eve.ts";
import { mappingModes } from "../engine/reference/mappings.ts";

export interface MappingState {
  /** Indices of areas. */
  source: number;
  target: number;
  mode: (typeof mappingModes)[number];
  window: number;
  rise: number;
  fall: number;
  eta: number;
  maxWeight: number | null;
  decay: number;
  associative: boolean;
  frozen: boolean;
}

export interface WeightSummary {
  synapses: number;
  /** Null without synapses. */
  weight: { mean: number; min: number; max: number } | null;
}

/** Registrations, ascending source and target. Of a brain of lif-delta: none, its projections learn by another rule. */
export function mappingStates(eve: Eve): MappingState[] {
  if (eve.isLif) return [];
  const sources = Array.from(eve.u32("mappingSource"));
  const [target, mode, flags] = [eve.u32("mappingTarget"), eve.u8("mappingMode"), eve.u8("mappingFlags")];
  const [window, rise, fall, eta] = [eve.u32("mappingWindow"), eve.u8("mappingRise"), eve.u8("mappingFall"), eve.f32("mappingEta")];
  const [maxWeight, decay] = [eve.f32("mappingMaxWeight"), eve.f32("mappingDecay")];
  return sources.map((source, at) => ({
    ...{ source, target: target[at]!, mode: mappingModes[mode[at]!]!, window: window[at]!, rise: rise[at]!, fall: fall[at]! },
    ...{ eta: eta[at]!, decay: decay[at]!, maxWeight: maxWeight[at] === Math.fround(NO_MAX_WEIGHT) ? null : maxWeight[at]! },
    ...{ associative: (flags[at]! & 2) !== 0, frozen: (flags[at]! & 4) !== 0 },
  }));
}

/** Tells of a pair of areas which valid synapses join them, and their weights. Memory neurons count for their area. */
export class PairWeights {
  readonly #slots = new Map<string, number[]>();
  readonly #weight: Float32Array;

  constructor(eve: Eve, wanted: readonly { source: number; target: number }[]) {
    for (const pair of wanted) this.#slots.set(keyOf(pair), []);
    this.#weight = eve.f32("weight");
    const [source, target, state] = [eve.u32("source"), eve.u32("target"), eve.u8("synapseState")];
    const area = eve.u32("area");
    const remembering = new Map(Array.from(eve.u32("memoryId"), (id, at) => [id, eve.u32("memoryArea")[at]!]));
    const areaOf = (id: number) => area[id] ?? remembering.get(id) ?? -1;
    for (let slot = 0; slot < source.length; slot++) {
      if ((state[slot]! & 1) !== 0) this.#slots.get(keyOf({ source: areaOf(source[slot]!), target: areaOf(target[slot]!) }))?.push(slot);
    }
  }

  /** Ascending. */
  slotsOf(pair: { source: number; target: number }): readonly number[] {
    return this.#slots.get(keyOf(pair)) ?? [];
  }

  summaryOf(pair: { source: number; target: number }): WeightSummary {
    const slots = this.slotsOf(pair);
    if (slots.length === 0) return { synapses: 0, weight: null };
    let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const slot of slots) {
      const weight = this.#weight[slot]!;
      sum += weight;
      min = Math.min(min, weight);
      max = Math.max(max, weight);
    }
    return { synapses: slots.length, weight: { mean: sum / slots.length, min, max } };
  }

  /** How many weights lie in each of `bins` parts from the smallest to the largest; one part where all are the same. */
  spreadOf(pair: { source: number; target: number }, bins: number): { from: number; to: number; counts: number[] } {
    const { weight } = this.summaryOf(pair);
    if (weight === null) return { from: 0, to: 0, counts: [] };
    const { min: from, max: to } = weight;
    const counts = new Array<number>(to > from ? bins : 1).fill(0);
    for (const slot of this.slotsOf(pair)) {
      const part = to > from ? Math.floor(((this.#weight[slot]! - from) / (to - from)) * bins) : 0;
      counts[Math.min(part, counts.length - 1)]!++;
    }
    return { from, to, counts };
  }
}

function keyOf({ source, target }: { source: number; target: number }): string {
  return `${source} ${target}`;
}

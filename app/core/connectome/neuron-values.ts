/** What single neurons are set to, and what the parameters of their area would set them to. */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { PatchWriter } from "#contracts/patch.ts";
import { GrowthMemory } from "../development/memory.ts";
import { neuronColumns, parameterColumns } from "../development/neurogenesis.ts";
import type { NeuronSettings } from "../engine/engine.ts";

/** As an engine takes them: excitability is a probability, limits are levels. */
export interface NeuronValues {
  threshold: number;
  thresholdLimit: number;
  leak: number;
  excitability: number;
  refractoryPeriod: number;
  consecutiveFireLimit: number;
  snoozePeriod: number;
  accumulates: boolean;
}

type ValueColumns = Pick<NeuronSettings, keyof NeuronValues>;

export function valuesIn(columns: ValueColumns, at: number): NeuronValues {
  return {
    threshold: columns.threshold[at]!,
    thresholdLimit: columns.thresholdLimit[at]!,
    leak: columns.leak[at]!,
    excitability: columns.excitability[at]!,
    refractoryPeriod: columns.refractoryPeriod[at]!,
    consecutiveFireLimit: columns.consecutiveFireLimit[at]!,
    snoozePeriod: columns.snoozePeriod[at]!,
    accumulates: columns.accumulates[at] === 1,
  };
}

/** What the parameters of an area make of the places [from, until) of its block. */
export function grownValues(area: CorticalArea, from: number, until: number): ValueColumns {
  const columns = neuronColumns(until - from, new GrowthMemory());
  for (const { column, write } of parameterColumns) write(columns[column], { ...area, firstNeuron: -from }, from, until);
  return columns;
}

/** One row of neuronSettings, or the end of one of addNeurons. */
export function writeValues(patch: PatchWriter, values: NeuronValues): void {
  patch.f32(values.threshold).f32(values.thresholdLimit).f32(values.leak).f32(values.excitability);
  patch.u32((values.refractoryPeriod | (values.consecutiveFireLimit << 16)) >>> 0);
  patch.u32((values.snoozePeriod | (Number(values.accumulates) << 16)) >>> 0);
}

/** Neurons of a block that are not as the parameters say, by place; `places` ascend and `settings` are theirs. */
export function ownValues(area: CorticalArea, settings: NeuronSettings, places: Uint32Array): Map<number, NeuronValues> {
  const found = new Map<number, NeuronValues>();
  if (places.length === 0) return found;
  const first = places[0]!;
  const grown = grownValues(area, first, places.at(-1)! + 1);
  for (const name of Object.keys(valuesIn(grown, 0)) as (keyof NeuronValues)[]) {
    const [is, was] = [settings[name], grown[name]];
    for (let i = 0; i < places.length; i++) {
      if (is[i] !== was[places[i]! - first] && settings.valid[i] === 1 && !found.has(places[i]!))
        found.set(places[i]!, valuesIn(settings, i));
    }
  }
  return found;
}

/** Memory areas, the twins their memories are replayed on, and their neurons under associative input. Source: spec/burst-engine-extensions.md 8 to 10. */
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { isEpisodic, twinsOf } from "../../genome/memory-rules.ts";
import { ASSOCIATIVE_RULE } from "../../genome/rule-learning.ts";
import { memoryAreaOf } from "../../plasticity/memory-settings.ts";
import type { MemoryArea } from "../../plasticity/pattern-memory.ts";
import { excitabilityFraction } from "../excitability.ts";
import type { GrowingArea } from "../growth.ts";
import { propertyPath, report, type Source, told } from "./reading.ts";
import type { SparseMemory, Twin } from "./shape.ts";

/** Short names of the properties that say how an area remembers, for the place in a flat document. */
const flatNames: Readonly<Record<string, string>> = {
  ...{ memory_neuron_cap: "memcap-i", ltm_eviction: "ltmevc-t", mp_learning_enabled: "mplrn-b", mp_change_mode: "mpchg-t" },
  ...{ mp_delta_quantization: "mpdlq-f", mp_ratio_quantization: "mprtq-f" },
};

export function memoryAreas(source: Source): MemoryArea[] {
  return memories(source).flatMap((one) => {
    const { index, name, parameters } = one.area;
    const upstream = [...new Set(upstreamOf(source, one.area.id).map(({ area }) => area.index))];
    try {
      return [memoryAreaOf({ name, index, parameters, properties: one.gene.properties }, upstream)];
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      const [issue] = error.details.issues as { path: string; message: string }[];
      const property = issue!.path;
      report(source, propertyPath(source, one, property, flatNames[property] ?? property), {
        code: "MEMORY_SETTING",
        message: `${error.message}; the area forms no memories.`,
        expected: issue!.message.replace(/, it is .*/, ""),
        found: told(one.gene.properties[property]),
      });
      return [];
    }
  });
}

/** The areas whose activity a memory area remembers. */
function upstreamOf({ living }: Source, memory: CorticalId): GrowingArea[] {
  return living.filter(({ gene }) => gene.mappings.get(memory)?.some(isEpisodic));
}

/** A twin is named by what it is a twin of, and by the rule of replay from its memory; the outputs of classifiers are twins of their inputs. */
export function twins(source: Source): Twin[] {
  const found: Twin[] = [];
  for (const one of memories(source)) {
    for (const { upstream, twin } of twinsOf(source.genome, one.gene)) {
      const [from, to] = [source.areas.get(upstream)?.index, source.areas.get(twin.id)?.index];
      if (from !== undefined && to !== undefined) found.push({ memory: one.area.index, upstream: from, twin: to });
    }
  }
  for (const { classMemory, bindings } of source.genome.classifiers.values()) {
    for (const { input, output } of bindings) {
      const [memory, upstream, twin] = [classMemory, input, output].map((id) => source.areas.get(id)?.index);
      const isKnown = found.some((one) => one.memory === memory && one.upstream === upstream);
      if (memory !== undefined && upstream !== undefined && twin !== undefined && !isKnown) found.push({ memory, upstream, twin });
    }
  }
  return found.sort((a, b) => a.memory - b.memory || a.upstream - b.upstream);
}

/** Of memory areas that associations lead to. */
export function sparseMemory(source: Source): SparseMemory[] {
  return memories(source).flatMap(({ area: { id, index, parameters } }) => {
    const isTarget = source.living.some(({ gene }) => gene.mappings.get(id)?.some(({ morphology }) => morphology === ASSOCIATIVE_RULE));
    if (!isTarget) return [];
    return [
      {
        area: index,
        threshold: Math.fround(parameters.firingThreshold),
        limit: Math.fround(parameters.firingThresholdLimit),
        excitability: Math.fround(excitabilityFraction(parameters.excitability)),
        refractory: parameters.refractoryPeriod,
        fireLimit: parameters.consecutiveFireLimit,
        snooze: parameters.snoozePeriod,
      },
    ];
  });
}

const memories = ({ living }: Source) => living.filter(({ area }) => area.kind === "memory");

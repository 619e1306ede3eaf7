/** Counts of a genome, and where those that the file itself states are other ones. Source: spec/genome.md section 11. */
import type { AreaKind } from "#contracts/connectome.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import type { Genome } from "./genome.ts";

export interface GenomeCounts {
  areas: number;
  areasByKind: Partial<Record<AreaKind, number>>;
  /** Those that growth makes; patterns add more to memory areas while the brain runs. */
  neurons: number;
  /** Pairs of areas. */
  mappings: number;
  rules: number;
  /** Core ones included. */
  morphologies: number;
  /** Most used first. */
  morphologiesUsed: { id: string; rules: number }[];
}

export function statisticsOf(genome: Genome): GenomeCounts {
  const areasByKind: GenomeCounts["areasByKind"] = {};
  const uses = new Map<string, number>();
  const counts = { areas: genome.areas.size, neurons: 0, mappings: 0, rules: 0 };
  for (const { kind, dimensions, neuronsPerVoxel, mappings } of genome.areas.values()) {
    areasByKind[kind] = (areasByKind[kind] ?? 0) + 1;
    counts.neurons += dimensions[0] * dimensions[1] * dimensions[2] * neuronsPerVoxel;
    counts.mappings += mappings.size;
    for (const rule of [...mappings.values()].flat()) {
      counts.rules++;
      uses.set(rule.morphology, (uses.get(rule.morphology) ?? 0) + 1);
    }
  }
  const morphologiesUsed = [...uses].map(([id, rules]) => ({ id, rules })).sort((a, b) => b.rules - a.rules || (a.id < b.id ? -1 : 1));
  return { ...counts, areasByKind, morphologies: genome.morphologies.size, morphologiesUsed };
}

/**
 * A warning for each count in the file that is not the true one. FEAGI saves the counts it once loaded, so they are usually old.
 * Core areas that the loader adds may be counted or not.
 */
export function staleStats(genome: Genome, synapses: number): GenomeProblem[] {
  const stated = genome.extras.stats;
  if (typeof stated !== "object" || stated === null) return [];
  const { areas, neurons } = statisticsOf(genome);
  const added = [...genome.areas.values()].filter((area) => area.added).length;
  const trueCounts = [
    ["innate_cortical_area_count", "areas", areas, areas - added],
    ["innate_neuron_count", "neurons", neurons, neurons - added],
    ["innate_synapse_count", "synapses", synapses, synapses],
  ] as const;
  return trueCounts.flatMap(([key, what, all, without]) => {
    const found = (stated as Record<string, unknown>)[key];
    if (found === undefined || found === null || found === all || found === without) return [];
    const message = `The file states ${JSON.stringify(found)} ${what}; the genome has ${all}.`;
    const fix = "Save the genome from Gyrus in another dialect, which counts anew, or correct the number.";
    return [{ path: `stats.${key}`, code: "STATS_STALE", message, expected: String(all), found: JSON.stringify(found), fix }];
  });
}

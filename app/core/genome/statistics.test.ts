import { describe, expect, test } from "vitest";
import type { Genome } from "./genome.ts";
import { parseGenome } from "./parse.ts";
import { staleStats, statisticsOf } from "./statistics.ts";
import { genomeText } from "./testing/small-genome.ts";

function load(stats?: unknown): Genome {
  const rules = [
    ["projector", [1, 1, 1], 1, false, 1, 1, 1],
    ["block_to_block", [1, 1, 1], 1, false, 1, 1, 1],
  ];
  const areas = {
    cAreaA: { "cx-_n_cnt-i": 2, "cx-dstmap-d": { cAreaB: rules } },
    cAreaB: { "cx-dstmap-d": { cAreaA: rules.slice(0, 1) } },
  };
  const parsed = parseGenome(genomeText(areas, stats === undefined ? {} : { stats }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}

test("areas, neurons, mappings, rules and the morphologies in use are counted, added core areas too", () => {
  const counts = statisticsOf(load());
  expect(counts).toMatchObject({ areas: 9, areasByKind: { custom: 2, core: 7 }, neurons: 12 + 6 + 7, mappings: 2, rules: 3 });
  expect(counts.morphologiesUsed).toEqual([
    { id: "projector", rules: 2 },
    { id: "block_to_block", rules: 1 },
  ]);
});

describe("the counts in a file", () => {
  test("may be missing, or right with and without the core areas that the loader adds", () => {
    expect(staleStats(load(), 5)).toEqual([]);
    expect(staleStats(load({ innate_cortical_area_count: 2, innate_neuron_count: 18, innate_synapse_count: 5 }), 5)).toEqual([]);
    expect(staleStats(load({ innate_cortical_area_count: 9, innate_neuron_count: 25 }), 5)).toEqual([]);
  });

  test("are named one by one where they are other ones", () => {
    const warnings = staleStats(load({ innate_cortical_area_count: 3, innate_neuron_count: "many", innate_synapse_count: 4 }), 5);
    expect(warnings.map(({ path, code, expected, found }) => [path, code, expected, found])).toEqual([
      ["stats.innate_cortical_area_count", "STATS_STALE", "9", "3"],
      ["stats.innate_neuron_count", "STATS_STALE", "25", '"many"'],
      ["stats.innate_synapse_count", "STATS_STALE", "5", "4"],
    ]);
  });
});

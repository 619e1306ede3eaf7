/** Evolution beside random search: the same operators, the same founders, as many evaluations; the best score after each generation. */
import { writeFile } from "node:fs/promises";
import { createLabClock } from "#adapters/machine/lab-clock.ts";
import type { Experiment } from "#contracts/evolution.ts";
import { reportOf, type Strategy, strategies } from "#core/evolution/generation.ts";
import { planOf } from "#core/evolution/plan.ts";
import { bredBy } from "#services/evolution.ts";
import type { BreederSupply } from "#services/ports.ts";
import { evolutionCurve } from "./evolution-curve.ts";
import { print, printJson, printTable } from "./output.ts";

interface Comparison {
  breeders: BreederSupply;
  seeds: number;
  curve: string | undefined;
  json: boolean;
}

/** Best score so far after so many evaluations. */
export interface Run {
  strategy: Strategy;
  seed: number;
  points: { evaluations: number; best: number }[];
}

export async function compareWithRandom(
  experiment: Experiment,
  genomes: string[],
  { breeders, seeds, curve, json }: Comparison,
): Promise<void> {
  const clock = createLabClock();
  const runs: Run[] = [];
  for (let seed = experiment.seed; seed < experiment.seed + seeds; seed++) {
    const plan = planOf({ ...experiment, seed }, genomes);
    const pool = breeders.open(plan.experiment, genomes);
    try {
      for (const strategy of strategies) {
        const run: Run = { strategy, seed, points: [] };
        for await (const generation of bredBy({ plan, pool, clock, strategy })) {
          const { evaluations, best } = reportOf(generation);
          run.points.push({ evaluations, best: best ?? Number.NEGATIVE_INFINITY });
        }
        runs.push(run);
        process.stderr.write(`${strategy}, seed ${seed}: best ${bestOf(run).toFixed(4)}
`);
      }
    } finally {
      pool.close();
    }
  }
  if (curve !== undefined) await writeFile(curve, evolutionCurve(experiment.name, runs));
  const rows = runs
    .filter(({ strategy }) => strategy === "evolution")
    .map((run) => {
      const random = runs.find(({ strategy, seed }) => strategy === "random" && seed === run.seed)!;
      return { seed: run.seed, evolution: bestOf(run), random: bestOf(random), wins: bestOf(run) > bestOf(random) };
    });
  const wins = rows.filter((row) => row.wins).length;
  if (json) return printJson({ name: experiment.name, evaluations: runs[0]?.points.at(-1)?.evaluations, seeds: rows, wins, runs });
  printTable(
    ["seed", "evolution", "random search"],
    rows.map(({ seed, evolution, random }) => [String(seed), evolution.toFixed(4), random.toFixed(4)]),
  );
  print(`evolution is better on ${wins} of ${rows.length} seeds, ${runs[0]?.points.at(-1)?.evaluations} evaluations each`);
}

function bestOf({ points }: Run): number {
  return points.at(-1)?.best ?? Number.NEGATIVE_INFINITY;
}

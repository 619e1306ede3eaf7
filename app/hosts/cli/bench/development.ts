/**
 * Growth: every sample genome from its text to a connectome, and a large one of a million neurons and twenty million synapses,
 * with its rate of neurons beside one plain object a neuron, its memory, and its longest stretch without a breath.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { GrowthMemory, grow, grown } from "#core/development/grow.ts";
import type { Genome } from "#core/genome/genome.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { packageRoot } from "../../paths.ts";
import { programContender } from "./contender.ts";
import type { Row, Sitting } from "./suite.ts";

/** Turns that do not count, and how long code is run before. */
const SETTLING = 2;
const WARM_MS = 400;

export async function measureDevelopment(sitting: Sitting): Promise<Row[]> {
  return [...(await sampleRows(sitting)), ...largeRows(sitting.repeat), ...neuronRows(sitting.repeat)];
}

/** Each sample turn by turn with FEAGI's own loader and stages, where they are here. */
async function sampleRows(sitting: Sitting): Promise<Row[]> {
  const folder = path.join(packageRoot(), "resources/genomes");
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const rows: Row[] = [];
  for (const file of files) rows.push(...(await pairedRows(path.basename(file, ".json"), path.join(folder, file), sitting)));
  return rows;
}

async function pairedRows(name: string, file: string, { repeat, peers, note }: Sitting): Promise<Row[]> {
  const text = readFileSync(file, "utf8");
  const program = peers?.feagiGrowth(file);
  let feagi = program ? await programContender(program) : null;
  const [ours, theirs]: [number[], number[]] = [[], []];
  // What has not run yet is compiled meanwhile; the first turns do not count on either side.
  for (const began = performance.now(); performance.now() - began < WARM_MS; ) grown(genomeOf(text));
  for (let turn = 0; turn < SETTLING + repeat; turn++) {
    ours.push(timed(() => grown(genomeOf(text))));
    try {
      if (feagi) theirs.push((await feagi.turn()).ms);
    } catch (error) {
      // A genome that FEAGI refuses has no time of its.
      note(`${name}: ${error instanceof Error ? error.message : error}`);
      feagi = null;
    }
  }
  feagi?.end();
  const metric = `parse and grow, ${name}`;
  const counted = (turns: number[]) => turns.slice(SETTLING);
  return [
    row(metric, "ms", counted(ours)),
    ...(theirs.length > SETTLING ? [{ ...row(metric, "ms", counted(theirs)), engine: "feagi" }] : []),
  ];
}

/** Its floor: writing as many columns with nothing to decide. */
function largeRows(repeat: number): Row[] {
  const genome = genomeOf(largeGenome({ wired: true }));
  const [ms, longest, ratios]: [number[], number[], number[]] = [[], [], []];
  let [neurons, synapses] = [0, 0];
  for (let i = 0; i <= repeat; i++) {
    const memory = new GrowthMemory();
    const growth = grow(genome, { memory });
    const started = performance.now();
    let [last, longestStep] = [started, 0];
    for (;;) {
      const step = growth.next();
      const now = performance.now();
      longestStep = Math.max(longestStep, now - last);
      last = now;
      if (!step.done) continue;
      neurons = step.value.image.neurons.count;
      synapses = step.value.image.synapses.count;
      break;
    }
    if (i === 0) continue;
    ms.push(last - started);
    longest.push(longestStep);
    ratios.push(memory.peakBytes / memory.heldBytes);
  }
  const what = `${(neurons / 1e6).toFixed(1)} M neurons, ${(synapses / 1e6).toFixed(1)} M synapses`;
  const floor = times(repeat, () => {
    fillColumns(neurons, 12);
    fillColumns(synapses, 7);
  });
  return [
    row(`grow, ${what}`, "ms", ms),
    { ...row(`grow, ${what}`, "ms", floor), engine: "floor" },
    row(`longest step, ${what}`, "ms", longest),
    row(`peak by final bytes, ${what}`, "×", ratios),
  ];
}

/** Neurons alone, against the plain way: one object for each. */
function neuronRows(repeat: number): Row[] {
  const genome = genomeOf(largeGenome({ wired: false }));
  const { count } = grown(genome).image.neurons;
  const rates = (ms: number[]) => ms.map((one) => (count / one) * 1e3);
  const columns = times(repeat, () => grown(genome));
  const objects = times(repeat, () => neuronObjects(count));
  return [
    { ...row("neurons", "1/s", rates(columns)), isRate: true },
    { ...row("neurons", "1/s", rates(objects)), isRate: true, engine: "objects" },
  ];
}

function neuronObjects(count: number): object[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    area: Math.floor(id / 100_000),
    x: Math.floor(id / 1000) % 100,
    y: Math.floor(id / 10) % 100,
    z: id % 10,
    threshold: 1,
    thresholdLimit: Number.MAX_VALUE,
    leak: 0.1,
    excitability: 1,
    refractoryPeriod: 0,
    consecutiveFireLimit: 65535,
    snoozePeriod: 0,
    accumulates: true,
    synapses: [],
  }));
}

/** Ten areas of 100,000 neurons in a ring; each neuron reaches up to 21 neighbours of its place in the next area. */
function largeGenome({ wired }: { wired: boolean }): string {
  const id = (place: number) => `cAREA${place % 10}`;
  const blueprint = Object.fromEntries(
    Array.from({ length: 10 }, (_, place) => {
      const genes = {
        "cx-__name-t": id(place),
        "cx-_group-t": "CUSTOM",
        "cx-___bbx-i": 100,
        "cx-___bby-i": 100,
        "cx-___bbz-i": 10,
        "cx-_n_cnt-i": 1,
        "cx-dstmap-d": wired ? { [id(place + 1)]: [["neighbours", [1, 1, 1], 1, false]] } : {},
      };
      return Object.entries(genes).map(([gene, value]) => [`_____10c-${id(place)}-${gene}`, value] as const);
    }).flat(),
  );
  const vectors = [-3, -2, -1, 0, 1, 2, 3].flatMap((x) => [-1, 0, 1].map((y) => [x, y, 0]));
  return JSON.stringify({
    genome_id: "large",
    genome_title: "Large",
    version: "2.0",
    blueprint,
    neuron_morphologies: { neighbours: { type: "vectors", class: "custom", parameters: { vectors } } },
    physiology: { simulation_timestep: 0.025, quantization_precision: "fp32" },
  });
}

function genomeOf(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(`a genome of the benchmark does not parse: ${parsed.problems[0]?.message}`);
  return parsed.genome;
}

/** After one turn that does not count. */
function times(repeat: number, work: () => unknown): number[] {
  return Array.from({ length: repeat + 1 }, () => timed(work)).slice(1);
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function row(metric: string, unit: string, values: number[]): Row {
  return { metric, unit, engine: "reference", threads: 1, values };
}

function fillColumns(count: number, columns: number): void {
  for (let column = 0; column < columns; column++) {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = i;
  }
}

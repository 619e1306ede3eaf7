/**
 * Building an engine from columns until its first burst is done: neurons and synapses a second, and the bytes of each, as the engine
 * counts what it has allocated and as the process grows.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { EngineImage } from "#contracts/network.ts";
import type { Engine, MemoryBytes } from "#core/engine/engine.ts";
import { type Program, programContender, takeTurns } from "./contender.ts";
import { drivenImage, fanOut, feagiImage, uniform } from "./networks.ts";
import type { Row, Sitting } from "./suite.ts";

const NEURONS = 1_000_000;
const [SENDERS, EACH] = [200_000, 100];
/** As genomes make them: bytes as weights, a postsynaptic potential for each area. */
const grown = { threshold: 1e7, weight: (i: number) => uniform(7, i, 255) + 1, psp: (i: number) => uniform(8, i, 20) + 1, inhibits: true };
/** Every synapse with a weight of its own, as after learning: nothing repeats. */
const learned = { ...grown, weight: (i: number) => uniform(7, i, 2 ** 24) / 2 ** 16 };
const unwired = { neurons: NEURONS, synapses: 0, source: () => 0, target: () => 0 };

const models: { model: string; images(): [EngineImage, EngineImage] }[] = [
  { model: "feagi", images: () => [feagiImage(unwired, grown), feagiImage(fanOut(SENDERS, EACH), grown)] },
  { model: "feagi, no two weights alike", images: () => [feagiImage(unwired, learned), feagiImage(fanOut(SENDERS, EACH), learned)] },
  { model: "lif", images: () => [drivenImage(unwired, 67), drivenImage(fanOut(SENDERS, EACH), 67)] },
];

export async function measureBuild(sitting: Sitting): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { model, images } of models) {
    const [bare, wired] = images();
    // The quick one first: what it gives back is given back at once.
    for (const { name, make } of sitting.engines.toReversed()) {
      try {
        const neurons = buildTimes(() => make(1), bare, sitting.repeat);
        const synapses = buildTimes(() => make(1), wired, sitting.repeat);
        const row = (metric: string, unit: string, values: number[], isRate = false) =>
          rows.push({ metric: `${metric}, ${model}`, unit, engine: name, threads: 1, values, isRate });
        row(
          "neurons",
          "1/s",
          neurons.seconds.map((s) => NEURONS / s),
          true,
        );
        row("neuron", "B", [(neurons.memory.neurons + neurons.memory.ring) / NEURONS]);
        row(
          "synapses",
          "1/s",
          synapses.seconds.map((s) => (SENDERS * EACH) / s),
          true,
        );
        row("synapse", "B", [synapses.memory.synapses / (SENDERS * EACH)]);
        row("process by synapse", "B", [synapses.grownBy / (SENDERS * EACH)]);
      } catch (error) {
        sitting.note(`build: ${name} does not take a ${model} network: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
  return [
    ...rows,
    ...(await othersBuild(
      sitting,
      models.map(({ model }) => model),
    )),
  ];
}

/** The kernel's rows stand beside both models; a simulator's beside the model it has. */
async function othersBuild({ floor, peers, repeat, note }: Sitting, both: string[]): Promise<Row[]> {
  const rows: Row[] = [];
  if (floor) {
    const [timed] = await takeTurns([await programContender(floor("build", 1, 1))], repeat, note);
    const values = (timed?.ms ?? []).map((ms) => (SENDERS * EACH * 1e3) / ms);
    for (const model of both) rows.push({ metric: `synapses, ${model}`, unit: "1/s", engine: "floor", threads: 1, values, isRate: true });
  }
  const programs: [string, Program | null | undefined][] = [
    ["lif", peers?.simulator("nest", "W4", 1, 1)],
    ["feagi", peers?.feagi("build", 1, 1)],
  ];
  for (const [model, program] of programs) {
    if (!program) continue;
    try {
      const contender = await programContender(program);
      contender.end();
      for (const [metric, value] of Object.entries(contender.ready.build ?? {})) {
        const isRate = metric.endsWith("/s");
        const name = isRate ? metric.slice(0, -2) : metric.replace("bytes per ", "");
        rows.push({ metric: `${name}, ${model}`, unit: isRate ? "1/s" : "B", engine: program.engine, threads: 1, values: [value], isRate });
      }
    } catch (error) {
      note(`build: ${error instanceof Error ? error.message : error}`);
    }
  }
  return rows;
}

/** One million neurons with a hundred synapses each. */
export async function measureLargeBuild({ engines }: Sitting): Promise<Row[]> {
  const image = feagiImage(fanOut(NEURONS, EACH), grown);
  const native = engines.findLast(({ name }) => name === "native") ?? engines[0]!;
  const { seconds, memory, grownBy } = buildTimes(() => native.make(1), image, 1);
  const row = (metric: string, unit: string, value: number, isRate = false): Row => ({
    metric,
    unit,
    engine: native.name,
    threads: 1,
    values: [value],
    isRate,
  });
  return [
    row("build", "s", seconds[0]!),
    row("synapses", "1/s", (NEURONS * EACH) / seconds[0]!, true),
    row("engine", "GB", memory.total / 1e9),
    row("process", "GB", grownBy / 1e9),
  ];
}

/** Of the first build also what the engine says it holds and what the process grew by, which is new to the process then. */
function buildTimes(make: () => Engine, image: EngineImage, times: number): { seconds: number[]; memory: MemoryBytes; grownBy: number } {
  const seconds: number[] = [];
  let memory: MemoryBytes = { neurons: 0, synapses: 0, ring: 0, shared: 0, total: 0 };
  let grownBy = 0;
  for (let i = 0; i < times; i++) {
    const engine = make();
    collectGarbage();
    const before = process.memoryUsage.rss();
    const started = performance.now();
    engine.load(image);
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    seconds.push((performance.now() - started) / 1e3);
    if (i === 0) {
      grownBy = process.memoryUsage.rss() - before - frame.byteLength;
      memory = engine.memoryBytes();
    }
    engine.dispose();
  }
  return { seconds, memory, grownBy };
}

/** What earlier builds left must not be given back while a later one is measured. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/**
 * Building an engine from columns until its first burst is done: neurons and synapses a second, and what the process grows by.
 *
 * The synapses of a network are measured beside its neurons alone, so that each is counted for itself.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { EngineImage } from "#contracts/network.ts";
import type { Engine } from "#core/engine/engine.ts";
import { type Program, programContender, takeTurns } from "./contender.ts";
import { drivenImage, fanOut, feagiImage } from "./networks.ts";
import type { Row, Sitting } from "./suite.ts";

const NEURONS = 1_000_000;
const [SENDERS, EACH] = [200_000, 100];
const none = { source: () => 0, target: () => 0 };
const traits = { threshold: 1, weight: 1e-6, psp: 1, inhibits: false };

const models = [
  {
    model: "feagi",
    images: () => [feagiImage({ neurons: NEURONS, synapses: 0, ...none }, traits), feagiImage(fanOut(SENDERS, EACH), traits)],
  },
  { model: "lif", images: () => [drivenImage({ neurons: NEURONS, synapses: 0, ...none }, 67), drivenImage(fanOut(SENDERS, EACH), 67)] },
] as const;

export async function measureBuild(sitting: Sitting): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { model, images } of models) {
    const [bare, wired] = images() as [EngineImage, EngineImage];
    // The quick one first: what it gives back is given back at once.
    for (const { name, make } of sitting.engines.toReversed()) {
      try {
        const neurons = buildTimes(() => make(1), bare, sitting.repeat);
        const synapses = buildTimes(() => make(1), wired, sitting.repeat);
        const perNeuron = neurons.bytes / NEURONS;
        const row = (metric: string, unit: string, values: number[], isRate = false) =>
          rows.push({ metric: `${metric}, ${model}`, unit, engine: name, threads: 1, values, isRate });
        row(
          "neurons",
          "1/s",
          neurons.seconds.map((s) => NEURONS / s),
          true,
        );
        row("neuron", "B", [perNeuron]);
        row(
          "synapses",
          "1/s",
          synapses.seconds.map((s) => (SENDERS * EACH) / s),
          true,
        );
        row("synapse", "B", [(synapses.bytes - SENDERS * perNeuron) / (SENDERS * EACH)]);
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
  const image = feagiImage(fanOut(NEURONS, EACH), traits);
  const native = engines.findLast(({ name }) => name === "native") ?? engines[0]!;
  const { seconds, bytes } = buildTimes(() => native.make(1), image, 1);
  const row = (metric: string, unit: string, value: number, isRate = false): Row => ({
    metric,
    unit,
    engine: native.name,
    threads: 1,
    values: [value],
    isRate,
  });
  return [row("build", "s", seconds[0]!), row("synapses", "1/s", (NEURONS * EACH) / seconds[0]!, true), row("engine", "GB", bytes / 1e9)];
}

/** Seconds of each build; bytes of the first, whose memory is new to the process. */
function buildTimes(make: () => Engine, image: EngineImage, times: number): { seconds: number[]; bytes: number } {
  const seconds: number[] = [];
  let bytes = 0;
  for (let i = 0; i < times; i++) {
    const engine = make();
    collectGarbage();
    const before = process.memoryUsage.rss();
    const started = performance.now();
    engine.load(image);
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    seconds.push((performance.now() - started) / 1e3);
    if (i === 0) bytes = process.memoryUsage.rss() - before - frame.byteLength;
    engine.dispose();
  }
  return { seconds, bytes };
}

/** What earlier builds left must not be given back while a later one is measured. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

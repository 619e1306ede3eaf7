/** What watching 20 conditions costs beside the bursts they are judged after: 30,000 firings a burst, 40 areas, every kind of term. */
import type { NetworkImage } from "#contracts/network.ts";
import { parseCondition } from "#core/debug/conditions/parse.ts";
import { Watch } from "#core/debug/conditions/watch.ts";
import { fanOut, feagiImage, permuted } from "./networks.ts";
import type { Row, Sitting } from "./suite.ts";
import { inputOf } from "./workloads.ts";

const FIRING = 30_000;
const AREAS = 40;
const FIRST_AREA = 7;
const STRETCH = 200;

const conditions = [
  ...Array.from({ length: 5 }, (_, i) => `fires(${8 + i}) > ${500 + i}`),
  ...Array.from({ length: 3 }, (_, i) => `silent(${20 + i}) > 30 and fires(${30 + i}) > 10`),
  ...Array.from({ length: 3 }, (_, i) => `rate(${12 + i}, ${100 * (i + 1)}) > 0.2`),
  ...Array.from({ length: 2 }, (_, i) => `synchrony(${15 + i}, 250) > 4`),
  ...Array.from({ length: 3 }, (_, i) => `fired(N#${90_000 + 20_001 * i})`),
  ...Array.from({ length: 2 }, (_, i) => `potential(N#${70_000 + 333 * i}) > 0.9`),
  "dweight(S#88121) != 0 or weight(S#5000) > 1",
  "(fires(9) - fires(10)) / (fires(11) + 1) > 3",
];

export async function measureConditions({ engines, repeat }: Sitting): Promise<Row[]> {
  const rows: Row[] = [];
  const cases = [
    {
      name: "spikes that go round in 300,000 neurons",
      image: inAreas(feagiImage(permuted(300_000), { threshold: 1, weight: 2, psp: 2, inhibits: false })),
      drive: (burst: number) => (burst === 1 ? every(300_000 / FIRING) : []),
    },
    {
      name: "input into 200,000 neurons, 10 synapses each",
      image: inAreas(feagiImage(fanOut(200_000, 10), { threshold: 1, weight: 1e-6, psp: 1, inhibits: false })),
      drive: () => every(200_000 / FIRING),
    },
  ];
  for (const { name, image, drive } of cases) {
    const input = inputOf({ drive, amplitude: 2 })!;
    for (const { name: engine, make } of engines) {
      const { burst, watch } = await stretches(make(1), image, input, repeat);
      const row = (metric: string, unit: string, values: number[]) =>
        rows.push({ metric: `${metric}, ${name}`, unit, engine, threads: 1, values });
      row("burst", "ms", burst);
      row(`${conditions.length} conditions`, "ms", watch);
      row("cost", "%", [(100 * Math.min(...watch)) / Math.min(...burst)]);
    }
  }
  return rows;
}

async function stretches(
  engine: ReturnType<Sitting["engines"][number]["make"]>,
  image: NetworkImage,
  input: (burst: number) => Uint32Array,
  repeat: number,
): Promise<{ burst: number[]; watch: number[] }> {
  engine.load(image);
  const names = {
    area: (name: string) => ({ id: name, name, index: Number(name), neurons: Math.ceil(image.neurons.count / AREAS) }),
    areaOfNeuron: (neuron: number) => image.neurons.area[neuron]!,
    areaNames: () => [],
  };
  const watch = new Watch(conditions.map(parseCondition), names, { diverged: () => 0 });
  const frame = new Uint32Array(engine.frameWords);
  const times: { burst: number[]; watch: number[] } = { burst: [], watch: [] };
  for (let turn = 0; turn <= repeat; turn++) {
    const [burstMs, watchMs] = [new Float64Array(STRETCH), new Float64Array(STRETCH)];
    for (let n = 0; n < STRETCH; n++) {
      engine.apply(input(engine.burst + 1));
      const started = performance.now();
      engine.burstIntoSync(frame);
      const ran = performance.now();
      watch.observe(frame, engine);
      for (let i = 0; i < conditions.length; i++) watch.holds(i);
      watchMs[n] = performance.now() - ran;
      burstMs[n] = ran - started;
    }
    await new Promise((resolve) => setImmediate(resolve));
    // The first turn warms up.
    if (turn === 0) continue;
    times.burst.push(middle(burstMs));
    times.watch.push(middle(watchMs));
  }
  engine.dispose();
  return times;
}

/** Of single bursts: what takes the processor away in between is no cost of either. */
function middle(times: Float64Array): number {
  return times.sort()[STRETCH / 2]!;
}

function inAreas(image: NetworkImage): NetworkImage {
  const perArea = Math.ceil(image.neurons.count / AREAS);
  const area = image.neurons.area.map((_, id) => FIRST_AREA + Math.floor(id / perArea));
  return { ...image, neurons: { ...image.neurons, area } };
}

function every(step: number): number[] {
  return Array.from({ length: FIRING }, (_, i) => Math.floor(i * step));
}

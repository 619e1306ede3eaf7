/**
 * The benchmark suite as a table: to add a figure, add a row. A row measures the same work on every contender of one sitting;
 * ratios are taken from the minima, because a shared machine only ever adds time.
 */

import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "#core/engine/engine.ts";
import { imageOfWiring, permutation, uniform } from "./networks.ts";
import { eventAppend, growth, handOver } from "./other-figures.ts";

export interface Sample {
  engine: string;
  /** Milliseconds of one repetition each. */
  ms: number[];
}

export interface Figure {
  name: string;
  metric: string;
  /** Threads are 1 unless a contender says otherwise. */
  measure(contenders: Contenders): Promise<Sample[]>;
}

export interface Contenders {
  engines: { name: string; make: () => Engine }[];
  /** Runs the hand-written kernel; null where it was not built. */
  floor: ((workload: string, bursts: number) => Promise<number[]>) | null;
  repeat: number;
}

interface BurstWorkload {
  name: string;
  metric: string;
  /** Workload of the hand-written kernel that does the same. */
  floor: string;
  bursts: number;
  network: () => ReturnType<typeof imageOfWiring>;
  /** Neurons staged over threshold before burst b, or null when the network drives itself. */
  drive: (burst: number) => number[] | null;
}

const random12k = () =>
  imageOfWiring({
    neurons: 12_000,
    synapses: 13_000,
    source: (i) => uniform(1, i, 12_000),
    target: (i) => uniform(2, i, 12_000),
    weight: 1e-4,
  });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const burstWorkloads: BurstWorkload[] = [
  {
    name: "propagation-2",
    metric: "burst, 2 of 12,000 neurons fire, 13,000 synapses",
    floor: "P2",
    bursts: 200,
    network: random12k,
    drive: (burst) => [(burst * 7919) % 12_000, (burst * 104_729 + 1) % 12_000],
  },
  {
    name: "w1low",
    metric: "burst, 1 % of 12,000 neurons fire, 13,000 synapses",
    floor: "W1low",
    bursts: 200,
    network: random12k,
    drive: (burst) => range(0, 120).map((i) => i * 100 + (burst % 100)),
  },
  {
    name: "w1full",
    metric: "burst, all 12,000 neurons fire, 13,000 synapses",
    floor: "W1full",
    bursts: 100,
    network: random12k,
    drive: () => range(0, 12_000),
  },
  {
    name: "w2",
    metric: "burst, all 1,200,000 neurons fire, one synapse each",
    floor: "W2",
    bursts: 8,
    network() {
      const order = permutation(3, 1_200_000);
      return imageOfWiring({ neurons: 1_200_000, synapses: 1_200_000, source: (i) => i, target: (i) => order[i] as number, weight: 1 });
    },
    drive: (burst) => (burst === 1 ? range(0, 1_200_000) : null),
  },
  {
    name: "w4",
    metric: "burst, 1.5 % of 200,000 neurons fire, 100 synapses each",
    floor: "W4",
    bursts: 20,
    network: () =>
      imageOfWiring({
        neurons: 200_000,
        synapses: 20_000_000,
        source: (i) => Math.floor(i / 100),
        target: (i) => uniform(4, i, 200_000),
        weight: 1e-6,
      }),
    drive: (burst) => range(0, 2985).map((i) => (i * 67 + burst) % 200_000),
  },
];

export const suite: Figure[] = [
  ...burstWorkloads.map((workload) => ({
    name: workload.name,
    metric: workload.metric,
    measure: (contenders: Contenders) => measureBursts(workload, contenders),
  })),
  { name: "build", metric: "load of 200,000 neurons and 20,000,000 synapses into an engine", measure: measureBuild },
  { name: "development", metric: "growth of the pong genome, parse to connectome", measure: growth },
  { name: "frames", metric: "hand-over of a frame of 1,200,000 fired neurons to another thread, decoded", measure: handOver },
  { name: "events", metric: "append of 10,000 events, committed", measure: eventAppend },
];

async function measureBursts({ network, drive, bursts, floor }: BurstWorkload, contenders: Contenders): Promise<Sample[]> {
  const image = network();
  const engines = contenders.engines.map(({ name, make }) => ({ name, engine: make(), ms: [] as number[] }));
  for (const { engine } of engines) engine.load(image);
  const frame = new Uint32Array(Math.max(...engines.map(({ engine }) => engine.frameWords)));
  const patch = new PatchWriter();
  // Contenders take turns burst by burst: what slows the machine slows them alike.
  for (let i = 1; i <= bursts * contenders.repeat; i++) {
    const driven = drive(i);
    if (driven) {
      patch.begin("stageInput", 2 * driven.length);
      for (const id of driven) patch.u32(id).f32(2);
    }
    const words = patch.take();
    for (const { engine, ms } of engines) {
      if (words.length > 0) engine.apply(words);
      const started = performance.now();
      engine.burstIntoSync(frame);
      ms.push(performance.now() - started);
    }
  }
  for (const { engine } of engines) engine.dispose();
  const samples: Sample[] = engines.map(({ name, ms }) => ({ engine: name, ms: ms.slice(1) }));
  if (contenders.floor) samples.push({ engine: "floor", ms: await contenders.floor(floor, bursts * contenders.repeat) });
  return samples;
}

async function measureBuild({ engines, repeat, floor }: Contenders): Promise<Sample[]> {
  const image = imageOfWiring({
    neurons: 200_000,
    synapses: 20_000_000,
    source: (i) => Math.floor(i / 100),
    target: (i) => uniform(4, i, 200_000),
    weight: 1e-6,
  });
  const samples = engines.map(({ name }) => ({ engine: name, ms: [] as number[] }));
  for (let i = 0; i < repeat; i++) {
    for (const [at, { make }] of engines.entries()) {
      const engine = make();
      const started = performance.now();
      engine.load(image);
      samples[at]?.ms.push(performance.now() - started);
      engine.dispose();
    }
  }
  if (floor) samples.push({ engine: "floor", ms: await floor("build", repeat) });
  return samples;
}

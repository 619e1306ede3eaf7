/** The workloads of a burst as a table: a network, what drives it, and who else runs the same. */
import type { EngineImage } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { brunelImage, drivenImage, fanOut, feagiImage, fromTwo, permuted, scattered, uniform } from "./networks.ts";

export interface Workload {
  name: string;
  /** One line a reader can judge the figure by. */
  what: string;
  /** Bursts of a stretch, and of settling. */
  bursts: number;
  /** Bursts of a simulator's stretch, whose start costs more. */
  simulatorBursts?: number;
  settling?: number;
  image(): EngineImage;
  /** Neurons staged over threshold before burst b; a network without drives itself. */
  drive?(burst: number): Iterable<number>;
  /** By how much. */
  amplitude?: number;
  /** The same in the hand-written kernel, the simulators, and FEAGI. */
  floor: string;
  simulators?: string;
  feagi?: string;
  /** Thread counts it is run with when nobody says otherwise. */
  threads?: number[];
}

const weak = { threshold: 1, weight: 1e-4, psp: 1, inhibits: false };

export const workloads: Workload[] = [
  {
    name: "propagation-two",
    what: "feagi dynamics, 2 of 12,000 neurons fire into all others over 13,000 synapses (FEAGI: its propagation alone, ours: all of the burst)",
    bursts: 50,
    image: () => feagiImage(fromTwo(12_000, 13_000), { threshold: 1e6, weight: 10, psp: 10, inhibits: true }),
    drive: () => [0, 1],
    amplitude: 2e6,
    floor: "P2",
    feagi: "propagate-two",
  },
  {
    name: "propagation-all",
    what: "feagi dynamics, all 12,000 neurons fire over 13,000 synapses (FEAGI: its propagation alone, ours: all of the burst)",
    bursts: 10,
    image: () => feagiImage(scattered(12_000, 13_000), { threshold: 1, weight: 10, psp: 10, inhibits: true }),
    drive: () => range(12_000),
    amplitude: 1e6,
    floor: "W1full",
    feagi: "propagate-all",
  },
  {
    name: "w1low-feagi",
    what: "feagi dynamics, 1 % of 12,000 neurons fire, 13,000 synapses",
    bursts: 1000,
    image: () => feagiImage(scattered(12_000, 13_000), weak),
    drive: (burst) => range(120, (i) => i * 100 + (burst % 100)),
    floor: "W1low",
  },
  {
    name: "w1low-lif",
    what: "lif-delta, 1 % of 12,000 neurons fire, 13,000 synapses",
    bursts: 1000,
    settling: 20,
    image: () => drivenImage(scattered(12_000, 13_000), 100),
    floor: "W1low",
    simulators: "W1low",
  },
  {
    name: "w1full-feagi",
    what: "feagi dynamics, all 12,000 neurons fire, 13,000 synapses",
    bursts: 10,
    image: () => feagiImage(scattered(12_000, 13_000), { threshold: 1, weight: 10, psp: 10, inhibits: true }),
    drive: () => range(12_000),
    amplitude: 1e6,
    floor: "W1full",
    feagi: "burst-all",
  },
  {
    name: "w1full-lif",
    what: "lif-delta, all 12,000 neurons fire, 13,000 synapses",
    bursts: 50,
    settling: 20,
    image: () => drivenImage(scattered(12_000, 13_000), 1),
    floor: "W1full",
    simulators: "W1full",
    simulatorBursts: 300,
  },
  {
    name: "w2-feagi",
    what: "feagi dynamics, all 1,200,000 neurons fire, one synapse each",
    bursts: 2,
    image: () => feagiImage(permuted(1_200_000), { threshold: 1, weight: 2, psp: 2, inhibits: false }),
    drive: (burst) => (burst === 1 ? range(1_200_000) : []),
    floor: "W2",
    feagi: "burst-permuted",
  },
  {
    name: "w2-lif",
    what: "lif-delta, all 1,200,000 neurons fire, one synapse each",
    bursts: 2,
    settling: 3,
    image: () => drivenImage(permuted(1_200_000), 1),
    floor: "W2",
    simulators: "W2",
    simulatorBursts: 5,
  },
  {
    name: "w3-1ms",
    what: "lif-delta, Brunel network of 12,500 neurons and 15,625,000 synapses, steps of 1 ms",
    bursts: 100,
    settling: 100,
    image: () => brunelImage(1, 1),
    floor: "W3b",
    simulators: "W3b",
    threads: [1, 2],
  },
  {
    name: "w3-0.1ms",
    what: "lif-delta, the same Brunel network, steps of 0.1 ms, delay 1.5 ms",
    bursts: 500,
    settling: 1000,
    image: () => brunelImage(0.1, 15),
    floor: "W3",
    simulators: "W3",
    threads: [1, 2],
  },
  {
    name: "w4-feagi",
    what: "feagi dynamics, 1.5 % of 200,000 neurons fire, 100 synapses each",
    bursts: 5,
    image: () => feagiImage(fanOut(200_000, 100), { ...weak, weight: 1e-6 }),
    drive: (burst) => range(2985, (i) => (i * 67 + burst) % 200_000),
    floor: "W4",
  },
  {
    name: "w4-lif",
    what: "lif-delta, 1.5 % of 200,000 neurons fire, 100 synapses each",
    bursts: 67,
    settling: 20,
    image: () => drivenImage(fanOut(200_000, 100), 67),
    floor: "W4",
    simulators: "W4",
  },
  {
    name: "w4-feagi-case",
    what: "feagi dynamics, FEAGI's own case: 1 % of 100,000 neurons fire by injection, 100 synapses each",
    bursts: 5,
    image: () => feagiImage(fanOut(100_000, 100), { threshold: 1e7, weight: 10, psp: 10, inhibits: true }),
    drive: (burst) => range(1000, (i) => uniform(burst, i, 100_000)),
    amplitude: 2e7,
    floor: "C",
    feagi: "burst-injected",
  },
];

/** The patch that stages the input of a burst. */
export function inputOf({ drive, amplitude = 2 }: Pick<Workload, "drive" | "amplitude">): ((burst: number) => Uint32Array) | null {
  if (!drive) return null;
  const writer = new PatchWriter();
  return (burst) => {
    const driven = [...drive(burst)];
    if (driven.length > 0) writer.begin("stageInput", 2 * driven.length);
    for (const id of driven) writer.u32(id).f32(amplitude);
    return writer.take();
  };
}

function range(count: number, value: (i: number) => number = (i) => i): number[] {
  return Array.from({ length: count }, (_, i) => value(i));
}

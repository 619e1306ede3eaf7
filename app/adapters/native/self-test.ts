/**
 * Three small networks with known answers, run by every native module before it may serve. Taken from the golden runs `single_leak`,
 * `consecutive_snooze` and `chain_fanout` in kind: leak over idle bursts, limit with snooze, division with delays and inhibition.
 */
import { firedIds } from "#contracts/frame.ts";
import { type EngineArea, type NetworkImage, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "#core/engine/engine.ts";

interface Vector {
  name: string;
  image: NetworkImage;
  /** Input to neuron 0 per burst. */
  drive: readonly number[];
  /** Fired ids per burst. */
  fired: readonly (readonly number[])[];
  /** Potentials after the last burst, neuron by neuron. */
  potentials: readonly number[];
}

type Synapse = [source: number, target: number, weight: number, kind: number, delay: number];

const X = [0];
const vectors: readonly Vector[] = [
  {
    name: "leak",
    image: network(1, { threshold: 10, leak: 0.5, accumulates: 1 }),
    drive: [8, 0, 0, 1],
    fired: [[], [], [], []],
    potentials: [2],
  },
  {
    name: "limit and snooze",
    image: network(1, { threshold: 1, consecutiveFireLimit: 3, snoozePeriod: 2 }),
    drive: [1, 1, 1, 1, 1, 1, 1, 1],
    fired: [X, X, X, [], [], X, X, X],
    potentials: [0],
  },
  {
    name: "division, delay and inhibition",
    image: network(
      4,
      { threshold: 1, accumulates: 0 },
      [
        [0, 1, 4, 0, 1],
        [0, 2, 2, 0, 2],
        [0, 3, 1, 0, 3],
        [0, 3, 3, 1, 3],
      ],
      [{ index: 10, pspUniform: false, mpDrivenPsp: null, degeneration: 0, baselinePsp: null }],
    ),
    drive: [1, 0, 0, 0],
    fired: [X, [1], [], []],
    potentials: [0, 0, 0, -0.5],
  },
];

/** Name of the first vector that comes out wrong; none if all come out right. */
export function failedSelfTest(engine: Engine): string | undefined {
  try {
    return vectors.find((vector) => !comesOutRight(engine, vector))?.name;
  } finally {
    engine.dispose();
  }
}

function comesOutRight(engine: Engine, { image, drive, fired, potentials }: Vector): boolean {
  engine.load(image);
  const frame = new Uint32Array(engine.frameWords);
  const firesRight = drive.every((input, burst) => {
    if (input !== 0) engine.apply(new PatchWriter().op("stageInput", [0, input], [1]).take());
    engine.burstIntoSync(frame);
    return String(firedIds(frame)) === String(fired[burst]);
  });
  const { potential } = engine.neuronStates(Uint32Array.from(potentials.keys()));
  return firesRight && potentials.every((expected, id) => potential[id] === expected);
}

function network(
  count: number,
  neuron: { threshold: number; leak?: number; accumulates?: number; consecutiveFireLimit?: number; snoozePeriod?: number },
  synapses: readonly Synapse[] = [],
  areas: EngineArea[] = [],
): NetworkImage {
  const { threshold, leak = 0, accumulates = 1, consecutiveFireLimit = NO_FIRE_LIMIT, snoozePeriod = 0 } = neuron;
  return {
    dynamics: "standard",
    precision: "f32",
    powerAmount: 1,
    neurons: {
      count,
      area: new Uint32Array(count).fill(10),
      x: Uint32Array.from({ length: count }, (_, id) => id),
      y: new Uint32Array(count),
      z: new Uint32Array(count),
      threshold: new Float32Array(count).fill(threshold),
      thresholdLimit: new Float32Array(count).fill(NO_THRESHOLD_LIMIT),
      leak: new Float32Array(count).fill(leak),
      excitability: new Float32Array(count).fill(1),
      refractoryPeriod: new Uint16Array(count),
      consecutiveFireLimit: new Uint16Array(count).fill(consecutiveFireLimit),
      snoozePeriod: new Uint16Array(count).fill(snoozePeriod),
      accumulates: new Uint8Array(count).fill(accumulates),
    },
    synapses: {
      count: synapses.length,
      source: Uint32Array.from(synapses, ([source]) => source),
      target: Uint32Array.from(synapses, ([, target]) => target),
      weight: Float32Array.from(synapses, ([, , weight]) => weight),
      psp: new Float32Array(synapses.length).fill(1),
      kind: Uint8Array.from(synapses, ([, , , kind]) => kind),
      delay: Uint8Array.from(synapses, ([, , , , delay]) => delay),
      flags: new Uint8Array(synapses.length),
    },
    areas,
  };
}

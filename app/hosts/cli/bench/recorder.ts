/**
 * What the recorder costs: the same bursts with it and without, in turns, keyframes included, and the bytes it keeps at 30 Hz.
 *
 * Packing happens on other threads; with the recorder on they are at work during the stretches, as in the lab.
 */
import { createRecordingVault } from "#adapters/files/recording-vault.ts";
import type { NetworkImage } from "#contracts/network.ts";
import type { Engine } from "#core/engine/engine.ts";
import { Recorder } from "#core/recording/recorder.ts";
import { fanOut, feagiImage, permuted } from "./networks.ts";
import type { Row, Sitting } from "./suite.ts";
import { inputOf } from "./workloads.ts";

const FIRING = 30_000;
const RATE_HZ = 30;
/** A stretch is one interval of keyframes. */
const STRETCH = 256;

interface Case {
  name: string;
  image: NetworkImage;
  input: (burst: number) => Uint32Array;
}

const cases = (): Case[] => [
  {
    name: "spikes that go round in 300,000 neurons",
    image: feagiImage(permuted(300_000), { threshold: 1, weight: 2, psp: 2, inhibits: false }),
    input: driven((burst) => (burst === 1 ? spread(300_000, 0) : [])),
  },
  {
    name: "input into 200,000 neurons, 10 synapses each",
    image: feagiImage(fanOut(200_000, 10), { threshold: 1, weight: 1e-6, psp: 1, inhibits: false }),
    input: driven((burst) => spread(200_000, burst)),
  },
];

export async function measureRecorder({ engines, repeat }: Sitting): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, image, input } of cases()) {
    for (const { name: engine, make } of engines) {
      const [plain, recorded] = [new Stretches(make(1), image, input), new Stretches(make(1), image, input)];
      const recorder = new Recorder({
        vault: createRecordingVault(null),
        limits: { ramBytes: 1 << 30, diskBytes: 0 },
        createEngine: () => make(1),
        nowMs: () => performance.now(),
        breathe: () => new Promise((resolve) => setImmediate(resolve)),
        onDiskLost() {},
      });
      recorder.begin(recorded.engine);
      const times: [number[], number[]] = [[], []];
      for (let turn = 0; turn <= repeat; turn++) {
        const pair = [await plain.run(null), await recorded.run(recorder)] as const;
        // The first turn warms up.
        if (turn > 0) for (const at of [0, 1] as const) times[at].push(pair[at]);
      }
      await recorder.settled();
      const row = (metric: string, unit: string, values: number[]) =>
        rows.push({ metric: `${metric}, ${name}`, unit, engine, threads: 1, values });
      row("burst", "ms", times[0]);
      row("burst recorded", "ms", times[1]);
      row("cost", "×", [Math.min(...times[1]) / Math.min(...times[0])]);
      row("kept at 30 Hz", "MB/s", [(recorder.summary().bytesPerBurst * RATE_HZ) / 1e6]);
      await recorder.drop();
      for (const { engine: done } of [plain, recorded]) done.dispose();
    }
  }
  return rows;
}

class Stretches {
  readonly engine: Engine;
  readonly #input: Case["input"];
  #frame: Uint32Array;

  constructor(engine: Engine, image: NetworkImage, input: Case["input"]) {
    this.engine = engine;
    this.#input = input;
    engine.load(image);
    this.#frame = new Uint32Array(engine.frameWords);
  }

  /** Milliseconds a burst; what stages its input is not timed, recording it is. */
  async run(recorder: Recorder | null): Promise<number> {
    const { engine } = this;
    let ms = 0;
    for (let n = 0; n < STRETCH; n++) {
      const patch = this.#input(engine.burst + 1);
      engine.apply(patch);
      const started = performance.now();
      recorder?.patched(patch);
      const words = engine.burstIntoSync(this.#frame);
      recorder?.burst(engine, this.#frame.subarray(0, words));
      ms += performance.now() - started;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return ms / STRETCH;
  }
}

function driven(drive: (burst: number) => Iterable<number>): Case["input"] {
  return inputOf({ drive, amplitude: 2 })!;
}

/** As many neurons as fire, at irregular distances that differ from burst to burst. */
function spread(neurons: number, burst: number): number[] {
  const step = neurons / FIRING;
  return Array.from({ length: FIRING }, (_, i) => Math.floor(i * step + ((i * 7919 + burst * 104_729) % Math.floor(step * 64)) / 64));
}

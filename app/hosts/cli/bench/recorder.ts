/**
 * What the recorder costs: the same bursts with it and without, one of each in turn, keyframes included, and the bytes it keeps at 30 Hz.
 *
 * Packing happens on other threads; they are at work between and during the bursts, as in the lab.
 */
import { createRecordingVault } from "#adapters/files/recording-vault.ts";
import type { NetworkImage } from "#contracts/network.ts";
import type { Engine } from "#core/engine/engine.ts";
import { KEYFRAME_BURSTS, Recorder } from "#core/recording/recorder.ts";
import { fanOut, feagiImage, permuted } from "./networks.ts";
import type { Row, Sitting } from "./suite.ts";
import { inputOf } from "./workloads.ts";

const FIRING = 30_000;
const RATE_HZ = 30;

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
      const [plain, recorded] = [make(1), make(1)];
      for (const one of [plain, recorded]) one.load(image);
      const recorder = new Recorder({
        vault: createRecordingVault(null),
        limits: { ramBytes: 1 << 30, diskBytes: 0 },
        createEngine: () => make(1),
        nowMs: () => performance.now(),
        breathe,
        onDiskLost() {},
      });
      recorder.begin(recorded);
      const turns: Turn[] = [];
      for (let turn = 0; turn <= repeat; turn++) turns.push(await takeTurn(plain, recorded, recorder, input));
      // The first turn warms up.
      turns.shift();
      await recorder.settled();
      const row = (metric: string, unit: string, values: number[]) =>
        rows.push({ metric: `${metric}, ${name}`, unit, engine, threads: 1, values });
      row(
        "burst",
        "ms",
        turns.map(({ plainMs }) => plainMs),
      );
      row(
        "cost",
        "×",
        turns.map(({ plainMs, recordedMs }) => recordedMs / plainMs),
      );
      row("kept at 30 Hz", "MB/s", [(recorder.summary().bytesPerBurst * RATE_HZ) / 1e6]);
      await recorder.drop();
      for (const one of [plain, recorded]) one.dispose();
    }
  }
  return rows;
}

/** Milliseconds a burst. */
interface Turn {
  plainMs: number;
  recordedMs: number;
}

/** One interval of keyframes on both; staging input is not timed, recording it is. */
async function takeTurn(plain: Engine, recorded: Engine, recorder: Recorder, input: Case["input"]): Promise<Turn> {
  const frame = new Uint32Array(plain.frameWords);
  let [plainMs, recordedMs] = [0, 0];
  for (let n = 0; n < KEYFRAME_BURSTS; n++) {
    const patch = input(plain.burst + 1);
    plain.apply(patch);
    recorded.apply(patch);
    let started = performance.now();
    plain.burstIntoSync(frame);
    plainMs += performance.now() - started;
    started = performance.now();
    recorder.patched(patch);
    const words = recorded.burstIntoSync(frame);
    recorder.burst(recorded, frame.subarray(0, words));
    recordedMs += performance.now() - started;
    await breathe();
  }
  return { plainMs: plainMs / KEYFRAME_BURSTS, recordedMs: recordedMs / KEYFRAME_BURSTS };
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

function driven(drive: (burst: number) => Iterable<number>): Case["input"] {
  return inputOf({ drive, amplitude: 2 })!;
}

/** As many neurons as fire, at irregular distances that differ from burst to burst. */
function spread(neurons: number, burst: number): number[] {
  const step = neurons / FIRING;
  return Array.from({ length: FIRING }, (_, i) => Math.floor(i * step + ((i * 7919 + burst * 104_729) % Math.floor(step * 64)) / 64));
}

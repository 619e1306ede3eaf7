/**
 * The benchmark suite as a table: to add a figure, add a row. A row measures the same work on every contender of one sitting.
 */
import type { Engine } from "#core/engine/engine.ts";
import { measureBuild, measureLargeBuild } from "./build.ts";
import { measureConditions } from "./conditions.ts";
import { type Contender, engineContender, type Program, programContender, takeTurns } from "./contender.ts";
import { measureDevelopment } from "./development.ts";
import { measureLoop } from "./loop.ts";
import { eventAppend, handOver } from "./other-figures.ts";
import type { Peers } from "./peers.ts";
import { measureRecorder } from "./recorder.ts";
import { measureSoak } from "./soak.ts";
import { inputOf, type Workload, workloads } from "./workloads.ts";

/** What one contender showed. */
export interface Row {
  metric: string;
  unit: string;
  engine: string;
  threads: number;
  values: number[];
  /** Rates: more is better. Ratios are of the best. */
  isRate?: boolean;
}

export interface Figure {
  name: string;
  what: string;
  /** Runs only when it is asked for by its whole name. */
  onlyByName?: boolean;
  measure(sitting: Sitting): Promise<Row[]>;
}

/** Who takes part. */
export interface Sitting {
  engines: { name: string; maxThreads: number; make: (threads: number) => Engine }[];
  /** The hand-written kernel; null where it was not built. */
  floor: ((workload: string, threads: number, bursts: number) => Program) | null;
  peers: Peers | null;
  /** Turns each contender gets. */
  repeat: number;
  /** Thread counts, null: those of the workload. */
  threads: number[] | null;
  /** Tells what a person should know beside the figures. */
  note(text: string): void;
}

export const suite: Figure[] = [
  ...workloads.map((workload) => ({
    name: workload.name,
    what: `ms per burst: ${workload.what}`,
    measure: (sitting: Sitting) => measureBursts(workload, sitting),
  })),
  { name: "build", what: "an engine from columns: rates and bytes", measure: measureBuild },
  { name: "build-100m", what: "1,000,000 neurons and 100,000,000 synapses from columns", onlyByName: true, measure: measureLargeBuild },
  { name: "conditions", what: "twenty break conditions, judged after every burst of 30,000 spikes", measure: measureConditions },
  { name: "development", what: "growth: the sample genomes, a million neurons, memory and breath", measure: measureDevelopment },
  { name: "frames", what: "hand-over of a frame of 1,200,000 fired neurons to another thread, decoded", measure: handOver },
  { name: "events", what: "append of 10,000 events, committed", measure: eventAppend },
  { name: "recorder", what: "30,000 firings a burst with the recorder and without, and the bytes it keeps", measure: measureRecorder },
  { name: "soak", what: "an hour of associative learning at 30 Hz, as fast as it goes", onlyByName: true, measure: measureSoak },
  { name: "loop", what: "how far from its time a burst starts, in the loop of the brain host", measure: measureLoop },
];

/** By what share the spikes of contenders may differ: networks with noise, each with its own. */
const ALIKE = 0.1;

async function measureBursts(workload: Workload, sitting: Sitting): Promise<Row[]> {
  const rows: Row[] = [];
  for (const threads of sitting.threads ?? workload.threads ?? [1]) {
    const contenders = await contendersOf(workload, threads, sitting);
    const timed = await takeTurns(contenders, sitting.repeat, (text) => sitting.note(`${workload.name}: ${text}`));
    rows.push(...timed.map(({ engine, ms }) => ({ metric: "burst", unit: "ms", engine, threads, values: ms })));
    const own = timed.find(({ engine }) => engine !== "floor");
    for (const { engine, fired } of timed) {
      if (own && Math.abs(fired - own.fired) > ALIKE * own.fired)
        sitting.note(
          `${workload.name}: ${engine} fires ${fired.toFixed(1)} neurons a burst, ${own.engine} ${own.fired.toFixed(1)}; not the same work`,
        );
    }
  }
  return rows;
}

async function contendersOf(workload: Workload, threads: number, sitting: Sitting): Promise<Contender[]> {
  const { bursts, simulatorBursts = bursts, settling = 0, floor, simulators, feagi } = workload;
  const contenders: Contender[] = [];
  const image = workload.image();
  for (const { name, maxThreads, make } of sitting.engines) {
    if (threads > maxThreads) continue;
    try {
      contenders.push(engineContender(name, threads, () => make(threads), { image, bursts, settling, input: inputOf(workload) }));
    } catch (error) {
      sitting.note(`${workload.name}: ${name} does not run it: ${error instanceof Error ? error.message : error}`);
    }
  }
  const programs = [
    sitting.floor?.(floor, threads, bursts),
    ...(simulators ? ["nest", "brian2"].map((peer) => sitting.peers?.simulator(peer, simulators, threads, simulatorBursts)) : []),
    ...(feagi ? [sitting.peers?.feagi(feagi, threads, bursts)] : []),
  ];
  for (const program of programs) {
    if (!program) continue;
    try {
      contenders.push(await programContender(program));
    } catch (error) {
      sitting.note(`${workload.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return contenders;
}

/**
 * Runs generated networks on the reference engine and its contenders side by side.
 *
 * The first trial that fails is cut down and written as a network file, which `gyrus replay` runs again; the error names it.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firedIds, readFrameHeader } from "#contracts/frame.ts";
import type { EngineImage } from "#contracts/network.ts";
import { type Engine, roomyFrame } from "../engine.ts";
import { type DocumentBurst, writeNetworkDocument } from "../network-document.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import { shrinkTrial } from "./shrink.ts";
import { type Difference, firstDifference, noSights, type Sights, type Step, type Trial } from "./trial.ts";

export interface Contender {
  name: string;
  engine: Engine;
  /** How `gyrus replay FILE` is told to use this engine. */
  replay: string;
}

export interface TrialRun {
  seeds: { first: number; count: number };
  generate: (seed: number) => Trial;
  contenders: readonly Contender[];
  /** Contenders that run in one trial; all of them take turns. */
  together?: number;
  /** Compare every reading, not frames and hashes alone. */
  readings?: boolean;
}

/** Where cut-down networks are written. */
const folder = fileURLToPath(new URL("../../../../node_modules/.cache/gyrus/networks/", import.meta.url));

export function runTrials({ seeds, generate, contenders, together = contenders.length, readings = false }: TrialRun): Sights {
  const reference = createReferenceEngine();
  const sights = noSights();
  for (let n = 0; n < seeds.count; n++) {
    const trial = generate(seeds.first + n);
    const some = Array.from({ length: together }, (_, at) => contenders[(n * together + at) % contenders.length]!);
    const engines = [reference, ...some.map(({ engine }) => engine)];
    const difference = firstDifference(trial, engines, { sights, readings });
    if (difference) throw new Error(report(seeds.first + n, trial, difference, reference, some[difference.engine - 1]!, readings));
  }
  return sights;
}

function report(seed: number, trial: Trial, found: Difference, reference: Engine, contender: Contender, readings: boolean): string {
  const differs = (smaller: Trial) => firstDifference(smaller, [reference, contender.engine], { readings });
  const began = `Generated network ${seed}: ${contender.name} differs from the reference engine at burst ${found.burst}: ${found.what}.`;
  const cut = { ...trial, steps: trial.steps.slice(0, Math.max(1, found.burst)) };
  if (!differs(cut)) return `${began}\nIt does so only after the networks before it or beside other engines, so there is no file.`;
  const smallest = shrinkTrial(cut, (smaller) => {
    try {
      return differs(smaller) !== null;
    } catch {
      // Cut down to what the reference engine refuses.
      return false;
    }
  });
  const { burst, what } = differs(smallest)!;
  const { neurons, synapses } = smallest.image;
  const handed = smallest.steps.flatMap(({ handOver }, n) =>
    handOver === null ? [] : [`${handOver === "fork" ? "a fork" : "a restore"} after burst ${n + 1}`],
  );
  return [
    began,
    `Cut down to ${neurons.count} neurons, ${synapses.count} synapses, ${smallest.steps.length} bursts; burst ${burst}: ${what}.`,
    written(smallest, `generated-${seed}`, contender),
    ...(handed.length > 0 ? [`A replay does not show it without ${handed.join(", ")}.`] : []),
  ].join("\n");
}

/** Writes the trial; how to replay it. */
function written(trial: Trial, name: string, contender: Contender): string {
  const { image } = trial;
  const file = `${folder}${name}.json`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(documentOf(image, trial.steps, name), null, 1)}\n`);
  return `  gyrus replay ${file} ${contender.replay}`;
}

/** A trial with what the reference engine makes of it. */
function documentOf(image: EngineImage, steps: readonly Step[], name: string): Record<string, unknown> {
  const engine = createReferenceEngine();
  engine.load(image);
  let frame = new Uint32Array(0);
  const bursts = steps.map(({ patch }): DocumentBurst => {
    engine.apply(patch);
    frame = roomyFrame(engine, frame);
    engine.burstIntoSync(frame);
    const { processed, refractory } = readFrameHeader(frame);
    return { patch, fired: Array.from(firedIds(frame)), processed, refractory };
  });
  return writeNetworkDocument(image, bursts, name);
}

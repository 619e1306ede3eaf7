/**
 * An experiment on associative memory: cues and outcomes are shown together, and now and then a cue is shown alone, to see whether the
 * memory of its outcome comes back on the twin.
 *
 * Tests run on forks, so that they teach the brain nothing. Everything drawn follows from the seed. Rules: spec/burst-engine-extensions.md 8 to 10.
 */
import { z } from "zod";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { readFrameSections } from "#contracts/frame.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { type Engine, roomyFrame } from "../engine/engine.ts";
import { type Draw, drawOf } from "../evolution/draw.ts";
import { MemoryRunner } from "./memory-runner.ts";

export const Association = z.object({
  name: z.string(),
  description: z.string().default(""),
  /** Beside the experiment file. */
  genome: z.string(),
  seed: z.int().default(1),
  /** Names of areas. `recalled`: the twin of the outcome. */
  cue: z.string(),
  outcome: z.string(),
  recalled: z.string(),
  /** Cues, each with an outcome of its own. */
  pairs: z.int().min(1).max(1000),
  voxelsPerPattern: z.int().min(1),
  /** How often each pair is shown. */
  pairings: z.int().min(1).max(1000),
  /** Share of pairings in which the outcome stays away. */
  omission: z.number().min(0).max(1),
  /** Bursts from one cue to the next; and within which a recall counts. */
  gapBursts: z.int().min(2),
  /** In the control the outcome comes so many bursts after the cue, in which no link may form. */
  controlBursts: z.int().min(1),
});
export type Association = z.infer<typeof Association>;

export interface AssociationPoint {
  /** Pairings shown so far. */
  pairings: number;
  /** Share of cues that bring back exactly their own outcome, and share that bring back another. */
  recalled: number;
  mistaken: number;
  memoryNeurons: number;
  synapses: number;
}

/** One point before the first pairing and one after each. `control`: cue and outcome never come together. */
export function* associate(engine: Engine, connectome: Connectome, experiment: Association, control = false): Generator<AssociationPoint> {
  const { pairs, pairings, omission, gapBursts, controlBursts, seed } = experiment;
  const named = (name: string) => areaNamed(connectome, name);
  const [cue, outcome, twin] = [named(experiment.cue), named(experiment.outcome), named(experiment.recalled)];
  const patterns = (area: CorticalArea) => patternsOf(area, experiment, drawOf(`patterns ${area.name} ${seed}`));
  const [cues, outcomes] = [patterns(cue), patterns(outcome)];
  const chance = drawOf(`omissions ${seed}`);
  const life = new Life(engine, connectome, new MemoryRunner());

  const test = (pairing: number): AssociationPoint => {
    const answers = cues.map((pattern) => recallOf(life.fork(), { cue, pattern, twin, bursts: gapBursts }));
    const share = (of: (answer: string[], pair: number) => boolean) => answers.filter(of).length / pairs;
    const expected = outcomes.map(keyOf);
    return {
      pairings: pairing,
      recalled: share((answer, pair) => answer.includes(expected[pair]!)),
      mistaken: share((answer, pair) => answer.some((one) => one !== expected[pair])),
      memoryNeurons: life.memory.memory.active,
      synapses: engine.synapseCount,
    };
  };

  yield test(0);
  for (let pairing = 1; pairing <= pairings; pairing++) {
    for (let pair = 0; pair < pairs; pair++) {
      const comes = !chance.chance(omission);
      for (let burst = 0; burst < gapBursts; burst++) {
        const patch = new PatchWriter();
        if (burst === 0) force(patch, cue, cues[pair]!);
        if (comes && burst === (control ? controlBursts : 0)) force(patch, outcome, outcomes[pair]!);
        life.burst(patch.take());
      }
    }
    yield test(pairing);
  }
}

/** An engine and the pattern memory beside it. */
export class Life {
  readonly engine: Engine;
  readonly memory: MemoryRunner;
  readonly #connectome: Connectome;
  #frame = new Uint32Array(0);

  constructor(engine: Engine, connectome: Connectome, memory: MemoryRunner) {
    this.engine = engine;
    this.memory = memory;
    this.#connectome = connectome;
  }

  burst(input: Uint32Array): Uint32Array {
    const { engine, memory } = this;
    memory.follow(this.#connectome, engine.burst);
    engine.apply(memory.take());
    engine.apply(input);
    this.#frame = roomyFrame(engine, this.#frame);
    const frame = this.#frame.subarray(0, engine.burstIntoSync(this.#frame));
    memory.step(engine, frame);
    return frame;
  }

  fork(): Life {
    const memory = new MemoryRunner();
    memory.restore(this.memory.save());
    return new Life(this.engine.fork(), this.#connectome, memory);
  }
}

interface Question {
  cue: CorticalArea;
  pattern: readonly Vec3[];
  twin: CorticalArea;
  bursts: number;
}

/** What the twin shows, burst by burst, after the cue alone. */
function recallOf(life: Life, { cue, pattern, twin, bursts }: Question): string[] {
  const answers: string[] = [];
  for (let burst = 0; burst < bursts; burst++) {
    const patch = new PatchWriter();
    if (burst === 0) force(patch, cue, pattern);
    const wanted = new Set([twin.index]);
    for (const { ids } of readFrameSections(life.burst(patch.take()), wanted)) {
      const { x, y, z } = life.engine.neuronSettings(ids);
      answers.push(keyOf(Array.from(ids, (_, i) => [x[i]!, y[i]!, z[i]!])));
    }
  }
  life.engine.dispose();
  return answers;
}

export function force(patch: PatchWriter, { index }: CorticalArea, voxels: readonly Vec3[]): void {
  patch.begin("forceFire", 1 + 4 * voxels.length).u32(index);
  for (const [x, y, z] of voxels) patch.u32(x).u32(y).u32(z).f32(1);
}

/** Different ones, each of so many voxels. */
function patternsOf(area: CorticalArea, { pairs, voxelsPerPattern }: Association, draw: Draw): Vec3[][] {
  const patterns = new Map<string, Vec3[]>();
  for (let tries = 0; patterns.size < pairs; tries++) {
    if (tries > 100 * pairs) throw new LabError("E_INVALID", `${area.name} has too few voxels for ${pairs} patterns`, { area: area.name });
    const pattern = patternIn(area, voxelsPerPattern, draw);
    patterns.set(keyOf(pattern), pattern);
  }
  return [...patterns.values()];
}

/** So many different voxels of an area. */
export function patternIn({ dimensions: [w, h, d] }: CorticalArea, size: number, draw: Draw): Vec3[] {
  const voxels = new Map<string, Vec3>();
  while (voxels.size < Math.min(size, w * h * d)) {
    const voxel: Vec3 = [draw.below(w), draw.below(h), draw.below(d)];
    voxels.set(voxel.join(), voxel);
  }
  return [...voxels.values()];
}

function keyOf(voxels: readonly Vec3[]): string {
  return voxels
    .map((voxel) => voxel.join())
    .sort()
    .join(" ");
}

export function areaNamed({ areas }: Connectome, name: string): CorticalArea {
  const found = [...areas.values()].find((area) => area.name === name);
  if (!found) throw new LabError("E_NOT_FOUND", `No area is called ${name}`, { area: name }, "Name an area of the experiment's genome.");
  return found;
}

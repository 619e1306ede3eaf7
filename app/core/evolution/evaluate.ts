/** One brain, from its genome to what it is worth: grown within its memory, run headless, judged. */
import { LabError, wireErrorOf } from "#contracts/errors.ts";
import type { Trial } from "#contracts/evolution.ts";
import { GrowthMemory, grown } from "../development/grow.ts";
import { type Engine, roomyFrame } from "../engine/engine.ts";
import { stimulusPatch } from "../engine/stimulus.ts";
import type { Genome } from "../genome/genome.ts";
import { MemoryRunner } from "../plasticity/memory-runner.ts";
import { Fitness } from "./fitness.ts";
import { findNamed } from "./names.ts";

/** A failure is the reason in words. */
export type Outcome = { score: number; values: number[] } | { failure: string };

export function evaluate(genome: Genome, trial: Trial, createEngine: () => Engine): Outcome {
  let engine: Engine | null = null;
  try {
    const memory = new GrowthMemory(trial.brainMegabytes * 1e6);
    const connectome = grown(genome, { seed: trial.growthSeed, dynamics: trial.dynamics, memory });
    const fitness = new Fitness(trial, connectome);
    const areas = [...connectome.areas.values()];
    const stimuli = trial.stimuli.flatMap((stimulus) => {
      const area = findNamed(areas, stimulus.area);
      return area ? [{ ...stimulus, area: area.id }] : [];
    });
    engine = createEngine();
    engine.load(connectome.image);
    engine.apply(connectome.switchOn);
    const patterns = new MemoryRunner();
    let frame = new Uint32Array(0);
    for (let burst = 1; burst <= trial.bursts; burst++) {
      patterns.follow(connectome, burst - 1);
      engine.apply(patterns.take());
      engine.apply(stimulusPatch(stimuli, connectome, burst));
      for (const input of fitness.sense()) engine.apply(input);
      frame = roomyFrame(engine, frame);
      const words = engine.burstIntoSync(frame);
      patterns.step(engine, frame.subarray(0, words));
      fitness.observe(frame, engine);
    }
    return fitness.worth();
  } catch (error) {
    if (error instanceof LabError) return { failure: wireErrorOf(error).message };
    throw error;
  } finally {
    engine?.dispose();
  }
}

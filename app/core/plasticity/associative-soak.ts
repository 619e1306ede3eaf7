/**
 * The load of the association experiment without end: every other burst brings a cue with an outcome, half of them pairs that were met
 * before and half never seen. So memories form, are linked, are evicted at the cap of their area, and take their links with them.
 */
import { frameWord } from "#contracts/frame.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import type { Engine } from "../engine/engine.ts";
import { drawOf } from "../evolution/draw.ts";
import { type Association, areaNamed, force, Life, patternIn } from "./association.ts";
import { MemoryRunner } from "./memory-runner.ts";

/** Between two pairs, so that what comes after a pair is not linked to it. */
const GAP_BURSTS = 2;
/** Share of pairs that were met before. */
const FAMILIAR = 0.5;

export interface SoakReading {
  burst: number;
  memoryNeurons: number;
  /** So far. */
  evicted: number;
  synapses: number;
  /** Most synapses that lived at once so far. */
  most: number;
  slots: number;
  synapseBytes: number;
  /** Of the whole engine. */
  bytes: number;
  /** Mean of the bursts since the last reading, by the engine's own clock. */
  engineMs: number;
}

/** One reading every so many bursts, for as long as it is asked. */
export function* associativeSoak(engine: Engine, connectome: Connectome, experiment: Association, every: number): Generator<SoakReading> {
  const areas = [experiment.cue, experiment.outcome].map((name) => areaNamed(connectome, name));
  const draw = drawOf(`soak ${experiment.seed}`);
  const pair = () => areas.map((area) => patternIn(area, experiment.voxelsPerPattern, draw));
  const familiar = Array.from({ length: experiment.pairs }, pair);
  const life = new Life(engine, connectome, new MemoryRunner());
  let most = 0;
  let nanos = 0;
  for (let burst = 1; ; burst++) {
    const patch = new PatchWriter();
    if (burst % GAP_BURSTS === 1) {
      const patterns = draw.chance(FAMILIAR) ? familiar[draw.below(familiar.length)]! : pair();
      for (const [at, area] of areas.entries()) force(patch, area, patterns[at]!);
    }
    nanos += life.burst(patch.take())[frameWord.engineNanos]!;
    most = Math.max(most, engine.synapseCount);
    if (burst % every !== 0) continue;
    const { active, totals } = life.memory.memory;
    const { synapses: synapseBytes, total: bytes } = engine.memoryBytes();
    yield {
      burst,
      memoryNeurons: active,
      evicted: totals.evicted,
      synapses: engine.synapseCount,
      most,
      slots: engine.synapseSlots,
      synapseBytes,
      bytes,
      engineMs: nanos / every / 1e6,
    };
    nanos = 0;
  }
}

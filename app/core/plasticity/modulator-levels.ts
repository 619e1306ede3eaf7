/** What modulators said in a burst that has run: their signals, and what each makes of what it acts on. Source: spec/burst-engine-extensions.md 11.2. */
import { firedIds, readFrameSections } from "#contracts/frame.ts";
import type { ModulatorKind } from "#contracts/patch-extensions.ts";
import type { BoundModulator } from "../development/switches.ts";

export interface ModulatorLevel {
  /** Magnitude (percent / 100) times strength; 0 while the driver is silent. */
  signal: number;
  /**
   * In force in the burst after: by what it multiplies a threshold, leak, excitability, contribution or learning rate; of a gate its openness,
   * of a reward the reward it adds; of memory formation 0: off.
   */
  factor: number;
}

/** One per modulator. `potentials` of all that fired, ascending ids; needed where a modulator is graded. `lastSays`: as feagi-strict does it. */
export function modulatorLevels(
  bound: readonly BoundModulator[],
  frame: Uint32Array,
  potentials: Float32Array | null,
  lastSays: boolean,
): ModulatorLevel[] {
  const drivers = new Set(bound.map(({ driver }) => driver));
  const first = new Map(Array.from(readFrameSections(frame, drivers), ({ area, ids }) => [area, ids[0]!]));
  const ids = potentials ? firedIds(frame) : null;
  const last = new Map(bound.map((modulator) => [modulator.driver, modulator]));
  return bound.map((modulator) => {
    const { magnitude, fullScale } = lastSays ? last.get(modulator.driver)! : modulator;
    const lowest = first.get(modulator.driver);
    const potential = lowest === undefined || !ids ? 0 : potentials![ids.indexOf(lowest)]!;
    const signal = lowest === undefined ? 0 : Math.fround(magnitude * strength(potential, fullScale));
    return { signal, factor: factorOf(modulator.kind, signal) };
  });
}

export function isGraded({ fullScale }: BoundModulator): boolean {
  return fullScale > 0;
}

function strength(potential: number, fullScale: number): number {
  if (!(fullScale > 0)) return 1;
  const share = Math.fround(potential / fullScale);
  return share < 1 ? share : 1;
}

function factorOf(kind: ModulatorKind, signal: number): number {
  if (kind === "synaptic.gate") return Math.max(0, signal);
  if (kind === "synaptic.reward") return signal;
  const factor = Math.fround(1 + signal);
  return kind === "memory.formation" ? Math.min(1, Math.max(0, factor)) : factor;
}

/**
 * Everything a genome switches on in an engine besides neurons and synapses, as plain data with dense area indices.
 *
 * Lists ascend by area, or by source and target. Modulators are named; who writes a patch gives them numbers.
 * Source: spec/burst-engine-extensions.md 8 to 14.
 */

import type { GenomeProblem } from "#contracts/genome.ts";
import type { ModulatorKind } from "#contracts/patch-extensions.ts";
import type { HomeostatSettings } from "../../engine/reference/homeostat.ts";
import type { MemoryArea } from "../../plasticity/pattern-memory.ts";

export interface Switches {
  tracked: TrackedArea[];
  mappings: PlasticMapping[];
  modulators: BoundModulator[];
  /** The modulators that each area listens to, in the order it lists them. */
  subscriptions: { area: number; modulators: string[] }[];
  /** Sets of modulators that rules list, in order of first mention. */
  groups: string[][];
  spikeTrains: number[];
  homeostats: Homeostat[];
  /** What pattern memory is told: how each memory area remembers, and the areas it looks at. */
  memory: MemoryArea[];
  twins: Twin[];
  sparse: SparseMemory[];
  watches: ClassifierWatch[];
  /** What is refused or has no effect; all of it stays in the genome. */
  problems: GenomeProblem[];
}

/** The fires of an area are kept for `window` bursts; `episodic`: those by memory injection only. */
export interface TrackedArea {
  area: number;
  episodic: boolean;
  window: number;
}

/** One registration a pair of areas. Fields as in `registerMapping` (contracts/patch.ts). */
export interface PlasticMapping {
  source: number;
  target: number;
  mode: "off" | "stdp" | "rstdp";
  /** Bursts. */
  window: number;
  /** 0..255. */
  rise: number;
  fall: number;
  eta: number;
  maxWeight: number;
  /** Share of a trace kept per burst. */
  decay: number;
  bidirectional: boolean;
  associative: boolean;
  psp: number;
  kind: 0 | 1;
  delay: number;
  /** Empty: none. */
  modulators: string[];
  frozen: boolean;
}

export interface BoundModulator {
  name: string;
  kind: ModulatorKind;
  driver: number;
  /** Percent / 100. */
  magnitude: number;
  /** 0: not graded. */
  fullScale: number;
}

/** Rate-modulated leak of an area, whose neurons it is registered for. */
export interface Homeostat extends HomeostatSettings {
  firstNeuron: number;
  neurons: number;
}

export interface Twin {
  memory: number;
  upstream: number;
  twin: number;
}

/** Of memory neurons under associative input. */
export interface SparseMemory {
  area: number;
  threshold: number;
  /** 0: none. */
  limit: number;
  /** A probability. */
  excitability: number;
  refractory: number;
  fireLimit: number;
  snooze: number;
}

export interface ClassifierWatch {
  errorArea: number;
  /** Null: only errors are told. */
  correctArea: number | null;
  /** Bursts. */
  answerDelay: number;
  pairs: { input: number; output: number }[];
}

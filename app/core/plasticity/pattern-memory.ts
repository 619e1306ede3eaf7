/**
 * Pattern memory: every burst each memory area looks at what its upstream areas did over the last bursts, recognises the
 * pattern or forms a memory neuron for it, and neurons not met again grow old and go (`memory-array.ts`).
 *
 * It runs beside an engine, once per burst and to completion, and answers with commands; `memoryPatch` says them to an engine.
 * Areas go in ascending index. Source: spec/burst-engine.md 7.4, spec/burst-engine-extensions.md 9.
 */
import { patternHash } from "#core/engine/learning-rules.ts";
import { type ChangeCoding, changeHash, changeSteps, type PotentialFrame } from "./change-pattern.ts";
import {
  type LifeCycle,
  MemoryArray,
  type MemoryArrayState,
  type MemoryNeuron,
  type MemoryTotals,
  type RemovalReason,
} from "./memory-array.ts";
import { averaged, type Fires, fits, type PatternFrame, patternFrames, type Voxel, without } from "./pattern-frames.ts";

/** A lifespan, growth (or less) or threshold of 0 means the usual one. */
export interface MemoryArea extends LifeCycle {
  /** Bursts a pattern spans. */
  temporalDepth: number;
  upstream: readonly number[];
  /** Frames carry potentials, which recurrences average. */
  learnsPotentials?: boolean;
  /** Patterns are of how potentials change, where they span two bursts or more. Such memories have no frames. */
  change?: ChangeCoding;
}

export type MemoryCommand =
  | { type: "ltm"; neuron: number; area: number; patternHash: bigint }
  | { type: "register"; neuron: number; area: number; threshold: number; potential: number }
  | {
      type: "inject";
      neuron: number;
      area: number;
      potential: number;
      patternHash: bigint;
      reactivation: boolean;
      frames: PatternFrame[];
    }
  | { type: "counters"; neuron: number; area: number; created: number; active: number }
  | { type: "removed"; neuron: number; area: number; reason: RemovalReason };

/** Where a burst is read from. */
export interface BurstActivity {
  /** Ids that fired in an area, ascending. */
  fired(area: number): Uint32Array;
  /** Their firing potentials; needed for areas that remember potentials or changes. */
  potentials?(area: number): Float32Array;
  /** Undefined for one that has no place, as memory neurons have none. */
  voxel(neuron: number): Voxel | undefined;
  /** Areas that may form no memories in this burst; they go on to recognise. */
  formationOff?: ReadonlySet<number>;
  /** Memory neurons a reward has consolidated: they become long-term. */
  promoted?: ReadonlySet<number>;
}

/** Everything a pattern memory knows, as plain data; the size of its pool is not part of it. */
export interface PatternMemoryState {
  burst: number;
  detected: number;
  areas: MemoryArea[];
  array: MemoryArrayState;
  /** Per memory neuron what its pattern looked like; a change-coded one has none. */
  patterns: [neuron: number, frames: PatternFrame[]][];
  /** Per upstream area its last frames, oldest first. */
  history: [area: number, frames: { ids: number[]; potentials: number[] | null }[]][];
}

const USUAL_LIFESPAN = 20;
const USUAL_GROWTH = 3;
const USUAL_LONG_TERM = 100;
/** One step's commands beyond this many are all dropped, but for the notices of removal. */
const QUEUE = 1000;
const INJECTED_POTENTIAL = 1.5;

const silence: Fires = { ids: new Uint32Array(0), potentials: new Float32Array(0) };

export class PatternMemory {
  readonly #array: MemoryArray;
  #areas = new Map<number, MemoryArea>();
  #patterns = new Map<number, PatternFrame[]>();
  /** Per upstream area its last frames, oldest first. */
  #history = new Map<number, Fires[]>();
  #burst = 0;
  #detected = 0;

  /** `pool`: memory neurons of all areas together. */
  constructor(pool?: number) {
    this.#array = new MemoryArray(pool);
  }

  /**
   * Starts to form memories of an area, or changes how. Bursts before count as silent. Tells which neurons go because their
   * frames no longer fit.
   */
  register(area: MemoryArea): MemoryCommand[] {
    const settings = withUsual(area);
    this.#areas.set(area.area, settings);
    this.#array.register(settings);
    for (const neuron of this.#array.neurons()) {
      if (neuron.area !== area.area) continue;
      const { upstream, temporalDepth } = settings;
      const frames = this.#patterns.get(neuron.id) ?? [];
      if (!fits(frames, { upstream, temporalDepth, needsPotentials: codingOf(settings) !== null })) this.#array.remove(neuron, "outdated");
    }
    this.#watch();
    return this.#forget();
  }

  /** Ends the memories of an area; tells which neurons go. */
  unregister(area: number): MemoryCommand[] {
    this.#areas.delete(area);
    this.#array.unregister(area);
    const removed = this.#forget();
    this.#watch();
    return removed;
  }

  /** Takes neurons away because somebody asked for it; unknown ids are passed over. */
  forget(ids: ReadonlySet<number>): MemoryCommand[] {
    for (const neuron of this.#array.neurons()) if (ids.has(neuron.id)) this.#array.remove(neuron, "forgotten");
    return this.#forget();
  }

  /** As they are registered, usual settings in place of those left out. */
  get areas(): readonly MemoryArea[] {
    return [...this.#areas.values()];
  }

  /** Upstream areas of which it wants to know who fired. */
  get watched(): { has(area: number): boolean } {
    return this.#history;
  }

  /** All memory neurons, by slot. */
  neurons(): readonly Readonly<MemoryNeuron>[] {
    return this.#array.neurons();
  }

  /** What the pattern of a neuron looked like. */
  framesOf(neuron: number): readonly PatternFrame[] {
    return this.#patterns.get(neuron) ?? [];
  }

  totalsOf(area: number): Readonly<MemoryTotals> {
    return this.#array.totalsOf(area);
  }

  /** Most memory neurons of all areas together. */
  get pool(): number {
    return this.#array.pool;
  }

  /** A copy of the whole state, to go beside an engine snapshot of the same burst. */
  save(): PatternMemoryState {
    return {
      burst: this.#burst,
      detected: this.#detected,
      areas: [...this.#areas.values()],
      array: this.#array.save(),
      patterns: [...this.#patterns],
      history: [...this.#history].map(([area, frames]) => [
        area,
        frames.map(({ ids, potentials }) => ({ ids: Array.from(ids), potentials: potentials && Array.from(potentials) })),
      ]),
    };
  }

  /** Takes a saved state in place of its own. */
  restore({ burst, detected, areas, array, patterns, history }: PatternMemoryState): void {
    this.#burst = burst;
    this.#detected = detected;
    this.#areas = new Map(areas.map((area) => [area.area, area]));
    for (const area of areas) this.#array.register(area);
    this.#array.restore(array);
    this.#patterns = new Map(patterns);
    const firesOf = ({ ids, potentials }: { ids: number[]; potentials: number[] | null }) => ({
      ids: Uint32Array.from(ids),
      potentials: potentials && Float32Array.from(potentials),
    });
    this.#history = new Map(history.map(([area, frames]) => [area, frames.map(firesOf)]));
  }

  get totals() {
    return { detected: this.#detected, ...this.#array.totals };
  }

  get active(): number {
    return this.#array.active;
  }

  get longTerm(): number {
    return this.#array.neurons().filter((neuron) => neuron.longTerm).length;
  }

  get averageLifespan(): number {
    const neurons = this.#array.neurons();
    return neurons.length === 0 ? 0 : neurons.reduce((sum, { lifespan }) => sum + lifespan, 0) / neurons.length;
  }

  /** Looks at the burst that has just run. The commands are to be carried out before the next. */
  step(burst: number, activity: BurstActivity): MemoryCommand[] {
    this.#burst = burst;
    if (this.#areas.size === 0) return [];
    this.#record(activity);
    const commands: MemoryCommand[] = this.#array
      .convert(activity.promoted)
      .map(({ id, area, hash }) => ({ type: "ltm", neuron: id, area, patternHash: hash }));
    for (const area of [...this.#areas.values()].sort((a, b) => a.area - b.area)) this.#look(area, activity, commands);
    this.#array.age(burst);
    const removed = this.#forget();
    return commands.length <= QUEUE ? [...commands, ...removed] : removed;
  }

  /** Keeps a history of exactly the areas somebody looks at. */
  #watch(): void {
    const depths = this.#depths();
    for (const area of this.#history.keys()) if (!depths.has(area)) this.#history.delete(area);
    for (const [area, depth] of depths) {
      if (!this.#history.has(area)) this.#history.set(area, new Array<Fires>(Math.min(this.#burst, depth)).fill(silence));
    }
  }

  /** Per upstream area how many bursts the deepest pattern needs of it. */
  #depths(): Map<number, number> {
    const depths = new Map<number, number>();
    for (const { upstream, temporalDepth } of this.#areas.values()) {
      for (const area of upstream) depths.set(area, Math.max(temporalDepth, depths.get(area) ?? 0));
    }
    return depths;
  }

  #record(activity: BurstActivity): void {
    const depths = this.#depths();
    for (const [area, frames] of this.#history) {
      frames.push({ ids: activity.fired(area), potentials: activity.potentials?.(area) ?? null });
      while (frames.length > depths.get(area)!) frames.shift();
    }
  }

  #look(settings: MemoryArea, activity: BurstActivity, commands: MemoryCommand[]): void {
    const { area, temporalDepth, upstream } = settings;
    const windows = upstream.map((source) => this.#history.get(source)!.slice(-temporalDepth));
    if (upstream.length === 0 || windows.some((window) => window.length < temporalDepth)) return;
    const coding = codingOf(settings);
    const hash = coding ? changeOf(windows, coding) : firesOf(windows, temporalDepth);
    if (hash === undefined) return;
    this.#detected++;
    const mayForm = !activity.formationOff?.has(area);
    const met = this.#array.meet(area, hash, this.#burst, mayForm);
    if (typeof met === "string") return;
    const { neuron, isNew } = met;
    let frames: PatternFrame[] = [];
    if (!coding) {
      frames = patternFrames(upstream, windows, activity.voxel, settings.learnsPotentials ?? false);
      if (settings.learnsPotentials) frames = averaged(this.#patterns.get(neuron.id), frames);
      this.#patterns.set(neuron.id, frames);
    }
    commands.push(
      { type: "register", neuron: neuron.id, area, threshold: isNew ? 1 : 1.5, potential: 0 },
      { type: "inject", neuron: neuron.id, area, potential: INJECTED_POTENTIAL, patternHash: hash, reactivation: !isNew, frames },
      { type: "counters", neuron: neuron.id, area, created: isNew ? 1 : 0, active: this.active },
    );
  }

  /** Strikes the neurons that left from what their areas fired. Until the end of the step other areas still saw them fire. */
  #forget(): MemoryCommand[] {
    return this.#array.takeRemoved().map(({ neuron: { id, area }, reason }) => {
      this.#patterns.delete(id);
      const frames = this.#history.get(area);
      if (frames)
        this.#history.set(
          area,
          frames.map((fires) => without(id, fires)),
        );
      return { type: "removed", neuron: id, area, reason };
    });
  }
}

/** Settings with the usual values where an area leaves them out; upstream areas ascending. */
export function withUsual(area: MemoryArea): MemoryArea {
  return {
    ...area,
    upstream: [...area.upstream].sort((a, b) => a - b),
    initialLifespan: area.initialLifespan || USUAL_LIFESPAN,
    lifespanGrowthRate: area.lifespanGrowthRate > 0 ? area.lifespanGrowthRate : USUAL_GROWTH,
    longTermThreshold: area.longTermThreshold || USUAL_LONG_TERM,
  };
}

/** A change needs two bursts; an area that looks at one only remembers who fired. */
function codingOf({ change, temporalDepth }: MemoryArea): ChangeCoding | null {
  return change && temporalDepth >= 2 ? change : null;
}

function firesOf(windows: readonly Fires[][], depth: number): bigint | undefined {
  const sequence = Array.from({ length: depth }, (_, offset) => windows.map((window) => window[offset]!.ids)).flat();
  return sequence.every((ids) => ids.length === 0) ? undefined : patternHash(sequence.map((ids) => Array.from(ids)));
}

/** Undefined also where potentials of an upstream area are unknown. */
function changeOf(windows: readonly Fires[][], coding: ChangeCoding): bigint | undefined {
  if (windows.some((window) => window.some(({ potentials }) => potentials === null))) return undefined;
  return changeHash(changeSteps(windows as readonly PotentialFrame[][], coding), coding);
}

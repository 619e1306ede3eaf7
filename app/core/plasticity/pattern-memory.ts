/**
 * Pattern memory: every burst each memory area looks at what its upstream areas did over the last bursts, recognises the
 * pattern or forms a memory neuron for it, and neurons not met again grow old and go.
 *
 * It runs beside an engine, once per burst and to completion, and answers with commands; `memoryPatch` says them to an engine.
 * Areas go in ascending index, ties to the lowest slot. Source: spec/burst-engine.md 7.4.
 */
import { patternHash } from "#core/engine/learning-rules.ts";

export interface MemoryArea {
  area: number;
  /** Bursts a pattern spans. */
  temporalDepth: number;
  upstream: readonly number[];
  /** Bursts a new neuron lives unseen; 0: the usual. */
  initialLifespan: number;
  /** Bursts each recurrence adds, cut to a whole number; 0 or less: the usual. */
  lifespanGrowthRate: number;
  /** Lifespan from which a neuron no longer ages; 0: the usual. */
  longTermThreshold: number;
  /** Most neurons of the area; 0: none. */
  cap: number;
  eviction: "lru" | "none";
}

type Voxel = [x: number, y: number, z: number];

interface PatternFrame {
  /** Position in the pattern, 0 the oldest. */
  offset: number;
  upstreamArea: number;
  /** Ascending by x, then y, then z. */
  voxels: Voxel[];
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
  | { type: "removed"; neuron: number; area: number; reason: "expired" | "evicted" };

interface MemoryTotals {
  detected: number;
  created: number;
  reactivated: number;
  longTerm: number;
  expired: number;
}

/** Where a burst is read from. */
interface BurstActivity {
  /** Ids that fired in an area, ascending. */
  fired(area: number): Uint32Array;
  /** Undefined for one that has no place, as memory neurons have none. */
  voxel(neuron: number): Voxel | undefined;
}

interface MemoryNeuron {
  id: number;
  area: number;
  hash: bigint;
  lifespan: number;
  longTerm: boolean;
  /** Burst of its creation or last match. */
  lastSeen: number;
}

/** Everything a pattern memory knows, as plain data; pools are not part of it. */
export interface PatternMemoryState {
  burst: number;
  nextId: number;
  totals: MemoryTotals;
  areas: MemoryArea[];
  /** By slot; null: free. */
  slots: (MemoryNeuron | null)[];
  /** Per upstream area its last frames, oldest first. */
  frames: [area: number, frames: number[][]][];
}

const FIRST_ID = 50_000_000;
const USUAL_LIFESPAN = 20;
const USUAL_GROWTH = 3;
const USUAL_LONG_TERM = 100;
const POOL = 50_000;
const MAX_U32 = 0xffffffff;
/** One step's commands beyond this many are all dropped, but for the notices of removal. */
const QUEUE = 1000;
const INJECTED_POTENTIAL = 1.5;

export class PatternMemory {
  readonly #pool: number;
  #areas = new Map<number, MemoryArea>();
  #known = new Map<number, Map<bigint, MemoryNeuron>>();
  #slots: (MemoryNeuron | undefined)[] = [];
  /** Per upstream area its last frames, oldest first. */
  #frames = new Map<number, Uint32Array[]>();
  #nextId = FIRST_ID;
  #burst = 0;
  totals: MemoryTotals = { detected: 0, created: 0, reactivated: 0, longTerm: 0, expired: 0 };

  /** `pool`: memory neurons of all areas together. */
  constructor(pool = POOL) {
    this.#pool = pool;
  }

  /** Starts to form memories of an area, or changes how. Bursts before count as silent. */
  register(area: MemoryArea): void {
    this.#areas.set(area.area, {
      ...area,
      upstream: [...area.upstream].sort((a, b) => a - b),
      initialLifespan: area.initialLifespan || USUAL_LIFESPAN,
      lifespanGrowthRate: area.lifespanGrowthRate > 0 ? area.lifespanGrowthRate : USUAL_GROWTH,
      longTermThreshold: area.longTermThreshold || USUAL_LONG_TERM,
    });
    if (!this.#known.has(area.area)) this.#known.set(area.area, new Map());
    for (const upstream of area.upstream) {
      if (this.#frames.has(upstream)) continue;
      this.#frames.set(
        upstream,
        Array.from({ length: Math.min(this.#burst, area.temporalDepth) }, () => new Uint32Array(0)),
      );
    }
  }

  /** A copy of the whole state, to go beside an engine snapshot of the same burst. */
  save(): PatternMemoryState {
    return {
      burst: this.#burst,
      nextId: this.#nextId,
      totals: { ...this.totals },
      areas: [...this.#areas.values()],
      slots: this.#slots.map((neuron) => (neuron ? { ...neuron } : null)),
      frames: [...this.#frames].map(([area, frames]) => [area, frames.map((ids) => Array.from(ids))]),
    };
  }

  /** Takes a saved state in place of its own. */
  restore({ burst, nextId, totals, areas, slots, frames }: PatternMemoryState): void {
    this.#burst = burst;
    this.#nextId = nextId;
    this.totals = { ...totals };
    this.#areas = new Map(areas.map((area) => [area.area, area]));
    this.#known = new Map(areas.map(({ area }) => [area, new Map()]));
    this.#slots = slots.map((neuron) => (neuron ? { ...neuron } : undefined));
    for (const neuron of this.#neurons()) this.#known.get(neuron.area)!.set(neuron.hash, neuron);
    this.#frames = new Map(frames.map(([area, list]) => [area, list.map((ids) => Uint32Array.from(ids))]));
  }

  get active(): number {
    return this.#neurons().length;
  }

  get longTerm(): number {
    return this.#neurons().filter((neuron) => neuron.longTerm).length;
  }

  get averageLifespan(): number {
    const neurons = this.#neurons();
    return neurons.length === 0 ? 0 : neurons.reduce((sum, { lifespan }) => sum + lifespan, 0) / neurons.length;
  }

  /** Looks at the burst that has just run. The commands are to be carried out before the next. */
  step(burst: number, activity: BurstActivity): MemoryCommand[] {
    this.#burst = burst;
    if (this.#areas.size === 0) return [];
    this.#record(activity);
    const commands: MemoryCommand[] = this.#convert();
    const removed: MemoryCommand[] = [];
    for (const area of [...this.#areas.values()].sort((a, b) => a.area - b.area)) this.#look(area, activity, commands, removed);
    this.#age(removed);
    this.#forget(removed);
    return commands.length <= QUEUE ? [...commands, ...removed] : removed;
  }

  #record(activity: BurstActivity): void {
    for (const [area, frames] of this.#frames) {
      frames.push(activity.fired(area));
      const depth = Math.max(
        ...[...this.#areas.values()].filter(({ upstream }) => upstream.includes(area)).map(({ temporalDepth }) => temporalDepth),
      );
      while (frames.length > depth) frames.shift();
    }
  }

  #convert(): MemoryCommand[] {
    const converted = this.#neurons().filter(
      ({ area, lifespan, longTerm }) => !longTerm && lifespan >= this.#areas.get(area)!.longTermThreshold,
    );
    for (const neuron of converted) neuron.longTerm = true;
    this.totals.longTerm += converted.length;
    return converted.map(({ id, area, hash }) => ({ type: "ltm", neuron: id, area, patternHash: hash }));
  }

  #look(settings: MemoryArea, activity: BurstActivity, commands: MemoryCommand[], removed: MemoryCommand[]): void {
    const { area, temporalDepth, upstream } = settings;
    const windows = upstream.map((source) => this.#frames.get(source)!.slice(-temporalDepth));
    if (upstream.length === 0 || windows.some((window) => window.length < temporalDepth)) return;
    const sequence = Array.from({ length: temporalDepth }, (_, offset) => windows.map((window) => window[offset]!)).flat();
    if (sequence.every((ids) => ids.length === 0)) return;
    this.totals.detected++;
    const hash = patternHash(sequence.map((ids) => Array.from(ids)));
    const known = this.#known.get(area)!.get(hash);
    const neuron = known ?? this.#create(settings, hash, removed);
    if (!neuron) return;
    if (known) {
      this.totals.reactivated++;
      known.lastSeen = this.#burst;
      if (!known.longTerm) known.lifespan = Math.min(MAX_U32, known.lifespan + Math.trunc(settings.lifespanGrowthRate));
    }
    const frames = upstream.flatMap((upstreamArea, i) =>
      windows[i]!.map((ids, offset) => ({ offset, upstreamArea, voxels: voxelsOf(ids, activity) })),
    );
    commands.push(
      { type: "register", neuron: neuron.id, area, threshold: known ? 1.5 : 1, potential: 0 },
      {
        type: "inject",
        neuron: neuron.id,
        area,
        potential: INJECTED_POTENTIAL,
        patternHash: hash,
        reactivation: known !== undefined,
        frames: frames.filter(({ voxels }) => voxels.length > 0),
      },
      { type: "counters", neuron: neuron.id, area, created: known ? 0 : 1, active: this.active },
    );
  }

  #create(settings: MemoryArea, hash: bigint, removed: MemoryCommand[]): MemoryNeuron | null {
    const { area, cap } = settings;
    if (cap > 0 && this.#of(area).length >= cap) {
      if (!this.#evict(settings, removed)) return null;
    } else if (this.active >= this.#pool) {
      if (settings.eviction === "none") return null;
      const largest = [...this.#areas.values()]
        .filter(({ eviction }) => eviction === "lru")
        .sort((a, b) => this.#of(b.area).length - this.#of(a.area).length || a.area - b.area)[0];
      if (!largest || !this.#evict(largest, removed)) return null;
    }
    const neuron = { id: this.#nextId++, area, hash, lifespan: settings.initialLifespan, longTerm: false, lastSeen: this.#burst };
    const free = this.#slots.indexOf(undefined);
    if (free < 0) this.#slots.push(neuron);
    else this.#slots[free] = neuron;
    this.#known.get(area)!.set(hash, neuron);
    this.totals.created++;
    return neuron;
  }

  /** Makes room in an area: the short-term neuron nearest its end, else the long-term one longest unseen; none met in this burst. */
  #evict({ area, eviction }: MemoryArea, removed: MemoryCommand[]): boolean {
    const candidates = this.#of(area).filter(({ lastSeen }) => lastSeen !== this.#burst);
    if (eviction === "none") return false;
    const shortTerm = candidates.filter(({ longTerm }) => !longTerm).sort((a, b) => a.lifespan - b.lifespan);
    const victim = shortTerm[0] ?? candidates.sort((a, b) => a.lastSeen - b.lastSeen)[0];
    if (!victim) return false;
    this.#remove(victim, "evicted", removed);
    return true;
  }

  #age(removed: MemoryCommand[]): void {
    for (const neuron of this.#neurons()) {
      if (neuron.longTerm || neuron.lastSeen === this.#burst) continue;
      neuron.lifespan--;
      if (neuron.lifespan > 0) continue;
      this.#remove(neuron, "expired", removed);
      this.totals.expired++;
    }
  }

  #remove(neuron: MemoryNeuron, reason: "expired" | "evicted", removed: MemoryCommand[]): void {
    this.#slots[this.#slots.indexOf(neuron)] = undefined;
    this.#known.get(neuron.area)!.delete(neuron.hash);
    removed.push({ type: "removed", neuron: neuron.id, area: neuron.area, reason });
  }

  /** Strikes the neurons that left from what their areas fired. Until the end of the step other areas still saw them fire. */
  #forget(removed: readonly MemoryCommand[]): void {
    for (const { neuron, area } of removed) {
      const frames = this.#frames.get(area);
      if (!frames) continue;
      this.#frames.set(
        area,
        frames.map((ids) => ids.filter((id) => id !== neuron)),
      );
    }
  }

  /** All neurons, by slot. */
  #neurons(): MemoryNeuron[] {
    return this.#slots.filter((neuron) => neuron !== undefined);
  }

  #of(area: number): MemoryNeuron[] {
    return this.#neurons().filter((neuron) => neuron.area === area);
  }
}

function voxelsOf(ids: Uint32Array, activity: BurstActivity): Voxel[] {
  return Array.from(ids, (id) => activity.voxel(id))
    .filter((voxel) => voxel !== undefined)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

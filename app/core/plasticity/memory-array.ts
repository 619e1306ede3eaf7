/**
 * Memory neurons as a population: how they are formed, recognised, grow old, become long-term, and make room for others.
 *
 * A step of a burst is `convert`, then `meet` per pattern, then `age`. Neurons sit in slots, which are used again; ids rise and
 * are not. Ties between victims go to the lowest slot. Source: spec/burst-engine-extensions.md 9.
 */

/** How the memory neurons of one area live. */
export interface LifeCycle {
  area: number;
  /** Bursts a new neuron lives unseen. */
  initialLifespan: number;
  /** Bursts each recurrence adds, cut to a whole number. */
  lifespanGrowthRate: number;
  /** Lifespan from which a neuron no longer ages. */
  longTermThreshold: number;
  /** Most neurons of the area, short and long-term; 0: none. */
  cap: number;
  /** Whether a full area, or a full pool, gives up a neuron of it for a new one. */
  eviction: "lru" | "none";
}

export interface MemoryNeuron {
  id: number;
  area: number;
  hash: bigint;
  /** Bursts left unseen. */
  lifespan: number;
  longTerm: boolean;
  /** Burst of its creation. */
  created: number;
  /** Burst of its creation or last match. */
  lastSeen: number;
  /** Its creation and every match. */
  activations: number;
}

/** Why a neuron left: unseen too long, no room, its area changed or went so that its frames no longer fit, or somebody asked for it. */
export type RemovalReason = "expired" | "evicted" | "outdated" | "forgotten";
export interface RemovedNeuron {
  neuron: MemoryNeuron;
  reason: RemovalReason;
}

/** What became of a pattern. `refused`: no room; `suppressed`: its area may not form memories now. */
type Meeting = { neuron: MemoryNeuron; isNew: boolean } | "refused" | "suppressed";

export interface MemoryTotals {
  created: number;
  reactivated: number;
  longTerm: number;
  expired: number;
  evicted: number;
  refused: number;
  suppressed: number;
}

/** Everything a memory array knows, as plain data; the size of its pool is not part of it. */
export interface MemoryArrayState {
  nextId: number;
  /** Of every area that ever was one. */
  tallies: [area: number, totals: MemoryTotals][];
  /** By slot; null: free. */
  slots: (MemoryNeuron | null)[];
}

const FIRST_ID = 50_000_000;
const LAST_ID = 99_999_999;
const POOL = 50_000;
const MAX_U32 = 0xffffffff;

const noTotals: Readonly<MemoryTotals> = {
  created: 0,
  reactivated: 0,
  longTerm: 0,
  expired: 0,
  evicted: 0,
  refused: 0,
  suppressed: 0,
};
const totalNames = Object.keys(noTotals) as (keyof MemoryTotals)[];

export class MemoryArray {
  readonly #pool: number;
  readonly #areas = new Map<number, LifeCycle>();
  #known = new Map<number, Map<bigint, MemoryNeuron>>();
  #slots: (MemoryNeuron | undefined)[] = [];
  readonly #slotOf = new Map<number, number>();
  /** No slot below it is free. */
  #free = 0;
  #removed: RemovedNeuron[] = [];
  #nextId = FIRST_ID;
  #active = 0;
  #tallies = new Map<number, MemoryTotals>();

  /** `pool`: memory neurons of all areas together. */
  constructor(pool = POOL) {
    this.#pool = pool;
  }

  get active(): number {
    return this.#active;
  }

  /** Most neurons of all areas together. */
  get pool(): number {
    return this.#pool;
  }

  /** Of all areas. */
  get totals(): MemoryTotals {
    const sum = { ...noTotals };
    for (const tally of this.#tallies.values()) for (const what of totalNames) sum[what] += tally[what];
    return sum;
  }

  totalsOf(area: number): Readonly<MemoryTotals> {
    return this.#tallies.get(area) ?? noTotals;
  }

  /** Makes an area known, or changes how its neurons live. A lower cap evicts as new patterns come. */
  register(lifeCycle: LifeCycle): void {
    this.#areas.set(lifeCycle.area, { ...lifeCycle });
    this.#knownOf(lifeCycle.area);
  }

  /** Ends the memories of an area. */
  unregister(area: number): void {
    for (const neuron of this.neurons()) if (neuron.area === area) this.remove(neuron, "outdated");
    this.#areas.delete(area);
    this.#known.delete(area);
  }

  /** All neurons, by slot. */
  neurons(): MemoryNeuron[] {
    return this.#slots.filter((neuron) => neuron !== undefined);
  }

  /** Makes long-term who has lived long enough, and who of `promoted` lives; returns them by slot, the promoted last. */
  convert(promoted: ReadonlySet<number> = new Set()): MemoryNeuron[] {
    const converted: MemoryNeuron[] = [];
    const convertIf = (is: (neuron: MemoryNeuron) => boolean) => {
      for (const neuron of this.#slots) {
        if (!neuron || neuron.longTerm || !is(neuron)) continue;
        neuron.longTerm = true;
        this.#tallyOf(neuron.area).longTerm++;
        converted.push(neuron);
      }
    };
    convertIf(({ area, lifespan }) => lifespan >= this.#areas.get(area)!.longTermThreshold);
    if (promoted.size > 0) convertIf(({ id }) => promoted.has(id));
    return converted;
  }

  /** A pattern was seen in an area: finds its neuron, or forms one, if need be in place of another. */
  meet(area: number, hash: bigint, burst: number, mayForm = true): Meeting {
    const lifeCycle = this.#areas.get(area)!;
    const known = this.#knownOf(area).get(hash);
    if (known) {
      known.activations++;
      known.lastSeen = burst;
      const growth = Math.max(0, Math.trunc(lifeCycle.lifespanGrowthRate));
      if (!known.longTerm) known.lifespan = Math.min(MAX_U32, known.lifespan + growth);
      this.#tallyOf(area).reactivated++;
      return { neuron: known, isNew: false };
    }
    if (!mayForm) {
      this.#tallyOf(area).suppressed++;
      return "suppressed";
    }
    if (this.#nextId > LAST_ID || !this.#makeRoom(lifeCycle, burst)) {
      this.#tallyOf(area).refused++;
      return "refused";
    }
    const { initialLifespan: lifespan } = lifeCycle;
    const neuron = { id: this.#nextId++, area, hash, lifespan, longTerm: false, created: burst, lastSeen: burst, activations: 1 };
    while (this.#slots[this.#free]) this.#free++;
    this.#slots[this.#free] = neuron;
    this.#slotOf.set(neuron.id, this.#free);
    this.#knownOf(area).set(hash, neuron);
    this.#active++;
    this.#tallyOf(area).created++;
    return { neuron, isNew: true };
  }

  /** Every short-term neuron not created or matched in `burst` loses one burst of its life; at none left it goes. */
  age(burst: number): void {
    for (const neuron of this.#slots) {
      if (!neuron || neuron.longTerm || neuron.lastSeen === burst) continue;
      neuron.lifespan--;
      if (neuron.lifespan > 0) continue;
      this.remove(neuron, "expired");
      this.#tallyOf(neuron.area).expired++;
    }
  }

  remove(neuron: MemoryNeuron, reason: RemovalReason): void {
    const slot = this.#slotOf.get(neuron.id)!;
    this.#slots[slot] = undefined;
    this.#slotOf.delete(neuron.id);
    this.#free = Math.min(this.#free, slot);
    this.#knownOf(neuron.area).delete(neuron.hash);
    this.#active--;
    this.#removed.push({ neuron, reason });
  }

  /** Who left since the last call, in order. */
  takeRemoved(): RemovedNeuron[] {
    const removed = this.#removed;
    this.#removed = [];
    return removed;
  }

  /** A copy of the neurons; areas are registered anew by who restores. */
  save(): MemoryArrayState {
    return {
      nextId: this.#nextId,
      tallies: [...this.#tallies].map(([area, totals]) => [area, { ...totals }]),
      slots: this.#slots.map((neuron) => (neuron ? { ...neuron } : null)),
    };
  }

  /** Takes saved neurons in place of its own. */
  restore({ nextId, tallies, slots }: MemoryArrayState): void {
    this.#nextId = nextId;
    this.#tallies = new Map(tallies.map(([area, totals]) => [area, { ...totals }]));
    this.#slots = slots.map((neuron) => (neuron ? { ...neuron } : undefined));
    this.#removed = [];
    this.#free = 0;
    this.#slotOf.clear();
    for (const [slot, neuron] of this.#slots.entries()) if (neuron) this.#slotOf.set(neuron.id, slot);
    this.#known = new Map();
    for (const neuron of this.neurons()) this.#knownOf(neuron.area).set(neuron.hash, neuron);
    this.#active = this.neurons().length;
  }

  /** At its cap an area gives up one of its own; in a full pool the evicting area with most neurons does, of equals the lowest. */
  #makeRoom({ area, cap, eviction }: LifeCycle, burst: number): boolean {
    const isAtCap = cap > 0 && this.#count(area) >= cap;
    if (!isAtCap && this.#active < this.#pool) return true;
    if (eviction === "none") return false;
    const largest = [...this.#areas.values()]
      .filter((other) => other.eviction === "lru")
      .sort((a, b) => this.#count(b.area) - this.#count(a.area) || a.area - b.area)[0]!;
    const victim = this.#victim(isAtCap ? area : largest.area, burst);
    if (!victim) return false;
    this.remove(victim, "evicted");
    this.#tallyOf(victim.area).evicted++;
    return true;
  }

  /** The short-term neuron nearest its end, else the long-term one longest unseen; none met in this burst. */
  #victim(area: number, burst: number): MemoryNeuron | undefined {
    let [shortTerm, longTerm]: [MemoryNeuron | undefined, MemoryNeuron | undefined] = [undefined, undefined];
    for (const neuron of this.#slots) {
      if (!neuron || neuron.area !== area || neuron.lastSeen === burst) continue;
      if (neuron.longTerm) {
        if (!longTerm || neuron.lastSeen < longTerm.lastSeen) longTerm = neuron;
      } else if (!shortTerm || neuron.lifespan < shortTerm.lifespan) shortTerm = neuron;
    }
    return shortTerm ?? longTerm;
  }

  #knownOf(area: number): Map<bigint, MemoryNeuron> {
    const known = this.#known.get(area) ?? new Map<bigint, MemoryNeuron>();
    this.#known.set(area, known);
    return known;
  }

  #tallyOf(area: number): MemoryTotals {
    const tally = this.#tallies.get(area) ?? { ...noTotals };
    this.#tallies.set(area, tally);
    return tally;
  }

  #count(area: number): number {
    return this.#knownOf(area).size;
  }
}

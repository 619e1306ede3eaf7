/**
 * Memory neurons: ids from 50 000 000 on that have an area but no slot in the columns, no potential and no countdown.
 *
 * They fire in the burst after something was added for them, and may replay what led to their pattern in a twin area.
 * Source: spec/burst-engine.md 7.5, 7.6. Who creates them is not known here.
 */
import { plainSettings, type SparseSettings, type SparseState } from "./sparse-memory.ts";

export interface MemoryFire {
  id: number;
  area: number;
  potential: number;
  /** Fired by an injection. */
  episodic: boolean;
}

export interface ReplayFrame {
  /** Bursts after the first of the pattern. */
  offset: number;
  upstreamArea: number;
  /** x, y, z of each voxel. */
  voxels: Uint32Array;
  /** One per voxel; null: the frame holds voxels only. */
  potentials: Float32Array | null;
}

export interface ReplayRow {
  burst: number;
  area: number;
  potential: number;
  /** Becomes staged input instead of a forced fire. */
  staged: boolean;
  x: number;
  y: number;
  z: number;
}

export class MemoryNeurons {
  readonly #areas = new Map<number, number>();
  /** Injections staged for the next burst. */
  injected: { id: number; area: number; potential: number }[] = [];
  /** Sums on their way, by burst. */
  readonly arrivals = new Map<number, Map<number, number>>();
  /** Memory neurons that fired in the last burst, ascending. */
  fired: MemoryFire[] = [];
  readonly twins = new Map<number, Map<number, number>>();
  readonly frames = new Map<number, ReplayFrame[]>();
  replay: ReplayRow[] = [];
  /** The part of `arrivals` that came over flagged synapses. */
  readonly associative = new Map<number, Map<number, number>>();
  /** Likewise of the candidates of this burst. */
  associativeInput: ReadonlyMap<number, number> = new Map();
  /** Settings under associative input, by area. */
  readonly sparse = new Map<number, SparseSettings>();
  readonly states = new Map<number, SparseState>();
  /** Memory neurons that reward has marked to be kept. */
  readonly consolidated = new Set<number>();
  /** Grows when a neuron gets or loses its area. */
  version = 0;

  /** Memory neurons that can fire in the next burst, at most. */
  get reach(): number {
    return this.#areas.size + this.injected.length;
  }

  areaOf(id: number): number | undefined {
    return this.#areas.get(id);
  }

  /** Ids with a known area and that area, ascending id. */
  list(): [id: number, area: number][] {
    return [...this.#areas].sort((a, b) => a[0] - b[0]);
  }

  hasArea(area: number): boolean {
    for (const other of this.#areas.values()) if (other === area) return true;
    return false;
  }

  map(id: number, area: number): void {
    this.#areas.set(id, area);
    this.version++;
  }

  setTwin(memoryArea: number, upstreamArea: number, twin: number): void {
    const twins = this.twins.get(memoryArea) ?? new Map<number, number>();
    this.twins.set(memoryArea, twins.set(upstreamArea, twin));
  }

  setFrames(id: number, frames: ReplayFrame[]): void {
    if (frames.length === 0) this.frames.delete(id);
    else this.frames.set(id, frames);
  }

  unsetTwin(memoryArea: number, upstreamArea: number): void {
    const twins = this.twins.get(memoryArea);
    twins?.delete(upstreamArea);
    if (twins?.size === 0) this.twins.delete(memoryArea);
  }

  addArrival(burst: number, id: number, charge: number, isAssociative: boolean): void {
    addTo(this.arrivals, burst, id, charge);
    if (isAssociative) addTo(this.associative, burst, id, charge);
  }

  settingsOf(area: number): SparseSettings {
    return this.sparse.get(area) ?? plainSettings;
  }

  /** Changes settings under associative input where an area has some. */
  updateSparse(area: number, change: Partial<SparseSettings>): void {
    const old = this.sparse.get(area);
    if (old) this.sparse.set(area, { ...old, ...change });
  }

  /** Forgets a neuron but for its synapses, ledger entries and what it has already sent. */
  remove(id: number): void {
    this.#areas.delete(id);
    this.frames.delete(id);
    for (const schedule of [this.arrivals, this.associative]) for (const due of schedule.values()) due.delete(id);
    this.states.delete(id);
    this.consolidated.delete(id);
    this.injected = this.injected.filter((injection) => injection.id !== id);
    this.version++;
  }

  /** Forgets injections, fires, replay and associative state of an area; what synapses have sent to its memory neurons still arrives. */
  resetArea(area: number): void {
    this.sparse.delete(area);
    for (const id of this.states.keys()) if (this.areaOf(id) === area) this.states.delete(id);
    this.injected = this.injected.filter((injection) => injection.area !== area);
    this.fired = this.fired.filter((fire) => fire.area !== area);
    this.replay = this.replay.filter((row) => row.area !== area);
  }
}

type Schedule = Map<number, Map<number, number>>;

function addTo(schedule: Schedule, burst: number, id: number, charge: number): void {
  let due = schedule.get(burst);
  if (!due) {
    due = new Map();
    schedule.set(burst, due);
  }
  due.set(id, Math.fround((due.get(id) ?? 0) + charge));
}

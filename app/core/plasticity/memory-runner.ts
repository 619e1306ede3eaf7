/**
 * Pattern memory beside a living engine: after each burst it looks at what fired, and what it asks for is input of the next burst.
 *
 * The order of a burst: `follow` the connectome, apply `take()`, then the other input, the burst, `step`. Between bursts what it asks
 * for is part of its state and not yet of the engine's. So a state of both repeats a run exactly, and a recording holds memories as
 * the input they were. Source: spec/burst-engine-extensions.md 1 (L3), 9.
 */
import { firedIds, readFrameSections } from "#contracts/frame.ts";
import { PatchWriter, patchOp } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { switchesOf } from "../development/switches.ts";
import type { Engine } from "../engine/engine.ts";
import { REGULAR_NEURONS } from "../engine/reference/id-ranges.ts";
import { memoryPatch } from "./memory-patch.ts";
import { decodeMemoryState, encodeMemoryState } from "./memory-state.ts";
import type { Voxel } from "./pattern-frames.ts";
import { type BurstActivity, type MemoryArea, type MemoryCommand, PatternMemory, withUsual } from "./pattern-memory.ts";

const nothing: Uint32Array = new Uint32Array(0);
const silence: BurstActivity = { fired: () => nothing, voxel: () => undefined };

export class MemoryRunner {
  readonly #pool: number | undefined;
  #memory: PatternMemory;
  #pending = nothing;
  #connectome: Connectome | null = null;
  /** Areas that formed nothing in the last step because a modulator says so. */
  #formationOff: ReadonlySet<number> = new Set();
  /** Of upstream neurons that fired; a connectome's. */
  #places = new Map<number, Voxel>();

  /** `pool`: memory neurons of all areas together. */
  constructor(pool?: number) {
    this.#pool = pool;
    this.#memory = new PatternMemory(pool);
  }

  /** For reading. */
  get memory(): PatternMemory {
    return this.#memory;
  }

  get formationOff(): ReadonlySet<number> {
    return this.#formationOff;
  }

  /** What it has asked for and nobody took yet. */
  get pending(): Uint32Array {
    return this.#pending;
  }

  /** Registers the memory areas of the connectome the next burst runs under. `burst`: the last that ran. */
  follow(connectome: Connectome, burst: number): void {
    const known = this.#connectome;
    if (connectome === known) return;
    this.#connectome = connectome;
    this.#places = new Map();
    const { genome, areas, dynamics } = connectome;
    if (genome !== known?.genome || areas !== known.areas) this.register(switchesOf(genome, areas, dynamics).memory, burst);
  }

  /** Makes exactly these areas remember. Areas that stay as they were keep everything. */
  register(wanted: readonly MemoryArea[], burst: number): void {
    const memory = this.#memory;
    if (memory.areas.length === 0) memory.step(burst, silence);
    const known = new Map(memory.areas.map((area) => [area.area, area]));
    for (const area of known.keys()) if (!wanted.some((other) => other.area === area)) this.#ask(memory.unregister(area));
    for (const area of wanted) if (!isSame(withUsual(area), known.get(area.area))) this.#ask(memory.register(area));
  }

  /** What is to be applied before the next burst; it counts as done. */
  take(): Uint32Array {
    const patch = this.#pending;
    this.#pending = nothing;
    return patch;
  }

  /** Whoever takes memory neurons from the engine, they are forgotten here too. To be told every patch, its own included. */
  heed(patch: Uint32Array): void {
    const removed = removedIn(patch);
    if (removed.size > 0) this.#memory.forget(removed);
  }

  /** Looks at the burst that has just run. */
  step(engine: Engine, frame: Uint32Array): void {
    const memory = this.#memory;
    if (memory.areas.length === 0) return;
    const fired = new Map(Array.from(readFrameSections(frame, memory.watched), ({ area, ids }) => [area, ids]));
    const { consolidated, suppressed } = engine.memorySignals();
    this.#formationOff = new Set(suppressed);
    this.#learnPlaces(engine, fired);
    const commands = memory.step(engine.burst, {
      fired: (area) => fired.get(area) ?? nothing,
      ...(memory.areas.some(readsPotentials) ? { potentials: potentialsIn(engine, frame, fired) } : {}),
      voxel: (id) => this.#placeOf(engine, id),
      formationOff: this.#formationOff,
      promoted: new Set(consolidated),
    });
    this.#ask(commands);
    if (consolidated.length > 0) this.#append(new PatchWriter().op("clearConsolidated").take());
  }

  /** The same after a burst of a recording, before which these patches were applied. */
  repeat(engine: Engine, frame: Uint32Array, patches: readonly Uint32Array[], connectome: Connectome): void {
    this.follow(connectome, engine.burst - 1);
    this.take();
    for (const patch of patches) this.heed(patch);
    this.step(engine, frame);
  }

  /** The whole state; empty where there is nothing to remember. */
  save(): Uint8Array {
    const { areas, totals } = this.#memory;
    if (areas.length === 0 && totals.created === 0 && this.#pending.length === 0) return new Uint8Array(0);
    return encodeMemoryState({ memory: this.#memory.save(), pending: this.#pending });
  }

  /** Takes a saved state in place of its own; a damaged one changes nothing. */
  restore(bytes: Uint8Array): void {
    const memory = new PatternMemory(this.#pool);
    let pending = nothing;
    if (bytes.length > 0) {
      const state = decodeMemoryState(bytes);
      memory.restore(state.memory);
      pending = state.pending;
    }
    this.#memory = memory;
    this.#pending = pending;
    this.#connectome = null;
    this.#formationOff = new Set();
  }

  #ask(commands: readonly MemoryCommand[]): void {
    if (commands.length > 0) this.#append(memoryPatch(commands));
  }

  #append(patch: Uint32Array): void {
    this.#pending = this.#pending.length === 0 ? patch : Uint32Array.from([...this.#pending, ...patch]);
  }

  /** Asks the engine once for all that fired and have not been seen yet. */
  #learnPlaces(engine: Engine, fired: ReadonlyMap<number, Uint32Array>): void {
    const unseen = [...fired.values()].flatMap((ids) => Array.from(ids).filter((id) => id < REGULAR_NEURONS && !this.#places.has(id)));
    if (unseen.length === 0) return;
    const { x, y, z } = engine.neuronSettings(Uint32Array.from(unseen));
    for (const [i, id] of unseen.entries()) this.#places.set(id, [x[i]!, y[i]!, z[i]!]);
  }

  #placeOf(engine: Engine, id: number): Voxel | undefined {
    if (id >= REGULAR_NEURONS) return undefined;
    if (!this.#places.has(id)) this.#learnPlaces(engine, new Map([[0, Uint32Array.of(id)]]));
    return this.#places.get(id);
  }
}

function readsPotentials({ learnsPotentials, change }: MemoryArea): boolean {
  return learnsPotentials === true || change !== undefined;
}

/** Potentials at firing by area. */
function potentialsIn(engine: Engine, frame: Uint32Array, fired: ReadonlyMap<number, Uint32Array>): (area: number) => Float32Array {
  const potentials = engine.firedPotentials();
  const at = new Map(Array.from(firedIds(frame), (id, i) => [id, i]));
  return (area) => Float32Array.from(fired.get(area) ?? nothing, (id) => potentials[at.get(id)!]!);
}

/** Memory neurons that a patch takes away. */
function removedIn(patch: Uint32Array): Set<number> {
  const ids = new Set<number>();
  for (let at = 0; at < patch.length; at += 2 + patch[at + 1]!) {
    if (patch[at] !== patchOp.removeMemoryNeurons) continue;
    for (const id of patch.subarray(at + 2, at + 2 + patch[at + 1]!)) ids.add(id);
  }
  return ids;
}

function isSame(a: MemoryArea, b: MemoryArea | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** One selection and one time cursor for every view, with the way back to earlier selections. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";

/** One thing in the brain, from the area down: a voxel has an area, a neuron has both. */
interface Place {
  area: CorticalId | null;
  voxel: Vec3 | null;
  neuron: number | null;
}
/** What is selected. Views of one thing read `area`, `voxel`, `neuron`: the one that was selected last. */
interface Selected extends Place {
  /** All selected areas, `area` the last of them. */
  areas: readonly CorticalId[];
  /** All selected voxels of `area`, `voxel` the last of them; none while areas as a whole are meant. */
  voxels: readonly Vec3[];
}
/** What becomes of what was selected before: it goes, it stays, or what is met twice goes. */
export type SelectHow = "replace" | "add" | "toggle";
interface Hover extends Place {
  /** CSS pixels of the window. */
  x: number;
  y: number;
  /** Burst of its last firing that was seen. */
  lastFired: number | null;
}
interface SelectionState extends Selected {
  hover: Hover | null;
  /** Burst that all views show; null follows the newest. */
  cursor: number | null;
  selectArea(area: CorticalId | null): void;
  selectAreas(areas: readonly CorticalId[], how?: SelectHow): void;
  selectVoxel(area: CorticalId, voxel: Vec3, neuron: number | null): void;
  /** Voxels of one area; those of another are let go of. */
  selectVoxels(area: CorticalId, voxels: readonly Vec3[], how?: SelectHow): void;
  /** All of it as another window has it. */
  take(selected: Selected): void;
  setHover(hover: Hover | null): void;
  setCursor(burst: number | null): void;
  /** One level up: voxel, area, region, nothing. `region`: all areas of the region that the area is in. */
  climb(region?: readonly CorticalId[]): void;
  back(): void;
  forward(): void;
  /** Lets go of what no longer exists. */
  keepWithin(areas: ReadonlyMap<CorticalId, { dimensions: readonly [number, number, number]; firstNeuron: number; neurons: number }>): void;
}
export type SelectionStore = StoreApi<SelectionState>;

const nothing: Selected = { area: null, areas: [], voxel: null, voxels: [], neuron: null };
const mostHistory = 100;

export function createSelectionStore(): SelectionStore {
  let past: Selected[] = [];
  let future: Selected[] = [];
  return createStore<SelectionState>((set, get) => {
    const current = (): Selected => {
      const { area, areas, voxel, voxels, neuron } = get();
      return { area, areas, voxel, voxels, neuron };
    };
    const select = (next: Selected) => {
      const now = current();
      if (sameSelection(now, next)) return;
      past = [...past.slice(1 - mostHistory), now];
      future = [];
      set(next);
    };
    return {
      ...nothing,
      hover: null,
      cursor: null,
      selectArea: (area) => select(wholeAreas(area === null ? [] : [area])),
      selectAreas: (areas, how = "replace") => select(wholeAreas(combine(get().areas, areas, how, (id) => id))),
      selectVoxel: (area, voxel, neuron) => select({ area, areas: [area], voxel, voxels: [voxel], neuron }),
      selectVoxels: (area, given, how = "replace") => {
        const before = get();
        const voxels = combine(before.area === area ? before.voxels : [], given, how, String);
        const voxel = voxels.at(-1) ?? null;
        // A neuron was named for one voxel; of several nobody said which.
        const neuron = voxels.length === 1 && voxel?.join() === before.voxel?.join() ? before.neuron : null;
        select({ area, areas: [area], voxel, voxels, neuron });
      },
      take: select,
      setHover: (hover) => set({ hover }),
      setCursor: (cursor) => set({ cursor }),
      climb: (region = []) => {
        const { area, areas, voxel } = get();
        if (voxel !== null) select(wholeAreas(areas));
        else if (area !== null && areas.length === 1 && region.length > 1)
          select(wholeAreas([...region.filter((id) => id !== area), area]));
        else select(nothing);
      },
      back: () => {
        const to = past.pop();
        if (!to) return;
        future.push(current());
        set(to);
      },
      forward: () => {
        const to = future.pop();
        if (!to) return;
        past.push(current());
        set(to);
      },
      keepWithin: (areas) => {
        const known = (selected: Selected) => selected.areas.every((id) => areas.has(id));
        past = past.filter(known);
        future = future.filter(known);
        const { area, voxels, neuron, hover, areas: selected } = get();
        if (hover?.area && !areas.has(hover.area)) set({ hover: null });
        if (area === null) return;
        const left = selected.filter((id) => areas.has(id));
        const kept = areas.get(area);
        if (!kept) return set(wholeAreas(left));
        const voxelsGone = voxels.some((voxel) => voxel.some((at, axis) => at >= (kept.dimensions[axis] ?? 0)));
        const neuronGone = neuron !== null && (neuron < kept.firstNeuron || neuron >= kept.firstNeuron + kept.neurons);
        if (voxelsGone || neuronGone || left.length < selected.length) set(wholeAreas(left));
      },
    };
  });
}

function wholeAreas(areas: readonly CorticalId[]): Selected {
  return { ...nothing, area: areas.at(-1) ?? null, areas };
}

function combine<T>(before: readonly T[], given: readonly T[], how: SelectHow, keyOf: (one: T) => string): T[] {
  const kept = new Map(how === "replace" ? [] : before.map((one) => [keyOf(one), one]));
  for (const one of given) {
    const known = kept.delete(keyOf(one));
    if (!known || how !== "toggle") kept.set(keyOf(one), one);
  }
  return [...kept.values()];
}

function sameSelection(a: Selected, b: Selected): boolean {
  return a.neuron === b.neuron && a.areas.join() === b.areas.join() && a.voxels.join(";") === b.voxels.join(";");
}

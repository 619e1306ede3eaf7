/** One selection and one time cursor for every view, with the way back to earlier selections. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";

/** What is selected, from the area down: a voxel has an area, a neuron has both. */
interface Selected {
  area: CorticalId | null;
  voxel: Vec3 | null;
  neuron: number | null;
}
interface Hover extends Selected {
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
  selectVoxel(area: CorticalId, voxel: Vec3, neuron: number | null): void;
  setHover(hover: Hover | null): void;
  setCursor(burst: number | null): void;
  /** One level up: voxel, area, nothing. */
  climb(): void;
  back(): void;
  forward(): void;
  /** Lets go of what no longer exists. */
  keepWithin(areas: ReadonlyMap<CorticalId, { dimensions: readonly [number, number, number]; firstNeuron: number; neurons: number }>): void;
}
export type SelectionStore = StoreApi<SelectionState>;

const nothing: Selected = { area: null, voxel: null, neuron: null };
const mostHistory = 100;

export function createSelectionStore(): SelectionStore {
  let past: Selected[] = [];
  let future: Selected[] = [];
  return createStore<SelectionState>((set, get) => {
    const current = (): Selected => {
      const { area, voxel, neuron } = get();
      return { area, voxel, neuron };
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
      selectArea: (area) => select({ ...nothing, area }),
      selectVoxel: (area, voxel, neuron) => select({ area, voxel, neuron }),
      setHover: (hover) => set({ hover }),
      setCursor: (cursor) => set({ cursor }),
      climb: () => {
        const { area, voxel } = get();
        select(voxel === null ? nothing : { ...nothing, area });
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
        past = past.filter(({ area }) => area === null || areas.has(area));
        future = future.filter(({ area }) => area === null || areas.has(area));
        const { area, voxel, neuron, hover } = get();
        if (hover?.area && !areas.has(hover.area)) set({ hover: null });
        if (area === null) return;
        const kept = areas.get(area);
        if (!kept) return set(nothing);
        const voxelGone = voxel?.some((at, axis) => at >= (kept.dimensions[axis] ?? 0)) ?? false;
        const neuronGone = neuron !== null && (neuron < kept.firstNeuron || neuron >= kept.firstNeuron + kept.neurons);
        if (voxelGone || neuronGone) set({ ...nothing, area });
      },
    };
  });
}

function sameSelection(a: Selected, b: Selected): boolean {
  return a.area === b.area && a.neuron === b.neuron && a.voxel?.join() === b.voxel?.join();
}

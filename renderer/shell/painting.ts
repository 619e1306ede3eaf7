/** The voxels painted for the next stimulation: of one area at a time, each once, in the order they were painted. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";

export interface Painting {
  area: CorticalId | null;
  voxels: ReadonlyMap<string, Vec3>;
  /** Whether dragging in the scene paints. */
  brush: boolean;
  paint(area: CorticalId, voxels: readonly Vec3[]): void;
  toggle(area: CorticalId, voxel: Vec3): void;
  clear(): void;
  setBrush(on: boolean): void;
}

export const voxelKey = (voxel: Vec3): string => voxel.join(",");

export function createPainting(): StoreApi<Painting> {
  return createStore<Painting>((set, get) => ({
    area: null,
    voxels: new Map(),
    brush: false,
    paint(area, voxels) {
      const next = new Map(get().area === area ? get().voxels : []);
      for (const voxel of voxels) next.set(voxelKey(voxel), voxel);
      set({ area, voxels: next });
    },
    toggle(area, voxel) {
      const next = new Map(get().area === area ? get().voxels : []);
      const key = voxelKey(voxel);
      if (!next.delete(key)) next.set(key, voxel);
      set({ area, voxels: next });
    },
    clear: () => set({ voxels: new Map() }),
    setBrush: (brush) => set({ brush }),
  }));
}

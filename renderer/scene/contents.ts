/** What the scene holds and shows at the moment, and where it is: the questions that several of its parts ask. */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { axisBox } from "./hulls.ts";
import { type Box, union, voxelBox, voxelOfNeuron, withLeastExtent, worldBox, worldFromVoxel } from "./placement.ts";
import {
  type AreaValues,
  ageLight,
  type BreakpointMark,
  defaultSettings,
  glowLight,
  type Light,
  recentLight,
  type SceneArea,
  type SceneSettings,
  type SceneTheme,
  type VoxelLayer,
  type VoxelLayerName,
  type Way,
} from "./scene-types.ts";
import type { Brain, Still } from "./still.ts";

/** Voxels around the selection that a framed picture shows at least: one voxel alone would tell nothing of where it is. */
const leastFramed = 12;

export class Contents {
  theme: SceneTheme;
  settings: SceneSettings = defaultSettings;
  values: AreaValues | null = null;
  breakpoints: ReadonlyMap<CorticalId, BreakpointMark> = new Map();
  readonly voxels: Record<VoxelLayerName, VoxelLayer | null> = { figures: null, phase: null, why: null, probes: null };
  ways: readonly Way[] = [];
  brain: Brain = { areas: [], regions: [], mappings: [] };
  /** Of the brain: frames of another are not drawn into it. */
  generation: number | undefined;
  selection: { areas: readonly CorticalId[]; voxels: readonly Vec3[] } = { areas: [], voxels: [] };
  readonly #still: Still;

  constructor(theme: SceneTheme, still: Still) {
    this.theme = theme;
    this.#still = still;
  }

  get light(): Light {
    const { colourBy } = this.settings;
    if (colourBy === "recent") return recentLight;
    return colourBy === "age" ? ageLight : glowLight;
  }

  get shownAreas(): SceneArea[] {
    return this.brain.areas.filter((_, i) => this.#still.visible[i]);
  }

  get selectedAreas(): SceneArea[] {
    return this.selection.areas.flatMap((id) => this.brain.areas.find((area) => area.id === id) ?? []);
  }

  /** What a picture of everything has to hold. */
  get everything(): Box[] {
    const boxes = this.shownAreas.map(worldBox);
    const all = union(boxes);
    return all ? [...boxes, axisBox(all)] : [];
  }

  get selectedBoxes(): Box[] {
    return this.selectedAreas.map((area) => {
      const last = area.id === this.selection.areas.at(-1);
      const voxels = last ? union(this.selection.voxels.map((voxel) => voxelBox(area, voxel))) : null;
      return withLeastExtent(voxels ?? worldBox(area), leastFramed);
    });
  }

  /** Its largest extent. */
  get size(): number {
    const box = union(this.brain.areas.map(worldBox));
    return box ? Math.max(...box.max.map((high, i) => high - box.min[i]!)) : 1;
  }

  placeOf(neuron: number): Vec3 | null {
    for (const area of this.brain.areas) {
      const voxel = voxelOfNeuron(area, neuron);
      if (voxel) return worldFromVoxel(area, voxel);
    }
    return null;
  }
}

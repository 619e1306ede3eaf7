/**
 * Recent activity in memory, for where the graphics card is slow. Kept are sums and the list of voxels that have one, so that
 * adding and forgetting cost what fired, not how big the brain is.
 */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { BrickGrid } from "./brick-lod.ts";
import { voxelCount } from "./placement.ts";
import { RollingSums } from "./recent-sums.ts";
import { leastRecent, recentLight, type SceneArea } from "./scene-types.ts";

interface Area {
  firstNeuron: number;
  perVoxel: number;
  voxels: number;
  grid: BrickGrid;
}
interface AreaSums {
  /** By voxel; made when the area first fires. */
  sums: Float32Array | null;
  /** Voxels with a sum, in the order in which they first fired. */
  lit: number[];
}

export class RecentBook {
  #areas: Area[] = [];
  #byEngineIndex = new Map<number, number>();
  #sums = rollingSums(0);

  setAreas(areas: readonly SceneArea[]): void {
    this.#byEngineIndex = new Map(areas.flatMap(({ index }, i) => (index === undefined ? [] : [[index, i] as const])));
    this.#areas = areas.map((area) => ({
      firstNeuron: area.firstNeuron ?? 0,
      perVoxel: area.neuronsPerVoxel ?? 1,
      voxels: area.firstNeuron === undefined ? 0 : voxelCount(area),
      grid: new BrickGrid(area.dimensions),
    }));
    this.#sums = rollingSums(areas.length);
  }

  scatter(frames: readonly DecodedFrame[]): void {
    for (const { burst, sections } of frames) {
      this.#sums.add(burst, (into, weight) => {
        for (const { area, ids } of sections) {
          const at = this.#byEngineIndex.get(area);
          if (at !== undefined) addTo(into[at]!, this.#areas[at]!, ids, weight);
        }
      });
    }
  }

  clear(): void {
    this.#sums.clear();
  }

  /** How many voxels of an area are seen. */
  glowing(area: number, cursor: number): number {
    const { sum, scale } = this.#sums.at(cursor);
    const { sums, lit } = sum[area]!;
    const least = leastRecent / scale;
    let count = 0;
    for (let i = 0; i < lit.length; i++) if (sums![lit[i]!]! >= least) count++;
    return count;
  }

  /** Voxels of each area that are seen; of some areas every n-th of those with a sum as `stride` says (1 = all, Infinity = none). */
  gather(cursor: number, visit: (area: number, voxel: number, light: number) => void, stride: (area: number) => number = () => 1): void {
    const { sum, scale } = this.#sums.at(cursor);
    for (let area = 0; area < sum.length; area++)
      this.#gatherArea(sum[area]!, scale, stride(area), (voxel, light) => visit(area, voxel, light));
  }

  /** Bricks of an area in which anything is seen, with the mean light of their voxels. */
  gatherBricks(area: number, cursor: number, visit: (brick: number, light: number) => void): void {
    const { sum, scale } = this.#sums.at(cursor);
    const { grid } = this.#areas[area]!;
    const lights = new Float64Array(grid.length);
    this.#gatherArea(sum[area]!, scale, 1, (voxel, light) => {
      lights[grid.brickOf(voxel)]! += light;
    });
    for (let brick = 0; brick < lights.length; brick++) if (lights[brick]! > 0) visit(brick, lights[brick]! / grid.extent(brick).voxels);
  }

  gridOf(area: number): BrickGrid {
    return this.#areas[area]!.grid;
  }

  #gatherArea({ sums, lit }: AreaSums, scale: number, step: number, visit: (voxel: number, light: number) => void): void {
    if (step === Number.POSITIVE_INFINITY) return;
    for (let i = 0; i < lit.length; i += step) {
      const recent = sums![lit[i]!]! * scale;
      if (recent >= leastRecent) visit(lit[i]!, recentLight.ofSum(recent));
    }
  }
}

function rollingSums(areas: number): RollingSums<AreaSums[]> {
  const none = () => Array.from({ length: areas }, (): AreaSums => ({ sums: null, lit: [] }));
  return new RollingSums(none(), none(), (all) => {
    for (const { sums, lit } of all) {
      for (const voxel of lit) sums![voxel] = 0;
      lit.length = 0;
    }
  });
}

function addTo(into: AreaSums, { firstNeuron, perVoxel, voxels }: Area, ids: Uint32Array, weight: number): void {
  into.sums ??= new Float32Array(voxels);
  const { sums, lit } = into;
  for (let i = 0; i < ids.length; i++) {
    const voxel = perVoxel === 1 ? ids[i]! - firstNeuron : Math.floor((ids[i]! - firstNeuron) / perVoxel);
    if (voxel < 0 || voxel >= voxels) continue;
    if (sums[voxel] === 0) lit.push(voxel);
    sums[voxel]! += weight;
  }
}

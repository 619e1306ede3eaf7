/**
 * Burst stamps in memory, for where the graphics card is slow: when every voxel fired last, and which voxels still glow.
 * Bursts are kept as burst + 1, 0 = never. How many voxels of each brick, and of each area, fired last in each of the bursts that
 * still glow is counted as they fire: bricks then cost nothing per voxel, and a sample costs what it shows.
 */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { BrickGrid } from "./brick-lod.ts";
import { voxelCount } from "./placement.ts";
import { glowLight, type Light, type SceneArea } from "./scene-types.ts";

interface AreaStamps {
  firstNeuron: number;
  perVoxel: number;
  stamps: Uint32Array;
  grid: BrickGrid;
  /** Voxels by burst modulo span and brick, made when the area first fires. */
  inBricks: Uint16Array | null;
  /** Voxels by burst modulo span. */
  alive: Uint32Array;
}

export class StampBook {
  #areas: AreaStamps[] = [];
  #byEngineIndex = new Map<number, number>();
  readonly #light: Light;
  /** Frames of the last bursts, ascending. */
  #recent: DecodedFrame[] = [];
  #newest = -1;

  constructor(light: Light = glowLight) {
    this.#light = light;
  }

  setAreas(areas: readonly SceneArea[]): void {
    this.#byEngineIndex = new Map(areas.flatMap((area, i) => (area.index === undefined ? [] : [[area.index, i] as const])));
    this.#areas = areas.map((area) => ({
      firstNeuron: area.firstNeuron ?? 0,
      perVoxel: area.neuronsPerVoxel ?? 1,
      stamps: new Uint32Array(area.firstNeuron === undefined ? 0 : voxelCount(area)),
      grid: new BrickGrid(area.dimensions),
      inBricks: null,
      alive: new Uint32Array(this.#light.span),
    }));
    this.#recent = [];
    this.#newest = -1;
  }

  scatter(frames: readonly DecodedFrame[]): void {
    const { span } = this.#light;
    for (const frame of frames) {
      this.#advance(frame.burst);
      const stamp = frame.burst + 1;
      const slot = frame.burst % span;
      for (const { area, ids } of frame.sections) {
        const book = this.#areas[this.#byEngineIndex.get(area) ?? -1];
        if (!book) continue;
        const { firstNeuron, perVoxel, stamps, grid, alive } = book;
        const bricks = grid.length;
        book.inBricks ??= new Uint16Array(span * bricks);
        for (let i = 0; i < ids.length; i++) {
          const voxel = perVoxel === 1 ? ids[i]! - firstNeuron : Math.floor((ids[i]! - firstNeuron) / perVoxel);
          if (voxel < 0 || voxel >= stamps.length) continue;
          const before = stamps[voxel]!;
          if (before === stamp) continue;
          const brick = grid.brickOf(voxel);
          if (before !== 0 && stamp - before < span) {
            const old = (before - 1) % span;
            book.inBricks[old * bricks + brick]!--;
            alive[old]!--;
          }
          book.inBricks[slot * bricks + brick]!++;
          alive[slot]!++;
          stamps[voxel] = stamp;
        }
      }
      this.#recent.push(frame);
    }
    this.#recent = this.#recent.filter(({ burst }) => burst > this.#newest - span);
  }

  /** Forgets all stamps. */
  clear(): void {
    this.#recent = [];
    this.#newest = -1;
    for (const { stamps, inBricks, alive } of this.#areas) {
      stamps.fill(0);
      inBricks?.fill(0);
      alive.fill(0);
    }
  }

  /** How many voxels of an area glow. */
  glowing(area: number, cursor: number): number {
    const { alive } = this.#areas[area]!;
    let sum = 0;
    for (const { slot } of this.#slots(cursor)) sum += alive[slot]!;
    return sum;
  }

  /**
   * Glowing voxels of each area by its index, each voxel once, the newest firings first; of some areas every n-th as `stride` says
   * (1 = all, Infinity = none).
   */
  gather(cursor: number, visit: (area: number, voxel: number, glow: number) => void, stride: (area: number) => number = () => 1): void {
    const passed = this.#areas.map(() => 0);
    for (let f = this.#recent.length - 1; f >= 0; f--) {
      const frame = this.#recent[f]!;
      const age = cursor - frame.burst;
      if (age < 0 || age >= this.#light.span) continue;
      const glow = this.#light.of(age);
      const stamp = frame.burst + 1;
      for (const { area: engineIndex, ids } of frame.sections) {
        const area = this.#byEngineIndex.get(engineIndex);
        if (area === undefined) continue;
        const step = stride(area);
        if (step === Number.POSITIVE_INFINITY) continue;
        const { firstNeuron, perVoxel, stamps } = this.#areas[area]!;
        let before = -1;
        let i = passed[area]!;
        for (; i < ids.length; i += step) {
          const voxel = perVoxel === 1 ? ids[i]! - firstNeuron : Math.floor((ids[i]! - firstNeuron) / perVoxel);
          // Fired again since: it was visited with that burst. Neurons of one voxel follow each other.
          if (stamps[voxel] !== stamp || voxel === before) continue;
          before = voxel;
          visit(area, voxel, glow);
        }
        passed[area] = i - ids.length;
      }
    }
  }

  /** Bricks of an area that glow, with the mean glow of their voxels. */
  gatherBricks(area: number, cursor: number, visit: (brick: number, glow: number) => void): void {
    const { inBricks, grid, alive } = this.#areas[area]!;
    if (!inBricks) return;
    const slots = this.#slots(cursor).filter(({ slot }) => alive[slot]! > 0);
    for (let brick = 0; brick < grid.length; brick++) {
      let sum = 0;
      for (const { slot, glow } of slots) sum += inBricks[slot * grid.length + brick]! * glow;
      if (sum > 0) visit(brick, sum / grid.extent(brick).voxels);
    }
  }

  gridOf(area: number): BrickGrid {
    return this.#areas[area]!.grid;
  }

  /** Bursts that leave the span free their place for the ones that come. */
  #advance(burst: number): void {
    const { span } = this.#light;
    const from = Math.max(this.#newest + 1, burst - span + 1);
    for (let next = from; next <= burst; next++) {
      for (const { inBricks, alive, grid } of this.#areas) {
        if (alive[next % span] === 0) continue;
        alive[next % span] = 0;
        inBricks?.fill(0, (next % span) * grid.length, ((next % span) + 1) * grid.length);
      }
    }
    this.#newest = Math.max(this.#newest, burst);
  }

  /** Places of the bursts that still give light at the cursor. */
  #slots(cursor: number): { slot: number; glow: number }[] {
    const { span, of } = this.#light;
    const slots = [];
    for (let burst = Math.max(0, this.#newest - span + 1); burst <= this.#newest; burst++) {
      const age = cursor - burst;
      if (age >= 0 && age < span) slots.push({ slot: burst % span, glow: of(age) });
    }
    return slots;
  }
}

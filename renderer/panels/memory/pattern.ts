/** A remembered pattern as pictures: one of each upstream area and burst, seen along the axis on which the area is thinnest. */
import type { Vec3 } from "#contracts/connectome.ts";

/** Axes of the picture: across, up, and the one it is seen along. */
export interface View {
  across: 0 | 1 | 2;
  up: 0 | 1 | 2;
  along: 0 | 1 | 2;
}

export const axisNames = ["x", "y", "z"] as const;

/** Along z where that hides no more than another axis would. */
export function viewOf(dimensions: Vec3): View {
  const least = Math.min(...dimensions);
  const along = ([2, 1, 0] as const).find((axis) => dimensions[axis] === least) ?? 2;
  const [across, up] = ([0, 1, 2] as const).filter((axis) => axis !== along) as [0 | 1 | 2, 0 | 1 | 2];
  return { across, up, along };
}

interface Cell {
  /** Columns from the left, rows from the top. */
  column: number;
  row: number;
  /** Largest potential of the voxels behind each other here; null where none were kept. */
  potential: number | null;
}

export function cellsOf(voxels: readonly Vec3[], potentials: readonly number[] | null, dimensions: Vec3, { across, up }: View): Cell[] {
  const cells = new Map<string, Cell>();
  for (const [i, voxel] of voxels.entries()) {
    const [column, row] = [voxel[across], dimensions[up] - 1 - voxel[up]];
    const potential = potentials?.[i] ?? null;
    const before = cells.get(`${column} ${row}`);
    if (!before) cells.set(`${column} ${row}`, { column, row, potential });
    else if (potential !== null && (before.potential === null || potential > before.potential)) before.potential = potential;
  }
  return [...cells.values()];
}

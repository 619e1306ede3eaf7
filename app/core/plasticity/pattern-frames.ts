/** What a pattern looked like, burst by burst and area by area: what a memory neuron replays. Source: spec/burst-engine-extensions.md 8, 9. */

export type Voxel = [x: number, y: number, z: number];

export interface PatternFrame {
  /** Position in the pattern, 0 the oldest. */
  offset: number;
  upstreamArea: number;
  /** Ascending by x, then y, then z. */
  voxels: Voxel[];
  /** One per voxel, where the area learns them. */
  potentials?: number[];
}

/** What one area did in one burst, ids ascending; potentials null where nobody told them. */
export interface Fires {
  ids: Uint32Array;
  potentials: Float32Array | null;
}

/** The frames of a window, areas first, then bursts; those without a place to fire at are left out. */
export function patternFrames(
  upstream: readonly number[],
  windows: readonly (readonly Fires[])[],
  voxelOf: (neuron: number) => Voxel | undefined,
  withPotentials: boolean,
): PatternFrame[] {
  const frames = upstream.flatMap((upstreamArea, i) =>
    windows[i]!.map(({ ids, potentials }, offset) => {
      const placed = Array.from(ids, (id, n) => ({ voxel: voxelOf(id), potential: potentials?.[n] ?? 0 }))
        .filter((one): one is { voxel: Voxel; potential: number } => one.voxel !== undefined)
        .sort((a, b) => a.voxel[0] - b.voxel[0] || a.voxel[1] - b.voxel[1] || a.voxel[2] - b.voxel[2]);
      const frame = { offset, upstreamArea, voxels: placed.map(({ voxel }) => voxel) };
      return withPotentials && potentials ? { ...frame, potentials: placed.map(({ potential }) => potential) } : frame;
    }),
  );
  return frames.filter(({ voxels }) => voxels.length > 0);
}

/** Recurring frames with potentials halfway between the stored and the new ones; the new ones where the two do not match. */
export function averaged(stored: readonly PatternFrame[] | undefined, now: PatternFrame[]): PatternFrame[] {
  const isSame = stored?.length === now.length && now.every((frame, i) => frame.potentials?.length === stored[i]!.potentials?.length);
  if (!isSame) return now;
  return now.map((frame, i) => {
    const old = stored[i]!.potentials;
    if (!old || !frame.potentials) return frame;
    return { ...frame, potentials: frame.potentials.map((potential, n) => Math.fround(Math.fround(old[n]! + potential) / 2)) };
  });
}

/** Whether frames still tell something true of an area after its window, upstream areas or coding changed. */
export function fits(
  frames: readonly PatternFrame[],
  { upstream, temporalDepth, needsPotentials }: { upstream: readonly number[]; temporalDepth: number; needsPotentials: boolean },
): boolean {
  return frames.every(
    ({ offset, upstreamArea, potentials }) =>
      offset < temporalDepth && upstream.includes(upstreamArea) && (!needsPotentials || potentials !== undefined),
  );
}

/** Fires but those of one neuron. */
export function without(neuron: number, { ids, potentials }: Fires): Fires {
  if (!ids.includes(neuron)) return { ids, potentials };
  return { ids: ids.filter((id) => id !== neuron), potentials: potentials?.filter((_, i) => ids[i] !== neuron) ?? null };
}

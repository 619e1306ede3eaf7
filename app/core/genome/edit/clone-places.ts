/** Where the clone of a region stands: beside its source in space, and below it in the circuit. */
import type { BrainRegion, Vec3 } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "../genome.ts";

/** Where nodes of a circuit stand apart, in its 2D coordinates. */
const nodeSize = [280, 56] as const;

/** From the areas to their clones: to the right of them, past whatever stands there, unless it is said where. */
export function offsetOf(genome: Genome, cloned: readonly GenomeArea[], position: Vec3 | undefined): Vec3 {
  if (cloned.length === 0) return [0, 0, 0];
  const low = [0, 1, 2].map((axis) => Math.min(...cloned.map((area) => area.position[axis]!))) as Vec3;
  if (position) return position.map((coordinate, axis) => coordinate - low[axis]!) as Vec3;
  const high = [0, 1, 2].map((axis) => Math.max(...cloned.map((area) => area.position[axis]! + area.dimensions[axis]!))) as Vec3;
  const gap = Math.ceil((high[0] - low[0]) / 4);
  let x = high[0] + gap;
  const isInTheWay = ({ position: at, dimensions }: GenomeArea) =>
    [0, 1, 2].every((axis) => {
      const from = axis === 0 ? x : low[axis]!;
      return at[axis]! < from + high[axis]! - low[axis]! && from < at[axis]! + dimensions[axis]!;
    });
  const areas = [...genome.areas.values()];
  for (let one = areas.find(isInTheWay); one; one = areas.find(isInTheWay)) x = one.position[0] + one.dimensions[0] + gap;
  return [x - low[0], 0, 0];
}

/** Below the source in the circuit that it stands in, past the nodes that are there. */
export function besideIn2d(genome: Genome, all: ReadonlyMap<string, BrainRegion>, top: BrainRegion): [number, number] {
  const areas = all.get(top.parent!)?.areas ?? [];
  const children = [...all.values()].filter(({ parent }) => parent === top.parent);
  const nodes = [
    ...areas.map((id) => genome.areas.get(id)?.position2d ?? [0, 0]),
    ...children.map(({ id }) => genome.regions.get(id)?.position2d ?? [0, 0]),
  ];
  const [x, from] = genome.regions.get(top.id)?.position2d ?? [0, 0];
  let y = from + nodeSize[1];
  while (nodes.some((at) => Math.abs(at[0]! - x) < nodeSize[0] && Math.abs(at[1]! - y) < nodeSize[1])) y += nodeSize[1];
  return [x, y];
}

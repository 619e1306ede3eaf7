/**
 * Function morphologies: one row each, the id selects the law. A law that the table lacks grows no synapses.
 *
 * `origin` tells where a law runs upstream: FEAGI's own grow always, those of the Python original in standard only.
 * Source: spec/development.md sections 5.2 to 5.7.
 */
import type { Vec3 } from "#contracts/connectome.ts";
import type { Random } from "../random.ts";
import {
  always,
  bitsOfValue,
  centred,
  clamped,
  expanded,
  only,
  paired,
  projected,
  reduced,
  repeated,
  same,
  tenths,
  valuesWithBit,
  wrapped,
} from "./axes.ts";
import { rotatorZ, sweeper } from "./paths.ts";
import { type AxisRule, product, type Shape, type VoxelRule, volume, voxelRule } from "./voxel-rule.ts";

export interface FunctionMorphology {
  origin: "feagi" | "python";
  rule(shape: Shape, random: Random): VoxelRule;
  /** Which neuron of a destination voxel is reached; the last unless said. */
  neuronInVoxel?: "first";
  /** Neurons of one source voxel go different ways. */
  perNeuron?: true;
}

type AxisNumber = 0 | 1 | 2;
type AxisLaw = (from: number, to: number, axis: AxisNumber) => AxisRule;

export const functionMorphologies: Readonly<Record<string, FunctionMorphology>> = {
  projector: feagi(axes(projected)),
  transpose_xy: feagi(transposed([1, 0, 2])),
  transpose_yz: feagi(transposed([0, 2, 1])),
  transpose_xz: feagi(transposed([2, 1, 0])),
  centered_projector: feagi(axes(centred)),
  block_to_block: feagi(axes((_, to) => clamped(to))),
  last_to_first: { ...feagi(axes((from) => only(from - 1, 0))), neuronInVoxel: "first" },
  first_to_last: { ...feagi(axes((_, to) => only(0, to - 1))), neuronInVoxel: "first" },
  sweeper: feagi(sweeper),
  rotator_z: feagi(rotatorZ),
  bitmask_encoder_x: feagi(axes(onAxis(0, valuesWithBit, (_, to) => clamped(to)))),
  bitmask_encoder_y: feagi(axes(onAxis(1, valuesWithBit, (_, to) => clamped(to)))),
  bitmask_encoder_z: feagi(axes(onAxis(2, valuesWithBit, (_, to) => clamped(to)))),
  bitmask_decoder_x: feagi(
    axes(
      onAxis(
        0,
        (_, to) => bitsOfValue(to),
        (_, to) => clamped(to),
      ),
    ),
  ),
  bitmask_decoder_y: feagi(
    axes(
      onAxis(
        1,
        (_, to) => bitsOfValue(to),
        (_, to) => clamped(to),
      ),
    ),
  ),
  bitmask_decoder_z: feagi(
    axes(
      onAxis(
        2,
        (_, to) => bitsOfValue(to),
        (_, to) => clamped(to),
      ),
    ),
  ),
  tile: feagi(tile),
  projector_xy: python(transposed([1, 0, 2])),
  projector_yz: python(transposed([0, 2, 1])),
  projector_xz: python(transposed([2, 1, 0])),
  expander_x: python(
    axes(
      onAxis(
        0,
        (_, to) => expanded(to),
        () => always(0),
      ),
    ),
  ),
  reducer_x: python(
    axes(
      onAxis(
        0,
        (_, to) => reduced(to),
        () => always(0),
      ),
    ),
  ),
  lateral_pairs_x: python(axes(onAxis(0, paired, (_, to) => same(to)))),
  block_connection: python(
    axes(
      onAxis(
        0,
        (_, to) => tenths(to),
        (_, to) => same(to),
      ),
    ),
  ),
  project_from_end_x: python(axes(onAxis(0, (from) => only(from - 1, 0), projected))),
  project_from_end_y: python(axes(onAxis(1, (from) => only(from - 1, 0), projected))),
  project_from_end_z: python(axes(onAxis(2, (from) => only(from - 1, 0), projected))),
  randomizer: { ...python(anywhere), perNeuron: true },
};

function feagi(rule: FunctionMorphology["rule"]): FunctionMorphology {
  return { origin: "feagi", rule };
}

function python(rule: FunctionMorphology["rule"]): FunctionMorphology {
  return { origin: "python", rule };
}

/** One law for each axis. */
function axes(law: AxisLaw) {
  return ({ source, target }: Shape): VoxelRule => {
    const along = (axis: AxisNumber) => law(source[axis], target[axis], axis);
    return product(target, [along(0), along(1), along(2)]);
  };
}

/** One law on the named axis, another on the two that remain. */
function onAxis(named: AxisNumber, law: (from: number, to: number) => AxisRule, others: (from: number, to: number) => AxisRule): AxisLaw {
  return (from, to, axis) => (axis === named ? law(from, to) : others(from, to));
}

/** Projector after the axes of the source were swapped; the destination keeps its own. */
function transposed([a, b, c]: readonly [AxisNumber, AxisNumber, AxisNumber]) {
  return ({ source, target }: Shape): VoxelRule => {
    const swapped: Vec3 = [source[a], source[b], source[c]];
    const project = axes(projected)({ source: swapped, target });
    return voxelRule(
      () => project.pairs(swapped),
      (x, y, z, targets) => {
        const voxel: Vec3 = [x, y, z];
        project(voxel[a], voxel[b], voxel[c], targets);
      },
    );
  };
}

function tile({ source, target }: Shape): VoxelRule {
  const larger = volume(source) > volume(target);
  return axes((from, to) => (larger ? wrapped(to) : repeated(from, to)))({ source, target });
}

function anywhere({ target }: Shape, random: Random): VoxelRule {
  const voxels = volume(target);
  return voxelRule(volume, (_x, _y, _z, targets) => targets.push(random.below(voxels)));
}

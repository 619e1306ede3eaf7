/** Selects the voxels of neurons of an area, and tells how many these are. */
import type { CorticalId } from "#contracts/connectome.ts";
import { mostVoxels } from "../scene/marquee.ts";
import { voxelOfNeuron } from "../scene/placement.ts";
import type { SelectHow } from "../stores/selection-store.ts";
import { useWorkbench } from "./workbench.ts";

export function useSelectNeurons(): (area: CorticalId, neurons: readonly number[], how?: SelectHow) => number {
  const { stores } = useWorkbench();
  return (id, neurons, how) => {
    const area = stores.brain.getState().areaById.get(id);
    if (!area) return 0;
    // Several neurons may live in one voxel.
    const voxels = new Map(
      neurons.slice(0, mostVoxels).flatMap((neuron) => {
        const voxel = voxelOfNeuron(area, neuron);
        return voxel ? [[voxel.join(), voxel] as const] : [];
      }),
    );
    if (voxels.size > 0) stores.selection.getState().selectVoxels(id, [...voxels.values()], how);
    return voxels.size;
  };
}

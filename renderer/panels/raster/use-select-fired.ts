/** Selects the voxels of neurons that fired, and says how many. */
import type { CorticalId } from "#contracts/connectome.ts";
import { mostVoxels } from "../../scene/marquee.ts";
import { voxelOfNeuron } from "../../scene/placement.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { SelectHow } from "../../stores/selection-store.ts";
import { t } from "../../ui/messages.ts";

/** What is under the pointer, or what was done. */
export interface Said {
  text: string;
  isDone: boolean;
}

export function useSelectFired(say: (said: Said) => void): (area: CorticalId, neurons: readonly number[], how?: SelectHow) => void {
  const { stores } = useWorkbench();
  return (id, neurons, how) => {
    const area = stores.brain.getState().areaById.get(id);
    if (!area) return;
    // Several neurons may live in one voxel.
    const voxels = new Map(
      neurons.slice(0, mostVoxels).flatMap((neuron) => {
        const voxel = voxelOfNeuron(area, neuron);
        return voxel ? [[voxel.join(), voxel] as const] : [];
      }),
    );
    say({ text: t("raster.caught", { count: neurons.length, selected: voxels.size }), isDone: true });
    if (voxels.size > 0) stores.selection.getState().selectVoxels(id, [...voxels.values()], how);
  };
}

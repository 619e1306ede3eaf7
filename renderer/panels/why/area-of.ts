/** Which area a neuron is of, and how it is called on screen. */
import { useStore } from "zustand";
import type { CorticalArea } from "#contracts/connectome.ts";
import { voxelOfNeuron } from "../../scene/placement.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { areaOfNeuron } from "../../stores/brain-store.ts";

export function useAreaOf(): (neuron: number) => CorticalArea | undefined {
  const { stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  return (neuron) => areaOfNeuron(areas, neuron);
}

/** Selects a neuron with its area and voxel, as a click in the scene would. */
export function useSelectNeuron(): (neuron: number) => void {
  const { stores } = useWorkbench();
  return (neuron) => {
    const area = areaOfNeuron(stores.brain.getState().areas, neuron);
    const voxel = area && voxelOfNeuron(area, neuron);
    if (area && voxel) stores.selection.getState().selectVoxel(area.id, voxel, neuron);
  };
}

/** Selects the voxels of neurons that fired, and says how many. */
import type { CorticalId } from "#contracts/connectome.ts";
import { useSelectNeurons } from "../../shell/use-select-neurons.ts";
import type { SelectHow } from "../../stores/selection-store.ts";
import { t } from "../../ui/messages.ts";

/** What is under the pointer, or what was done. */
export interface Said {
  text: string;
  isDone: boolean;
}

export function useSelectFired(say: (said: Said) => void): (area: CorticalId, neurons: readonly number[], how?: SelectHow) => void {
  const select = useSelectNeurons();
  return (area, neurons, how) =>
    say({ text: t("raster.caught", { count: neurons.length, selected: select(area, neurons, how) }), isDone: true });
}

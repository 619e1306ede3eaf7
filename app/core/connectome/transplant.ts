/** After a rebuild: where each neuron of the old brain lives on, so that its state can be carried over. */
import type { Connectome } from "./connectome.ts";

/** A neuron whose area is gone or has another size. */
export const GONE = 0xffffffff;

/** Old neuron id → new neuron id, or `GONE`. Areas of unchanged size keep all their neurons. */
export function transplant(old: Connectome, regrown: Connectome): Uint32Array {
  const moves = new Uint32Array(old.image.neurons.count).fill(GONE);
  for (const area of old.areas.values()) {
    const now = regrown.areas.get(area.id);
    const isUnchanged =
      now?.neuronsPerVoxel === area.neuronsPerVoxel && now.dimensions.every((size, axis) => size === area.dimensions[axis]);
    if (!now || !isUnchanged) continue;
    for (let k = 0; k < area.neurons; k++) moves[area.firstNeuron + k] = now.firstNeuron + k;
  }
  return moves;
}

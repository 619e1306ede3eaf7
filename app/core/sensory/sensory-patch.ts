/** Senses on a living brain: without areas that are gone, which of them hold their last frame, and frames as input an engine takes. */
import type { HeldInput } from "#contracts/commands/sensory.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { neuronAt } from "../engine/stimulus.ts";
import { type ActingFrame, noSensory, type Sensory, sense, withoutSenses } from "./sensory.ts";
import { isHeld } from "./sensory-hold.ts";

/** A connectome is never changed in place, so each is asked once. */
const lastHeldOf = new WeakMap<Connectome, ReadonlySet<CorticalId>>();

/** Areas whose last frame acts again over a gap of one burst. */
export function lastHeldIn(connectome: Connectome): ReadonlySet<CorticalId> {
  const known = lastHeldOf.get(connectome);
  if (known) return known;
  const held = new Set([...connectome.genome.areas.values()].filter(isHeld).map(({ id }) => id));
  lastHeldOf.set(connectome, held);
  return held;
}

export function livingSenses(sensory: Sensory, { areas }: Pick<Connectome, "areas">): Sensory {
  return sensory === noSensory ? sensory : withoutSenses(sensory, (area) => !areas.has(area));
}

/** Stages what acts. Voxels outside of an area are passed over. */
export function sensoryPatch(acting: readonly ActingFrame[], { areas }: Pick<Connectome, "areas">): Uint32Array {
  const patch = new PatchWriter();
  for (const { frame } of acting) {
    const input = staged(frame, areas);
    if (input.length === 0) continue;
    patch.begin("stageInput", 2 * input.length);
    for (const [neuron, potential] of input) patch.u32(neuron).f32(potential);
  }
  return patch.take();
}

/** What is held for a burst. */
export function heldInputs(sensory: Sensory, burst: number, connectome: Connectome): HeldInput[] {
  const { acting } = sense(livingSenses(sensory, connectome), burst, lastHeldIn(connectome));
  return acting.flatMap(({ frame: { area, voxels }, held }) => (held ? [{ area, ...held, voxels: voxels.length }] : []));
}

/** The neurons that get held input in a burst. At most one frame is held for an area. */
export function heldNeurons(sensory: Sensory, burst: number, connectome: Connectome): Map<number, ActingFrame["held"] & {}> {
  const { acting } = sense(livingSenses(sensory, connectome), burst, lastHeldIn(connectome));
  const neurons = acting.flatMap(({ frame, held }) =>
    held ? staged(frame, connectome.areas).map(([neuron]) => [neuron, held] as const) : [],
  );
  return new Map(neurons);
}

function staged({ area: id, voxels }: ActingFrame["frame"], areas: Connectome["areas"]): [neuron: number, potential: number][] {
  const area = areas.get(id);
  if (!area) return [];
  return voxels.flatMap(([x, y, z, potential]): [number, number][] => {
    const neuron = neuronAt(area, [x, y, z]);
    return neuron === null ? [] : [[neuron, potential]];
  });
}

/** What a FEAGI neuron is given in a burst, read from its eve. Source: spec/burst-engine.md 3. */
import { type Addend, fromSpikes, type Spike, summed } from "./dynamics.ts";
import type { Eve } from "./eve.ts";

const FATIGUE_AREA = 2;
/** What becomes of a replayed voxel. */
export const replayed = { forced: 0, staged: 1 } as const;

/** What a neuron is given in a burst, in the order of the engine's sum. */
export function inputsOf(eve: Eve, neuron: number, arrived: readonly Spike[]): Addend[] {
  const addends = fromSpikes(arrived);
  const add = (origin: Addend["origin"], value: number) => addends.push({ origin, value, synapse: null });
  const [ids, potentials] = [eve.u32("stagedId"), eve.f32("stagedPotential")];
  ids.forEach((id, at) => {
    if (id === neuron) add("input", potentials[at]!);
  });
  if (eve.u8("replayKind").length > 0) for (const potential of replayedAt(eve, neuron, replayed.staged)) add("memory", potential);
  const globals = eve.u32("globals");
  const amount = eve.f32("globals")[0]!;
  if (globals[2] === neuron) add("power", amount);
  if (globals[1] === 1 && eve.u32("area")[neuron] === FATIGUE_AREA && isAlive(eve, neuron)) add("fatigue", amount);
  const [injected, injectedPotential] = [eve.u32("injectedId"), eve.f32("injectedPotential")];
  injected.forEach((id, at) => {
    if (id === neuron) add("memory", injectedPotential[at]!);
  });
  return addends;
}

export const sumOf = (addends: readonly Addend[]) => summed(addends, 0, (sum, value) => Math.fround(sum + value));

export function isAlive(eve: Eve, neuron: number): boolean {
  return (eve.u8("neuronFlags")[neuron]! & 1) !== 0;
}

/** Potentials that the replay of a memory gives a neuron in this burst. */
export function replayedAt(eve: Eve, neuron: number, wanted: (typeof replayed)[keyof typeof replayed]): number[] {
  const [bursts, areas, potentials, kinds] = [
    eve.u32("replayBurst"),
    eve.u32("replayArea"),
    eve.f32("replayPotential"),
    eve.u8("replayKind"),
  ];
  const place = (["x", "y", "z"] as const).map((axis) => eve.u32(axis)[neuron]!);
  const [x, y, z] = [eve.u32("replayX"), eve.u32("replayY"), eve.u32("replayZ")];
  const isHere = (at: number) => areas[at] === eve.u32("area")[neuron] && x[at] === place[0] && y[at] === place[1] && z[at] === place[2];
  const isDue = (at: number) => bursts[at] === eve.burst + 1 && (kinds[at] ?? replayed.forced) === wanted;
  return [...bursts.keys()].filter((at) => isDue(at) && isHere(at)).map((at) => potentials[at]!);
}

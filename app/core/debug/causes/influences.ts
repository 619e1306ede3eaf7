/** What memories and modulators had to do with a neuron's burst, besides the addends of its sum. Source: spec/burst-engine-extensions.md 8 and 11. */
import { type Influence, real } from "#contracts/debug.ts";
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import { type Eve, placeOf } from "./eve.ts";
import { replayed, replayedAt } from "./inputs.ts";

const settings = ["threshold", "leak", "excitability"] as const;

/** Of a neuron with a place. */
export function influencesOn(eve: Eve, neuron: number): Influence[] {
  const isReplayed = replayedAt(eve, neuron, replayed.forced).length + replayedAt(eve, neuron, replayed.staged).length > 0;
  return [
    ...(placeOf(eve.u32("trainNeuron"), neuron) >= 0 ? [{ kind: "spike train" } as const] : []),
    ...(isReplayed ? [{ kind: "replay", memories: replaying(eve, neuron) } as const] : []),
    ...modulated(eve, neuron),
  ];
}

/** Settings that are not what they would be without modulators. */
function modulated(eve: Eve, neuron: number): Influence[] {
  const areas = eve.u32("baselineArea");
  if (areas.length === 0) return [];
  const [kinds, factors, sizes] = [eve.u8("baselineKind"), eve.f32("baselineFactor"), eve.u32("baselineSize")];
  const [neurons, values] = [eve.u32("baselineNeuron"), eve.f32("baselineValue")];
  const area = eve.u32("area")[neuron]!;
  const found: Influence[] = [];
  for (let i = 0, from = 0; i < areas.length; from += sizes[i++]!) {
    if (areas[i] !== area || factors[i] === 1) continue;
    const at = placeOf(neurons.subarray(from, from + sizes[i]!), neuron);
    if (at < 0) continue;
    const kind = kinds[i]!;
    const setting = settings[kind]!;
    found.push({
      ...{ kind: "modulated", setting, baseline: real(values[from + at]!), factor: real(factors[i]!) },
      ...{ value: real(eve.f32(setting)[neuron]!), modulators: heard(eve, area, kind) },
    });
  }
  return found;
}

/** Numbers of the modulators of a kind that an area listens to. */
function heard(eve: Eve, area: number, kind: number): { number: number; kind: (typeof modulatorKinds)[number]; driver: number }[] {
  const [numbers, kinds, drivers] = [eve.u32("modulatorNumber"), eve.u8("modulatorKind"), eve.u32("modulatorDriver")];
  const areas = eve.u32("subscriptionArea");
  const listed = new Set(eve.u32("subscriptionModulator").filter((_, at) => areas[at] === area));
  return Array.from(numbers, (number, at) => ({ number, kind: modulatorKinds[kinds[at]!]!, driver: drivers[at]! })).filter(
    (one, at) => listed.has(one.number) && kinds[at] === kind,
  );
}

/** Memory neurons with a frame that shows this neuron's voxel on its area. One that shows it at once must have fired in the burst before. */
function replaying(eve: Eve, neuron: number): number[] {
  const area = eve.u32("area")[neuron]!;
  const place = (["x", "y", "z"] as const).map((axis) => eve.u32(axis)[neuron]!);
  const areaOf = new Map(Array.from(eve.u32("memoryId"), (id, at) => [id, eve.u32("memoryArea")[at]!]));
  const [memoryAreas, upstreams, twins] = [eve.u32("twinMemoryArea"), eve.u32("twinUpstreamArea"), eve.u32("twinArea")];
  const isShown = (memory: number, upstream: number) =>
    twins.some((twin, at) => twin === area && memoryAreas[at] === areaOf.get(memory) && upstreams[at] === upstream);
  const [memories, offsets, sources, counts] = [
    eve.u32("frameNeuron"),
    eve.u32("frameOffset"),
    eve.u32("frameUpstreamArea"),
    eve.u32("frameVoxels"),
  ];
  const [x, y, z] = [eve.u32("voxelX"), eve.u32("voxelY"), eve.u32("voxelZ")];
  const found = new Set<number>();
  for (let i = 0, from = 0; i < memories.length; from += counts[i++]!) {
    const memory = memories[i]!;
    if (!isShown(memory, sources[i]!) || (offsets[i] === 0 && placeOf(eve.u32("firedId"), memory) < 0)) continue;
    for (let at = from; at < from + counts[i]!; at++) {
      if (x[at] === place[0] && y[at] === place[1] && z[at] === place[2]) found.add(memory);
    }
  }
  return [...found];
}

/** Writes a transition as one engine patch, in an order in which each operation finds what it needs. */
import { PatchWriter } from "#contracts/patch.ts";
import { isSameShape, placesIn } from "./area-changes.ts";
import { changedParameters, writeNewArea, writeParameters } from "./area-parameters.ts";
import type { Kept } from "./kept.ts";
import type { NeuronChanges } from "./neuron-changes.ts";
import { writeValues } from "./neuron-values.ts";
import type { Prepared } from "./prepare.ts";
import type { Reading } from "./reading.ts";
import type { SynapseChanges } from "./synapse-changes.ts";
import { breath, type Work } from "./work.ts";

/** Neurons between two breaths. */
const BREATH = 100_000;

/** `switching`: the patch from the switches before to those after. */
interface Changed {
  neurons: NeuronChanges;
  synapses: SynapseChanges;
  switching: Uint32Array;
  back: Kept | undefined;
}

export function* transitionPatch(prepared: Prepared, reading: Reading, { neurons, synapses, switching, back }: Changed): Work<Uint32Array> {
  const { growth, changes, before, isStructural } = prepared;
  const patch = new PatchWriter();
  yield* writeNewNeurons(patch, prepared);
  for (const area of changes.added) writeNewArea(patch, area, growth.development === "standard");
  if (neurons.moves.length > 0) patch.begin("moveNeurons", neurons.moves.length).append(neurons.moves);
  const deleted = Uint32Array.from([...neurons.removed, ...neurons.stillborn]);
  if (deleted.length > 0) patch.begin("deleteNeurons", deleted.length).append(deleted);
  if (neurons.revived.length > 0) patch.op("reviveNeurons", neurons.revived);
  yield breath(growth);
  for (const { before: old, after } of changes.kept) writeParameters(patch, changedParameters(old.parameters, after.parameters), after);
  if (reading.memoryNeurons.length > 0) patch.op("removeMemoryNeurons", reading.memoryNeurons);
  if (synapses.slots.length > 0) patch.begin("removeSynapseSlots", synapses.slots.length).append(synapses.slots);
  synapses.groups.write(patch, synapses.additions);
  patch.append(switching);
  yield breath(growth);
  if (back) writeStates(patch, prepared, neurons, back);
  // Strict lists new synapses and forgets removed ones at a rebuild alone, which FEAGI makes after each of its edits.
  if (isStructural && before.dynamics === "feagi-strict") patch.op("rebuildSynapseIndex");
  return patch.take();
}

function* writeNewNeurons(patch: PatchWriter, { growth, neurons, firstFreeId }: Prepared): Work<void> {
  const fresh = growth.areas.map(({ area }) => area).filter(({ firstNeuron }) => firstNeuron >= firstFreeId);
  for (const { index, firstNeuron, neurons: count } of fresh.sort((a, b) => a.firstNeuron - b.firstNeuron)) {
    patch.begin("addNeurons", 1 + 9 * count).u32(index);
    for (let row = firstNeuron - firstFreeId; row < firstNeuron - firstFreeId + count; row++) {
      patch.u32(neurons.x[row]!).u32(neurons.y[row]!).u32(neurons.z[row]!);
      patch.f32(neurons.threshold[row]!).f32(neurons.thresholdLimit[row]!).f32(neurons.leak[row]!).f32(neurons.excitability[row]!);
      patch.u32((neurons.refractoryPeriod[row]! | (neurons.consecutiveFireLimit[row]! << 16)) >>> 0);
      patch.u32(neurons.snoozePeriod[row]! | (neurons.accumulates[row]! << 16));
      if (row % BREATH === BREATH - 1) yield breath(growth);
    }
  }
}

/** New neurons whose place a kept state is of take it up; those that moved have their own. */
function writeStates(patch: PatchWriter, { changes }: Prepared, { stillborn, moves }: NeuronChanges, { neurons }: Kept): void {
  const taken = new Set(stillborn);
  for (let i = 1; i < moves.length; i += 2) taken.add(moves[i]!);
  for (const area of [...changes.added, ...changes.moved.map(({ after }) => after)]) {
    const kept = neurons.get(area.id);
    if (!kept) continue;
    const places = isSameShape(kept.shape, area) ? null : placesIn(kept.shape, area);
    const words = new PatchWriter();
    kept.place.forEach((place, i) => {
      const id = area.firstNeuron + (places ? places[place]! : place);
      if ((places && places[place]! < 0) || taken.has(id)) return;
      words
        .u32(id)
        .f32(kept.potential[i]!)
        .u32((kept.countdown[i]! | (kept.consecutiveFires[i]! << 16)) >>> 0);
    });
    const states = words.take();
    if (states.length > 0) patch.begin("neuronStates", states.length).append(states);
    const own = [...kept.settings].map(([place, values]) => [places ? places[place]! : place, values] as const);
    const restored = own.filter(([place]) => place >= 0 && !taken.has(area.firstNeuron + place));
    if (restored.length > 0) patch.begin("neuronSettings", 7 * restored.length);
    for (const [place, values] of restored) writeValues(patch.u32(area.firstNeuron + place), values);
  }
}

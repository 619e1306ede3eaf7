/** Which neurons a transition moves, removes and leaves, hand-made ones and holes included. */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { placesIn } from "./area-changes.ts";
import type { KeptNeurons } from "./kept.ts";
import type { Prepared } from "./prepare.ts";
import type { Reading } from "./reading.ts";
import { breath, type Work } from "./work.ts";

export interface NeuronChanges {
  /** Arguments of moveNeurons. */
  moves: Uint32Array;
  /** Ids before. */
  removed: Uint32Array;
  /** Ids of new blocks whose places were empty and stay so. */
  stillborn: readonly number[];
  extras: Map<CorticalId, readonly number[]>;
  holes: Map<CorticalId, readonly number[]>;
  kept: Map<CorticalId, KeptNeurons>;
}

export const isExtra = ({ firstNeuron, neurons }: CorticalArea, id: number): boolean => id < firstNeuron || id >= firstNeuron + neurons;

/** Neurons between two breaths. */
const BREATH = 50_000;

export function* changeNeurons({ before, changes, growth }: Prepared, reading: Reading): Work<NeuronChanges> {
  const moves: number[] = [];
  const removed: number[] = [];
  const stillborn: number[] = [];
  const extras = new Map<CorticalId, readonly number[]>();
  const holes = new Map<CorticalId, readonly number[]>();
  const kept = new Map<CorticalId, KeptNeurons>();
  const remove = (area: CorticalArea, places: readonly number[]) => {
    kept.set(area.id, keptNeurons(area, places, reading));
    for (const place of places) removed.push(area.firstNeuron + place);
  };
  for (const { before: old, after } of changes.kept) {
    if (before.extras.has(old.id)) extras.set(after.id, before.extras.get(old.id)!);
    if (before.holes.has(old.id)) holes.set(after.id, before.holes.get(old.id)!);
  }
  for (const area of changes.removed) {
    const empty = new Set(before.holes.get(area.id));
    remove(
      area,
      Array.from({ length: area.neurons }, (_, place) => place).filter((place) => !empty.has(area.firstNeuron + place)),
    );
    for (const id of before.extras.get(area.id) ?? []) removed.push(id);
  }
  for (const { before: old, after } of changes.moved) {
    const empty = new Set(before.holes.get(old.id));
    const gone: number[] = [];
    const stillEmpty: number[] = [];
    const places = placesIn(old, after);
    for (let place = 0; place < places.length; place++) {
      const [to, id] = [places[place]!, old.firstNeuron + place];
      if (empty.has(id)) {
        if (to >= 0) stillEmpty.push(after.firstNeuron + to);
      } else if (to >= 0) moves.push(id, after.firstNeuron + to);
      else gone.push(place);
      if (place % BREATH === BREATH - 1) yield breath(growth);
    }
    remove(old, gone);
    holes.set(
      after.id,
      stillEmpty.sort((a, b) => a - b),
    );
    for (const id of stillEmpty) stillborn.push(id);
    const { inside = [], outside = [] } = Object.groupBy(before.extras.get(old.id) ?? [], (id) =>
      reading.placeOf(id).every((at, axis) => at < after.dimensions[axis]!) ? "inside" : "outside",
    );
    for (const id of outside) removed.push(id);
    extras.set(after.id, inside);
  }
  return {
    moves: Uint32Array.from(moves),
    removed: Uint32Array.from(removed),
    stillborn,
    extras: filled(extras),
    holes: filled(holes),
    kept,
  };
}

function keptNeurons(area: CorticalArea, places: readonly number[], { states }: Reading): KeptNeurons {
  const { potential, countdown, consecutiveFires, settings } = states.get(area.id)!;
  const gone = new Set(places);
  return {
    shape: area,
    settings: new Map([...settings].filter(([place]) => gone.has(place))),
    place: Uint32Array.from(places),
    potential: Float32Array.from(places, (place) => potential[place]!),
    countdown: Uint16Array.from(places, (place) => countdown[place]!),
    consecutiveFires: Uint16Array.from(places, (place) => consecutiveFires[place]!),
  };
}

const filled = (lists: Map<CorticalId, readonly number[]>) => new Map([...lists].filter(([, ids]) => ids.length > 0));

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
  for (const { before: old, after } of changes.kept) {
    if (before.extras.has(old.id)) extras.set(after.id, before.extras.get(old.id)!);
    if (before.holes.has(old.id)) holes.set(after.id, before.holes.get(old.id)!);
  }
  for (const { id } of changes.removed) for (const extra of before.extras.get(id) ?? []) removed.push(extra);
  for (const { before: old, after } of changes.moved) {
    const empty = new Set(before.holes.get(old.id));
    const stillEmpty: number[] = [];
    const places = placesIn(old, after);
    for (let place = 0; place < places.length; place++) {
      const [to, id] = [places[place]!, old.firstNeuron + place];
      if (empty.has(id)) {
        if (to >= 0) stillEmpty.push(after.firstNeuron + to);
      } else if (to >= 0) moves.push(id, after.firstNeuron + to);
      if (place % BREATH === BREATH - 1) yield breath(growth);
    }
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
  for (const area of [...changes.removed, ...changes.moved.map((one) => one.before)]) {
    for (const place of reading.going.get(area.id)!.place) removed.push(area.firstNeuron + place);
    yield breath(growth);
  }
  return {
    moves: Uint32Array.from(moves),
    removed: Uint32Array.from(removed),
    stillborn,
    extras: filled(extras),
    holes: filled(holes),
    kept: reading.going,
  };
}

const filled = (lists: Map<CorticalId, readonly number[]>) => new Map([...lists].filter(([, ids]) => ids.length > 0));

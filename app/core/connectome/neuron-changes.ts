/** Which neurons a transition moves, removes and leaves, hand-made ones and holes included. */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { isSameShape, placesIn } from "./area-changes.ts";
import type { Kept, KeptNeurons } from "./kept.ts";
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
  /** Neurons made by hand that come back with their area. */
  revived: readonly number[];
  extras: Map<CorticalId, readonly number[]>;
  holes: Map<CorticalId, readonly number[]>;
  kept: Map<CorticalId, KeptNeurons>;
}

export const isExtra = ({ firstNeuron, neurons }: CorticalArea, id: number): boolean => id < firstNeuron || id >= firstNeuron + neurons;

/** Neurons between two breaths. */
const BREATH = 50_000;

export function* changeNeurons({ before, changes, growth }: Prepared, reading: Reading, back?: Kept): Work<NeuronChanges> {
  const moves: number[] = [];
  const removed: number[] = [];
  const stillborn: number[] = [];
  const extras = new Map<CorticalId, readonly number[]>();
  const holes = new Map<CorticalId, readonly number[]>();
  for (const { before: old, after } of changes.kept) {
    if (before.extras.has(old.id)) extras.set(after.id, before.extras.get(old.id)!);
    if (before.holes.has(old.id)) holes.set(after.id, before.holes.get(old.id)!);
  }
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
    const leaving = new Set(reading.going.get(old.id)!.extras);
    extras.set(
      after.id,
      (before.extras.get(old.id) ?? []).filter((id) => !leaving.has(id)),
    );
  }
  for (const area of [...changes.removed, ...changes.moved.map((one) => one.before)]) {
    const going = reading.going.get(area.id)!;
    for (const place of going.place) removed.push(area.firstNeuron + place);
    for (const id of going.extras) removed.push(id);
    yield breath(growth);
  }
  const revived: number[] = [];
  for (const area of [...changes.added, ...changes.moved.map((one) => one.after)]) {
    const then = back?.neurons.get(area.id);
    if (!then || !isSameShape(then.shape, area)) continue;
    const empty = then.holes.map((place) => area.firstNeuron + place);
    stillborn.push(...empty);
    revived.push(...then.extras);
    holes.set(area.id, inOrder(holes.get(area.id), empty));
    extras.set(area.id, inOrder(extras.get(area.id), then.extras));
  }
  return {
    moves: Uint32Array.from(moves),
    removed: Uint32Array.from(removed),
    stillborn,
    revived,
    extras: filled(extras),
    holes: filled(holes),
    kept: reading.going,
  };
}

const inOrder = (some: readonly number[] = [], more: readonly number[]) => [...some, ...more].sort((a, b) => a - b);

const filled = (lists: Map<CorticalId, readonly number[]>) => new Map([...lists].filter(([, ids]) => ids.length > 0));

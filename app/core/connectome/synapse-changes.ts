/**
 * Which synapses a transition removes and adds.
 *
 * Of a mapping that is `renewed` every synapse goes and all its rules grow; of a `resized` one only what differs. Synapses of neurons
 * made by hand are no rule's, they go with their ends alone. Where the edit takes another one back, what that one took out comes
 * back exactly, instead of what the rules grow.
 */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { placesIn } from "./area-changes.ts";
import type { LivingRows } from "./concern.ts";
import { EXTRA, type Kept, type KeptSynapses, keptSynapses } from "./kept.ts";
import { lawOf, pairKey } from "./mapping-changes.ts";
import { isExtra, type NeuronChanges } from "./neuron-changes.ts";
import { areasById, rowsByPair } from "./pair-rows.ts";
import type { Prepared } from "./prepare.ts";
import { matched } from "./same-synapses.ts";
import { addedBefore, addGrown, BREATH } from "./synapse-additions.ts";
import { GroupStamps } from "./synapse-groups.ts";
import { breath, breathing, type Work } from "./work.ts";

export interface PairChange {
  src: CorticalId;
  dst: CorticalId;
  added: number;
  removed: number;
}

export interface SynapseChanges {
  /** Arguments of removeSynapseSlots and of addSynapses. */
  slots: Uint32Array;
  additions: Uint32Array;
  groups: GroupStamps;
  /** By pair, in ids after the edit where there are any. */
  pairs: Map<string, PairChange>;
  kept: Map<string, KeptSynapses>;
}

/** A pair of areas before and after; an end without an area is not there then. */
export interface Pair {
  key: string;
  before: [CorticalArea | undefined, CorticalArea | undefined];
  after: [CorticalArea | undefined, CorticalArea | undefined];
  /** Rows of the living synapses, and of the grown ones. */
  living: Uint32Array;
  grown: Uint32Array;
}

const none = new Uint32Array(0);

export function* changeSynapses(prepared: Prepared, rows: LivingRows, neurons: NeuronChanges, back?: Kept): Work<SynapseChanges> {
  const { before, growth, regrowths, regrouped, grown } = prepared;
  const slots = new PatchWriter();
  const additions = new PatchWriter();
  const changes: SynapseChanges = {
    ...{ slots: none, additions: none, pairs: new Map(), kept: new Map() },
    groups: new GroupStamps(growth, grown.count),
  };
  const hasGroups = growth.modulation.groups.length > 0;
  let count = 0;
  const placeAfter = placesAfter(prepared, neurons);
  const empty = new Set([...neurons.holes.values()].flat());
  for (const pair of yield* pairsOf(prepared, rows, back)) {
    yield breath(growth);
    const how = regrowths.get(pair.key);
    const { lost, staying, places } = yield* breathing(growth, sorted(pair, rows, placeAfter));
    const [source, target] = pair.after;
    const fresh = source && target ? placesOfGrown(grown, pair.grown, source, target) : { source: none, target: none };
    const same = how === "resized" ? yield* breathing(growth, matched(places, fresh, source!.neurons, BREATH)) : null;
    const kept = back?.synapses.get(pair.key);
    if (how !== undefined) {
      const isAdded = addedBefore(prepared, pair, rows, kept);
      for (let i = 0; i < staying.length; i++) {
        const row = staying[i]!;
        if (same?.grows[i] === 1 && !isAdded(row)) continue;
        slots.u32(rows.slot[row]!);
        lost.push(row);
      }
      yield breath(growth);
    }
    const groupsOf = () => (source && target ? changes.groups.groupsOf([source.id, target.id], pair.grown, fresh) : () => 0);
    if (regrouped.has(pair.key)) {
      const removed = new Set(lost);
      const groupOf = groupsOf();
      staying.forEach((row, i) => {
        const group = groupOf(places.source[i]!, places.target[i]!);
        if (!removed.has(row)) changes.groups.stays(rows.slot[row]!, group);
      });
    }
    const isLiving = (id: number, place: number) => (place >= EXTRA ? placeAfter.hasExtra(id) : !empty.has(id));
    const added: [number[], number[]] =
      source && target
        ? yield* breathing(growth, addGrown(additions, { prepared, how, pair, source, target, fresh, same, kept, isLiving }))
        : [[], []];
    if (hasGroups) {
      const groupOf = groupsOf();
      added[0].forEach((place, i) => {
        changes.groups.added(count++, groupOf(place, added[1][i]!));
      });
    }
    const [oldSource, oldTarget] = pair.before;
    if (oldSource && oldTarget) {
      const ends = [oldSource, oldTarget] as const;
      changes.kept.set(pairKey(oldSource.id, oldTarget.id), {
        ...(yield* breathing(growth, keptSynapses(rows, lost, ends, BREATH))),
        law: lawOf(before.genome, before.genome.areas.get(oldSource.id)?.mappings.get(oldTarget.id)),
        shapes: ends,
        added: {
          shapes: source && target ? [source, target] : null,
          source: Uint32Array.from(added[0]),
          target: Uint32Array.from(added[1]),
        },
      });
    }
    if (added[0].length + lost.length > 0) {
      const [src, dst] = pair.key.split(">") as [CorticalId, CorticalId];
      changes.pairs.set(pair.key, { src, dst, added: added[0].length, removed: lost.length });
    }
  }
  return { ...changes, slots: slots.take(), additions: additions.take() };
}

/** Every pair that loses or gains synapses, or might. */
function* pairsOf(
  { growth, changes, regrowths, grown, firstFreeId, neurons, concern }: Prepared,
  rows: LivingRows,
  back?: Kept,
): Work<Iterable<Pair>> {
  const { areas: old, areaOf, isWanted } = concern;
  const now = growth.areas.map(({ area }) => area);
  const idAfter = (area: CorticalArea) => changes.successors.get(area.id) ?? area.id;
  const pairs = new Map<string, Pair>();
  const oldById = new Map(old.map((area) => [idAfter(area), area]));
  const pairOf = (key: string): Pair => {
    const [src, dst] = key.split(">") as [CorticalId, CorticalId];
    const after = [src, dst].map((id) => growth.areaById.get(id)?.area) as Pair["after"];
    const known = pairs.get(key) ?? { key, before: [oldById.get(src), oldById.get(dst)], after, living: none, grown: none };
    pairs.set(key, known);
    return known;
  };
  const living = yield* breathing(growth, rowsByPair(rows, rows.slot.length, { areaOf, areas: old.length, isWanted, breath: BREATH }));
  const growing = yield* breathing(
    growth,
    rowsByPair(grown, grown.count, {
      areaOf: areasById(now, firstFreeId + neurons.count, () => []),
      areas: now.length,
      isWanted: () => true,
      breath: BREATH,
    }),
  );
  for (const [pair, found] of living) {
    pairOf(pairKey(idAfter(old[Math.floor(pair / old.length)]!), idAfter(old[pair % old.length]!))).living = found;
  }
  for (const [pair, found] of growing) pairOf(pairKey(now[Math.floor(pair / now.length)]!.id, now[pair % now.length]!.id)).grown = found;
  for (const key of [...regrowths.keys(), ...(back?.synapses.keys() ?? [])]) pairOf(key);
  return pairs.values();
}

type PlaceAfter = ((area: CorticalArea, id: number) => number) & { hasExtra(id: number): boolean };

/** Place after the edit of an id before it: `EXTRA` + id of a neuron made by hand, -1 of one that is gone. */
function placesAfter({ changes }: Prepared, { extras }: NeuronChanges): PlaceAfter {
  const translations = new Map<CorticalId, Int32Array | null>();
  for (const { before } of changes.kept) translations.set(before.id, null);
  for (const { before, after } of changes.moved) translations.set(before.id, placesIn(before, after));
  const living = new Set([...extras.values()].flat());
  const place = (area: CorticalArea, id: number) => {
    if (isExtra(area, id)) return living.has(id) ? EXTRA + id : -1;
    const translation = translations.get(area.id);
    if (translation === undefined) return -1;
    return translation === null ? id - area.firstNeuron : translation[id - area.firstNeuron]!;
  };
  return Object.assign(place, { hasExtra: (id: number) => living.has(id) });
}

/** Living rows that lose an end, those between two blocks with their places after the edit; the others are none of its business. */
function* sorted({ before: [source, target], living }: Pair, rows: LivingRows, placeAfter: PlaceAfter) {
  const lost: number[] = [];
  const staying: number[] = [];
  const places = { source: [] as number[], target: [] as number[] };
  for (let i = 0; i < living.length; i++) {
    const row = living[i]!;
    const [s, t] = [placeAfter(source!, rows.source[row]!), placeAfter(target!, rows.target[row]!)];
    if (s < 0 || t < 0) lost.push(row);
    else if (s < EXTRA && t < EXTRA) {
      staying.push(row);
      places.source.push(s);
      places.target.push(t);
    }
    if (i % BREATH === BREATH - 1) yield;
  }
  return { lost, staying, places };
}

function placesOfGrown({ source, target }: Prepared["grown"], rows: Uint32Array, from: CorticalArea, to: CorticalArea) {
  const places = { source: new Uint32Array(rows.length), target: new Uint32Array(rows.length) };
  for (let i = 0; i < rows.length; i++) {
    places.source[i] = source[rows[i]!]! - from.firstNeuron;
    places.target[i] = target[rows[i]!]! - to.firstNeuron;
  }
  return places;
}

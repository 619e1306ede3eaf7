/**
 * The synapses that come: what the rules grow and is not there yet, or exactly what the edit took out that is now taken back.
 */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { PatchWriter } from "#contracts/patch.ts";
import { isSameShape, placesIn } from "./area-changes.ts";
import type { LivingRows } from "./concern.ts";
import { EXTRA, type KeptSynapses } from "./kept.ts";
import { lawOf, type Regrowth } from "./mapping-changes.ts";
import type { Prepared } from "./prepare.ts";
import type { Matched } from "./same-synapses.ts";
import type { Pair } from "./synapse-changes.ts";

/** Synapses between two breaths. */
export const BREATH = 20_000;

/** Whether a living row is one that the edit which is taken back had added; each of its synapses counts once. */
export function addedBefore(
  { growth }: Prepared,
  { before, after }: Pair,
  rows: LivingRows,
  kept: KeptSynapses | undefined,
): (row: number) => boolean {
  const [source, target] = before;
  const shapes = kept?.added.shapes;
  const isBack = kept && shapes && source && target && isSameShape(shapes[0], source) && isSameShape(shapes[1], target);
  if (!isBack || !after[0] || !after[1] || !isExact(growth, after[0], after[1], kept)) return () => false;
  const counts = new Map<number, number>();
  const keyOf = (s: number, t: number) => s * target.neurons + t;
  kept.added.source.forEach((s, i) => {
    const key = keyOf(s, kept.added.target[i]!);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return (row) => {
    const key = keyOf(rows.source[row]! - source.firstNeuron, rows.target[row]! - target.firstNeuron);
    const left = counts.get(key) ?? 0;
    if (left > 0) counts.set(key, left - 1);
    return left > 0;
  };
}

interface Addition {
  prepared: Prepared;
  /** Undefined: it does not grow anew. */
  how: Regrowth | undefined;
  pair: Pair;
  source: CorticalArea;
  target: CorticalArea;
  /** Places of the grown rows. */
  fresh: { source: Uint32Array; target: Uint32Array };
  same: Matched | null;
  kept: KeptSynapses | undefined;
  isLiving(id: number, place: number): boolean;
}

/** Writes the synapses that come; returns the places of their ends. */
export function* addGrown(additions: PatchWriter, addition: Addition): Generator<void, [source: number[], target: number[]], void> {
  const { prepared, how, pair, source, target, fresh, same, kept, isLiving } = addition;
  const { growth, grown } = prepared;
  const added: [number[], number[]] = [[], []];
  const add = (s: number, t: number, weight: number, psp: number, packed: number) => {
    const [from, to] = [idAt(source, s), idAt(target, t)];
    if (!isLiving(from, s) || !isLiving(to, t)) return;
    additions.u32(from).u32(to).f32(weight).f32(psp).u32(packed);
    added[0].push(s);
    added[1].push(t);
  };
  if (kept && isExact(growth, source, target, kept)) {
    for (let i = 0; i < kept.source.length; i++) {
      add(kept.source[i]!, kept.target[i]!, kept.weight[i]!, kept.psp[i]!, kept.packed[i]!);
      if (i % BREATH === BREATH - 1) yield;
    }
    return added;
  }
  if (how === undefined) return added;
  const learned = kept && weightsOf(kept, addition);
  for (let i = 0; i < pair.grown.length; i++) {
    if (i % BREATH === BREATH - 1) yield;
    if (same?.there[i] === 1) continue;
    const row = pair.grown[i]!;
    const [s, t] = [fresh.source[i]!, fresh.target[i]!];
    const weight = learned?.get(s * target.neurons + t)?.pop() ?? grown.weight[row]!;
    add(s, t, weight, grown.psp[row]!, (grown.kind[row]! | (grown.delay[row]! << 8) | (grown.flags[row]! << 16)) >>> 0);
  }
  return added;
}

/** Whether the kept synapses are what the pair lacks: the rules and the boxes are those they were taken from. */
function isExact({ genome }: Prepared["growth"], source: CorticalArea, target: CorticalArea, { law, shapes }: KeptSynapses): boolean {
  const rules = genome.areas.get(source.id)?.mappings.get(target.id);
  return isSameShape(shapes[0], source) && isSameShape(shapes[1], target) && lawOf(genome, rules) === law;
}

/** Kept weights by place in the boxes of now, for rules that are as they were. */
function weightsOf({ law, shapes, source, target, weight }: KeptSynapses, addition: Addition): Map<number, number[]> | undefined {
  const { genome } = addition.prepared.growth;
  if (lawOf(genome, genome.areas.get(addition.source.id)?.mappings.get(addition.target.id)) !== law) return undefined;
  const [from, to] = [placesIn(shapes[0], addition.source), placesIn(shapes[1], addition.target)];
  const found = new Map<number, number[]>();
  for (let i = source.length - 1; i >= 0; i--) {
    const [s, t] = [from[source[i]!] ?? -1, to[target[i]!] ?? -1];
    if (s < 0 || t < 0) continue;
    const key = s * addition.target.neurons + t;
    found.set(key, [...(found.get(key) ?? []), weight[i]!]);
  }
  return found;
}

function idAt({ firstNeuron }: CorticalArea, place: number): number {
  return place >= EXTRA ? place - EXTRA : firstNeuron + place;
}

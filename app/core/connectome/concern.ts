/** The living synapses that a transition may remove: read in stretches, so that nobody is held up by the others. */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { Engine, SynapseRows } from "../engine/engine.ts";
import { pairKey } from "./mapping-changes.ts";
import { areasById } from "./pair-rows.ts";
import type { Prepared } from "./prepare.ts";

export type LivingRows = Omit<SynapseRows, "trace">;

/** Areas before, in order; a pair of them is source · their number + target. */
export interface Concern {
  areas: CorticalArea[];
  areaOf: Int32Array;
  isWanted(pair: number): boolean;
}

/** Pairs that grow anew, are modulated otherwise, or have an end that goes or moves. */
export function concernOf({
  before,
  changes,
  regrowths,
  regrouped,
  firstFreeId,
}: Pick<Prepared, "before" | "changes" | "regrowths" | "regrouped" | "firstFreeId">): Concern {
  const areas = [...before.areas.values()];
  const idAfter = ({ id }: CorticalArea): CorticalId => changes.successors.get(id) ?? id;
  const disturbed = new Set([...changes.removed, ...changes.moved.map((one) => one.before)]);
  const known = new Map<number, boolean>();
  return {
    areas,
    areaOf: areasById(areas, firstFreeId, ({ id }) => before.extras.get(id) ?? []),
    isWanted(pair) {
      let wanted = known.get(pair);
      if (wanted === undefined) {
        const [source, target] = [areas[Math.floor(pair / areas.length)]!, areas[pair % areas.length]!];
        const key = pairKey(idAfter(source), idAfter(target));
        wanted = disturbed.has(source) || disturbed.has(target) || regrowths.has(key) || regrouped.has(key);
        known.set(pair, wanted);
      }
      return wanted;
    },
  };
}

/** Slots read at once: a few milliseconds. */
const STRETCH = 50_000;

export function* concernedRows(
  { areas, areaOf, isWanted }: Concern,
  engine: Pick<Engine, "synapseCount" | "synapsesIn">,
): Generator<void, LivingRows, void> {
  const found = new RowStore();
  for (let from = 0, read = 0; read < engine.synapseCount; from += STRETCH) {
    const rows = engine.synapsesIn(from, from + STRETCH);
    read += rows.slot.length;
    let lastPair = -1;
    let wanted = false;
    for (let row = 0; row < rows.slot.length; row++) {
      const [source, target] = [areaOf[rows.source[row]!] ?? -1, areaOf[rows.target[row]!] ?? -1];
      if (source < 0 || target < 0) continue;
      const pair = source * areas.length + target;
      if (pair !== lastPair) {
        lastPair = pair;
        wanted = isWanted(pair);
      }
      if (wanted) found.push(rows, row);
    }
    yield;
  }
  return found.take();
}

const kinds = {
  slot: Uint32Array,
  source: Uint32Array,
  target: Uint32Array,
  weight: Float32Array,
  psp: Float32Array,
  kind: Uint8Array,
  delay: Uint8Array,
  flags: Uint8Array,
} as const;
const names = Object.keys(kinds) as (keyof LivingRows)[];

/** Rows that grow by half when they are full. */
class RowStore {
  #count = 0;
  #rows = emptyRows(1024);

  push(rows: LivingRows, row: number): void {
    if (this.#count === this.#rows.slot.length) {
      const larger = emptyRows(Math.ceil(this.#count * 1.5));
      for (const name of names) larger[name].set(this.#rows[name]);
      this.#rows = larger;
    }
    const [at, into] = [this.#count++, this.#rows];
    into.slot[at] = rows.slot[row]!;
    into.source[at] = rows.source[row]!;
    into.target[at] = rows.target[row]!;
    into.weight[at] = rows.weight[row]!;
    into.psp[at] = rows.psp[row]!;
    into.kind[at] = rows.kind[row]!;
    into.delay[at] = rows.delay[row]!;
    into.flags[at] = rows.flags[row]!;
  }

  take(): LivingRows {
    const count = this.#count;
    return Object.fromEntries(names.map((name) => [name, this.#rows[name].subarray(0, count)])) as unknown as LivingRows;
  }
}

function emptyRows(count: number): LivingRows {
  return Object.fromEntries(names.map((name) => [name, new kinds[name](count)])) as unknown as LivingRows;
}

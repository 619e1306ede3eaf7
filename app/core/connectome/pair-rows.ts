/** Synapses sorted by the pair of areas they run between, in two passes and without an object for each. */
import type { CorticalArea } from "#contracts/connectome.ts";

interface Ends {
  source: Uint32Array;
  target: Uint32Array;
}

/** Per id the position of its area in `areas`, -1 for an id of none. `extras`: ids outside of every block. */
export function areasById(areas: readonly CorticalArea[], ids: number, extras: (area: CorticalArea) => readonly number[]): Int32Array {
  const found = new Int32Array(ids).fill(-1);
  areas.forEach((area, at) => {
    found.fill(at, area.firstNeuron, area.firstNeuron + area.neurons);
    for (const id of extras(area)) found[id] = at;
  });
  return found;
}

/** Rows of each wanted pair, ascending; a pair is source · areas + target. Rows with an end outside of all areas are left out. */
export function* rowsByPair(
  { source, target }: Ends,
  count: number,
  { areaOf, areas, isWanted, breath }: { areaOf: Int32Array; areas: number; isWanted(pair: number): boolean; breath: number },
): Generator<void, Map<number, Uint32Array>, void> {
  const pairOf = new Int32Array(count);
  const sizes = new Map<number, number>();
  let lastPair = -1;
  let wanted = false;
  for (let row = 0; row < count; row++) {
    if (row % breath === breath - 1) yield;
    const [from, to] = [areaOf[source[row]!] ?? -1, areaOf[target[row]!] ?? -1];
    const pair = from < 0 || to < 0 ? -1 : from * areas + to;
    if (pair !== lastPair) {
      lastPair = pair;
      wanted = pair >= 0 && (sizes.has(pair) || isWanted(pair));
    }
    pairOf[row] = wanted ? pair : -1;
    if (wanted) sizes.set(pair, (sizes.get(pair) ?? 0) + 1);
  }
  const rows = new Map([...sizes].map(([pair, size]) => [pair, new Uint32Array(size)]));
  const filled = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    if (row % breath === breath - 1) yield;
    const pair = pairOf[row]!;
    if (pair < 0) continue;
    const at = filled.get(pair) ?? 0;
    rows.get(pair)![at] = row;
    filled.set(pair, at + 1);
  }
  return rows;
}

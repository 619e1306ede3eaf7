/** Which synapses that are there are among those that grow: the n-th between two neurons is the n-th between them. */

export interface Matched {
  /** Per grown row: 1 where it is there already. */
  there: Uint8Array;
  /** Per row that is there: 1 where it grows too. */
  grows: Uint8Array;
}

interface Ends {
  source: ArrayLike<number>;
  target: ArrayLike<number>;
}

/** Both by places: `sources` is how many places the source area has. Linear in the rows; yields now and then. */
export function* matched(now: Ends, grown: Ends, sources: number, breath: number): Generator<void, Matched, void> {
  const { rows: nowRows, start: nowStart } = bySource(now.source, sources);
  const { rows: grownRows, start: grownStart } = bySource(grown.source, sources);
  const there = new Uint8Array(grown.source.length);
  const grows = new Uint8Array(now.source.length);
  /** First row into a target that waits for its like; `next`: the one after it. */
  const waiting = new Map<number, number>();
  const next = new Int32Array(grown.source.length);
  let work = 0;
  for (let source = 0; source < sources; source++) {
    if (nowStart[source] === nowStart[source + 1] || grownStart[source] === grownStart[source + 1]) continue;
    waiting.clear();
    work += nowStart[source + 1]! - nowStart[source]! + grownStart[source + 1]! - grownStart[source]!;
    if (work >= breath) {
      yield;
      work = 0;
    }
    for (let i = grownStart[source + 1]! - 1; i >= grownStart[source]!; i--) {
      const row = grownRows[i]!;
      next[row] = waiting.get(grown.target[row]!) ?? -1;
      waiting.set(grown.target[row]!, row);
    }
    for (let i = nowStart[source]!; i < nowStart[source + 1]!; i++) {
      const row = nowRows[i]!;
      const same = waiting.get(now.target[row]!) ?? -1;
      if (same < 0) continue;
      waiting.set(now.target[row]!, next[same]!);
      there[same] = 1;
      grows[row] = 1;
    }
  }
  return { there, grows };
}

function bySource(source: ArrayLike<number>, sources: number): { rows: Uint32Array; start: Uint32Array } {
  const start = new Uint32Array(sources + 1);
  for (let row = 0; row < source.length; row++) start[source[row]! + 1]!++;
  for (let i = 0; i < sources; i++) start[i + 1]! += start[i]!;
  const next = start.slice();
  const rows = new Uint32Array(source.length);
  for (let row = 0; row < source.length; row++) rows[next[source[row]!]!++] = row;
  return { rows, start };
}

/** Which synapses that are there are among those that grow: the n-th between two neurons is the n-th between them. */

export interface Matched {
  /** Per grown row: 1 where it is there already. */
  there: Uint8Array;
  /** Per row that is there: 1 where it grows too. */
  grows: Uint8Array;
}

/** Both by places: `sources` is how many places the source area has. Linear in the rows. */
export function matched(
  now: { source: Uint32Array; target: Uint32Array },
  grown: { source: Uint32Array; target: Uint32Array },
  sources: number,
): Matched {
  const { rows: nowRows, start: nowStart } = bySource(now.source, sources);
  const { rows: grownRows, start: grownStart } = bySource(grown.source, sources);
  const there = new Uint8Array(grown.source.length);
  const grows = new Uint8Array(now.source.length);
  const waiting = new Map<number, number[]>();
  for (let source = 0; source < sources; source++) {
    if (nowStart[source] === nowStart[source + 1] || grownStart[source] === grownStart[source + 1]) continue;
    waiting.clear();
    for (let i = grownStart[source + 1]! - 1; i >= grownStart[source]!; i--) {
      const row = grownRows[i]!;
      const list = waiting.get(grown.target[row]!);
      if (list) list.push(row);
      else waiting.set(grown.target[row]!, [row]);
    }
    for (let i = nowStart[source]!; i < nowStart[source + 1]!; i++) {
      const row = nowRows[i]!;
      const same = waiting.get(now.target[row]!)?.pop();
      if (same === undefined) continue;
      there[same] = 1;
      grows[row] = 1;
    }
  }
  return { there, grows };
}

function bySource(source: Uint32Array, sources: number): { rows: Uint32Array; start: Uint32Array } {
  const start = new Uint32Array(sources + 1);
  for (const one of source) start[one + 1]!++;
  for (let i = 0; i < sources; i++) start[i + 1]! += start[i]!;
  const next = start.slice();
  const rows = new Uint32Array(source.length);
  source.forEach((one, row) => {
    rows[next[one]!++] = row;
  });
  return { rows, start };
}

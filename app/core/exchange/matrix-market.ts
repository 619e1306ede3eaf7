/**
 * Matrix Market (math.nist.gov/MatrixMarket): rows are sources, columns are targets, counted from 1 in the order of `ids`. An entry is
 * the postsynaptic potential of one spike: weight times psp, negative where it inhibits. Parallel synapses are added up, for
 * the format allows one entry a place.
 */
import { type ExportNetwork, grouped } from "./network.ts";

export function* matrixMarket(network: ExportNetwork): Generator<string> {
  const { ids, places, synapses } = network;
  const { source, target } = synapses;
  const { order, starts } = grouped(source.length, ids.length, (row) => places[source[row]!]!);
  yield "%%MatrixMarket matrix coordinate real general\n";
  yield `% ${network.title.replace(/\s+/g, " ")}, burst ${network.burst}\n`;
  yield "% row: source neuron, column: target neuron, value: weight * psp in engine potential, negative inhibits\n";
  yield `${ids.length} ${ids.length} ${entriesOf(network, order, starts)}\n`;
  const sums = new Float64Array(ids.length);
  const seenFrom = new Uint32Array(ids.length);
  let piece = "";
  for (let from = 0; from < ids.length; from++) {
    const targets: number[] = [];
    for (let i = starts[from]!; i < starts[from + 1]!; i++) {
      const row = order[i]!;
      const to = places[target[row]!]!;
      if (seenFrom[to] !== from + 1) {
        seenFrom[to] = from + 1;
        sums[to] = 0;
        targets.push(to);
      }
      sums[to]! += contribution(synapses, row);
    }
    for (const to of targets.sort((a, b) => a - b)) piece += `${from + 1} ${to + 1} ${sums[to]}\n`;
    if (piece.length > 65_536) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

/** What one spike adds to its target, in engine potential. */
export function contribution({ weight, psp, kind }: ExportNetwork["synapses"], row: number): number {
  return weight[row]! * psp[row]! * (kind[row] === 0 ? 1 : -1);
}

function entriesOf({ ids, places, synapses: { target } }: ExportNetwork, order: Uint32Array, starts: Uint32Array): number {
  const seenFrom = new Uint32Array(ids.length);
  let entries = 0;
  for (let from = 0; from < ids.length; from++)
    for (let i = starts[from]!; i < starts[from + 1]!; i++) {
      const to = places[target[order[i]!]!]!;
      if (seenFrom[to] !== from + 1) entries++;
      seenFrom[to] = from + 1;
    }
  return entries;
}

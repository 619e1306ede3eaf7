/**
 * Carries the state of a living brain over to a connectome that was regrown after an edit: burst number, membranes, countdowns,
 * scheduled arrivals, and the postsynaptic potentials of synapses whose two ends live on. Neurons that were not there before
 * start at rest.
 */
import type { Connectome } from "#core/connectome/connectome.ts";
import { GONE, transplant } from "#core/connectome/transplant.ts";
import type { Engine } from "#core/engine/engine.ts";
import { decodeSnapshot, encodeSnapshot, type SnapshotColumns } from "#core/engine/reference/snapshot-codec.ts";

/** The snapshot `regrown` goes on from. `blank` is an empty engine, used to lay the new image out. */
export function carryState(old: Connectome, snapshot: Uint8Array, regrown: Connectome, blank: Engine): Uint8Array {
  blank.load(regrown.image);
  const before = decodeSnapshot(snapshot);
  const after = decodeSnapshot(blank.snapshot());
  const moves = transplant(old, regrown);
  const [from, to] = [before.columns, after.columns];

  for (let id = 0; id < moves.length; id++) {
    const now = moves[id]!;
    if (now === GONE) continue;
    for (const name of ["potential", "lastUpdate", "countdown", "consecutiveFires"] as const) to[name][now] = from[name][id]!;
  }
  carrySynapses(from, to, moves);
  const columns: SnapshotColumns = {
    ...to,
    ...carried(from, ["arrivalBurst", "arrivalTarget", "arrivalSum"], "arrivalTarget", moves),
    ...carried(from, ["candidateId", "candidateSum"], "candidateId", moves),
    ...carried(from, ["firedId", "firedPotential"], "firedId", moves),
    ...carried(from, ["stagedId", "stagedPotential"], "stagedId", moves),
    ...carried(from, ["forcedId", "forcedPotential"], "forcedId", moves),
  };
  columns.globals[1] = from.globals[1]!;
  // Rows are ordered by neuron id (arrivals by burst first); ids may have changed places.
  for (const rows of [
    ["arrivalBurst", "arrivalTarget", "arrivalSum"],
    ["candidateId", "candidateSum"],
    ["firedId", "firedPotential"],
  ] as const) {
    sortRows(columns, rows);
  }
  return encodeSnapshot({ ...after, burst: before.burst, columns });
}

type Column = keyof SnapshotColumns;

/** Rows whose neuron lives on, under its new id. */
function carried(from: SnapshotColumns, names: readonly Column[], idColumn: Column, moves: Uint32Array): Partial<SnapshotColumns> {
  const kept: number[] = [];
  from[idColumn].forEach((id, row) => {
    if (id < moves.length && moves[id] !== GONE) kept.push(row);
  });
  return Object.fromEntries(
    names.map((name) => {
      const column = from[name].slice(0, kept.length);
      kept.forEach((row, i) => {
        column[i] = name === idColumn ? moves[from[name][row]!]! : from[name][row]!;
      });
      return [name, column];
    }),
  );
}

function sortRows(columns: SnapshotColumns, names: readonly Column[]): void {
  const keys = names.slice(0, -1).map((name) => columns[name]);
  const order = Array.from(keys[0]!, (_, row) => row).sort((a, b) => {
    for (const key of keys) if (key[a] !== key[b]) return key[a]! - key[b]!;
    return 0;
  });
  for (const name of names) {
    const column = columns[name].slice();
    order.forEach((row, i) => {
      columns[name][i] = column[row]!;
    });
  }
}

/** Weight and postsynaptic potential of the n-th synapse between two neurons go to the n-th between them now. */
function carrySynapses(from: SnapshotColumns, to: SnapshotColumns, moves: Uint32Array): void {
  const slots = new Map<number, number[]>();
  const neurons = to.area.length;
  to.source.forEach((source, slot) => {
    const key = source * neurons + to.target[slot]!;
    const list = slots.get(key);
    if (list) list.push(slot);
    else slots.set(key, [slot]);
  });
  for (let slot = 0; slot < from.source.length; slot++) {
    const [source, target] = [from.source[slot]!, from.target[slot]!];
    if (source >= moves.length || target >= moves.length || (from.synapseState[slot]! & 1) === 0) continue;
    const now = slots.get(moves[source]! * neurons + moves[target]!)?.shift();
    if (now === undefined || moves[source] === GONE || moves[target] === GONE) continue;
    to.weight[now] = from.weight[slot]!;
    to.psp[now] = from.psp[slot]!;
  }
}

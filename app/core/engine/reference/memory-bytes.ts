/** What a state takes: the bytes of its arrays. Maps of memory neurons and mappings are left out, they are small. */
import type { MemoryBytes } from "../engine.ts";
import type { NetworkState } from "./network-state.ts";

const bytesOf = (holder: object): number =>
  Object.values(holder).reduce((sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0), 0);

export function memoryBytesOf(state: NetworkState): MemoryBytes {
  const { synapses } = state;
  const rows = synapses.rowStart.byteLength + synapses.outDegree.byteLength;
  const lists = bytesOf(state.fired) + bytesOf(state.staged) + state.firedBits.byteLength;
  const neurons = bytesOf(state.neurons) + rows + lists;
  const ring = sumBytes(state.candidates) + state.arrivals.all().reduce((sum, sums) => sum + sumBytes(sums), 0);
  const shared = state.shared !== null && state.shared.holders > 1 ? bytesOf(synapses) : 0;
  return { neurons, synapses: bytesOf(synapses) - rows, ring, shared, total: neurons + bytesOf(synapses) - rows + ring };
}

/** `bits` is the memory of `sums`. */
const sumBytes = ({ sums, touched }: NetworkState["candidates"]): number => sums.byteLength + touched.byteLength;

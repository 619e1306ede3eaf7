/** What a state takes: the bytes of its arrays, spare sums and small maps left out. */
import type { MemoryBytes } from "../engine.ts";

/** The parts of a state that hold arrays. */
interface Holders {
  neurons: readonly object[];
  synapses: object;
  /** Where the rows of a source or target begin: counted with the neurons. */
  rowTables: readonly Uint32Array[];
  /** Sums of a burst that is under way. */
  sums(burst: number): object | undefined;
  burst: number;
  isShared: boolean;
}

export function memoryBytesOf({ neurons, synapses, rowTables, sums, burst, isShared }: Holders): MemoryBytes {
  const rows = rowTables.reduce((sum, table) => sum + table.byteLength, 0);
  const of = {
    neurons: rows + neurons.reduce<number>((sum, holder) => sum + bytesOf(holder), 0),
    synapses: bytesOf(synapses) - rows,
    ring: Array.from({ length: 255 }, (_, i) => bytesOf(sums(burst + i + 1) ?? {})).reduce((sum, bytes) => sum + bytes, 0),
  };
  return { ...of, shared: isShared ? of.synapses : 0, total: of.neurons + of.synapses + of.ring };
}

/** Bytes behind the arrays of an object; two views of one memory count once. */
function bytesOf(holder: object): number {
  const buffers = new Set<ArrayBufferLike>();
  for (const value of Object.values(holder)) if (ArrayBuffer.isView(value)) buffers.add(value.buffer);
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

/**
 * The memory of one growth. Every column is taken and given back here, so what a growth holds, and the most it ever held, is
 * known to the byte, and a growth that would pass its limit is refused instead of failing.
 */
import { refused } from "./growth.ts";

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export class GrowthMemory {
  /** Bytes a growth may hold. */
  readonly limitBytes: number;
  heldBytes = 0;
  peakBytes = 0;

  constructor(limitBytes = Number.POSITIVE_INFINITY) {
    this.limitBytes = limitBytes;
  }

  /** A column of zeros. */
  take<C extends Column>(kind: { new (rows: number): C; readonly BYTES_PER_ELEMENT: number }, rows: number): C {
    const bytes = rows * kind.BYTES_PER_ELEMENT;
    if (this.heldBytes + bytes > this.limitBytes) throw noMemory(this.heldBytes + bytes, this.limitBytes);
    try {
      const column = new kind(rows);
      this.heldBytes += bytes;
      this.peakBytes = Math.max(this.peakBytes, this.heldBytes);
      return column;
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw noMemory(this.heldBytes + bytes, this.heldBytes);
    }
  }

  /** Gives a column back at once, without waiting for the garbage collector. It must not be read afterwards. */
  free(column: Column): void {
    this.heldBytes -= column.byteLength;
    column.buffer.transfer(0);
  }
}

/** Bytes of one row of these columns. */
export function bytesPerRow(columns: object): number {
  return Object.values(columns).reduce((sum, column) => sum + (ArrayBuffer.isView(column) ? (column as Column).BYTES_PER_ELEMENT : 0), 0);
}

/** 1.5 MB, 23 GB. */
export function bytesText(bytes: number): string {
  const power = Math.max(0, Math.min(4, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${(bytes / 1000 ** power).toPrecision(3)} ${["B", "KB", "MB", "GB", "TB"][power]}`;
}

function noMemory(needed: number, available: number) {
  return refused({
    path: "blueprint",
    code: "MEMORY",
    message: `it needs ${bytesText(needed)} or more while it grows, and there is room for ${bytesText(available)}`,
    expected: `areas and mappings that grow within ${bytesText(available)}`,
    found: `${bytesText(needed)} or more`,
    fix: "Make the largest areas smaller, or their mappings sparser",
  });
}

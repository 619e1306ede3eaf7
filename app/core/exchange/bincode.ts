/**
 * Binary records as FEAGI writes them: fields one after the other, all of fixed width and little endian, lists and texts behind a
 * u64 count. A record is described once, by codecs, and read and written by that description.
 */

export interface Codec<T> {
  read(from: BinaryReader): T;
  write(to: BinaryWriter, value: T): void;
}

/** What is wrong with bytes that do not decode, and where. */
export class BinaryError extends Error {}

export class BinaryReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** The place of the next `size` bytes, which it passes. */
  take(size: number): { view: DataView; at: number; bytes: Uint8Array } {
    if (size > this.left) throw new BinaryError(`${size} bytes wanted at byte ${this.at}, ${this.left} are left`);
    const at = this.at;
    this.at += size;
    return { view: this.#view, at, bytes: this.#bytes.subarray(at, at + size) };
  }

  /** The count of a list whose items take `itemBytes` or more. */
  count(itemBytes: number): number {
    const { view, at } = this.take(8);
    const count = view.getBigUint64(at, true);
    if (count * BigInt(itemBytes) > BigInt(this.left)) throw new BinaryError(`a list of ${count} items at byte ${at} does not fit`);
    return Number(count);
  }
}

export class BinaryWriter {
  #bytes = new Uint8Array(1 << 12);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Room for the next `size` bytes, which it passes. */
  make(size: number): { view: DataView; at: number; bytes: Uint8Array } {
    const at = this.#length;
    if (at + size > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.#bytes.length, at + size));
      grown.set(this.#bytes.subarray(0, at));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length += size;
    return { view: this.#view, at, bytes: this.#bytes.subarray(at, at + size) };
  }

  count(count: number): void {
    const { view, at } = this.make(8);
    view.setBigUint64(at, BigInt(count), true);
  }

  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

function fixed<T>(size: number, get: (view: DataView, at: number) => T, set: (view: DataView, at: number, value: T) => void): Codec<T> {
  return {
    read(from) {
      const { view, at } = from.take(size);
      return get(view, at);
    },
    write(to, value) {
      const { view, at } = to.make(size);
      set(view, at, value);
    },
  };
}

export const u8 = fixed(
  1,
  (view, at) => view.getUint8(at),
  (view, at, value) => view.setUint8(at, value),
);
export const u32 = fixed(
  4,
  (view, at) => view.getUint32(at, true),
  (view, at, value) => view.setUint32(at, value, true),
);
export const f32 = fixed(
  4,
  (view, at) => view.getFloat32(at, true),
  (view, at, value) => view.setFloat32(at, value, true),
);
/** A hash, or whatever may need all its bits. */
export const wide = fixed(
  8,
  (view, at) => view.getBigUint64(at, true),
  (view, at, value) => view.setBigUint64(at, value, true),
);
/** A u64 that counts something. */
export const u64: Codec<number> = {
  read(from) {
    const value = wide.read(from);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new BinaryError(`the number ${value} at byte ${from.at - 8} is beyond 53 bits`);
    return Number(value);
  },
  write: (to, value) => wide.write(to, BigInt(value)),
};

export const bool: Codec<boolean> = {
  read(from) {
    const byte = u8.read(from);
    if (byte > 1) throw new BinaryError(`${byte} at byte ${from.at - 1} is neither 0 nor 1`);
    return byte === 1;
  },
  write: (to, value) => u8.write(to, value ? 1 : 0),
};

export const text: Codec<string> = {
  read(from) {
    const at = from.at;
    const { bytes } = from.take(from.count(1));
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new BinaryError(`the text at byte ${at} is not UTF-8`);
    }
  },
  write(to, value) {
    const bytes = new TextEncoder().encode(value);
    to.count(bytes.length);
    to.make(bytes.length).bytes.set(bytes);
  },
};

/** One of some names, by number. */
export function choice<const N extends string>(...names: N[]): Codec<N> {
  return {
    read(from) {
      const number = u32.read(from);
      const name = names[number];
      if (name === undefined) throw new BinaryError(`${number} at byte ${from.at - 4} stands for nothing; ${names.join(", ")} do`);
      return name;
    },
    write: (to, value) => u32.write(to, names.indexOf(value)),
  };
}

export function option<T>(of: Codec<T>): Codec<T | null> {
  return {
    read: (from) => (bool.read(from) ? of.read(from) : null),
    write(to, value) {
      bool.write(to, value !== null);
      if (value !== null) of.write(to, value);
    },
  };
}

export function list<T>(of: Codec<T>): Codec<T[]> {
  return {
    read(from) {
      const values: T[] = [];
      for (let left = from.count(1); left > 0; left--) values.push(of.read(from));
      return values;
    },
    write(to, values) {
      to.count(values.length);
      for (const value of values) of.write(to, value);
    },
  };
}

/** Values of several kinds, one after the other. */
export function tuple<T extends readonly unknown[]>(...of: { [I in keyof T]: Codec<T[I]> }): Codec<T> {
  return {
    read: (from) => of.map((codec) => codec.read(from)) as unknown as T,
    write: (to, values) => of.forEach((codec, i) => void codec.write(to, values[i])),
  };
}

export function map<K, V>(key: Codec<K>, value: Codec<V>): Codec<Map<K, V>> {
  const pairs = list<[K, V]>({
    read: (from) => [key.read(from), value.read(from)],
    write(to, pair) {
      key.write(to, pair[0]);
      value.write(to, pair[1]);
    },
  });
  return { read: (from) => new Map(pairs.read(from)), write: (to, entries) => pairs.write(to, [...entries]) };
}

/** Named fields in the order given. */
export function record<T extends object>(fields: { [K in keyof T]: Codec<T[K]> }): Codec<T> {
  const entries = Object.entries(fields) as [keyof T, Codec<unknown>][];
  return {
    read: (from) => Object.fromEntries(entries.map(([name, codec]) => [name, codec.read(from)])) as T,
    write(to, value) {
      for (const [name, codec] of entries) codec.write(to, value[name]);
    },
  };
}

type Column = Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A list of numbers as a typed array, copied whole. */
export function column<A extends Column>(type: { new (buffer: ArrayBuffer): A; BYTES_PER_ELEMENT: number }): Codec<A> {
  return {
    read: (from) => new type(from.take(from.count(type.BYTES_PER_ELEMENT) * type.BYTES_PER_ELEMENT).bytes.slice().buffer),
    write(to, values) {
      to.count(values.length);
      to.make(values.byteLength).bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    },
  };
}

/** The eve of a burst: the state after its patches and before it runs, read column by column out of a snapshot. */
import { type LifSnapshotSection, lifSnapshotSection, type SnapshotSection, snapshotSection } from "#contracts/snapshot.ts";
import { type SectionPlace, sectionPlaces, viewOf } from "../../engine/snapshot-sections.ts";

type ColumnType<C> = { new (buffer: ArrayBufferLike, byteOffset: number, length: number): C; BYTES_PER_ELEMENT: number };

/** A snapshot or moment of an engine; its columns are views, found when asked for. */
export class Eve {
  readonly burst: number;
  readonly strict: boolean;
  readonly int8: boolean;
  readonly isLif: boolean;
  readonly #bytes: Uint8Array;
  readonly #places = new Map<number, SectionPlace>();

  constructor(snapshot: Uint8Array) {
    // Columns are views, which start at multiples of their elements.
    this.#bytes = snapshot.byteOffset % 8 === 0 ? snapshot : snapshot.slice();
    const view = viewOf(this.#bytes);
    const mode = view.getUint32(12, true);
    this.strict = (mode & 1) !== 0;
    this.int8 = (mode & 2) !== 0;
    this.isLif = (mode & 4) !== 0;
    this.burst = view.getUint32(16, true);
    for (const place of sectionPlaces(this.#bytes)) this.#places.set(place.id, place);
  }

  u8 = (name: SnapshotSection) => this.#column(snapshotSection[name], Uint8Array);
  u16 = (name: SnapshotSection) => this.#column(snapshotSection[name], Uint16Array);
  u32 = (name: SnapshotSection) => this.#column(snapshotSection[name], Uint32Array);
  f32 = (name: SnapshotSection) => this.#column(snapshotSection[name], Float32Array);
  lifU8 = (name: LifSnapshotSection) => this.#column(lifSnapshotSection[name], Uint8Array);
  lifU16 = (name: LifSnapshotSection) => this.#column(lifSnapshotSection[name], Uint16Array);
  lifU32 = (name: LifSnapshotSection) => this.#column(lifSnapshotSection[name], Uint32Array);
  lifF32 = (name: LifSnapshotSection) => this.#column(lifSnapshotSection[name], Float32Array);
  lifF64 = (name: LifSnapshotSection) => this.#column(lifSnapshotSection[name], Float64Array);

  /** What is on its way to a neuron and due in a burst; null: nothing. */
  arrival(target: number, burst: number): number | null {
    const [bursts, targets] = this.isLif
      ? [this.lifU32("arrivalBurst"), this.lifU32("arrivalTarget")]
      : [this.u32("arrivalBurst"), this.u32("arrivalTarget")];
    let low = 0;
    let high = bursts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (bursts[middle]! < burst || (bursts[middle] === burst && targets[middle]! < target)) low = middle + 1;
      else high = middle;
    }
    if (bursts[low] !== burst || targets[low] !== target) return null;
    return (this.isLif ? this.lifF64("arrivalSum") : this.f32("arrivalSum"))[low]!;
  }

  #column<C>(id: number, type: ColumnType<C>): C {
    const { offset, length } = this.#places.get(id) ?? { offset: 0, length: 0 };
    return new type(this.#bytes.buffer, this.#bytes.byteOffset + offset, length / type.BYTES_PER_ELEMENT);
  }
}

/** Position of a value in an ascending column, -1 where it is not. */
export function placeOf(column: Uint32Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return column[low] === value ? low : -1;
}

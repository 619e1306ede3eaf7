/** The eve of a burst: the state after its patches and before it runs, read column by column out of a snapshot. */
import { type LifSnapshotSection, lifSnapshotSection, type SnapshotSection, snapshotSection } from "#contracts/snapshot.ts";
import { buildIds } from "../../engine/moment.ts";
import { type SectionPlace, sectionPlaces, viewOf } from "../../engine/snapshot-sections.ts";

type ColumnType<C> = { new (buffer: ArrayBufferLike, byteOffset: number, length: number): C; BYTES_PER_ELEMENT: number };

const none = new Uint8Array(0);

/** A snapshot or moment of an engine; its columns are views, found when asked for. */
export class Eve {
  readonly burst: number;
  readonly strict: boolean;
  readonly int8: boolean;
  readonly isLif: boolean;
  readonly #sections = new Map<number, SectionPlace & { bytes: Uint8Array }>();

  /** `build`: a snapshot of the same settings and wiring, for what a moment leaves empty. */
  constructor(snapshot: Uint8Array, build?: Uint8Array) {
    const view = viewOf(snapshot);
    const mode = view.getUint32(12, true);
    this.strict = (mode & 1) !== 0;
    this.int8 = (mode & 2) !== 0;
    this.isLif = (mode & 4) !== 0;
    this.burst = view.getUint32(16, true);
    if (build) this.#take(build, ({ id }) => buildIds.has(id));
    this.#take(snapshot, ({ id, length }) => length > 0 || !build || !buildIds.has(id));
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

  #take(snapshot: Uint8Array, isTaken: (place: SectionPlace) => boolean): void {
    // Columns are views, which start at multiples of their elements.
    const bytes = snapshot.byteOffset % 8 === 0 ? snapshot : snapshot.slice();
    for (const place of sectionPlaces(bytes)) if (isTaken(place)) this.#sections.set(place.id, { ...place, bytes });
  }

  #column<C>(id: number, type: ColumnType<C>): C {
    const { bytes, offset, length } = this.#sections.get(id) ?? { bytes: none, offset: 0, length: 0 };
    return new type(bytes.buffer, bytes.byteOffset + offset, length / type.BYTES_PER_ELEMENT);
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

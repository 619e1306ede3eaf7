/** Names the first element in which the snapshots of two engines differ. */
import { lifSnapshotSection, snapshotHeaderBytes, snapshotSection } from "#contracts/snapshot.ts";
import { sectionPlaces, viewOf } from "./snapshot-sections.ts";

const MODE_LIF = 4;

export function snapshotDifference(expected: Uint8Array, got: Uint8Array): string | null {
  const [a, b] = [viewOf(expected), viewOf(got)];
  const SECTION_COUNT = 8;
  const header = Array.from({ length: snapshotHeaderBytes / 4 }, (_, word) => word * 4).filter((at) => at !== SECTION_COUNT);
  if (header.some((at) => a.getUint32(at, true) !== b.getUint32(at, true))) return "the header of the snapshot";
  const names = Object.entries(a.getUint32(12, true) & MODE_LIF ? lifSnapshotSection : snapshotSection);
  const places = sectionPlaces(expected);
  const others = new Map(sectionPlaces(got).map((place) => [place.id, place]));
  const nameOf = (id: number) => names.find(([, section]) => section === id)?.[0] ?? `section ${id}`;
  const unexpected = [...others.keys()].find((id) => !places.some((place) => place.id === id));
  if (unexpected !== undefined) return `${nameOf(unexpected)} is absent and has elements`;
  for (const { id, width, offset, length } of places) {
    const other = others.get(id);
    const name = nameOf(id);
    if (!other) return `${name} has elements and is absent`;
    if (length !== other.length) return `${name} has ${length / width} elements and ${other.length / width}`;
    for (let i = 0; i < length; i++) if (expected[offset + i] !== got[other.offset + i]) return `${name}[${Math.floor(i / width)}]`;
  }
  return null;
}

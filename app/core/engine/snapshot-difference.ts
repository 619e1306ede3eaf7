/** Names the first element in which the snapshots of two engines differ. */
import { lifSnapshotSection, snapshotHeaderBytes, snapshotSection } from "#contracts/snapshot.ts";
import { sectionPlaces, viewOf } from "./snapshot-sections.ts";

const MODE_LIF = 4;

export function snapshotDifference(expected: Uint8Array, got: Uint8Array): string | null {
  const [a, b] = [viewOf(expected), viewOf(got)];
  const header = Array.from({ length: snapshotHeaderBytes / 4 }, (_, word) => word * 4);
  if (header.some((at) => a.getUint32(at, true) !== b.getUint32(at, true))) return "the header of the snapshot";
  const names = Object.entries(a.getUint32(12, true) & MODE_LIF ? lifSnapshotSection : snapshotSection);
  const others = sectionPlaces(got);
  for (const [place, { id, width, offset, length }] of sectionPlaces(expected).entries()) {
    const other = others[place]!;
    const name = names.find(([, section]) => section === id)?.[0] ?? `section ${id}`;
    if (length !== other.length) return `${name} has ${length / width} elements and ${other.length / width}`;
    for (let i = 0; i < length; i++) if (expected[offset + i] !== got[other.offset + i]) return `${name}[${Math.floor(i / width)}]`;
  }
  return null;
}

/** Names the first element in which the snapshots of two engines differ. */
import { lifSnapshotSection, snapshotEntryBytes, snapshotHeaderBytes, snapshotSection } from "#contracts/snapshot.ts";

const MODE_LIF = 4;

export function snapshotDifference(expected: Uint8Array, got: Uint8Array): string | null {
  const [a, b] = [expected, got].map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)) as [DataView, DataView];
  const header = Array.from({ length: snapshotHeaderBytes / 4 }, (_, word) => word * 4);
  if (header.some((at) => a.getUint32(at, true) !== b.getUint32(at, true))) return "the header of the snapshot";
  const names = Object.entries(a.getUint32(12, true) & MODE_LIF ? lifSnapshotSection : snapshotSection);
  for (let entry = snapshotHeaderBytes, n = a.getUint32(8, true); n > 0; n--, entry += snapshotEntryBytes) {
    const [id, width, at, length] = [0, 4, 8, 16].map((from) => a.getUint32(entry + from, true)) as [number, number, number, number];
    const [otherAt, otherLength] = [b.getUint32(entry + 8, true), b.getUint32(entry + 16, true)];
    const name = names.find(([, section]) => section === id)?.[0] ?? `section ${id}`;
    if (length !== otherLength) return `${name} has ${length / width} elements and ${otherLength / width}`;
    for (let i = 0; i < length; i++) if (expected[at + i] !== got[otherAt + i]) return `${name}[${Math.floor(i / width)}]`;
  }
  return null;
}

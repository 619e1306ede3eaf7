/** Snapshots changed on purpose, their checksum made right again. */
import { type SnapshotSection, snapshotEntryBytes, snapshotHeaderBytes, snapshotSection } from "#contracts/snapshot.ts";
import { xxHash64 } from "../hash.ts";

export function resealed(snapshot: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const bytes = snapshot.slice();
  const view = new DataView(bytes.buffer);
  change(view);
  view.setBigUint64(bytes.length - 8, xxHash64(bytes.subarray(0, -8)), true);
  return bytes;
}

/** Where a section begins. */
export function sectionOffset(view: DataView, name: SnapshotSection): number {
  for (let entry = snapshotHeaderBytes, n = view.getUint32(8, true); n > 0; n--, entry += snapshotEntryBytes) {
    if (view.getUint32(entry, true) === snapshotSection[name]) return view.getUint32(entry + 8, true);
  }
  throw new Error(`The snapshot has no section ${name}`);
}

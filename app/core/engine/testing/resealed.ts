/** Snapshots changed on purpose, their checksum made right again. */
import { type SnapshotSection, snapshotSection } from "#contracts/snapshot.ts";
import { xxHash64 } from "../hash.ts";
import { sectionPlaces } from "../snapshot-sections.ts";

export function resealed(snapshot: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const bytes = snapshot.slice();
  const view = new DataView(bytes.buffer);
  change(view);
  view.setBigUint64(bytes.length - 8, xxHash64(bytes.subarray(0, -8)), true);
  return bytes;
}

/** Where a section begins. */
export function sectionOffset(view: DataView, name: SnapshotSection): number {
  const places = sectionPlaces(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  const found = places.find(({ id }) => id === snapshotSection[name]);
  if (!found) throw new Error(`The snapshot has no section ${name}`);
  return found.offset;
}

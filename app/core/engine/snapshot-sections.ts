/** Where the sections of a snapshot or moment lie, and the hash that ends it. Reads only; snapshot-container.ts checks. */
import { snapshotEntryBytes, snapshotHeaderBytes } from "#contracts/snapshot.ts";

export interface SectionPlace {
  id: number;
  /** Bytes of an element. */
  width: number;
  /** Both in bytes. */
  offset: number;
  length: number;
}

/** In the order of the table at the head. */
export function sectionPlaces(snapshot: Uint8Array): SectionPlace[] {
  const view = viewOf(snapshot);
  return Array.from({ length: view.getUint32(8, true) }, (_, i) => {
    const entry = snapshotHeaderBytes + i * snapshotEntryBytes;
    return {
      id: view.getUint32(entry, true),
      width: view.getUint32(entry + 4, true),
      offset: Number(view.getBigUint64(entry + 8, true)),
      length: Number(view.getBigUint64(entry + 16, true)),
    };
  });
}

/** The hash that ends a snapshot or a moment. */
export function endingHash(snapshot: Uint8Array): bigint {
  return viewOf(snapshot).getBigUint64(snapshot.length - 8, true);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

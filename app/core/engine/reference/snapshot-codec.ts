/**
 * The byte form of a snapshot (contracts/snapshot.ts): columns to bytes and back.
 *
 * Canonical: sections in ascending id, each at the next multiple of 8, gaps zero, NaN as 0x7fc00000, the xxHash64 last. Decoding
 * accepts nothing else. What the columns mean is checked by state-snapshot.ts.
 */
import { LabError } from "#contracts/errors.ts";
import {
  SNAPSHOT_MAGIC,
  SNAPSHOT_VERSION,
  type SnapshotSection,
  snapshotEntryBytes,
  snapshotHeaderBytes,
  snapshotSection,
} from "#contracts/snapshot.ts";
import { xxHash64 } from "../hash.ts";

const NAN_BITS = 0x7fc00000;

const u32s = ["lastUpdate", "area", "x", "y", "z", "source", "target", "areaIndex", "globals"] as const;
const lists = ["arrivalBurst", "arrivalTarget", "candidateId", "firedId", "stagedId", "forcedId"] as const;
const u16s = ["countdown", "consecutiveFires", "refractoryPeriod", "consecutiveFireLimit", "snoozePeriod"] as const;
const u8s = ["neuronFlags", "kind", "delay", "synapseFlags", "synapseState", "areaPspUniform", "areaMpDrivenPsp"] as const;
const learningU32s = [
  ...(["trackArea", "trackWindow", "trackFrames", "trackFrameSize", "trackFrameId"] as const),
  ...(["mappingSource", "mappingTarget", "mappingWindow", "mappingRewards", "rewardArea", "rewardActive"] as const),
  ...(["memoryId", "memoryArea", "injectedId", "injectedArea", "firedMemoryArea"] as const),
  ...(["twinMemoryArea", "twinUpstreamArea", "twinArea"] as const),
  ...(["frameNeuron", "frameOffset", "frameUpstreamArea", "frameVoxels", "voxelX", "voxelY", "voxelZ"] as const),
  ...(["replayBurst", "replayArea", "replayX", "replayY", "replayZ"] as const),
] as const;
const learningU8s = ["trackEpisodic", "mappingMode", "mappingRise", "mappingFall", "mappingFlags", "mappingKind", "mappingDelay"] as const;
type U32 = (typeof u32s)[number] | (typeof lists)[number] | (typeof learningU32s)[number];
type U16 = (typeof u16s)[number];
type U8 = (typeof u8s)[number] | (typeof learningU8s)[number];

type ColumnOf<S extends SnapshotSection> = S extends U32
  ? Uint32Array
  : S extends U16
    ? Uint16Array
    : S extends U8
      ? Uint8Array
      : Float32Array;
export type SnapshotColumns = { [S in SnapshotSection]: ColumnOf<S> };

export interface SnapshotContents {
  strict: boolean;
  int8: boolean;
  burst: number;
  columns: SnapshotColumns;
}

const elementTypes = new Map<SnapshotSection, typeof Uint32Array | typeof Uint16Array | typeof Uint8Array>([
  ...[...u32s, ...lists, ...learningU32s].map((name) => [name, Uint32Array] as const),
  ...u16s.map((name) => [name, Uint16Array] as const),
  ...[...u8s, ...learningU8s].map((name) => [name, Uint8Array] as const),
]);
/** Sections in ascending id. */
const sections = (Object.entries(snapshotSection) as [SnapshotSection, number][])
  .sort((a, b) => a[1] - b[1])
  .map(([name, id]) => ({ name, id, type: elementTypes.get(name) ?? Float32Array }));

export function refuseSnapshot(reason: string, details: Record<string, unknown> = {}): never {
  throw new LabError("E_NETWORK", `The snapshot was refused: ${reason}`, { reason, ...details });
}

export function encodeSnapshot({ strict, int8, burst, columns }: SnapshotContents): Uint8Array {
  let end = snapshotHeaderBytes + snapshotEntryBytes * sections.length;
  const offsets = sections.map(({ name }) => {
    const offset = end;
    end = aligned(end + columns[name].byteLength);
    return offset;
  });
  const bytes = new Uint8Array(end + 8);
  const view = new DataView(bytes.buffer);
  [SNAPSHOT_MAGIC, SNAPSHOT_VERSION, sections.length, (strict ? 1 : 0) | (int8 ? 2 : 0), burst, 0].forEach((word, i) => {
    view.setUint32(i * 4, word, true);
  });
  sections.forEach(({ name, id, type }, i) => {
    const column = columns[name];
    const entry = snapshotHeaderBytes + snapshotEntryBytes * i;
    const offset = offsets[i]!;
    view.setUint32(entry, id, true);
    view.setUint32(entry + 4, type.BYTES_PER_ELEMENT, true);
    view.setBigUint64(entry + 8, BigInt(offset), true);
    view.setBigUint64(entry + 16, BigInt(column.byteLength), true);
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    if (type === Float32Array) writeNaNs(bytes, offset, column.length);
  });
  view.setBigUint64(end, xxHash64(bytes.subarray(0, end)), true);
  return bytes;
}

export function decodeSnapshot(snapshot: Uint8Array): SnapshotContents {
  const head = snapshotHeaderBytes + snapshotEntryBytes * sections.length;
  if (snapshot.length < head + 8) refuseSnapshot("it is too short to be one", { bytes: snapshot.length });
  // Columns are read as views, which need their element's alignment.
  const bytes = snapshot.byteOffset % 8 === 0 ? snapshot : snapshot.slice();
  const buffer = bytes.buffer as ArrayBuffer;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== SNAPSHOT_MAGIC) refuseSnapshot("it does not begin as one");
  if (view.getUint32(4, true) !== SNAPSHOT_VERSION) refuseSnapshot("its version is unknown", { version: view.getUint32(4, true) });
  const hash = xxHash64(bytes.subarray(0, bytes.length - 8));
  if (view.getBigUint64(bytes.length - 8, true) !== hash) refuseSnapshot("its checksum does not match: it is truncated or damaged");
  if (view.getUint32(8, true) !== sections.length)
    refuseSnapshot("it has another number of sections", { sections: view.getUint32(8, true) });
  const mode = view.getUint32(12, true);
  if (mode > 3) refuseSnapshot("its mode is unknown", { mode });
  if (view.getUint32(20, true) !== 0) refuseSnapshot("a reserved word is not zero");

  let end = head;
  const columns: Partial<Record<SnapshotSection, Float32Array | Uint32Array | Uint16Array | Uint8Array>> = {};
  sections.forEach(({ name, id, type }, i) => {
    const entry = snapshotHeaderBytes + snapshotEntryBytes * i;
    if (view.getUint32(entry, true) !== id) refuseSnapshot("a section is missing or out of order", { section: name });
    if (view.getUint32(entry + 4, true) !== type.BYTES_PER_ELEMENT) refuseSnapshot("a section has another element size", { section: name });
    if (view.getBigUint64(entry + 8, true) !== BigInt(end)) refuseSnapshot("a section is not where it belongs", { section: name });
    const length = Number(view.getBigUint64(entry + 16, true));
    if (length > bytes.length - 8 - end) refuseSnapshot("a section reaches past the end", { section: name });
    if (length % type.BYTES_PER_ELEMENT !== 0) refuseSnapshot("a section holds part of an element", { section: name });
    columns[name] = new type(buffer, bytes.byteOffset + end, length / type.BYTES_PER_ELEMENT).slice();
    const next = aligned(end + length);
    for (let at = end + length; at < next; at++) if (bytes[at] !== 0) refuseSnapshot("a gap is not zero", { section: name });
    end = next;
  });
  if (end !== bytes.length - 8) refuseSnapshot("it has bytes that belong to no section", { bytes: bytes.length - 8 - end });
  return { strict: (mode & 1) !== 0, int8: (mode & 2) !== 0, burst: view.getUint32(16, true), columns: columns as SnapshotColumns };
}

function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

/** Writes every NaN with the same bits. */
function writeNaNs(bytes: Uint8Array, offset: number, count: number): void {
  const values = new Float32Array(bytes.buffer, offset, count);
  const words = new Uint32Array(bytes.buffer, offset, count);
  for (let i = 0; i < count; i++) if (Number.isNaN(values[i])) words[i] = NAN_BITS;
}

/**
 * The `.connectome` file of FEAGI: a brain as its burst engine saves it, to exchange. What the lab itself needs to go on as if
 * nothing had happened is in a brain file.
 *
 * Little endian: "FEAGI", u32 version; from version 2 u8 flags (bit 0 LZ4), u64 bytes of the body uncompressed; from 3 u32 bytes of
 * a manifest and the manifest (JSON); u64 FNV-1a 64 of the body as stored; the body, raw or as one LZ4 block.
 * Source: spec/burst-engine-extensions.md 15.
 */
import { LabError } from "#contracts/errors.ts";
import { sha256 } from "../genome/sha256.ts";
import { BinaryError, BinaryReader, BinaryWriter } from "./bincode.ts";
import { type ConnectomeBody, connectomeBody, contradiction } from "./connectome-body.ts";
import { LZ4_MOST_BYTES, lz4Compress, lz4Decompress } from "./lz4-block.ts";

const MAGIC = "FEAGI";
const VERSION = 3;
const IS_LZ4 = 1;
const MOST_EXPANSION = 255;
const CONTRACT_VERSION = 1;
const CONNECTOME_SCHEMA = 1;
const manifestTag = "brain_artifact_manifest";
const groupsTag = "synapse_modulation_groups_v1";
const liteTag = "lite_edge_encoding";
const liteEncoding = "semantic-v1";

export interface ConnectomeManifest {
  contract_version: number;
  container_format_version: number;
  connectome_schema_version: number;
  genome_schema_version: number | null;
  genome_sha256: string | null;
  producer_version: string;
  migration_steps: unknown[];
}

export interface ConnectomeFile {
  body: ConnectomeBody;
  /** Modulation group per synapse, 0 none; an empty list means none has one. */
  modulationGroups: Uint32Array;
}

export interface Producer {
  version: string;
  genomeSchema: number | null;
}

/** The whole file; tags of the body that describe the file are written anew. */
export function encodeConnectomeFile({ body, modulationGroups }: ConnectomeFile, { version, genomeSchema }: Producer): Uint8Array {
  const manifest = JSON.stringify({
    contract_version: CONTRACT_VERSION,
    container_format_version: VERSION,
    connectome_schema_version: CONNECTOME_SCHEMA,
    genome_schema_version: genomeSchema,
    genome_sha256: body.genome === null ? null : sha256(body.genome),
    producer_version: version,
    migration_steps: [],
  } satisfies ConnectomeManifest);
  const tags = new Map(body.metadata.tags).set(manifestTag, manifest);
  const groups = Array.from(modulationGroups, (group, index) => ({ index, group })).filter(({ group }) => group !== 0);
  if (groups.length > 0) tags.set(groupsTag, JSON.stringify(groups));
  else tags.delete(groupsTag);
  if (body.mode === "lite") tags.set(liteTag, liteEncoding);
  const writer = new BinaryWriter();
  connectomeBody.write(writer, { ...body, metadata: { ...body.metadata, tags } });
  const raw = writer.take();
  const isCompressed = raw.length <= LZ4_MOST_BYTES;
  const stored = isCompressed ? lz4Compress(raw) : raw;
  const manifestBytes = new TextEncoder().encode(manifest);
  const file = new Uint8Array(30 + manifestBytes.length + stored.length);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode(MAGIC));
  view.setUint32(5, VERSION, true);
  view.setUint8(9, isCompressed ? IS_LZ4 : 0);
  view.setBigUint64(10, BigInt(raw.length), true);
  view.setUint32(18, manifestBytes.length, true);
  file.set(manifestBytes, 22);
  view.setBigUint64(22 + manifestBytes.length, fnv1a64(stored), true);
  file.set(stored, 30 + manifestBytes.length);
  return file;
}

/** True when the bytes begin as a connectome file. */
export function isConnectomeFile(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/** Reads a file of version 1 to 3. Checked in order: magic, version, checksum, decompression, decoding, manifest. */
export function decodeConnectomeFile(file: Uint8Array): ConnectomeFile {
  if (!isConnectomeFile(file)) refuse("it does not begin as one");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = MAGIC.length;
  const take = (bytes: number): number => {
    if (at + bytes > file.length) refuse("it is truncated", { bytes: file.length });
    at += bytes;
    return at - bytes;
  };
  const version = view.getUint32(take(4), true);
  if (version < 1 || version > VERSION) refuse(`it is of version ${version}; versions 1 to ${VERSION} can be read`, { version });
  const flags = version >= 2 ? view.getUint8(take(1)) : 0;
  const rawBytes = version >= 2 ? view.getBigUint64(take(8), true) : null;
  const manifestBytes = version >= 3 ? view.getUint32(take(4), true) : 0;
  const manifestAt = take(manifestBytes);
  const checksum = view.getBigUint64(take(8), true);
  const stored = file.subarray(at);
  if (checksum !== fnv1a64(stored)) refuse("its checksum does not match: it is damaged or truncated");
  if ((flags & ~IS_LZ4) !== 0) refuse(`its flags ${flags} are unknown`, { flags });
  const raw = flags & IS_LZ4 ? decompressed(stored, rawBytes!) : stored;
  if (rawBytes !== null && BigInt(raw.length) !== rawBytes) refuse(`its body has ${raw.length} bytes where ${rawBytes} are announced`);
  const body = decodeBody(raw);
  const manifest = version >= 3 ? new TextDecoder().decode(file.subarray(manifestAt, manifestAt + manifestBytes)) : undefined;
  checkManifest(manifest, body);
  return { body, modulationGroups: groupsOf(body) };
}

function decompressed(stored: Uint8Array, rawBytes: bigint): Uint8Array {
  const isPossible = rawBytes <= BigInt(stored.length) * BigInt(MOST_EXPANSION);
  return (isPossible ? lz4Decompress(stored, Number(rawBytes)) : undefined) ?? refuse(`its body does not decompress to ${rawBytes} bytes`);
}

function decodeBody(raw: Uint8Array): ConnectomeBody {
  const reader = new BinaryReader(raw);
  try {
    const body = connectomeBody.read(reader);
    if (reader.left > 0) throw new BinaryError(`${reader.left} bytes follow its end`);
    const wrong = contradiction(body);
    if (wrong) throw new BinaryError(wrong);
    return body;
  } catch (error) {
    if (error instanceof BinaryError) refuse(`its body does not decode: ${error.message}`);
    throw error;
  }
}

function checkManifest(text: string | undefined, { genome, metadata: { tags }, mode }: ConnectomeBody): void {
  if (mode === "lite" && tags.get(liteTag) !== liteEncoding) refuse(`a lite file needs the tag ${liteTag} = ${liteEncoding}`);
  if (text === undefined) return;
  if (tags.get(manifestTag) !== text) refuse("its manifest is not the one inside its body");
  const manifest = parsed<Partial<ConnectomeManifest> | null>(text, "its manifest is no JSON") ?? {};
  const { contract_version: contract, container_format_version: container, connectome_schema_version: schema } = manifest;
  if (!(contract !== undefined && contract <= CONTRACT_VERSION))
    refuse(`its contract is of version ${contract}, ${CONTRACT_VERSION} is known`);
  if (container !== VERSION) refuse(`its manifest says version ${container}, the file ${VERSION}`);
  if (schema !== CONNECTOME_SCHEMA) refuse(`its schema is ${schema}, ${CONNECTOME_SCHEMA} is known`);
  const digest = manifest.genome_sha256 ?? null;
  if (digest !== null && genome !== null && digest !== sha256(genome))
    refuse("the genome inside it is not the one its manifest was made for");
}

/** Per synapse, where the file names groups. */
function groupsOf({ metadata: { tags }, synapses: { count } }: ConnectomeBody): Uint32Array {
  const text = tags.get(groupsTag);
  if (text === undefined) return new Uint32Array(0);
  const groups = new Uint32Array(count);
  const listed = parsed<unknown>(text, "its modulation groups are no JSON");
  if (!Array.isArray(listed)) refuse("its modulation groups are no list");
  for (const one of listed) {
    const { index, group } = (one ?? {}) as { index?: unknown; group?: unknown };
    if (!Number.isInteger(index) || !((index as number) >= 0 && (index as number) < count) || !Number.isInteger(group))
      refuse(`it names a modulation group of synapse ${String(index)}, there are ${count}`);
    groups[index as number] = group as number;
  }
  return groups;
}

function parsed<T>(text: string, reason: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return refuse(reason);
  }
}

/** FNV-1a 64 in halves of 32 bits; the prime is 2^40 + 435. */
function fnv1a64(bytes: Uint8Array): bigint {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    const product = low * 435;
    high = (Math.imul(high, 435) + Math.floor(product / 0x1_0000_0000) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return (BigInt(high) << 32n) | BigInt(low);
}

function refuse(reason: string, details: Record<string, unknown> = {}): never {
  throw new LabError(
    "E_NETWORK",
    `The connectome file was refused: ${reason}`,
    { reason, ...details },
    "Save it again where it came from, or open the genome instead.",
  );
}

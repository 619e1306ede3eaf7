/**
 * Cortical ids: eight bytes, shown as standard base64. Byte 0 is the kind; older genomes write six or eight letters instead.
 * Source: spec/genome.md section 5. Ids are handled here as text of eight characters 0..255, one per byte.
 */
import type { AreaKind, CorticalId } from "#contracts/connectome.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of eight byte characters. */
export function encodeId(bytes: string): CorticalId {
  let text = "";
  for (let i = 0; i < 8; i += 3) {
    const word = (bytes.charCodeAt(i) << 16) | ((bytes.charCodeAt(i + 1) || 0) << 8) | (bytes.charCodeAt(i + 2) || 0);
    for (let shift = 18; shift >= 0; shift -= 6) text += alphabet[(word >> shift) & 63];
  }
  return `${text.slice(0, 11)}=`;
}

/** The eight bytes of a base64 id, or undefined where the text is not canonical base64 of eight bytes. */
export function decodeId(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{11}=$/.test(text)) return undefined;
  let bytes = "";
  for (let i = 0; i < 12; i += 4) {
    let word = 0;
    for (let k = 0; k < 4; k++) word = (word << 6) | Math.max(0, alphabet.indexOf(text[i + k] ?? "A"));
    bytes += String.fromCharCode((word >> 16) & 255, (word >> 8) & 255, word & 255);
  }
  const id = bytes.slice(0, 8);
  return encodeId(id) === text ? id : undefined;
}

/** The bytes as text a person can read: bytes outside printable ASCII as \x05. */
export function idTextOf(bytes: string): string {
  return [...bytes].map((c) => (c >= " " && c <= "~" ? c : `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`)).join("");
}

/** An id as a person can read it: its bytes where it is base64 of eight. */
export function readableId(id: string): string {
  const bytes = decodeId(id);
  return bytes === undefined ? id : idTextOf(bytes);
}

const kinds: Readonly<Record<string, AreaKind>> = { _: "core", i: "input", o: "output", c: "custom", m: "memory", g: "modulator" };

/** Kind by byte 0. */
export function kindOfBytes(bytes: string): AreaKind | undefined {
  return kinds[bytes[0] ?? ""];
}

/** Core areas by engine index, with the place they get when the document has none. */
export const coreAreas = [
  { bytes: "___death", name: "Death", position: [0, 0, -20], position2d: [-10, -20] },
  { bytes: "___power", name: "Brain_Power", position: [0, 0, -20], position2d: [-10, -10] },
  { bytes: "___fatig", name: "Fatigue", position: [0, 0, -30], position2d: [-10, 0] },
  { bytes: "___pain_", name: "Pain", position: [0, 0, -40], position2d: [-10, 10] },
  { bytes: "___pleas", name: "Pleasure", position: [0, 0, -50], position2d: [-10, 20] },
  { bytes: "___fear_", name: "Fear", position: [0, 0, -60], position2d: [-10, 30] },
  { bytes: "___hope_", name: "Hope", position: [0, 0, -70], position2d: [-10, 40] },
] as const;

const coreBytes: ReadonlySet<string> = new Set(coreAreas.map((area) => area.bytes));
export const isCoreName = (bytes: string): boolean => coreBytes.has(bytes);

const coreAliases: ReadonlyMap<string, string> = new Map([
  ["_power", "___power"],
  ["___pwr", "___power"],
  ["___pwr__", "___power"],
  ["_death", "___death"],
  ["_fatigue", "___fatig"],
  ["_pain", "___pain_"],
  ["_pleasure", "___pleas"],
  ["_fear", "___fear_"],
  ["_hope", "___hope_"],
  ...coreAreas.map((area): [string, string] => [area.bytes, area.bytes]),
]);

const isAscii = (text: string) => [...text].every((character) => character < "\u0080");

/** Reads an id in any of its written forms; undefined where it has none of them. */
export function bytesOfIdText(text: string): string | undefined {
  const decoded = decodeId(text);
  if (decoded !== undefined && kindOfBytes(decoded) !== undefined) return decoded;
  const core = coreAliases.get(text);
  if (core !== undefined) return core;
  if ((text.length !== 6 && text.length !== 8) || !isAscii(text)) return undefined;
  const first = text[0] ?? "";
  const head = "CMIOG".includes(first) ? first.toLowerCase() : kindOfBytes(first) === undefined ? "c" : first;
  return (head + text.slice(1)).padEnd(8, "_");
}

/**
 * The shortest text that every reader, old and new, turns into this id: six or eight letters where its bytes are letters, else base64.
 * What is no id stays as it is.
 */
export function shortestIdText(id: string): string {
  const bytes = decodeId(id);
  if (bytes === undefined) return id;
  const old = oldCoreIds.get(bytes) ?? (bytes.endsWith("__") ? bytes.slice(0, 6) : bytes);
  const texts = [old, bytes].filter((text) => /^\w+$/.test(text));
  return texts.find((text) => bytesOfIdText(text) === bytes && migrateIds([text], () => "", false).get(text) === bytes) ?? id;
}

/** Python FEAGI knows these two, and ids of six letters only. */
const oldCoreIds: ReadonlyMap<string, string> = new Map([
  ["___power", "___pwr"],
  ["___death", "_death"],
]);

/** What an input or output area carries: low four bits of the configuration word. 11 is a pose, 12 a pointer. */
const lastDataKind = 12;

/** False where the configuration word of an input or output id names no data kind, or positions what has no positions. */
export function hasKnownConfiguration(bytes: string): boolean {
  const word = bytes.charCodeAt(4) | (bytes.charCodeAt(5) << 8);
  const dataKind = word & 15;
  return dataKind <= lastDataKind && !((dataKind === 9 || dataKind === 10) && (word & 0x200) !== 0);
}

/** Data kind of the first sub-unit of each unit, absolute and linear. */
export const inputUnits: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ agp: 1, aud: 10, bat: 1, cnt: 1, cpo: 3, dgp: 0, dpt: 10, img: 9, inf: 1, mis: 10 },
    ...{ pro: 1, rim: 7, seg: 10, shk: 1, sim: 8, svi: 9, svm: 1, ten: 10 },
  }),
);
export const outputUnits: ReadonlyMap<string, number> = new Map(
  Object.entries({ ang: 7, aud: 10, cnt: 1, gaz: 2, ifs: 1, img: 9, mis: 10, mot: 5, pos: 11, pse: 1, ptr: 3, seg: 10, ten: 10 }),
);

/** Id of a device area: direction and unit code, then data kind and sub-unit in the configuration word, then the unit index. */
export function deviceId(unit: string, dataKind: number, subUnit = 0, index = 0): string {
  return unit + String.fromCharCode(dataKind | (subUnit << 4), 0, index & 255, index >> 8);
}

const visionTiles = ["BL", "BM", "BR", "ML", "_C", "MR", "TL", "TM", "TR"];
const visionNames = ["LL", "LM", "LR", "ML", "C", "MR", "TL", "TM", "TR"].map((tile) => `vision_${tile}`);

/** Sensors of old genomes that upstream announces as dropped and then leaves half converted. */
export const abandonedSensors: readonly string[] = ["i__acc", "i__gyq"];

/** The forms an old id may take, best first; the first that is free is taken. */
function* candidatesFor(id: string, name: string, strict: boolean): Generator<string> {
  if (id.length === 6) {
    const tile = /^iic[0-8]/.test(id) ? Number(id[3]) : id.startsWith("iv00") ? visionTiles.indexOf(id.slice(4)) : -1;
    if (tile >= 0) yield deviceId("isvi", 9, tile);
    if (id === "omot00") yield deviceId("omot", 5);
    if (id === "ogaz00") yield deviceId("ogaz", 2);
    if (id === "ogaz01") yield deviceId("ogaz", 1, 1);
  }
  const core = coreAliases.get(id);
  if (core !== undefined) yield core;
  if (id.length === 6 && (id[0] === "i" || id[0] === "o") && !(strict && abandonedSensors.includes(id))) {
    const unit = id.slice(3);
    const dataKind = (id[0] === "i" ? inputUnits : outputUnits).get(unit);
    if (dataKind !== undefined) yield deviceId(id[0] + unit, dataKind);
    if (isAscii(id)) yield `c${id}_`;
  }
  const bytes = bytesOfIdText(id);
  if (bytes === undefined) return;
  if (decodeId(id) !== undefined && bytes.slice(1, 4) === "mis") {
    const tile = visionNames.indexOf(name);
    if (bytes[0] === "i" && tile >= 0) yield deviceId("isvi", 9, tile);
    if (name === "vision_ipu") for (let index = 0; index < 65536; index++) yield deviceId(`${bytes[0]}mis`, 10, 0, index);
  }
  yield bytes;
  // A name that only looks like a core area: upstream gives up the whole genome, we keep it as a custom area.
  if (!strict && bytes[0] === "_") {
    if (id.length === 6) yield `c${id}_`;
    yield `c${bytes.slice(1)}`;
  }
}

/**
 * Gives every id of a version 2 document its eight bytes, in ascending order of the old ids so that the outcome never depends on the
 * order of the file. `nameOf` is the area name, which a few rules look at.
 */
export function migrateIds(ids: Iterable<string>, nameOf: (id: string) => string, strict: boolean): Map<string, string> {
  const ordered = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
  const bytes = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ordered) {
    let last: string | undefined;
    for (const candidate of candidatesFor(id, nameOf(id), strict)) {
      last = candidate;
      if (taken.has(candidate)) continue;
      if (!strict && candidate[0] === "_" && !isCoreName(candidate)) continue;
      break;
    }
    if (last === undefined) continue;
    bytes.set(id, last);
    taken.add(last);
  }
  return bytes;
}

/**
 * A JSON text under edit. Values are changed in the tree of its nodes; `text()` writes the changes into the text they came from, so
 * that whatever was not touched keeps its bytes. A replaced value stands where the old one stood, a new member after its siblings
 * with their indentation, a removed one goes with its comma and spaces.
 *
 * Every node of the tree either stands in the text (`start` from 0) or is new (-1). One that replaces another takes over its place.
 */
import { type JsonArray, type JsonNode, type JsonObject, made, plainValue, readJson } from "../json.ts";
import { applyPatches, blankBefore, colonBefore, keySpan, keyStart, newLine, type Patch } from "./text-places.ts";

type Container = JsonObject | JsonArray;
type Entry = readonly [key: string, value: JsonNode];

/** How members of one container are set apart. */
interface Spacing {
  /** Before a key or an item. */
  before: string;
  /** From the end of a key to its value. */
  colon: string;
}

export class JsonText {
  readonly source: string;
  /** The source must be JSON with an object at its top. */
  readonly root: JsonObject;
  /** What each touched container held, in the order of the text. */
  readonly #before = new Map<Container, Entry[]>();
  /** New member → the member it stands behind; without one it stands last. */
  readonly #anchors = new Map<JsonNode, JsonNode>();

  constructor(source: string) {
    this.source = source;
    this.root = readJson(source) as JsonObject;
  }

  /** Sets a member to a plain value. Only what differs from the value that stands there is changed. */
  set(object: JsonObject, key: string, value: unknown, after?: JsonNode): void {
    const old = object.members.get(key);
    const node = old ? this.#merge(old, value) : nodeOf(value);
    if (node === old) return;
    this.#touch(object);
    object.members.set(key, node);
    if (!old && after) this.#anchors.set(node, this.#anchors.get(after) ?? after);
  }

  remove(object: JsonObject, key: string): void {
    if (!object.members.has(key)) return;
    this.#touch(object);
    object.members.delete(key);
  }

  /** The member keeps its value and place. */
  rename(object: JsonObject, from: string, to: string): void {
    const value = object.members.get(from);
    if (!value || from === to) return;
    this.#touch(object);
    object.members.delete(from);
    object.members.set(to, value);
  }

  setItem(array: JsonArray, index: number, value: unknown): void {
    const old = array.items[index];
    const node = old ? this.#merge(old, value) : nodeOf(value);
    if (node === old) return;
    this.#touch(array);
    array.items[index] = node;
  }

  push(array: JsonArray, value: unknown): void {
    this.setItem(array, array.items.length, value);
  }

  /** Leaves the items that are to stay. */
  keepItems(array: JsonArray, stays: (item: JsonNode, index: number) => boolean): void {
    const kept = array.items.filter(stays);
    if (kept.length === array.items.length) return;
    this.#touch(array);
    array.items = kept;
  }

  /** The member as an object; what else stands there, or nothing, gives way to an empty one. */
  objectAt(object: JsonObject, key: string): JsonObject {
    const found = object.members.get(key);
    if (found?.kind === "object") return found;
    this.set(object, key, {});
    return object.members.get(key) as JsonObject;
  }

  text(): string {
    const patches: Patch[] = [];
    const touched = [...this.#before.keys()].map(({ start }) => start).sort((a, b) => a - b);
    this.#collect(this.root, touched, patches);
    return applyPatches(this.source, patches);
  }

  #touch(container: Container): void {
    if (this.#before.has(container)) return;
    const entries: Entry[] =
      container.kind === "array"
        ? container.items.map((item) => ["", item])
        : [...container.members, ...(container.hidden ?? []).map(({ key, value }): Entry => [key, value])];
    // A key that stands twice has the place of its first value in the map.
    this.#before.set(
      container,
      entries.sort(([, a], [, b]) => a.start - b.start),
    );
  }

  /** The old node where it says the value already, or can be changed to; else a new one in its place. */
  #merge(old: JsonNode, value: unknown): JsonNode {
    if (Array.isArray(value) && old.kind === "array") {
      this.keepItems(old, (_, i) => i < value.length);
      value.forEach((item, i) => {
        this.setItem(old, i, item);
      });
      return old;
    }
    if (isRecord(value) && old.kind === "object") {
      for (const key of [...old.members.keys()]) if (!Object.hasOwn(value, key) || value[key] === undefined) this.remove(old, key);
      for (const [key, member] of Object.entries(value)) if (member !== undefined) this.set(old, key, member);
      return old;
    }
    if (old.kind !== "array" && old.kind !== "object" && plainValue(old) === value) return old;
    const node = nodeOf(value);
    if (node.kind === "number" && old.kind === "number" && !old.integer && Number.isInteger(node.value) && Math.abs(node.value) < 1e15) {
      node.text = node.value.toFixed(1);
    }
    return { ...node, start: old.start, end: old.end };
  }

  #collect(node: JsonNode, touched: readonly number[], patches: Patch[]): void {
    if ((node.kind !== "object" && node.kind !== "array") || node.start < 0 || !holdsAny(node, touched)) return;
    const before = this.#before.get(node);
    if (before) this.#collectChanges(node, before, patches);
    const old = before && new Set(before.map(([, value]) => value));
    for (const value of node.kind === "object" ? node.members.values() : node.items) {
      if (!old || old.has(value)) this.#collect(value, touched, patches);
    }
  }

  #collectChanges(node: Container, before: readonly Entry[], patches: Patch[]): void {
    const places = new Map<number, Entry>();
    const added: Entry[] = [];
    for (const entry of entriesOf(node)) {
      if (entry[1].start < 0) added.push(entry);
      else places.set(entry[1].start, entry);
    }
    const isKept = ([key, { start }]: Entry) =>
      places.has(start) || (node.kind === "object" && isHidden(node, key, start) && (node.members.get(key)?.start ?? -1) >= 0);
    const startOf = ([, value]: Entry) => (node.kind === "array" ? value.start : keyStart(this.source, value));
    const spacing = this.#spacingOf(node, before);
    const inline = newLine(spacing.before);
    const write = ([key, value]: Entry) =>
      `${node.kind === "array" ? "" : `${JSON.stringify(key)}${spacing.colon}`}${this.#write(value, inline)}`;

    const first = before.findIndex(isKept);
    if (first < 0) {
      const members = added.map(write).join(before.length === 0 && node.kind === "array" ? this.#comma() : `,${spacing.before}`);
      const last = before.at(-1);
      const closing = inline === undefined ? "" : inline.slice(0, inline.length - this.#unit().length);
      if (last && members !== "") patches.push({ start: startOf(before[0]!), end: last[1].end, text: members });
      else patches.push({ start: node.start + 1, end: node.end - 1, text: members && `${spacing.before}${members}${closing}` });
      return;
    }
    if (first > 0) patches.push({ start: startOf(before[0]!), end: startOf(before[first]!), text: "" });
    let lastKept = first;
    const behind = new Map<number, number>();
    before.forEach((entry, i) => {
      const [key, value] = entry;
      if (isKept(entry)) lastKept = i;
      else if (i > first) patches.push({ start: before[i - 1]![1].end, end: value.end, text: "" });
      behind.set(value.start, Math.max(first, lastKept));
      const [newKey, newValue] = places.get(value.start) ?? entry;
      if (newKey !== key) patches.push({ ...keySpan(this.source, value), text: JSON.stringify(newKey) });
      if (newValue !== value) patches.push({ start: value.start, end: value.end, text: this.#write(newValue, inline) });
    });
    for (const entry of added) {
      const anchor = this.#anchors.get(entry[1]);
      const at = before[(anchor && behind.get(anchor.start)) ?? lastKept]![1].end;
      patches.push({ start: at, end: at, text: `,${spacing.before}${write(entry)}` });
    }
  }

  /** As its last member is; an empty one as its own line and the top of the document are. */
  #spacingOf(node: Container, before: readonly Entry[]): Spacing {
    const last = before.at(-1)?.[1];
    if (last && node.kind === "array") return { before: blankBefore(this.source, last.start), colon: this.#colon() };
    if (last) return { before: blankBefore(this.source, keyStart(this.source, last)), colon: colonBefore(this.source, last) };
    const unit = this.#unit();
    if (unit === "" || node.kind === "array") return { before: "", colon: this.#colon() };
    const line = this.source.slice(this.source.lastIndexOf("\n", node.start) + 1, node.start);
    return { before: `\n${/^\s*/.exec(line)?.[0] ?? ""}${unit}`, colon: this.#colon() };
  }

  #topMember(): JsonNode | undefined {
    return (this.#before.get(this.root)?.[0] ?? entriesOf(this.root)[0])?.[1];
  }

  /** One step of indentation; none where the document is on one line. */
  #unit(): string {
    const top = this.#topMember();
    return newLine(top ? blankBefore(this.source, keyStart(this.source, top)) : "")?.slice(1) ?? "";
  }

  #colon(): string {
    const top = this.#topMember();
    return top ? colonBefore(this.source, top) : ": ";
  }

  /** Between members on one line. */
  #comma(): string {
    return this.#colon().endsWith(":") ? "," : ", ";
  }

  /** `line` is the line break with the indentation of the member that holds the value; none: all on one line. */
  #write(node: JsonNode, line: string | undefined): string {
    if (node.kind === "number") return node.text;
    if (node.kind !== "object" && node.kind !== "array") return JSON.stringify(plainValue(node));
    const entries = entriesOf(node);
    const isFlat = line === undefined || (node.kind === "array" && entries.every(([, { kind }]) => kind !== "object" && kind !== "array"));
    const inner = isFlat ? undefined : `${line}${this.#unit()}`;
    const members = entries.map(
      ([key, value]) =>
        `${inner ?? ""}${node.kind === "array" ? "" : `${JSON.stringify(key)}${this.#colon()}`}${this.#write(value, inner)}`,
    );
    const all = entries.length === 0 ? "" : `${members.join(isFlat ? this.#comma() : ",")}${isFlat ? "" : line}`;
    return node.kind === "array" ? `[${all}]` : `{${all}}`;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function nodeOf(value: unknown): JsonNode {
  if (Array.isArray(value)) return made.array(value.map(nodeOf));
  if (isRecord(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return made.object(new Map(members.map(([key, member]) => [key, nodeOf(member)])));
  }
  if (typeof value === "string") return made.text(value);
  if (typeof value === "boolean") return made.boolean(value);
  if (typeof value !== "number" || !Number.isFinite(value)) return made.null();
  return { ...made.real(value + 0), integer: Number.isInteger(value), text: JSON.stringify(value) };
}

function entriesOf(node: Container): Entry[] {
  return node.kind === "object" ? [...node.members] : node.items.map((item): Entry => ["", item]);
}

const isHidden = (node: JsonObject, key: string, start: number) =>
  node.hidden?.some((one) => one.key === key && one.value.start === start) ?? false;

/** Whether one of the ascending places lies in the node. */
function holdsAny(node: Container, touched: readonly number[]): boolean {
  let low = 0;
  for (let high = touched.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (touched[middle]! < node.start) low = middle + 1;
    else high = middle;
  }
  return low < touched.length && touched[low]! < node.end;
}

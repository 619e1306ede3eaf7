/**
 * Reads JSON into nodes that remember where they stood in the text and whether a number was written with a fraction.
 *
 * Two needs that JSON.parse does not meet: a problem can name the place in the user's own file, and an edit can replace one value
 * and leave every other byte alone. It walks with its own stack, so deep nesting is a problem with a place, never a stack overflow.
 */

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

/** Offsets into the text, end exclusive; -1 for a node that was made here and stands nowhere. */
interface Span {
  start: number;
  end: number;
}
export interface JsonObject extends Span {
  kind: "object";
  /** Of a key that stands twice, the last value. */
  members: Map<string, JsonNode>;
  /** Values that a later one of the same key hides. */
  hidden?: { key: string; value: JsonNode }[];
}
export interface JsonArray extends Span {
  kind: "array";
  items: JsonNode[];
}
export interface JsonString extends Span {
  kind: "string";
  value: string;
}
export interface JsonNumber extends Span {
  kind: "number";
  value: number;
  /** Written without fraction and exponent. 1 and 1.0 are different documents (and hash differently). */
  integer: boolean;
  /** The digits as written. */
  text: string;
}
export interface JsonBoolean extends Span {
  kind: "boolean";
  value: boolean;
}
export interface JsonNull extends Span {
  kind: "null";
}

export class JsonSyntaxError extends Error {
  readonly line: number;
  readonly column: number;
  readonly found: string;

  constructor(text: string, offset: number, expected: string) {
    const place = placeOf(text, offset);
    super(expected);
    this.line = place.line;
    this.column = place.column;
    this.found = offset >= text.length ? "end of the text" : JSON.stringify(text.slice(offset, offset + 12));
  }
}

/** Genomes nest 7 deep; anything far beyond is damage or an attack. */
const maxDepth = 128;
/** A node takes some hundred bytes; the largest genome known has 15 thousand. */
const maxValues = 4_000_000;

/** Line and column, both from 1. */
function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.lastIndexOf("\n", Math.max(0, offset - 1));
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return { line, column: offset - (offset === 0 ? -1 : before) };
}

const numberForm = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const blank = /[ \t\n\r]*/y;

/** Throws JsonSyntaxError; nothing else. */
export function readJson(text: string): JsonNode {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let values = 0;
  const open: { node: JsonObject | JsonArray; key: string }[] = [];
  const fail = (expected: string, offset = at): never => {
    throw new JsonSyntaxError(text, offset, expected);
  };
  const skipBlank = () => {
    blank.lastIndex = at;
    blank.exec(text);
    at = blank.lastIndex;
  };
  const readString = (): string => {
    const start = at;
    let escaped = false;
    for (let end = at + 1; ; end++) {
      const code = text.charCodeAt(end);
      if (Number.isNaN(code)) fail("a closing quote", text.length);
      if (code === 0x22) {
        at = end + 1;
        break;
      }
      if (code < 0x20) fail("a text without control characters", end);
      if (code !== 0x5c) continue;
      escaped = true;
      end++;
      if (text[end] === "u") {
        if (!/^[0-9a-fA-F]{4}$/.test(text.slice(end + 1, end + 5))) fail("four hex digits after \\u", end + 1);
        end += 4;
      } else if (!'"\\/bfnrt'.includes(text[end] ?? " ")) fail('an escape: \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u', end);
    }
    return escaped ? (JSON.parse(text.slice(start, at)) as string) : text.slice(start + 1, at - 1);
  };
  const readKey = (): string => {
    skipBlank();
    if (text[at] !== '"') fail("a key in quotes");
    const key = readString();
    skipBlank();
    if (text[at] !== ":") fail('":" after a key');
    at++;
    return key;
  };
  const word = (letters: string, node: JsonNode): JsonNode => {
    if (!text.startsWith(letters, at)) fail("a value");
    at += letters.length;
    return { ...node, start: at - letters.length, end: at };
  };
  const readScalar = (): JsonNode => {
    const start = at;
    switch (text[at]) {
      case '"': {
        const value = readString();
        return { kind: "string", value, start, end: at };
      }
      case "t":
        return word("true", { kind: "boolean", value: true, start, end: start });
      case "f":
        return word("false", { kind: "boolean", value: false, start, end: start });
      case "n":
        return word("null", { kind: "null", start, end: start });
    }
    numberForm.lastIndex = at;
    const match = numberForm.exec(text);
    if (!match) return fail("a value");
    at = numberForm.lastIndex;
    return {
      kind: "number",
      value: Number(match[0]),
      integer: match[1] === undefined && match[2] === undefined,
      text: match[0],
      start,
      end: at,
    };
  };

  for (;;) {
    // A value begins here.
    skipBlank();
    if (++values > maxValues) fail(`at most ${maxValues} values`);
    let done: JsonNode;
    const first = text[at];
    if (first === "{" || first === "[") {
      if (open.length >= maxDepth) fail(`at most ${maxDepth} levels of nesting`);
      const start = at++;
      skipBlank();
      const node: JsonObject | JsonArray =
        first === "{" ? { kind: "object", members: new Map(), start, end: start } : { kind: "array", items: [], start, end: start };
      if (text[at] === (first === "{" ? "}" : "]")) {
        node.end = ++at;
        done = node;
      } else {
        open.push({ node, key: node.kind === "object" ? readKey() : "" });
        continue;
      }
    } else done = readScalar();

    // The value has ended; give it to its parent, and close parents while they end too.
    for (;;) {
      const parent = open.at(-1);
      if (!parent) {
        skipBlank();
        if (at < text.length) fail("nothing after the document");
        return done;
      }
      const { node } = parent;
      if (node.kind === "array") node.items.push(done);
      else {
        const earlier = node.members.get(parent.key);
        if (earlier) {
          node.hidden ??= [];
          node.hidden.push({ key: parent.key, value: earlier });
        }
        node.members.set(parent.key, done);
      }
      skipBlank();
      if (text[at] === ",") {
        at++;
        if (node.kind === "object") parent.key = readKey();
        break;
      }
      if (text[at] !== (node.kind === "object" ? "}" : "]")) fail(node.kind === "object" ? '"," or "}"' : '"," or "]"');
      node.end = ++at;
      open.pop();
      done = node;
    }
  }
}

/** The value without places. Keys such as __proto__ stay plain keys. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case "object":
      return Object.fromEntries([...node.members].map(([key, value]) => [key, plainValue(value)]));
    case "array":
      return node.items.map(plainValue);
    case "null":
      return null;
    default:
      return node.value;
  }
}

/** What a person would call this value, short enough for a message. */
export function describeNode(node: JsonNode | undefined): string {
  if (!node) return "nothing";
  switch (node.kind) {
    case "object":
      return "an object";
    case "array":
      return `a list of ${node.items.length}`;
    case "null":
      return "null";
    case "string":
      return `text ${JSON.stringify(node.value.length > 40 ? `${node.value.slice(0, 40)}…` : node.value)}`;
    case "number":
      return node.integer ? `integer ${node.value}` : `number ${node.value}`;
    case "boolean":
      return String(node.value);
  }
}

/** Path of a node of this document, as blueprint._____10c-iic400-cx-dstmap-d.iic400[0][2]. */
export function pathOf(root: JsonNode, target: JsonNode): string {
  let path = "";
  let node = root;
  for (;;) {
    let inside: JsonNode | undefined;
    if (node === target) return path;
    if (node.kind === "object") {
      for (const [key, value] of node.members) {
        if (value.start <= target.start && target.end <= value.end) {
          path += path === "" ? key : `.${key}`;
          inside = value;
          break;
        }
      }
    } else if (node.kind === "array") {
      const index = node.items.findIndex((value) => value.start <= target.start && target.end <= value.end);
      if (index !== -1) {
        path += `[${index}]`;
        inside = node.items[index];
      }
    }
    if (!inside) return path;
    node = inside;
  }
}

/** The value at a path that `pathOf` gave. Keys may hold dots: the longest that fits and leads on is taken. */
export function nodeAt(node: JsonNode, path: string): JsonNode | undefined {
  if (path === "") return node;
  const [item, index] = /^\[(\d+)\]/.exec(path) ?? [];
  if (item !== undefined) {
    const inside = node.kind === "array" ? node.items[Number(index)] : undefined;
    return inside && nodeAt(inside, path.slice(item.length));
  }
  if (node.kind !== "object") return undefined;
  const rest = path.startsWith(".") ? path.slice(1) : path;
  const keys = [...node.members.keys()].filter((key) => rest.startsWith(key) && ["", ".", "["].includes(rest.charAt(key.length)));
  for (const key of keys.sort((a, b) => b.length - a.length)) {
    const found = nodeAt(node.members.get(key)!, rest.slice(key.length));
    if (found) return found;
  }
  return undefined;
}

/** Nodes made here, for values that stand in no file. */
export const made = {
  object: (members: Map<string, JsonNode> = new Map()): JsonObject => ({ kind: "object", members, start: -1, end: -1 }),
  array: (items: JsonNode[]): JsonArray => ({ kind: "array", items, start: -1, end: -1 }),
  text: (value: string): JsonString => ({ kind: "string", value, start: -1, end: -1 }),
  integer: (value: number): JsonNumber => ({ kind: "number", value, integer: true, text: String(value), start: -1, end: -1 }),
  real: (value: number): JsonNumber => ({ kind: "number", value, integer: false, text: String(value), start: -1, end: -1 }),
  boolean: (value: boolean): JsonBoolean => ({ kind: "boolean", value, start: -1, end: -1 }),
  null: (): JsonNull => ({ kind: "null", start: -1, end: -1 }),
};

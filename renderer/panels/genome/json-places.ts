/** Places in a JSON text that is being edited: from a path of a problem to a range, and from a position to the area it belongs to. */
import { ensureSyntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

interface Range {
  from: number;
  to: number;
}
type SyntaxNode = NonNullable<ReturnType<NonNullable<ReturnType<typeof ensureSyntaxTree>>["topNode"]["getChild"]>>;

/** Longest that an edit waits for the text to be read, in ms. */
const patience = 500;

function topValue(state: EditorState): SyntaxNode | null {
  return ensureSyntaxTree(state, state.doc.length, patience)?.topNode.firstChild ?? null;
}

const keyOf = (state: EditorState, property: SyntaxNode): string => {
  const name = property.getChild("PropertyName");
  return name ? (JSON.parse(state.sliceDoc(name.from, name.to)) as string) : "";
};

/** The value at a path such as `blueprint.key[0]`; keys may hold dots. Null where the text has no such place. */
export function rangeAt(state: EditorState, path: string): Range | null {
  const top = topValue(state);
  const found = top && valueAt(state, top, path);
  return found ? { from: found.from, to: found.to } : null;
}

/** Where a problem is: at its path, or at the line and column that it names where the text is no JSON at all. */
export function rangeOf(state: EditorState, { path, message }: { path: string; message: string }): Range {
  const [, line, column] = /line (\d+), column (\d+)/.exec(message) ?? [];
  if (path === "" && line !== undefined) {
    const { from, to } = state.doc.line(Math.min(Number(line), state.doc.lines));
    const at = Math.min(to, from + Number(column) - 1);
    return { from: at, to: Math.min(to, at + 1) };
  }
  return rangeAt(state, path) ?? { from: 0, to: Math.min(1, state.doc.length) };
}

function valueAt(state: EditorState, node: SyntaxNode, path: string): SyntaxNode | null {
  if (path === "") return node;
  const [item, index] = /^\[(\d+)\]/.exec(path) ?? [];
  if (item !== undefined) {
    // Values have names such as Number; brackets and commas are their own.
    const items = children(node).filter(({ name }) => /^[A-Z]/.test(name));
    const inside = items[Number(index)];
    return inside ? valueAt(state, inside, path.slice(item.length)) : null;
  }
  const rest = path.startsWith(".") ? path.slice(1) : path;
  const fitting = node
    .getChildren("Property")
    .map((property) => ({ property, key: keyOf(state, property) }))
    .filter(({ key }) => rest.startsWith(key) && ["", ".", "["].includes(rest.charAt(key.length)))
    .sort((a, b) => b.key.length - a.key.length);
  for (const { property, key } of fitting) {
    const value = property.lastChild;
    const found = value && valueAt(state, value, rest.slice(key.length));
    if (found) return found;
  }
  return null;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
}

/** Keys of the blueprint, each with the id it spells: a hierarchical key is the id, a flat one holds it. */
function* blueprintKeys(state: EditorState): Generator<{ property: SyntaxNode; documentId: string }> {
  const top = topValue(state);
  const blueprint = top && valueAt(state, top, "blueprint");
  for (const property of blueprint?.getChildren("Property") ?? []) {
    const key = keyOf(state, property);
    const [, flat] = /^_____10c-(.+)-(?:cx|nx)-/.exec(key) ?? [];
    yield { property, documentId: flat ?? key };
  }
}

/** Where the first key of an area stands. */
export function placeOfArea(state: EditorState, documentId: string): number | null {
  for (const key of blueprintKeys(state)) if (key.documentId === documentId) return key.property.from;
  return null;
}

/** The id, as the document spells it, of the area whose text holds the position. */
export function areaAt(state: EditorState, position: number): string | null {
  for (const { property, documentId } of blueprintKeys(state)) if (property.from <= position && position <= property.to) return documentId;
  return null;
}

/** The one change that makes a text another: what they share at both ends stays. */
export function changeBetween(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  const shorter = Math.min(before.length, after.length);
  while (from < shorter && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < shorter - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

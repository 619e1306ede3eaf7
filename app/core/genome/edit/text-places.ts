/** Places in a JSON text that its nodes do not know: keys, blanks between members; and replacing several places at once. */
import type { JsonNode } from "../json.ts";

export interface Patch {
  start: number;
  end: number;
  text: string;
}

/** The key of a member, quotes included, by its value. */
export function keySpan(source: string, value: JsonNode): { start: number; end: number } {
  const close = source.lastIndexOf('"', source.lastIndexOf(":", value.start - 1));
  let open = close;
  do open = source.lastIndexOf('"', open - 1);
  while (isEscaped(source, open));
  return { start: open, end: close + 1 };
}

export const keyStart = (source: string, value: JsonNode) => keySpan(source, value).start;
export const colonBefore = (source: string, value: JsonNode) => source.slice(keySpan(source, value).end, value.start);

function isEscaped(source: string, quote: number): boolean {
  let slashes = 0;
  while (source[quote - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

export function blankBefore(source: string, at: number): string {
  let start = at;
  while (start > 0 && " \t\n\r".includes(source[start - 1]!)) start--;
  return source.slice(start, at);
}

/** The last line break of a blank, with the indentation behind it. */
export function newLine(blank: string): string | undefined {
  const at = blank.lastIndexOf("\n");
  return at < 0 ? undefined : blank.slice(at);
}

/** The patches must not overlap; of those at one place, what inserts comes first. */
export function applyPatches(source: string, patches: readonly Patch[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text } of [...patches].sort((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(source.slice(at, start), text);
    at = end;
  }
  return pieces.join("") + source.slice(at);
}

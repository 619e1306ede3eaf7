/** Text as XML 1.0 can hold it. */

/** Everything but its characters: tab, line breaks, and U+0020 to U+FFFD with the upper planes. */
const notXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Holds characters that XML has no place for. */
export function unescapable(text: string): boolean {
  return text.search(notXml) >= 0;
}

/** For content and for attributes in double quotes; line breaks survive as references. */
export function escaped(text: string): string {
  return text.replace(notXml, "").replace(/[&<>"\t\n\r]/g, (character) => entities[character] as string);
}

/** Tokens of patterns as people write them; the same spelling as in a genome. */
import type { PatternToken } from "#contracts/connectome.ts";

const fixed = { any: "*", same: "?", others: "!", above: "?+", below: "?-", atLeast: "?+=", atMost: "?-=" } as const;
const fixedByText: ReadonlyMap<string, PatternToken> = new Map(
  Object.entries(fixed).map(([type, text]) => [text, { type: type as keyof typeof fixed }]),
);
const signed = (value: number) => (value < 0 ? String(value) : `+${value}`);

export function tokenText(token: PatternToken): string {
  switch (token.type) {
    case "exactly":
      return String(token.value);
    case "offset":
      return `?${signed(token.by)}`;
    case "offsetRange":
      return `?${signed(token.from)}:?${signed(token.to)}`;
    case "range":
      return `${token.from}..${token.to}`;
    default:
      return fixed[token.type];
  }
}

/** Null where the text is no token. */
export function parseToken(text: string): PatternToken | null {
  const written = text.trim();
  const known = fixedByText.get(written);
  if (known) return known;
  const offset = /^\?([+-]\d{1,9})$/.exec(written);
  if (offset) return { type: "offset", by: Number(offset[1]) };
  const offsets = /^\?([+-]\d{1,9})?:\?([+-]\d{1,9})?$/.exec(written);
  if (offsets) return { type: "offsetRange", from: Number(offsets[1] ?? 0), to: Number(offsets[2] ?? 0) };
  const range = /^(\d{1,9})\.\.(\d{1,9})$/.exec(written);
  if (range) return { type: "range", from: Number(range[1]), to: Number(range[2]) };
  return /^\d{1,9}$/.test(written) ? { type: "exactly", value: Number(written) } : null;
}

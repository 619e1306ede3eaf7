/** What an event says beside its kind, as people read it: no ids of brains, areas by name, the burst apart. */
import type { LabEvent } from "#contracts/commands/session.ts";
import { formatExact } from "../../ui/format.ts";

/** An id the lab made: it tells a person nothing. */
const madeId = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** Said by every event, or in a column of its own. */
const leftOut = new Set(["brainId", "burst"]);

export function burstOf({ data }: LabEvent): number | null {
  const burst = fieldsOf(data).burst;
  return typeof burst === "number" ? burst : null;
}

/** `nameOf`: of an area by its id; undefined where the text is none. */
export function detailsOf({ data }: LabEvent, nameOf: (id: string) => string | undefined): string {
  if (typeof data !== "object" || data === null) return data === undefined || data === null ? "" : said(data, nameOf);
  return Object.entries(data)
    .filter(([key, value]) => !leftOut.has(key) && !(typeof value === "string" && madeId.test(value)))
    .map(([key, value]) => `${wordsOf(key)} ${said(value, nameOf)}`)
    .join(" · ");
}

/** Every word stands in the kind, the source, the details or the number of the burst. */
export function matches(event: LabEvent, words: readonly string[], details: string): boolean {
  const text = `${event.type} ${event.source} ${burstOf(event) ?? ""} ${details}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function said(value: unknown, nameOf: (id: string) => string | undefined): string {
  if (typeof value === "number") return formatExact(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return nameOf(value) ?? value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((one) => said(one, nameOf)).join(", ");
  if (isTerm(value)) return `${value.text} = ${said(value.value, nameOf)}`;
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([key, part]) => `${wordsOf(key)} ${said(part, nameOf)}`)
      .join(", ");
  return "–";
}

/** A term of a condition with what it came to. */
function isTerm(value: unknown): value is { text: string; value: unknown } {
  return typeof value === "object" && value !== null && "text" in value && "value" in value && Object.keys(value).length === 2;
}

/** `bytesWritten` as "bytes written". */
function wordsOf(key: string): string {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll("_", " ");
}

function fieldsOf(data: unknown): Record<string, unknown> {
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
}

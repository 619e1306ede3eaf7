/** Typed reading of one value: null and missing give the default, a wrong type is a problem at its place, never a guess. */
import type { Findings } from "./findings.ts";
import { describeNode, type JsonNode, plainValue } from "./json.ts";

const largestSingle = 3.4028234663852886e38;

export type Properties = ReadonlyMap<string, JsonNode>;

/** The values under other names than `read`, as a field to spread: absent where there are none. */
export function extrasOf(members: Properties, read: { has(name: string): boolean }): { extras?: Record<string, unknown> } {
  const others = [...members].filter(([name]) => !read.has(name));
  return others.length === 0 ? {} : { extras: Object.fromEntries(others.map(([name, node]) => [name, plainValue(node)])) };
}

/** Reads the properties of one object; `owner` names it in messages. */
export class ValueReader {
  readonly #properties: Properties;
  readonly #owner: string;
  readonly #findings: Findings;

  constructor(properties: Properties, owner: string, findings: Findings) {
    this.#properties = properties;
    this.#owner = owner;
    this.#findings = findings;
  }

  get(property: string): JsonNode | undefined {
    const node = this.#properties.get(property);
    return node?.kind === "null" ? undefined : node;
  }

  number(property: string, fallback: number): number {
    const node = this.get(property);
    if (!node) return fallback;
    if (node.kind !== "number") return this.#wrong(property, node, "a number", fallback);
    if (Math.abs(node.value) <= largestSingle) return node.value;
    const message = `${property} of ${this.#owner} is beyond a 32-bit float; ${fallback} is used.`;
    this.#findings.repair(node, { code: "NUMBER_RANGE", message, expected: "a number up to 3.4e38" });
    return fallback;
  }

  /** A JSON integer from 0 to `most`. */
  natural(property: string, fallback: number, most = 4294967295): number {
    const node = this.get(property);
    if (!node) return fallback;
    const fits = node.kind === "number" && node.integer && node.value >= 0 && node.value <= most;
    return fits ? node.value : this.#wrong(property, node, `a whole number from 0 to ${most}`, fallback);
  }

  /** A number of bursts that is kept in 16 bits, whatever way it is written. `clamp`: as FEAGI does, without a word. */
  bursts(property: string, fallback: number, clamp: boolean): number {
    const node = this.get(property);
    if (!node) return fallback;
    const expected = "a number of bursts from 0 to 65535";
    if (node.kind !== "number") return this.#wrong(property, node, expected, fallback);
    if (clamp) return Math.min(65535, Math.max(0, Math.trunc(node.value)));
    return node.value >= 0 && node.value <= 65535 ? Math.trunc(node.value) : this.#wrong(property, node, expected, fallback);
  }

  boolean(property: string, fallback: boolean): boolean {
    const node = this.get(property);
    if (!node) return fallback;
    return node.kind === "boolean" ? node.value : this.#wrong(property, node, "true or false", fallback);
  }

  text(property: string, fallback: string): string {
    const node = this.get(property);
    if (!node) return fallback;
    return node.kind === "string" ? node.value : this.#wrong(property, node, "text", fallback);
  }

  /** Entries of a list; an entry that is null or missing gives its default. */
  integers(property: string, fallback: readonly number[], signed: boolean): number[] {
    const node = this.get(property);
    if (!node) return [...fallback];
    if (node.kind !== "array") {
      this.#wrong(property, node, `a list of ${fallback.length} integers`, 0);
      return [...fallback];
    }
    return fallback.map((standard, i) => this.#integer(property, node.items[i], standard, signed));
  }

  #integer(property: string, item: JsonNode | undefined, fallback: number, signed: boolean): number {
    if (!item || item.kind === "null") return fallback;
    const [least, most] = signed ? [-2147483648, 2147483647] : [0, 4294967295];
    if (item.kind === "number" && item.integer && item.value >= least && item.value <= most) return item.value;
    return this.#wrong(property, item, `a whole number from ${least} to ${most}`, fallback);
  }

  #wrong<T>(property: string, node: JsonNode, expected: string, fallback: T): T {
    const message = `${property} of ${this.#owner} must be ${expected}.`;
    this.#findings.refuse(node, {
      code: "VALUE_TYPE",
      message,
      expected,
      found: describeNode(node),
      fix: `Write ${expected}, or null for the default.`,
      quickFix: { title: "Use the default", text: "null" },
    });
    return fallback;
  }
}

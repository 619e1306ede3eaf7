/** Gathers everything there is to say about one document: what refuses it, what is odd, what was repaired. Never only the first. */
import type { GenomeProblem } from "#contracts/genome.ts";
import { describeNode, type JsonNode, pathOf } from "./json.ts";

/** A damaged file can hold a problem per line; a person reads the first few. */
const mostReported = 200;

export interface Finding {
  code: string;
  message: string;
  expected: string;
  /** Default: what stands at the place. */
  found?: string;
  fix?: string;
  /** The JSON text that mends it, where nobody needs to choose. Only where `at` is the value itself. */
  quickFix?: { title: string; text: string };
}

export class Findings {
  readonly errors: GenomeProblem[] = [];
  readonly warnings: GenomeProblem[] = [];
  readonly repairs: GenomeProblem[] = [];
  readonly #root: JsonNode;
  readonly #repair: boolean;

  constructor(root: JsonNode, repair: boolean) {
    this.#root = root;
    this.#repair = repair;
  }

  /** The document cannot be used; whoever reads this is always told what to do. */
  refuse(at: JsonNode | string, finding: Finding): void {
    this.#add(this.errors, at, { fix: `Write ${finding.expected} here.`, ...finding });
  }

  warn(at: JsonNode | string, finding: Finding): void {
    this.#add(this.warnings, at, finding);
  }

  /**
   * Something is not taken as written, or not as FEAGI takes it: a value with one sensible replacement, a part left out, a defect of
   * FEAGI mended. It is listed, or refused where repairs are not wanted. Only where it changes something in this genome.
   */
  repair(at: JsonNode | string, finding: Finding): void {
    if (this.#repair) this.#add(this.repairs, at, finding);
    else this.refuse(at, { fix: `Write ${finding.expected} here, or allow repairs.`, ...finding });
  }

  #add(list: GenomeProblem[], at: JsonNode | string, finding: Finding): void {
    const { code, message, expected, found, fix, quickFix } = finding;
    if (list.length > mostReported) return;
    if (list.length === mostReported) {
      const more = `There are more than ${mostReported} findings of this kind; the rest is not listed.`;
      list.push({ path: "", code: "MORE_FINDINGS", message: more, expected: "fewer findings", found: `more than ${mostReported}` });
      return;
    }
    const path = typeof at === "string" ? at : pathOf(this.#root, at);
    const seen = found ?? (typeof at === "string" ? "nothing" : describeNode(at));
    // Some values are looked at from two sides.
    if (list.some((one) => one.path === path && one.code === code && one.message === message)) return;
    list.push({
      path,
      code,
      message,
      expected,
      found: seen,
      ...(fix === undefined ? {} : { fix }),
      ...(quickFix && path ? { quickFix: { ...quickFix, path } } : {}),
    });
  }
}

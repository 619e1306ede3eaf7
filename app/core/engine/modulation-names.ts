/**
 * Names of modulators and the numbers engines know them by, and the groups that sets of them make.
 *
 * A number is given once and never again. Groups are numbered from 1 in order of first request; one set has one number, in whatever
 * order it is named. Source: spec/burst-engine-extensions.md 11.3.
 */
import { LabError } from "#contracts/errors.ts";

/** Group numbers are u16; 0 means none. */
const MAX_GROUP = 65_535;

export class ModulationNames {
  readonly #numbers = new Map<string, number>();
  /** Members of each group, by its number less 1. */
  readonly #groups: Set<number>[] = [];
  /** Group numbers by their members in writing. */
  readonly #found = new Map<string, number>();
  #given = 0;

  /** The number of a name; a new name gets one. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#given);
    return this.#given++;
  }

  rename(name: string, into: string): void {
    const number = this.#numbers.get(name);
    if (number === undefined) return;
    this.#numbers.delete(name);
    this.#numbers.set(into, number);
  }

  /** Another name for the same number. */
  alias(name: string, of: string): void {
    this.#numbers.set(name, this.numberOf(of));
  }

  /** Forgets a name, also in groups; the number it had. */
  remove(name: string): number | undefined {
    const number = this.#numbers.get(name);
    this.#numbers.delete(name);
    if (number === undefined) return undefined;
    this.#found.clear();
    for (const [at, group] of this.#groups.entries()) {
      group.delete(number);
      if (!this.#found.has(written(group))) this.#found.set(written(group), at + 1);
    }
    return number;
  }

  /** The group of these names; those nobody has are left out, and 0 is the group of none. E_INVALID when there are no numbers left. */
  group(names: readonly string[]): number {
    const members = new Set(names.flatMap((name) => this.#numbers.get(name) ?? []));
    if (members.size === 0) return 0;
    const known = this.#found.get(written(members));
    if (known !== undefined) return known;
    if (this.#groups.length === MAX_GROUP) {
      throw new LabError("E_INVALID", `There are already ${MAX_GROUP} sets of modulators, as many as synapses can tell apart`, {
        issues: [{ path: "modulators", message: "is one set too many" }],
      });
    }
    const number = this.#groups.push(members);
    this.#found.set(written(members), number);
    return number;
  }

  /** Numbers of the modulators in a group. */
  membersOf(group: number): number[] {
    return [...(this.#groups[group - 1] ?? [])];
  }
}

function written(members: ReadonlySet<number>): string {
  return [...members].sort((a, b) => a - b).join(" ");
}

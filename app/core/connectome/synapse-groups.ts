/**
 * Modulation groups of synapses that an edit adds, and of those that stay where their rule now lists other modulators.
 *
 * Where all rules of a mapping list the same, every synapse of it has that group; else the rule decides that grows one between the
 * same places, and one that no rule grows goes with the last rule that learns. Source: spec/burst-engine-extensions.md 11.3.
 */
import type { CorticalId, MappingRule } from "#contracts/connectome.ts";
import type { PatchWriter } from "#contracts/patch.ts";
import type { Growth, SynapseRun } from "../development/growth.ts";
import { learningOf, modulatorsOf } from "../genome/rule-learning.ts";
import type { AreaChanges } from "./area-changes.ts";
import { pairKey } from "./mapping-changes.ts";

/** Pairs, by their ids after the edit, that live on and some rule of which lists other modulators than before. */
export function regrouped(oldGrowth: Growth, growth: Growth, changes: AreaChanges): Set<string> {
  const found = new Set<string>();
  if (growth.modulation.groups.length === 0) return found;
  const groups = (rules: readonly MappingRule[] = []) => rules.map((rule) => growth.names.group(modulatorsOf(rule))).join();
  for (const { gene } of oldGrowth.areas) {
    const src = changes.successors.get(gene.id);
    for (const [oldDst, rules] of gene.mappings) {
      const dst = changes.successors.get(oldDst);
      const now = src === undefined || dst === undefined ? undefined : growth.genome.areas.get(src)?.mappings.get(dst);
      if (now && groups(rules) !== groups(now)) found.add(pairKey(src!, dst!));
    }
  }
  return found;
}

/** Words of an added synapse. */
const ROW = 5;

/** Gathers what is stamped with which group. Of two places the group of their synapses is asked one by one, in the order they grow. */
export class GroupStamps {
  readonly #growth: Growth;
  readonly #ofGrown: Uint16Array | null;
  readonly #stays: number[] = [];
  /** Places in the list of what is added; those without a group are in none. */
  readonly #added: SynapseRun[] = [];

  constructor(growth: Growth, grown: number) {
    this.#growth = growth;
    this.#ofGrown = growth.groupRuns.length > 0 ? new Uint16Array(grown) : null;
    for (const { first, count, value } of growth.groupRuns) this.#ofGrown!.fill(value, first, first + count);
  }

  /** `rows`: what its rules grow, between these places. */
  groupsOf(
    [src, dst]: readonly [CorticalId, CorticalId],
    rows: Uint32Array,
    places: { source: ArrayLike<number>; target: ArrayLike<number> },
  ): (source: number, target: number) => number {
    const rules = this.#growth.genome.areas.get(src)?.mappings.get(dst) ?? [];
    const group = (rule: MappingRule | undefined) => (rule ? this.#growth.names.group(modulatorsOf(rule)) : 0);
    const groups = new Set(rules.map(group));
    if (groups.size < 2) return () => group(rules[0]);
    const others = group(rules.findLast((rule) => learningOf(rule).mode !== null));
    const byPlace = new Map<string, number[]>();
    for (let i = rows.length - 1; i >= 0; i--) {
      const key = `${places.source[i]}>${places.target[i]}`;
      byPlace.set(key, [...(byPlace.get(key) ?? []), this.#ofGrown?.[rows[i]!] ?? 0]);
    }
    return (source, target) => byPlace.get(`${source}>${target}`)?.pop() ?? others;
  }

  stays(slot: number, group: number): void {
    this.#stays.push(slot, 1, group);
  }

  added(place: number, group: number): void {
    if (group === 0) return;
    const last = this.#added.at(-1);
    if (last && last.value === group && last.first + last.count === place) last.count++;
    else this.#added.push({ first: place, count: 1, value: group });
  }

  /** Writes what is added, each with its group, and the groups of what stays. `additions`: arguments of addSynapses. */
  write(patch: PatchWriter, additions: Uint32Array): void {
    const rows = (first: number, end: number) => additions.subarray(first * ROW, end * ROW);
    const ungrouped = (first: number, end: number) => {
      if (end > first) patch.begin("addSynapses", (end - first) * ROW).append(rows(first, end));
    };
    let written = 0;
    for (const { first, count, value } of this.#added) {
      ungrouped(written, first);
      written = first + count;
      patch
        .begin("addGroupedSynapses", 1 + count * ROW)
        .u32(value)
        .append(rows(first, written));
    }
    ungrouped(written, additions.length / ROW);
    if (this.#stays.length > 0) patch.op("groupSynapses", this.#stays);
  }
}

/**
 * What two genomes differ in, as hunks a person can review and take over one by one.
 *
 * Meaning is compared, not text: dialect, order, spelling, and what tells one file from another (id, version, time, counts,
 * signatures) do not count; values that Gyrus only carries along do. Every hunk knows the way there and the way back. A difference
 * that no `GenomeEdit` can make is shown only.
 */
import { CorticalId, type MappingRule, type Morphology } from "#contracts/connectome.ts";
import type { GenomeChange, GenomeDiff, GenomeEdit, Hunk } from "#contracts/genome-edit.ts";
import { readableId } from "./cortical-id.ts";
import { statesRegions, topDown, type Way, waysBetween } from "./diff/alignment.ts";
import { areaChanges, creationOf, updateOf } from "./diff/area-fields.ts";
import { changesBetween, same } from "./diff/changes.ts";
import { connectNeeds } from "./diff/hunk-needs.ts";
import { canBeNamed, mappersFirst, morphologyChanges, morphologyEdits } from "./diff/morphology-diff.ts";
import { regionChanges, regionEdits } from "./diff/region-diff.ts";
import { genomeChanges, genomeEdits, physiologyChanges, physiologyEdits } from "./diff/settings-diff.ts";
import type { Genome, GenomeArea } from "./genome.ts";

/** The edits that turn one thing of `way.from` into its counterpart in `way.to`, which differs by these changes. */
type Edits<T> = (way: Way, a: T | undefined, b: T | undefined, changes: readonly GenomeChange[]) => GenomeEdit[];
type Changes<T> = (way: Way, a: T | undefined, b: T | undefined) => GenomeChange[];

/** Regions, morphologies, areas, mappings, settings, in this order. No hunks: the genomes mean the same. */
export function diffGenomes(from: Genome, to: Genome): Hunk[] {
  const { forward, back } = waysBetween(from, to);
  const hunks: Hunk[] = [];
  function add<T>(id: string, title: () => string, a: T | undefined, b: T | undefined, changesOf: Changes<T>, editsOf: Edits<T>): void {
    const changes = changesOf(forward, a, b);
    if (changes.length === 0) return;
    const kind = a === undefined ? "added" : b === undefined ? "removed" : "changed";
    const edits = editsOf(forward, a, b, changes);
    const shown = edits.length > 0 ? changes : changes.map((change): GenomeChange => ({ ...change, shownOnly: true }));
    const inverse = editsOf(back, b, a, changesOf(back, b, a));
    hunks.push({ id, kind, title: title(), edits, inverse, changes: shown, needs: [] });
  }

  const regions = pairsOf(
    topDown(from).reverse(),
    ({ id }) => id,
    topDown(to),
    ({ id }) => forward.regionId(id),
  );
  for (const { one, a, b } of regions)
    add(`region:${b ? forward.regionId(b.id) : one.id}`, () => `Region ${one.name}`, a, b, regionChanges, regionEdits);
  const idOf = ({ id }: Morphology) => id;
  for (const { one, a, b } of pairsOf(mappersFirst(from).reverse(), idOf, mappersFirst(to), idOf)) {
    add(`morphology:${one.id}`, () => `Morphology ${one.id} (${one.type})`, a, b, morphologyChanges, morphologyEdits);
  }
  const areas = pairsOf(
    from.areas.values(),
    ({ id }) => forward.areaId(id),
    to.areas.values(),
    ({ id }) => id,
  );
  for (const { one, a, b } of areas) add(`area:${a?.id ?? one.id}`, () => areaTitle(one), a, b, changesOfArea, areaEdits);
  for (const area of areas) {
    const before = mappingsOf(area.a, forward.areaId);
    const after = mappingsOf(area.b, (id) => id);
    for (const { one, a, b } of pairsOf(before, mappingKey, after, mappingKey)) {
      add(`mapping:${mappingKey(one)}`, () => mappingTitle(forward, one), a, b, mappingChanges, mappingEdits);
    }
  }
  add("physiology", () => "Physiology", from, to, physiologyChanges, physiologyEdits);
  add("genome", () => "Genome", from, to, genomeChanges, genomeEdits);
  return connectNeeds(hunks, forward);
}

/** The same with what a script wants to know first. */
export function genomeDiff(from: Genome, to: Genome): GenomeDiff {
  const hunks = diffGenomes(from, to);
  return { hunks, identical: hunks.length === 0, byteIdentical: from.source === to.source };
}

/** What has the same key on both sides together, in the order of the second list; then what only the first has. `one`: the newest. */
function pairsOf<T>(first: Iterable<T>, keyA: (one: T) => string, second: Iterable<T>, keyB: (one: T) => string) {
  const before = new Map([...first].map((a) => [keyA(a), a]));
  const pairs: { one: T; a?: T; b?: T }[] = [];
  for (const b of second) {
    const key = keyB(b);
    const a = before.get(key);
    before.delete(key);
    pairs.push(a === undefined ? { one: b, b } : { one: b, a, b });
  }
  return [...pairs, ...[...before.values()].map((a) => ({ one: a, a, b: undefined }))];
}

const areaTitle = ({ name, kind, dimensions }: GenomeArea) => `Area ${name} (${kind}, ${dimensions.join(" × ")})`;

const changesOfArea: Changes<GenomeArea> = (way, a, b) => {
  const isLost = ({ what, to }: GenomeChange) => what === "properties.memory_twin_of" && to !== null && !way.to.areas.has(String(to));
  const changes = areaChanges(a, b).map((change): GenomeChange => (isLost(change) ? { ...change, shownOnly: true } : change));
  if (a && b && a.id !== b.id) changes.unshift({ what: "id", from: a.id, to: b.id });
  const [before, after] = [a && way.regionBefore(a.id), b && way.regionAfter(b.id)];
  if (before === after || !statesRegions(way.from, way.to)) return changes;
  const name = (id: string | undefined) => (id === undefined ? null : regionName(way, id));
  const lost = b !== undefined && after === undefined;
  return [...changes, { what: "region", from: name(before), to: name(after), ...(lost ? { shownOnly: true } : {}) }];
};

function regionName({ from, to, regionId }: Way, id: string): string {
  return (from.regions.get(id) ?? [...to.regions.values()].find((one) => regionId(one.id) === id))?.name ?? id;
}

const areaEdits: Edits<GenomeArea> = (way, a, b, changes) => {
  if (!b) return a ? [{ kind: "removeArea", area: a.id }] : [];
  const region = way.regionAfter(b.id);
  if (!a) return [creationOf(b, b.id, region, changes)];
  if (a.id !== b.id) return [{ kind: "changeAreaId", area: a.id, to: b.id }];
  const update = updateOf(b, changes);
  const edits: GenomeEdit[] = update ? [update] : [];
  if (region !== undefined && statesRegions(way.from) && way.regionBefore(a.id) !== region)
    edits.push({ kind: "moveArea", area: a.id, region });
  return edits;
};

interface Mapping {
  src: CorticalId;
  dst: CorticalId;
  rules: MappingRule[];
}

const mappingKey = ({ src, dst }: Mapping) => `${src}>${dst}`;

function mappingsOf(area: GenomeArea | undefined, areaId: (id: CorticalId) => CorticalId): Mapping[] {
  return area ? [...area.mappings].map(([dst, rules]) => ({ src: areaId(area.id), dst: areaId(dst), rules })) : [];
}

function mappingTitle({ from, to }: Way, { src, dst, rules }: Mapping): string {
  const name = (id: CorticalId) => (to.areas.get(id) ?? from.areas.get(id))?.name ?? readableId(id);
  return `Mapping ${name(src)} → ${name(dst)} (${[...new Set(rules.map(({ morphology }) => morphology))].join(", ")})`;
}

const mappingChanges: Changes<Mapping> = (way, a, b) => {
  const changes = ruleChanges(a, b);
  const isWhole = changes.length === 0 || settable(way, a, b)?.length === (b?.rules.length ?? 0);
  return isWhole ? changes : changes.map((change) => ({ ...change, shownOnly: true }));
};

function ruleChanges(a: Mapping | undefined, b: Mapping | undefined): GenomeChange[] {
  if (!a || !b) return [{ what: "rules", from: a?.rules ?? null, to: b?.rules ?? null }];
  const longest = a.rules.length > b.rules.length ? a.rules : b.rules;
  return longest.flatMap((_, i) => {
    const [before, after] = [a.rules[i], b.rules[i]];
    if (before && after && before.morphology === after.morphology) return changesBetween(before, after, `rules.${i}.`);
    return [{ what: `rules.${i}`, from: before ?? null, to: after ?? null }];
  });
}

/** Rules towards nothing, and rules of a morphology that is not there, stay in a genome, but no edit makes them. */
function settable(way: Way, a: Mapping | undefined, b: Mapping | undefined): MappingRule[] | undefined {
  if (!b) return CorticalId.safeParse(a?.dst).success ? [] : undefined;
  if (!way.to.areas.has(b.dst)) return undefined;
  return b.rules.filter(({ morphology }) => canBeNamed(way, morphology));
}

const mappingEdits: Edits<Mapping> = (way, a, b) => {
  const mapping = b ?? a;
  const rules = settable(way, a, b);
  return mapping && rules && !same(rules, a?.rules ?? []) ? [{ kind: "setMapping", src: mapping.src, dst: mapping.dst, rules }] : [];
};

/** What two genomes say of the whole: engine-wide settings, title, description, and top-level values that Gyrus only carries along. */
import type { GenomeChange, GenomeEdit } from "#contracts/genome-edit.ts";
import type { Genome } from "../genome.ts";
import type { Way } from "./alignment.ts";
import { changesBetween } from "./changes.ts";

/** Keys of a physiology object that `Physiology` holds. */
const physiologyKeys: ReadonlySet<string> = new Set([
  ...["simulation_timestep", "burst_delay", "max_age", "evolution_burst_count", "ipu_idle_threshold", "plasticity_queue_depth"],
  ...["lifespan_mgmt_interval", "quantization_precision"],
]);

/** They tell one file from another, or are counted anew; `physiology` is told by itself. */
const fileKeys: ReadonlySet<string> = new Set(["timestamp", "stats", "physiology"]);

export function physiologyChanges(_way: Way, a?: Genome, b?: Genome): GenomeChange[] {
  const carried = (genome?: Genome) => without((genome?.extras.physiology ?? {}) as object, physiologyKeys);
  return [...changesBetween(a?.physiology, b?.physiology), ...shown(changesBetween(carried(a), carried(b), "extras."))];
}

export function physiologyEdits(way: Way, a?: Genome, b?: Genome): GenomeEdit[] {
  const values = edited(physiologyChanges(way, a, b));
  return values.length > 0 ? [{ kind: "updatePhysiology", ...Object.fromEntries(values) }] : [];
}

export function genomeChanges(_way: Way, a?: Genome, b?: Genome): GenomeChange[] {
  const stated = (genome?: Genome) => ({ title: genome?.title, description: genome?.description });
  const carried = (genome?: Genome) => without(genome?.extras ?? {}, fileKeys);
  return [...changesBetween(stated(a), stated(b)), ...shown(changesBetween(carried(a), carried(b), "extras."))];
}

export function genomeEdits(way: Way, a?: Genome, b?: Genome): GenomeEdit[] {
  const values = edited(genomeChanges(way, a, b));
  return values.length > 0 ? [{ kind: "updateGenome", ...Object.fromEntries(values) }] : [];
}

const edited = (changes: readonly GenomeChange[]) => changes.filter(({ shownOnly }) => !shownOnly).map(({ what, to }) => [what, to]);

const shown = (changes: readonly GenomeChange[]): GenomeChange[] => changes.map((change) => ({ ...change, shownOnly: true }));

/** An empty object or list says as much as none. */
function without(values: object, keys: ReadonlySet<string>): object {
  const isEmpty = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !keys.has(key) && !isEmpty(value)));
}

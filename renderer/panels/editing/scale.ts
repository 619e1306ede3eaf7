/** The scale of an edit in words: what comes, what goes, what grows anew. */
import type { EditSummary } from "#contracts/edit.ts";
import { formatBytes, formatCompact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

/** True where neurons or synapses come, go or grow anew. */
export function isStructural({ areas, mappings, ...counts }: EditSummary): boolean {
  const { neuronsAdded, neuronsRemoved, synapsesAdded, synapsesRemoved } = counts;
  const touched = areas.added.length + areas.removed.length + areas.resized.length + mappings.length;
  return touched + neuronsAdded + neuronsRemoved + synapsesAdded + synapsesRemoved > 0;
}

/** "Removes 3 areas, 1.3M synapses. Adds 12 neurons. Grows 4 mappings anew. Patch of 2 KB." */
export function scaleText(summary: EditSummary): string {
  const { areas, mappings, neuronsAdded, neuronsRemoved, synapsesAdded, synapsesRemoved, bytes, inGenome } = summary;
  if (!isStructural(summary)) return t("scale.valuesOnly");
  const list = (counts: readonly [count: number, word: "area" | "neuron" | "synapse"][]) =>
    counts
      .filter(([count]) => count > 0)
      .map(([count, word]) => t(`scale.${word}`, { count, shown: formatCompact(count) }))
      .join(", ");
  const removed = list([
    [areas.removed.length, "area"],
    [neuronsRemoved, "neuron"],
    [synapsesRemoved, "synapse"],
  ]);
  const added = list([
    [areas.added.length, "area"],
    [neuronsAdded, "neuron"],
    [synapsesAdded, "synapse"],
  ]);
  return [
    removed && t("scale.removes", { what: removed }),
    added && t("scale.adds", { what: added }),
    mappings.length > 0 && t("scale.mappings", { count: mappings.length }),
    bytes > 0 && t("scale.bytes", { bytes: formatBytes(bytes) }),
    !inGenome && t("scale.notInGenome"),
  ]
    .filter(Boolean)
    .join(" ");
}

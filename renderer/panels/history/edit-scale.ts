/** What an edit comes to, in one sentence: areas by name, neurons and synapses by count. */
import type { EditSummary } from "#contracts/edit.ts";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

const mostNamed = 3;

export function scaleOf(summary: EditSummary, nameOf: (id: string) => string): string {
  const { areas, mappings, neuronsAdded, neuronsRemoved, synapsesAdded, synapsesRemoved } = summary;
  const named = (id: "history.added" | "history.removed" | "history.resized" | "history.changed", ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const names = ids.slice(0, mostNamed).map(nameOf).join(", ");
    return [t(id, { names: ids.length > mostNamed ? t("history.andMore", { names, count: ids.length - mostNamed }) : names })];
  };
  const counted = (id: "history.neurons" | "history.synapses", added: number, removed: number) =>
    added === 0 && removed === 0 ? [] : [t(id, { added: formatCount(added), removed: formatCount(removed) })];
  const parts = [
    ...named("history.added", areas.added),
    ...named("history.removed", areas.removed),
    ...named("history.resized", areas.resized),
    ...named("history.changed", areas.changed),
    ...(mappings.length === 0 ? [] : [t("history.mappings", { count: mappings.length })]),
    ...counted("history.neurons", neuronsAdded, neuronsRemoved),
    ...counted("history.synapses", synapsesAdded, synapsesRemoved),
  ];
  return parts.length === 0 ? t("history.nothing") : parts.join(" · ");
}

/** What is said of a pair of areas, and of all of them in a file. */
import type { Flow } from "#contracts/commands/analysis.ts";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import type { Cell } from "./cells.ts";

export function endsOf({ areas }: Flow, { pair }: Cell): [string, string] {
  return [areas[pair.src]?.area ?? "", areas[pair.dst]?.area ?? ""];
}

/** Numbers and names of a cell; with the communities it is of where areas stand by these. */
export function cellWords(flow: Flow, cell: Cell, hasCommunities: boolean): string {
  const { src, dst, synapses, weight, flow: sent } = cell.pair;
  const nameOf = (at: number) => flow.areas[at]?.name ?? "";
  const words = t("matrix.cell", { src: nameOf(src), dst: nameOf(dst), synapses, weight: formatFigure(weight), flow: sent });
  return hasCommunities ? `${words} · ${communitiesOf(flow, cell, "long")}` : words;
}

/** The one that both are in, or from which to which. */
export function communitiesOf({ areas }: Flow, { pair }: Cell, length: "short" | "long"): string {
  const [src, dst] = [areas[pair.src]?.community ?? 0, areas[pair.dst]?.community ?? 0];
  if (src === dst) return length === "short" ? String(src) : t("matrix.within", { community: src });
  return t(length === "short" ? "matrix.acrossShort" : "matrix.across", { src, dst });
}

export function csvOf({ areas, pairs }: Flow): string {
  const quoted = (text = "") => `"${text.replaceAll('"', '""')}"`;
  const rows = pairs.map(({ src, dst, synapses, weight, flow }) => {
    const [from, to] = [areas[src], areas[dst]];
    return [quoted(from?.name), quoted(to?.name), synapses, weight, flow, from?.community, to?.community].join(",");
  });
  return `source,target,synapses,weight,flow,source_community,target_community\n${rows.join("\n")}\n`;
}

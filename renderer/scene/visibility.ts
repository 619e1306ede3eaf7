/** Which areas are in the picture: hidden one by one, or all but what is connected to the selection. */
import type { CorticalId, CorticalMapping } from "#contracts/connectome.ts";

export type Direction = "afferents" | "efferents" | "both";

/** The areas within `depth` mappings of these, themselves among them: those that lead to them, those they lead to, or both. */
export function connectedTo(
  from: readonly CorticalId[],
  mappings: readonly Pick<CorticalMapping, "src" | "dst">[],
  depth: number,
  direction: Direction,
): Set<CorticalId> {
  const reach = (key: "src" | "dst", other: "src" | "dst") => {
    const byKey = Map.groupBy(mappings, (mapping) => mapping[key]);
    const found = new Set(from);
    let edge: readonly CorticalId[] = from;
    for (let step = 0; step < depth; step++) {
      edge = edge.flatMap((id) => (byKey.get(id) ?? []).map((mapping) => mapping[other])).filter((id) => !found.has(id));
      for (const id of edge) found.add(id);
    }
    return found;
  };
  const efferents = direction === "afferents" ? [] : reach("src", "dst");
  const afferents = direction === "efferents" ? [] : reach("dst", "src");
  return new Set([...efferents, ...afferents]);
}

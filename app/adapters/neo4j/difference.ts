/** What has to be done so that the rows a graph holds of a kind become the wanted ones. */
import { type GraphRow, isNodeName, type KindName, linkKinds, nodeKinds } from "#core/exchange/graph/kinds.ts";

export interface Difference {
  put: GraphRow[];
  /** With the properties that differ, alone. */
  change: GraphRow[];
  remove: GraphRow[];
}

/** A relationship that leads elsewhere is removed and put anew. Properties that are not of the kind are somebody else's and stay. */
export function differenceOf(kind: KindName, held: readonly GraphRow[], wanted: readonly GraphRow[]): Difference {
  const names = Object.keys((isNodeName(kind) ? nodeKinds[kind] : linkKinds[kind]).properties);
  const there = new Map(held.map((row) => [row.key, row]));
  const difference: Difference = { put: [], change: [], remove: [] };
  for (const row of wanted) {
    const known = there.get(row.key);
    there.delete(row.key);
    if (!known) difference.put.push(row);
    else if (String(known.ends) !== String(row.ends)) {
      difference.remove.push(known);
      difference.put.push(row);
    } else {
      const changed = names.filter((name) => !isSame(known.properties[name], row.properties[name]));
      const properties = Object.fromEntries(changed.map((name) => [name, row.properties[name]!]));
      if (changed.length > 0) difference.change.push({ ...row, properties });
    }
  }
  difference.remove.push(...there.values());
  return difference;
}

/** Zero has no sign here: a whole number loses it in the database. */
function isSame(held: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(held) && held.length === wanted.length && wanted.every((one, i) => isSame(held[i], one));
  return held === wanted || (Number.isNaN(held) && Number.isNaN(wanted));
}

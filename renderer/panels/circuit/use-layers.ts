/** Places in layers for a graph whose places in the genome cannot be read: for the eye alone, until somebody keeps them. */
import { useEffect, useState } from "react";
import { useRefusal } from "../../shell/workbench.ts";
import type { CircuitGraph, CircuitItem } from "./circuit-graph.ts";
import { layeredLayout } from "./layout.ts";

export type Places = ReadonlyMap<string, { x: number; y: number }>;

/** Null while they are worked out, and where they are not wanted. While an edit of a region is laid out anew, what was there stays. */
export function useLayers(home: string, graph: CircuitGraph, isWanted: boolean): Places | null {
  const refused = useRefusal();
  const [laidOut, setLaidOut] = useState<{ home: string; places: Places } | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let current = true;
    const nodes = graph.items.map((item) => ({
      id: item.id,
      ...guessedSize(item),
      side: item.kind === "area" ? item.side : ("inside" as const),
    }));
    layeredLayout(nodes, graph.links).then(
      (places) => current && setLaidOut({ home, places: new Map(places.map(({ id, x, y }) => [id, { x, y }])) }),
      refused,
    );
    return () => {
      current = false;
    };
  }, [home, graph, isWanted, refused]);
  return isWanted && laidOut?.home === home ? laidOut.places : null;
}

/** Of a node that has not been drawn yet. */
export function guessedSize(item: CircuitItem): { width: number; height: number } {
  const { name } = item.kind === "area" ? item.area : item.region;
  return { width: Math.min(280, Math.max(120, (item.kind === "area" ? 76 : 120) + 7 * name.length)), height: 34 };
}

/** Brings the row of what is selected elsewhere into sight: closed regions on its way are opened, the focus stays where it is. */
import { type RefObject, useEffect, useRef } from "react";
import type { Key, ListLayout } from "react-aria-components";
import type { BrainRegion, CorticalArea } from "#contracts/connectome.ts";

interface Parts {
  /** Row of what was selected last. */
  key: string | null;
  tree: RefObject<HTMLDivElement | null>;
  layout: ListLayout<unknown>;
  /** Regions that have to be open for the row to stand. */
  open(regions: readonly Key[]): void;
  waysTo(key: string): readonly string[];
}

/** A row is laid out some frames after its region was opened; one that a filter leaves out never is. */
const mostFrames = 5;

/** Returns what the explorer says before it selects by itself: the row is under the pointer then, and stays there. */
export function useReveal({ key, tree, layout, open, waysTo }: Parts): (key: string | null) => void {
  const own = useRef<string | null>(null);
  const parts = useRef({ open, waysTo });
  parts.current = { open, waysTo };
  useEffect(() => {
    const isOwn = own.current === key;
    own.current = null;
    if (key === null || isOwn) return;
    parts.current.open(parts.current.waysTo(key));
    let frame = 0;
    let left = mostFrames;
    const look = () => {
      const scroller = tree.current;
      const row = layout.getLayoutInfo(key)?.rect;
      if (scroller && row && scroller.clientHeight > 0) bringIntoSight(scroller, row);
      else if (left-- > 0) frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [key, tree, layout]);
  return (selected) => {
    own.current = selected;
  };
}

/** In the middle, where it is out of sight; where it is seen nothing moves. */
export function bringIntoSight(scroller: { scrollTop: number; clientHeight: number }, row: { y: number; height: number }): void {
  const { scrollTop, clientHeight } = scroller;
  if (row.y >= scrollTop && row.y + row.height <= scrollTop + clientHeight) return;
  scroller.scrollTop = Math.max(0, row.y - (clientHeight - row.height) / 2);
}

/** The regions around a row, outermost last. */
export function regionsAround(
  key: string,
  { areaById, regions }: { areaById: ReadonlyMap<string, CorticalArea>; regions: readonly BrainRegion[] },
): string[] {
  const parents = new Map(regions.map(({ id, parent }) => [id, parent]));
  const around: string[] = [];
  let at = key.startsWith("area:") ? areaById.get(key.slice("area:".length))?.region : parents.get(key.slice("region:".length));
  while (at && parents.has(at) && !around.includes(`region:${at}`)) {
    around.push(`region:${at}`);
    at = parents.get(at);
  }
  return around;
}

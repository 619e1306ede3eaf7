/** What part of a circuit is in sight: all of it where names can then be read, else the part around what is selected. */
import { useNodesInitialized, useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import type { ItemNode, LinkEdge } from "./CircuitNodes.tsx";
import { fitAll } from "./use-circuit-verbs.ts";

/** Below it names cannot be read. */
const smallestZoom = 0.5;
const readingZoom = 0.8;

/** `picture` changes with what is drawn as a whole. */
export function useReadableView(nodes: readonly ItemNode[], edges: readonly LinkEdge[], picture: string, reducedMotion: boolean): void {
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  const isReady = useNodesInitialized();
  const selected = nodes.find((node) => node.selected) ?? null;
  const duration = reducedMotion ? 0 : 250;
  const centre = ({ position: { x, y }, measured }: ItemNode, zoom: number) =>
    void flow.setCenter(x + (measured?.width ?? 0) / 2, y + (measured?.height ?? 0) / 2, { zoom, duration });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another region or layout is another picture
  useEffect(() => {
    if (!isReady) return;
    // The nodes take their new places within this commit, the picture after it.
    const frame = requestAnimationFrame(async () => {
      await flow.fitView(fitAll);
      if (flow.getZoom() >= smallestZoom) return;
      const anchor = selected ?? mostLinked(nodes, edges);
      if (anchor) centre(anchor, readingZoom);
    });
    return () => cancelAnimationFrame(frame);
  }, [isReady, picture]);

  // What is selected elsewhere comes into sight; what is pressed here is in sight already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves with the selection alone
  useEffect(() => {
    if (!isReady || !selected) return;
    const { width, height, transform } = flowStore.getState();
    const [left, top, zoom] = transform;
    const isInSight = ({ position }: ItemNode) => {
      const [x, y] = [position.x * zoom + left, position.y * zoom + top];
      return x >= 0 && y >= 0 && x <= width - 40 && y <= height - 20;
    };
    if (!nodes.some((node) => node.selected && isInSight(node))) centre(selected, Math.max(zoom, smallestZoom));
  }, [selected?.id]);
}

function mostLinked(nodes: readonly ItemNode[], edges: readonly LinkEdge[]): ItemNode | undefined {
  const links = (id: string) => edges.filter(({ source, target }) => source === id || target === id).length;
  return nodes.toSorted((a, b) => links(b.id) - links(a.id))[0];
}

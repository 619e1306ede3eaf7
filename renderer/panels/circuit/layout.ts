/** Layered layout of a circuit by ELK, in a worker that starts with the first layout and is kept. */
import Elk, { type ELK } from "elkjs/lib/elk-api.js";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";

interface LaidOut {
  id: string;
  x: number;
  y: number;
}

let elk: ELK | null = null;

const options = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "90",
  "elk.spacing.nodeNode": "28",
  "elk.layered.cycleBreaking.strategy": "GREEDY",
};

/** Sources to the left, targets to the right; what is before or after the region keeps to the outer layers. */
export async function layeredLayout(
  nodes: readonly { id: string; width: number; height: number; side: "inside" | "before" | "after" }[],
  links: readonly { id: string; from: string; to: string }[],
): Promise<LaidOut[]> {
  elk ??= new Elk({ workerFactory: () => new Worker(workerUrl) });
  const layers = { before: "FIRST", after: "LAST" } as const;
  const laidOut = await elk.layout({
    id: "circuit",
    layoutOptions: options,
    children: nodes.map(({ id, width, height, side }) => ({
      ...{ id, width, height },
      ...(side === "inside" ? {} : { layoutOptions: { "elk.layered.layering.layerConstraint": layers[side] } }),
    })),
    edges: links.filter(({ from, to }) => from !== to).map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  });
  return (laidOut.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, x: Math.round(x), y: Math.round(y) }));
}

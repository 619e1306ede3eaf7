/** What is changed in a circuit: places of nodes, as one step each, and the mapping that a drag from node to node begins. */
import { useReactFlow } from "@xyflow/react";
import type { Dispatch, SetStateAction } from "react";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { useAttempt, useWorkbench } from "../../shell/workbench.ts";
import type { Pair } from "../../stores/editing-store.ts";
import { newDraftRule } from "../../stores/mapping-drafts.ts";
import { t } from "../../ui/messages.ts";
import type { ItemNode } from "./CircuitNodes.tsx";
import type { CircuitGraph } from "./circuit-graph.ts";
import { layeredLayout } from "./layout.ts";
import { usualSize } from "./places.ts";
import { fitAll } from "./use-circuit-verbs.ts";
import type { Places } from "./use-layers.ts";

interface Drawn {
  graph: CircuitGraph;
  nodes: readonly ItemNode[];
  setPlaces: Dispatch<SetStateAction<Places | null>>;
}

export type Move = (moved: readonly { id: string; x: number; y: number }[], group: string) => void;

/** `name`: of the region that is shown. */
export function useCircuitEdits(name: string, { graph, nodes, setPlaces }: Drawn, duration: number) {
  const { stores, lab, shell } = useWorkbench();
  const attempt = useAttempt();
  const flow = useReactFlow();

  const move: Move = (moved, group) => {
    const edits = moved.flatMap(({ id, x, y }): GenomeEdit[] => {
      const at: [number, number] = [Math.round(x), Math.round(y)];
      if (id.startsWith("area:")) return [{ kind: "updateArea", area: id.slice(5), position2d: at }];
      return id.startsWith("region:") ? [{ kind: "updateRegion", id: id.slice(7), position2d: at }] : [];
    });
    if (edits.length === 0) return;
    setPlaces(
      (before) => new Map([...(before ?? []), ...moved.map(({ id, x, y }) => [id, { x: Math.round(x), y: Math.round(y) }] as const)]),
    );
    attempt(lab.connectome.apply({ edits, group }));
  };
  const inLayers = async () => {
    const items = nodes.map(({ id, measured, data: { item } }) => ({
      ...{ id, width: measured?.width ?? usualSize.width, height: measured?.height ?? usualSize.height },
      side: item.kind === "area" ? item.side : ("inside" as const),
    }));
    move(await layeredLayout(items, graph.links), t("circuit.layoutStep", { name }));
    requestAnimationFrame(() => void flow.fitView({ ...fitAll, duration }));
  };
  const choose = (pair: Pair) => {
    stores.editing.getState().choose({ mapping: pair });
    stores.mappingDrafts.getState().begin(pair.src, pair.dst);
  };
  return {
    move,
    choose,
    layOut: () => attempt(inLayers()),
    /** Brings the selected nodes to the least of their places along an axis. */
    align(axis: "x" | "y") {
      const chosen = nodes.filter(isMovable);
      const at = Math.min(...chosen.map(({ position }) => position[axis]));
      move(
        chosen.map(({ id, position }) => ({ id, ...position, [axis]: at })),
        t("circuit.alignStep", { count: chosen.length }),
      );
    },
    /** Opens the mapping between two nodes; one that is not there yet begins as a draft. */
    map(from: string | null, to: string | null) {
      const [src, dst] = [areaOf(from), areaOf(to)];
      if (src === null || dst === null) return stores.notices.getState().push("info", t("circuit.enterFirst"));
      const { mappings } = stores.brain.getState();
      const living = mappings.find((mapping) => mapping.src === src && mapping.dst === dst);
      choose({ src, dst });
      if (!living) stores.mappingDrafts.getState().set({ src, dst }, [newDraftRule({ morphology: "projector" })], []);
      shell.getState().docks?.show("mapping");
    },
  };
}

export const isMovable = (node: ItemNode) => node.selected === true && node.draggable === true;

function areaOf(node: string | null): string | null {
  const [kind, id] = node?.split(/:(.*)/s) ?? [];
  return (kind === "area" || kind === "outside") && id ? id : null;
}

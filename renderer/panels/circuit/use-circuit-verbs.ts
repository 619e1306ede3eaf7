/** What the commands ask of the circuit while it is shown: selecting every node of the region, and framing. */
import { useReactFlow } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { CircuitVerbs } from "../../shell/shell-store.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { ItemNode } from "./CircuitNodes.tsx";

export const fitAll = { padding: 0.15, maxZoom: 1.2 };

export function useCircuitVerbs(nodes: readonly ItemNode[], select: (ids: ReadonlySet<string>) => void, duration: number): void {
  const { shell } = useWorkbench();
  const flow = useReactFlow();
  const verbs: CircuitVerbs = {
    selectAll: () => select(new Set(nodes.filter(isInside).map(({ id }) => id))),
    frame(what) {
      const chosen = what === "all" ? [] : nodes.filter((node) => node.selected);
      void flow.fitView({ ...fitAll, duration, nodes: chosen.length > 0 ? chosen : [...nodes] });
    },
  };
  const current = useRef(verbs);
  current.current = verbs;
  useEffect(() => {
    const circuit: CircuitVerbs = { selectAll: () => current.current.selectAll(), frame: (what) => current.current.frame(what) };
    shell.setState({ circuit });
    return () => shell.setState((state) => (state.circuit === circuit ? { circuit: null } : state));
  }, [shell]);
}

const isInside = ({ data: { item } }: ItemNode) => item.kind === "region" || item.side === "inside";

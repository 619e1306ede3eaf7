/** Keys of the circuit: arrows walk from node to node, with Alt they move the node; Enter goes into a region, Backspace out of it. */
import type { KeyboardEvent } from "react";
import { t } from "../../ui/messages.ts";
import type { ItemNode } from "./CircuitNodes.tsx";
import { neighbour, type Placed } from "./circuit-graph.ts";
import { usualSize } from "./places.ts";
import type { Move } from "./use-circuit-edits.ts";

interface Walk {
  nodes: readonly ItemNode[];
  /** The region above the one that is shown. */
  parent: string | null;
  enter(region: string): void;
  move: Move;
}

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function walkNodes(event: KeyboardEvent<HTMLElement>, { nodes, parent, enter, move }: Walk): void {
  if (event.key === "Backspace" && parent !== null) {
    event.preventDefault();
    enter(parent);
    return;
  }
  const id = (event.target as HTMLElement).closest<HTMLElement>(".react-flow__node")?.dataset.id;
  const node = nodes.find((one) => one.id === id);
  if (!node) return;
  const direction = arrows[event.key];
  if (direction) {
    event.preventDefault();
    if (event.altKey && node.draggable) {
      const [dx, dy] = direction;
      const by = event.shiftKey ? 50 : 10;
      move([{ id: node.id, x: node.position.x + dx * by, y: node.position.y + dy * by }], t("circuit.moveStep", { count: 1 }));
      return;
    }
    const all = new Map(
      nodes.map(({ id: other, position, measured }): [string, Placed] => [other, { ...usualSize, ...position, ...measured }]),
    );
    const next = neighbour(node.id, all, direction);
    if (next) event.currentTarget.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(next)}"]`)?.focus();
  }
  if (event.key === "Enter" && node.data.item.kind === "region") {
    event.preventDefault();
    enter(node.data.item.region.id);
  }
}

/** The nodes and edges of the circuit: areas and regions with a port on each side; arrow, T-bar and dash tell what an edge does. */
import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  type Node,
  type NodeProps,
  Position,
} from "@xyflow/react";
import { Boxes } from "lucide-react";
import { formatCompact } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { MiddleText } from "../../ui/MiddleText.tsx";
import { t } from "../../ui/messages.ts";
import type { CircuitItem, CircuitLink } from "./circuit-graph.ts";

export type ItemNode = Node<{ item: CircuitItem }, "item">;
export type LinkEdge = Edge<{ link: CircuitLink }, "link">;

export function ItemView({ data: { item }, isConnectable }: NodeProps<ItemNode>) {
  const isOutside = item.kind === "area" && item.side !== "inside";
  return (
    <div className="circuit-node" data-kind={item.kind} data-outside={isOutside || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={isConnectable} />
      {item.kind === "area" ? <KindGlyph kind={item.area.kind} labelled /> : <Boxes size={14} aria-hidden />}
      <MiddleText className="circuit-name" text={item.kind === "area" ? item.area.name : item.region.name} />
      <span className="dim num circuit-count">
        {item.kind === "area" ? formatCompact(item.area.neurons) : t("circuit.areas", { count: item.areas })}
      </span>
      <Handle type="source" position={Position.Right} isConnectable={isConnectable} />
    </div>
  );
}

export function LinkView({ id, data, source, target, selected, ...ends }: EdgeProps<LinkEdge>) {
  const [path, labelX, labelY] = source === target ? loop(ends) : getBezierPath(ends);
  if (!data) return null;
  const { link } = data;
  const mark = link.inhibitory === "all" ? "inhibitory" : "excitatory";
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className="circuit-edge"
        data-mark={mark}
        data-plastic={link.plastic || undefined}
        data-selected={selected || undefined}
        markerEnd={`url(#circuit-${mark})`}
        interactionWidth={16}
        style={{ strokeWidth: 1 + Math.min(3, Math.log10(1 + link.synapses) / 2) }}
      />
      <EdgeLabelRenderer>
        <span className="circuit-label num" style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}>
          {link.inhibitory === "some" ? "± " : ""}
          {formatCompact(link.synapses)}
        </span>
      </EdgeLabelRenderer>
    </>
  );
}

/** Out on the right, over the node, in on the left. */
function loop({ sourceX, sourceY, targetX, targetY }: { sourceX: number; sourceY: number; targetX: number; targetY: number }) {
  const top = Math.min(sourceY, targetY) - 54;
  const path = `M ${sourceX} ${sourceY} C ${sourceX + 48} ${top}, ${targetX - 48} ${top}, ${targetX} ${targetY}`;
  return [path, (sourceX + targetX) / 2, top + 14] as const;
}

/** Ends of edges: a filled head excites, a bar inhibits. */
export function Marks() {
  return (
    <svg className="circuit-marks" aria-hidden="true">
      <defs>
        <marker
          id="circuit-excitatory"
          viewBox="0 0 10 10"
          refX={9}
          refY={5}
          markerWidth={9}
          markerHeight={9}
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0 10 5 0 10z" className="circuit-mark-excitatory" />
        </marker>
        <marker
          id="circuit-inhibitory"
          viewBox="0 0 10 14"
          refX={8}
          refY={7}
          markerWidth={9}
          markerHeight={14}
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M8 0v14" className="circuit-mark-inhibitory" />
        </marker>
      </defs>
    </svg>
  );
}

/**
 * A region as a graph of areas and the regions in it. Places are the genome's 2D coordinates, so moving nodes is an edit like any
 * other; dragging from port to port begins a mapping.
 */
import {
  applyNodeChanges,
  Background,
  Controls,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { Network } from "lucide-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { openAreaMenu, openRegionMenu } from "../../shell/context-menu.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { CircuitBar, LayersNote } from "./CircuitBar.tsx";
import { type ItemNode, ItemView, LinkView, Marks } from "./CircuitNodes.tsx";
import { pathTo } from "./circuit-graph.ts";
import { isMovable, useCircuitEdits } from "./use-circuit-edits.ts";
import { fitAll, useCircuitVerbs } from "./use-circuit-verbs.ts";
import { selectedAreas, useDrawnRegion } from "./use-drawn-region.ts";
import { useReadableView } from "./use-readable-view.ts";
import { walkNodes } from "./walk-nodes.ts";
import "./circuit.css";

const nodeTypes = { item: ItemView };
const edgeTypes = { link: LinkView };
/** So many need no overview. */
const fewNodes = 12;
const overviewSize = { width: 140, height: 96 };

export function Circuit() {
  const { stores } = useWorkbench();
  const hasAreas = useStore(stores.brain, (state) => state.areas.length > 0);
  if (!hasAreas) return <EmptyState icon={Network}>{t("circuit.empty")}</EmptyState>;
  return (
    <ReactFlowProvider>
      <Region />
    </ReactFlowProvider>
  );
}

function Region() {
  const workbench = useWorkbench();
  const { stores, commands, settings, shell, appearance } = workbench;
  const panel = useRef<HTMLDivElement>(null);
  const canWrite = useCanWrite();
  const regions = useStore(stores.brain, (state) => state.regions);
  const reducedMotion = useStore(appearance, (state) => state.reducedMotion);
  const root = regions.find(({ parent }) => parent === null)?.id ?? "";
  const entered = useStore(stores.editing, (state) => state.entered);
  const home = entered !== null && regions.some(({ id }) => id === entered) ? entered : root;
  const path = pathTo(home, regions);
  const duration = reducedMotion ? 0 : 250;
  const drawn = useDrawnRegion(home);
  const { graph, nodes, setNodes, edges, inLayers, isLaidOut } = drawn;
  const { move, choose, layOut, align, map } = useCircuitEdits(path.at(-1)?.name ?? "", drawn, duration);

  useEffect(() => {
    if (panel.current) return bindShortcuts(panel.current, commands, "circuit", () => settings.getState().letterKeys);
  }, [commands, settings]);
  useReadableView(nodes, edges, `${home} ${!isLaidOut}`, reducedMotion);

  const enter = (region: string) => {
    stores.editing.setState({ entered: region });
    stores.editing.getState().choose({ region });
  };
  const onNodesChange = (changes: NodeChange<ItemNode>[]) => {
    setNodes((before) => applyNodeChanges(changes, before));
    if (!changes.some(({ type }) => type === "select")) return;
    const ids = selectedAreas(applyNodeChanges(changes, nodes));
    const { areas: selected, selectAreas } = stores.selection.getState();
    if (ids.join() !== selected.join()) selectAreas(ids);
  };
  const select = (ids: ReadonlySet<string>) => onNodesChange(nodes.map(({ id }) => ({ id, type: "select", selected: ids.has(id) })));
  useCircuitVerbs(nodes, select, duration);
  const tools = { canLayOut: canWrite && nodes.length > 0, layOut };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys walk the nodes inside
    <div
      ref={panel}
      className="panel circuit"
      onKeyDown={(event) => walkNodes(event, { nodes, parent: path.at(-1)?.parent ?? null, enter, move })}
    >
      <CircuitBar {...tools} path={path} enter={enter} movable={nodes.filter(isMovable).length} align={align} />
      {drawn.isUnreadable && <LayersNote {...tools} inLayers={inLayers} show={drawn.showLayers} />}
      <p id="circuit-keys" className="visually-hidden">
        {t("circuit.keys")}
      </p>
      <div className="circuit-flow">
        <Marks />
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onNodeDragStop={(_, __, moved) =>
            move(
              moved.map(({ id, position }) => ({ id, ...position })),
              t("circuit.moveStep", { count: moved.length }),
            )
          }
          // A press keeps all that are selected, so that they can be dragged; a click means the one.
          onNodeClick={({ ctrlKey, metaKey, shiftKey }, { id }) => !(ctrlKey || metaKey || shiftKey) && select(new Set([id]))}
          onNodeDoubleClick={(_, { data: { item } }) => item.kind === "region" && enter(item.region.id)}
          onNodeContextMenu={(event, { data: { item } }) =>
            item.kind === "area" ? openAreaMenu(workbench, item.area.id, event) : openRegionMenu(workbench, item.region.id, event)
          }
          onPaneContextMenu={(event) => {
            event.preventDefault();
            shell.getState().openMenu({ of: "circuit", x: event.clientX, y: event.clientY });
          }}
          onEdgeClick={(_, edge) => edge.data?.link.pairs[0] && choose(edge.data.link.pairs[0])}
          onConnect={({ source, target }) => map(source, target)}
          nodesConnectable={canWrite}
          selectionMode={SelectionMode.Partial}
          panOnScroll={false}
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          aria-label={t("circuit.graph")}
          aria-describedby="circuit-keys"
          minZoom={0.1}
          maxZoom={2.5}
        >
          <Background gap={24} />
          <Controls showInteractive={false} fitViewOptions={{ ...fitAll, duration }} />
          {nodes.length > fewNodes && (
            <MiniMap
              className="circuit-overview"
              style={overviewSize}
              pannable
              zoomable
              ariaLabel={t("circuit.overview")}
              nodeClassName={kindOf}
            />
          )}
        </ReactFlow>
        {graph.items.length === 0 && <EmptyState>{t("circuit.emptyRegion")}</EmptyState>}
        {inLayers && !isLaidOut && <EmptyState>{t("circuit.layingOut")}</EmptyState>}
      </div>
    </div>
  );
}

const kindOf = ({ data: { item } }: ItemNode) => `kind-${item.kind === "area" ? item.area.kind : "region"}`;

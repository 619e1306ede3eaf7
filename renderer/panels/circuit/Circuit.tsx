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
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { AlignHorizontalJustifyStart, AlignVerticalJustifyStart, ChevronRight, CornerLeftUp, Network, Workflow } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { openAreaMenu, openRegionMenu } from "../../shell/context-menu.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { Pair } from "../../stores/editing-store.ts";
import { newDraftRule } from "../../stores/mapping-drafts.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { type ItemNode, ItemView, type LinkEdge, LinkView, Marks } from "./CircuitNodes.tsx";
import { type CircuitItem, circuitGraph, neighbour, type Placed, pathTo } from "./circuit-graph.ts";
import { layeredLayout } from "./layout.ts";
import { isReadable } from "./readable.ts";
import { fitAll, useCircuitVerbs } from "./use-circuit-verbs.ts";
import { guessedSize, type Places, useLayers } from "./use-layers.ts";
import { usePlaces } from "./use-places.ts";
import { useReadableView } from "./use-readable-view.ts";
import "./circuit.css";

const nodeTypes = { item: ItemView };
const edgeTypes = { link: LinkView };
/** Where nodes are that the genome has no place for in this region, beside those it has. */
const columnGap = 160;
const rowGap = 56;
const usual = { width: 150, height: 34 };
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
  const { stores, lab, commands, settings, shell, appearance } = workbench;
  const panel = useRef<HTMLDivElement>(null);
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const flow = useReactFlow();
  const areas = useStore(stores.brain, (state) => state.areas);
  const regions = useStore(stores.brain, (state) => state.regions);
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const selected = useStore(stores.selection, (state) => state.areas);
  const reducedMotion = useStore(appearance, (state) => state.reducedMotion);
  const root = regions.find(({ parent }) => parent === null)?.id ?? "";
  const entered = useStore(stores.editing, (state) => state.entered);
  const home = entered !== null && regions.some(({ id }) => id === entered) ? entered : root;
  const [places, setPlaces] = usePlaces();
  const graph = useMemo(() => circuitGraph(home, regions, areas, mappings), [home, regions, areas, mappings]);
  const [asInGenome, setAsInGenome] = useState<ReadonlySet<string>>(new Set());
  const own = useMemo(() => places && placed(graph.items, places), [graph, places]);
  const isUnreadable = useMemo(() => own !== null && !isReadable(own.map(({ item, x, y }) => ({ x, y, ...guessedSize(item) }))), [own]);
  const inLayers = isUnreadable && !asInGenome.has(home);
  const layers = useLayers(home, graph, inLayers);
  const [nodes, setNodes] = useState<ItemNode[]>([]);
  const duration = reducedMotion ? 0 : 250;

  useEffect(() => {
    if (panel.current) return bindShortcuts(panel.current, commands, "circuit", () => settings.getState().letterKeys);
  }, [commands, settings]);
  useEffect(() => {
    if (!own || (inLayers && !layers)) return;
    const chosen = new Set(selected);
    setNodes((before) => {
      const kept = new Map(before.map((node) => [node.id, node]));
      // Regions are selected here alone: with areas that were selected elsewhere they are let go.
      const isOwn = selectedAreas(before).join() === selected.join();
      return own.map(({ item, ...at }) => ({
        // What was measured stays measured.
        ...kept.get(item.id),
        ...{ id: item.id, type: "item", position: layers?.get(item.id) ?? at, data: { item } },
        selected: item.kind === "area" ? chosen.has(item.area.id) : isOwn && kept.get(item.id)?.selected === true,
        draggable: canWrite && !inLayers && !(item.kind === "area" && item.side !== "inside"),
        ariaLabel: labelOf(item),
      }));
    });
  }, [own, inLayers, layers, selected, canWrite]);
  const edges = useMemo<LinkEdge[]>(
    () =>
      graph.links.map((link) => ({
        ...{ id: link.id, source: link.from, target: link.to, type: "link", data: { link } },
        ariaLabel: t("circuit.edge", { count: link.synapses, pairs: link.pairs.length }),
      })),
    [graph],
  );
  useReadableView(nodes, edges, `${home} ${layers === null}`, reducedMotion);

  const enter = (region: string) => {
    stores.editing.setState({ entered: region });
    stores.editing.getState().choose({ region });
  };
  const parent = regions.find(({ id }) => id === home)?.parent ?? null;
  const choose = (pair: Pair) => {
    stores.editing.getState().choose({ mapping: pair });
    stores.mappingDrafts.getState().begin(pair.src, pair.dst);
  };
  const map = (from: string | null, to: string | null) => {
    const [src, dst] = [areaOf(from), areaOf(to)];
    if (src === null || dst === null) return stores.notices.getState().push("info", t("circuit.enterFirst"));
    const living = mappings.find((mapping) => mapping.src === src && mapping.dst === dst);
    choose({ src, dst });
    if (!living) stores.mappingDrafts.getState().set({ src, dst }, [newDraftRule({ morphology: "projector" })], []);
    shell.getState().docks?.show("mapping");
  };
  /** New places of nodes, as one step. */
  const move = (moved: readonly { id: string; x: number; y: number }[], group: string) => {
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
  const layOut = async () => {
    const items = nodes.map(({ id, measured, data: { item } }) => ({
      ...{ id, width: measured?.width ?? usual.width, height: measured?.height ?? usual.height },
      side: item.kind === "area" ? item.side : ("inside" as const),
    }));
    const name = regions.find(({ id }) => id === home)?.name ?? "";
    move(await layeredLayout(items, graph.links), t("circuit.layoutStep", { name }));
    requestAnimationFrame(() => void flow.fitView({ ...fitAll, duration }));
  };
  const align = (axis: "x" | "y") => {
    const chosen = nodes.filter((node) => node.selected && node.draggable);
    const at = Math.min(...chosen.map(({ position }) => position[axis]));
    move(
      chosen.map(({ id, position }) => ({ id, ...position, [axis]: at })),
      t("circuit.alignStep", { count: chosen.length }),
    );
  };
  const onNodesChange = (changes: NodeChange<ItemNode>[]) => {
    setNodes((before) => applyNodeChanges(changes, before));
    if (!changes.some(({ type }) => type === "select")) return;
    const ids = selectedAreas(applyNodeChanges(changes, nodes));
    if (ids.join() !== selected.join()) stores.selection.getState().selectAreas(ids);
  };
  const select = (ids: ReadonlySet<string>) => onNodesChange(nodes.map(({ id }) => ({ id, type: "select", selected: ids.has(id) })));
  useCircuitVerbs(nodes, select, duration);
  const onKeyDown = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>(".react-flow__node")?.dataset.id;
    if (event.key === "Backspace" && parent !== null) {
      event.preventDefault();
      return enter(parent);
    }
    const node = nodes.find((one) => one.id === id);
    if (!node) return;
    const arrows: Record<string, readonly [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const direction = arrows[event.key];
    if (direction) {
      event.preventDefault();
      if (event.altKey && node.draggable) {
        const [dx, dy] = direction;
        const by = event.shiftKey ? 50 : 10;
        return move([{ id: node.id, x: node.position.x + dx * by, y: node.position.y + dy * by }], t("circuit.moveStep", { count: 1 }));
      }
      const all = new Map(
        nodes.map(({ id: other, position, measured }): [string, Placed] => [other, { ...usual, ...position, ...measured }]),
      );
      const next = neighbour(node.id, all, direction);
      if (next) panel.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(next)}"]`)?.focus();
    }
    if (event.key === "Enter" && node.data.item.kind === "region") {
      event.preventDefault();
      enter(node.data.item.region.id);
    }
  };
  const movable = nodes.filter((node) => node.selected && node.draggable).length;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys walk the nodes inside
    <div ref={panel} className="panel circuit" onKeyDown={onKeyDown}>
      <div className="panel-toolbar circuit-bar">
        <nav aria-label={t("circuit.path")} className="circuit-path">
          {pathTo(home, regions).map(({ id, name }, i) => (
            <span key={id}>
              {i > 0 && <ChevronRight size={12} aria-hidden />}
              <button type="button" className="link" aria-current={id === home ? "page" : undefined} onClick={() => enter(id)}>
                {name}
              </button>
            </span>
          ))}
        </nav>
        <Button
          icon={CornerLeftUp}
          variant="quiet"
          label={t("circuit.leave")}
          shortcut="Backspace"
          isDisabled={parent === null}
          onPress={() => parent !== null && enter(parent)}
        />
        <Button
          icon={AlignHorizontalJustifyStart}
          variant="quiet"
          label={t("circuit.alignX")}
          isDisabled={!canWrite || movable < 2}
          onPress={() => align("x")}
        />
        <Button
          icon={AlignVerticalJustifyStart}
          variant="quiet"
          label={t("circuit.alignY")}
          isDisabled={!canWrite || movable < 2}
          onPress={() => align("y")}
        />
        <Button
          icon={Workflow}
          label={t("circuit.layout")}
          tip={t("circuit.layoutTip")}
          isDisabled={!canWrite || nodes.length === 0}
          onPress={() => attempt(layOut())}
        />
      </div>
      {isUnreadable && (
        <div className="circuit-note" role="status">
          <span>{t(inLayers ? "circuit.inLayers" : "circuit.unreadable")}</span>
          {inLayers && (
            <Button tip={t("circuit.layoutTip")} isDisabled={!canWrite || nodes.length === 0} onPress={() => attempt(layOut())}>
              {t("circuit.keepLayers")}
            </Button>
          )}
          <Button onPress={() => setAsInGenome(new Set(inLayers ? [...asInGenome, home] : [...asInGenome].filter((id) => id !== home)))}>
            {t(inLayers ? "circuit.asInGenome" : "circuit.showLayers")}
          </Button>
        </div>
      )}
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
        {inLayers && !layers && <EmptyState>{t("circuit.layingOut")}</EmptyState>}
      </div>
    </div>
  );
}

const kindOf = ({ data: { item } }: ItemNode) => `kind-${item.kind === "area" ? item.area.kind : "region"}`;

const selectedAreas = (nodes: readonly ItemNode[]) =>
  nodes.flatMap(({ selected, data: { item } }) => (selected && item.kind === "area" ? [item.area.id] : []));

function areaOf(node: string | null): string | null {
  const [kind, id] = node?.split(/:(.*)/s) ?? [];
  return (kind === "area" || kind === "outside") && id ? id : null;
}

function labelOf(item: CircuitItem): string {
  return item.kind === "area"
    ? t("circuit.areaLabel", { name: item.area.name, kind: t(`kind.${item.area.kind}`) })
    : t("circuit.regionLabel", { name: item.region.name });
}

/** Inner nodes where the genome has them; what is outside in columns to the left and right. */
function placed(items: readonly CircuitItem[], places: Places): { item: CircuitItem; x: number; y: number }[] {
  const inner = items.flatMap((item) => {
    if (item.kind === "area" && item.side !== "inside") return [];
    return [{ item, ...(places.get(item.id) ?? { x: 0, y: 0 }) }];
  });
  const xs = inner.map(({ x }) => x);
  const top = Math.min(0, ...inner.map(({ y }) => y));
  const columns = { before: Math.min(0, ...xs) - usual.width - columnGap, after: Math.max(0, ...xs) + usual.width + columnGap };
  const rows = { before: 0, after: 0 };
  const outer = items.flatMap((item) => {
    if (item.kind !== "area" || item.side === "inside") return [];
    return [{ item, x: columns[item.side], y: top + rows[item.side]++ * rowGap }];
  });
  return [...inner, ...outer];
}

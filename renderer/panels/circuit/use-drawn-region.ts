/** The nodes and edges of one region, made from the brain: their places from the genome, or in layers where those cannot be read. */
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";
import type { ItemNode, LinkEdge } from "./CircuitNodes.tsx";
import { type CircuitItem, circuitGraph } from "./circuit-graph.ts";
import { placed } from "./places.ts";
import { isReadable } from "./readable.ts";
import { guessedSize, useLayers } from "./use-layers.ts";
import { usePlaces } from "./use-places.ts";

export function useDrawnRegion(home: string) {
  const { stores } = useWorkbench();
  const canWrite = useCanWrite();
  const areas = useStore(stores.brain, (state) => state.areas);
  const regions = useStore(stores.brain, (state) => state.regions);
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const selected = useStore(stores.selection, (state) => state.areas);
  const [places, setPlaces] = usePlaces();
  const graph = useMemo(() => circuitGraph(home, regions, areas, mappings), [home, regions, areas, mappings]);
  const [asInGenome, setAsInGenome] = useState<ReadonlySet<string>>(new Set());
  const own = useMemo(() => places && placed(graph.items, places), [graph, places]);
  const isUnreadable = useMemo(() => own !== null && !isReadable(own.map(({ item, x, y }) => ({ x, y, ...guessedSize(item) }))), [own]);
  const inLayers = isUnreadable && !asInGenome.has(home);
  const layers = useLayers(home, graph, inLayers);
  const [nodes, setNodes] = useState<ItemNode[]>([]);

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
  return {
    ...{ graph, nodes, setNodes, edges, setPlaces },
    /** Places in the genome cannot be read; whether layers are shown in their stead, and whether they are still worked out. */
    ...{ isUnreadable, inLayers, isLaidOut: layers !== null },
    showLayers: (on: boolean) => setAsInGenome(new Set(on ? [...asInGenome].filter((id) => id !== home) : [...asInGenome, home])),
  };
}

export const selectedAreas = (nodes: readonly ItemNode[]) =>
  nodes.flatMap(({ selected, data: { item } }) => (selected && item.kind === "area" ? [item.area.id] : []));

function labelOf(item: CircuitItem): string {
  return item.kind === "area"
    ? t("circuit.areaLabel", { name: item.area.name, kind: t(`kind.${item.area.kind}`) })
    : t("circuit.regionLabel", { name: item.region.name });
}

/** The tree of regions and areas: who lives where, live rates, what is shown in the scene, and where a burst would stop. */
import { Boxes, ChevronRight, Eye, EyeOff, GripVertical, Target } from "lucide-react";
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import {
  Button as AriaButton,
  Collection,
  type Key,
  ListLayout,
  Tree,
  TreeItem,
  TreeItemContent,
  type TreeItemContentRenderProps,
  useDragAndDrop,
  Virtualizer,
} from "react-aria-components";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { AreaKind, CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { moveAreas } from "../../shell/commands/area-edits.ts";
import { useCanWrite, useRefusal, useRowSize, useWorkbench } from "../../shell/workbench.ts";
import { firesIn } from "../../stores/debug-store.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { formatCompact, formatPercent } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { MiddleText } from "../../ui/MiddleText.tsx";
import { t } from "../../ui/messages.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";
import { HeldMark } from "../stimulate/Held.tsx";
import { type AreaRates, createAreaRates, measureAreaRates } from "./area-rates.ts";
import { areasOf, type ExplorerNode, explorerTree, parseKey } from "./explorer-tree.ts";
import { regionsAround, useReveal } from "./use-reveal.ts";

const rowType = "application/x-gyrus-explorer-row";

/** What a person looks for; nothing means everything. */
export interface Asked {
  query: string;
  kinds: ReadonlySet<AreaKind>;
}

export const AreaTree = memo(function AreaTree({ asked }: { asked: StoreApi<Asked> }) {
  const { stores, bridge, scene } = useWorkbench();
  const rowSize = useRowSize(26);
  const regions = useStore(stores.brain, (state) => state.regions);
  const selected = useStore(stores.selection, (state) => state.areas);
  const region = useStore(stores.editing, (state) => state.region);
  const [closed, setClosed] = useState<ReadonlySet<Key>>(new Set());
  const [rates] = useState(createAreaRates);
  useEffect(() => measureAreaRates(bridge.frames, stores.brain, rates), [bridge, stores, rates]);
  const isFiltered = useStore(asked, ({ query, kinds }) => query !== "" || kinds.size > 0);
  const expanded = useMemo(
    () => regions.map(({ id }) => `region:${id}`).filter((key) => isFiltered || !closed.has(key)),
    [regions, closed, isFiltered],
  );
  const dragAndDropHooks = useMoves();
  const element = useRef<HTMLDivElement>(null);
  const [layout] = useState(() => new ListLayout());
  const last = useStore(stores.selection, (state) => state.area);
  const noteOwn = useReveal({
    key: last !== null ? `area:${last}` : region !== null ? `region:${region}` : null,
    tree: element,
    layout,
    open: (keys) =>
      setClosed((before) => (keys.some((key) => before.has(key)) ? new Set([...before].filter((key) => !keys.includes(key))) : before)),
    waysTo: (key) => regionsAround(key, stores.brain.getState()),
  });
  const select = (keys: "all" | Set<Key>) => {
    const rows =
      keys === "all"
        ? found(stores, asked)
            .flatMap(areasOf)
            .map((area) => ({ area }))
        : [...keys].map(parseKey);
    // What was added last is the one that views of one area show.
    const ids = rows
      .flatMap((row) => ("area" in row ? [row.area] : []))
      .sort((a, b) => Number(!selected.includes(a)) - Number(!selected.includes(b)));
    const chosen = rows.findLast((row) => "region" in row);
    const area = ids.at(-1);
    noteOwn(area !== undefined ? `area:${area}` : chosen && "region" in chosen ? `region:${chosen.region}` : null);
    stores.selection.getState().selectAreas(ids);
    if (ids.length === 0 && chosen && "region" in chosen) stores.editing.getState().choose({ region: chosen.region });
  };

  // By hand, as the tree's own action takes each press of half a second for a touch that selects nothing.
  const look = ({ target }: { target: EventTarget }) => {
    const row = target instanceof Element && !target.closest("button") ? target.closest<HTMLElement>("[role=row]") : null;
    const chosen = row && parseKey(row.dataset.key);
    if (!chosen || !("area" in chosen)) return;
    noteOwn(`area:${chosen.area}`);
    stores.selection.getState().selectArea(chosen.area);
    scene.frame("selection");
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside take the keys, this hears what they were
    <div className="explorer-list" onDoubleClick={look} onKeyDownCapture={(event) => event.key === "Enter" && look(event)}>
      <Virtualizer layout={layout} layoutOptions={{ rowSize }}>
        <Tree
          ref={element}
          className="explorer-tree"
          aria-label={t("explorer.tree")}
          selectionMode="multiple"
          selectionBehavior="replace"
          selectedKeys={[...selected.map((id) => `area:${id}`), ...(selected.length === 0 && region !== null ? [`region:${region}`] : [])]}
          onSelectionChange={select}
          expandedKeys={expanded}
          onExpandedChange={(keys) => setClosed(new Set(regions.map(({ id }) => `region:${id}`).filter((key) => !keys.has(key))))}
          dragAndDropHooks={dragAndDropHooks}
          renderEmptyState={() => <NoRows asked={asked} />}
        >
          <Rows asked={asked} rates={rates} />
        </Tree>
      </Virtualizer>
    </div>
  );
});

/** They alone follow the filter: a tree that is given another list draws the rows of the old one once more, and then those of the new. */
const Rows = memo(function Rows({ asked, rates }: { asked: StoreApi<Asked>; rates: StoreApi<AreaRates> }) {
  const { stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const regions = useStore(stores.brain, (state) => state.regions);
  // A key shows in the field at once; the rows follow.
  const { query, kinds } = useDeferredValue(useStore(asked));
  const tree = useMemo(() => explorerTree(regions, areas, query, kinds), [regions, areas, query, kinds]);
  return <Collection items={tree}>{(node) => <Row node={node} rates={rates} />}</Collection>;
});

function NoRows({ asked }: { asked: StoreApi<Asked> }) {
  const { query } = useStore(asked);
  return <EmptyState>{query === "" ? t("explorer.noKind") : t("explorer.noMatch", { query })}</EmptyState>;
}

function found(stores: LabStores, asked: StoreApi<Asked>): ExplorerNode[] {
  const { areas, regions } = stores.brain.getState();
  const { query, kinds } = asked.getState();
  return explorerTree(regions, areas, query, kinds);
}

/** Rows dragged onto a region move into it; by keyboard from the handle, or by the commands of the palette. */
function useMoves() {
  const { bridge, lab, stores } = useWorkbench();
  const refused = useRefusal();
  const canWrite = useCanWrite();
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !canWrite,
    getItems: (keys) => [...keys].map((key) => ({ [rowType]: String(key), "text/plain": nameOf(key) })),
    acceptedDragTypes: [rowType],
    getDropOperation: (target) =>
      target.type === "item" && target.dropPosition === "on" && String(target.key).startsWith("region:") ? "move" : "cancel",
    async onItemDrop({ target, items }) {
      const to = parseKey(target.key);
      if (!("region" in to)) return;
      const texts = await Promise.all(items.flatMap((item) => (item.kind === "text" ? [item.getText(rowType)] : [])));
      const rows = texts.map(parseKey);
      const ids = rows.flatMap((row) => ("area" in row ? [row.area] : []));
      try {
        if (ids.length > 0) await moveAreas({ bridge, stores }, ids, to.region);
        for (const row of rows)
          if ("region" in row && row.region !== to.region) await lab.connectome.updateRegion({ id: row.region, parent: to.region });
      } catch (error) {
        refused(error);
      }
    },
  });
  const nameOf = (key: Key) => {
    const row = parseKey(key);
    const { areaById, regions } = stores.brain.getState();
    return ("area" in row ? areaById.get(row.area)?.name : regions.find(({ id }) => id === row.region)?.name) ?? String(key);
  };
  return dragAndDropHooks;
}

function Row({ node, rates }: { node: ExplorerNode; rates: StoreApi<AreaRates> }) {
  return (
    <TreeItem id={node.key} textValue={node.name} className="explorer-row">
      <TreeItemContent>{(state) => <Cells node={node} rates={rates} state={state} />}</TreeItemContent>
      <Collection items={node.children}>{(child) => <Row node={child} rates={rates} />}</Collection>
    </TreeItem>
  );
}

/** Tools stand on the row in hand in the place of its figures, and where they say that something is not as usual: every button costs, rows are many, and names need the room. */
function Cells({ node, rates, state }: { node: ExplorerNode; rates: StoreApi<AreaRates>; state: TreeItemContentRenderProps }) {
  const { hasChildItems, level, allowsDragging } = state;
  const isInHand = state.isHovered || state.isFocused || state.isFocusVisibleWithin;
  return (
    <div className="explorer-cells" style={{ paddingInlineStart: 20 + (level - 1) * 14 }}>
      {node.area && (
        <span className="explorer-gutter">
          <BreakpointDot condition={firesIn(node.area.id)} what={t("dot.what.area", { name: node.name })} isOffered={isInHand} />
        </span>
      )}
      {hasChildItems ? (
        <AriaButton slot="chevron" className="tree-chevron" aria-label={t("explorer.expand", { name: node.name })}>
          <ChevronRight size={13} aria-hidden />
        </AriaButton>
      ) : (
        <span className="tree-chevron" />
      )}
      {node.area ? <KindGlyph kind={node.area.kind} labelled /> : <Boxes size={13} className="dim" aria-hidden />}
      <MiddleText className="explorer-name" text={node.name} />
      {node.area && <HeldMark area={node.area.id} />}
      {!isInHand && node.area && <RateBar area={node.area} rates={rates} />}
      {!isInHand && <span className="explorer-count num">{formatCompact(node.neurons)}</span>}
      <span className="explorer-tools">
        <Shown node={node} isInHand={isInHand} />
        {allowsDragging && isInHand && (
          <AriaButton slot="drag" className="explorer-tool" aria-label={t("explorer.drag", { name: node.name })}>
            <GripVertical size={13} aria-hidden />
          </AriaButton>
        )}
      </span>
    </div>
  );
}

/** Whether the scene shows the areas of a row, and them alone. */
function Shown({ node, isInHand }: { node: ExplorerNode; isInHand: boolean }) {
  const { stores } = useWorkbench();
  const ids = useMemo(() => areasOf(node), [node]);
  const isShown = useStore(stores.scene, ({ hidden }) => hidden.size === 0 || ids.some((id) => !hidden.has(id)));
  const isSolo = useStore(stores.scene, ({ isolated }) => isolated !== null && isSame(isolated, ids));
  const toggle = () =>
    stores.scene.setState(({ hidden }) => {
      const next = new Set(hidden);
      for (const id of ids) isShown ? next.add(id) : next.delete(id);
      return { hidden: next };
    });
  const solo = () => stores.scene.setState({ isolated: isSolo ? null : new Set(ids) });
  const Icon = isShown ? Eye : EyeOff;
  return (
    <>
      {(isInHand || isSolo) && (
        <AriaButton
          className="explorer-tool"
          aria-label={t("explorer.solo", { name: node.name })}
          aria-pressed={isSolo}
          data-active={isSolo || undefined}
          onPress={solo}
        >
          <Target size={13} aria-hidden />
        </AriaButton>
      )}
      {(isInHand || !isShown) && (
        <AriaButton
          className="explorer-tool"
          aria-label={t("explorer.shown", { name: node.name })}
          aria-pressed={isShown}
          data-active={!isShown || undefined}
          onPress={toggle}
        >
          <Icon size={13} aria-hidden />
        </AriaButton>
      )}
    </>
  );
}

function isSame(set: ReadonlySet<CorticalId>, ids: readonly CorticalId[]): boolean {
  return set.size === ids.length && ids.every((id) => set.has(id));
}

/** Log scale over four decades: 0.01 % of the neurons per burst is a hint of colour, 100 % the full bar. */
function RateBar({ area, rates }: { area: CorticalArea; rates: StoreApi<AreaRates> }) {
  const fired = useStore(rates, (state) => state.get(area.index) ?? 0);
  const share = area.neurons === 0 ? 0 : fired / area.neurons;
  const width = share <= 0 ? 0 : Math.max(0.06, 1 + Math.log10(Math.max(share, 1e-4)) / 4);
  return (
    <span className="rate-bar" title={t("explorer.rate", { share: formatPercent(share) })}>
      <span className="rate-fill" style={{ width: `${width * 100}%` }} />
    </span>
  );
}

/** Regions and their cortical areas as a tree: filter, groups by kind, live rates, what is shown in the scene, and who lives where. */
import { Boxes, ChevronRight, Eye, EyeOff, FolderTree, GripVertical, Plus, Search, Target } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import {
  Button as AriaButton,
  Collection,
  Input,
  type Key,
  ListLayout,
  SearchField,
  ToggleButton,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
  Virtualizer,
} from "react-aria-components";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { AreaKind, CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { moveAreas } from "../../shell/commands/area-edits.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useCanWrite, useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { firesIn } from "../../stores/debug-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { formatCompact, formatPercent } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";
import { HeldMark } from "../stimulate/Held.tsx";
import { type AreaRates, createAreaRates, measureAreaRates } from "./area-rates.ts";
import { areasOf, type ExplorerNode, explorerTree, parseKey } from "./explorer-tree.ts";
import "./explorer.css";

/** Groups that cut across regions. */
const groups = ["input", "output", "memory", "core"] as const satisfies readonly AreaKind[];
/** Rows grow with the size of text. */
const estimatedRowHeight = 26;
const rowType = "application/x-gyrus-explorer-row";

export function Explorer() {
  const { stores, bridge, scene, commands, settings } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const areas = useStore(stores.brain, (state) => state.areas);
  const regions = useStore(stores.brain, (state) => state.regions);
  const selected = useStore(stores.selection, (state) => state.areas);
  const region = useStore(stores.editing, (state) => state.region);
  const [query, setQuery] = useState("");
  const [kinds, setKinds] = useState<ReadonlySet<AreaKind>>(new Set());
  const [closed, setClosed] = useState<ReadonlySet<Key>>(new Set());
  const [rates] = useState(createAreaRates);
  const canWrite = useCanWrite();
  const hasAreas = areas.length > 0;
  useEffect(() => {
    if (hasAreas && panel.current) return bindShortcuts(panel.current, commands, "explorer", () => settings.getState().letterKeys);
  }, [commands, settings, hasAreas]);
  useEffect(() => measureAreaRates(bridge.frames, stores.brain, rates), [bridge, stores, rates]);
  const asked = useDeferredValue(query);
  const tree = useMemo(() => explorerTree(regions, areas, asked, kinds), [regions, areas, asked, kinds]);
  const isFiltered = asked !== "" || kinds.size > 0;
  const expanded = useMemo(
    () => regions.map(({ id }) => `region:${id}`).filter((key) => isFiltered || !closed.has(key)),
    [regions, closed, isFiltered],
  );
  const dragAndDropHooks = useMoves();
  const select = (keys: "all" | Set<Key>) => {
    const rows = keys === "all" ? tree.flatMap(areasOf).map((area) => ({ area })) : [...keys].map(parseKey);
    const ids = rows.flatMap((row) => ("area" in row ? [row.area] : []));
    // What was added last is the one that views of one area show.
    stores.selection.getState().selectAreas([...ids].sort((a, b) => Number(!selected.includes(a)) - Number(!selected.includes(b))));
    const chosen = rows.findLast((row) => "region" in row);
    if (ids.length === 0 && chosen && "region" in chosen) stores.editing.getState().choose({ region: chosen.region });
  };

  if (!hasAreas) return <EmptyState icon={FolderTree}>{t("explorer.empty")}</EmptyState>;
  return (
    <div ref={panel} className="panel explorer">
      <div className="panel-toolbar">
        <SearchField className="search" aria-label={t("explorer.filter")} value={query} onChange={setQuery}>
          <Search size={14} aria-hidden />
          <Input className="search-input" placeholder={t("explorer.filterHint", { count: areas.length })} />
        </SearchField>
        <Button
          icon={Plus}
          label={t("command.areaCreate")}
          onPress={() => stores.editing.getState().ask({ kind: "createArea" })}
          isDisabled={!canWrite}
        />
      </div>
      <Groups areas={areas} kinds={kinds} onChange={setKinds} />
      {tree.length === 0 ? (
        <EmptyState>{asked === "" ? t("explorer.noKind") : t("explorer.noMatch", { query: asked })}</EmptyState>
      ) : (
        <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight }}>
          <Tree
            className="explorer-tree"
            aria-label={t("explorer.tree")}
            items={tree}
            selectionMode="multiple"
            selectionBehavior="replace"
            selectedKeys={[
              ...selected.map((id) => `area:${id}`),
              ...(selected.length === 0 && region !== null ? [`region:${region}`] : []),
            ]}
            onSelectionChange={select}
            onAction={(key) => {
              const row = parseKey(key);
              if (!("area" in row)) return;
              stores.selection.getState().selectArea(row.area);
              scene.frame("selection");
            }}
            expandedKeys={expanded}
            onExpandedChange={(keys) => setClosed(new Set(regions.map(({ id }) => `region:${id}`).filter((key) => !keys.has(key))))}
            dragAndDropHooks={dragAndDropHooks}
          >
            {(node) => <Row node={node} rates={rates} />}
          </Tree>
        </Virtualizer>
      )}
    </div>
  );
}

/** Inputs, outputs, memory, core: as many as chosen; none means all. */
function Groups({
  areas,
  kinds,
  onChange,
}: {
  areas: readonly CorticalArea[];
  kinds: ReadonlySet<AreaKind>;
  onChange: (kinds: ReadonlySet<AreaKind>) => void;
}) {
  return (
    <fieldset className="explorer-groups" aria-label={t("explorer.groups")}>
      {groups.map((kind) => {
        const count = areas.filter((area) => area.kind === kind).length;
        return (
          <ToggleButton
            key={kind}
            className="chip explorer-group"
            isSelected={kinds.has(kind)}
            isDisabled={count === 0}
            onChange={(isChosen) => onChange(new Set(isChosen ? [...kinds, kind] : [...kinds].filter((one) => one !== kind)))}
          >
            <KindGlyph kind={kind} /> {t(`explorer.group.${kind}`)} <span className="num dim">{count}</span>
          </ToggleButton>
        );
      })}
    </fieldset>
  );
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
      <TreeItemContent>
        {({ hasChildItems, level, allowsDragging }) => (
          <div className="explorer-cells" style={{ paddingInlineStart: 20 + (level - 1) * 14 }}>
            {node.area && (
              <span className="explorer-gutter">
                <BreakpointDot condition={firesIn(node.area.id)} what={t("dot.what.area", { name: node.name })} />
              </span>
            )}
            {hasChildItems ? (
              <AriaButton slot="chevron" className="explorer-chevron" aria-label={t("explorer.expand", { name: node.name })}>
                <ChevronRight size={13} aria-hidden />
              </AriaButton>
            ) : (
              <span className="explorer-chevron" />
            )}
            {node.area ? <KindGlyph kind={node.area.kind} labelled /> : <Boxes size={13} className="dim" aria-hidden />}
            <span className="explorer-name" title={node.name}>
              {node.name}
            </span>
            {node.area && <HeldMark area={node.area.id} />}
            {node.area && <RateBar area={node.area} rates={rates} />}
            <span className="explorer-count num">{formatCompact(node.neurons)}</span>
            <span className="explorer-tools">
              <Shown node={node} />
              {allowsDragging && (
                <AriaButton slot="drag" className="explorer-tool explorer-grip" aria-label={t("explorer.drag", { name: node.name })}>
                  <GripVertical size={13} aria-hidden />
                </AriaButton>
              )}
            </span>
          </div>
        )}
      </TreeItemContent>
      <Collection items={node.children}>{(child) => <Row node={child} rates={rates} />}</Collection>
    </TreeItem>
  );
}

/** Whether the scene shows the areas of a row, and them alone. */
function Shown({ node }: { node: ExplorerNode }) {
  const { stores } = useWorkbench();
  const ids = useMemo(() => areasOf(node), [node]);
  const isShown = useStore(stores.scene, ({ hidden }) => ids.some((id) => !hidden.has(id)));
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
      <AriaButton
        className="explorer-tool"
        aria-label={t("explorer.solo", { name: node.name })}
        aria-pressed={isSolo}
        data-active={isSolo || undefined}
        onPress={solo}
      >
        <Target size={13} aria-hidden />
      </AriaButton>
      <AriaButton
        className="explorer-tool"
        aria-label={t("explorer.shown", { name: node.name })}
        aria-pressed={isShown}
        data-active={!isShown || undefined}
        onPress={toggle}
      >
        <Icon size={13} aria-hidden />
      </AriaButton>
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

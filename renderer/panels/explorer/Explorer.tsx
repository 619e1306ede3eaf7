/** Regions and their cortical areas as a tree, with a filter and the live rate of each area. */
import { Boxes, ChevronRight, FolderTree, Search } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button, Input, type Key, SearchField, Tree, TreeItem, TreeItemContent } from "react-aria-components";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { CorticalArea } from "#contracts/connectome.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { formatCompact, formatPercent } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { type AreaRates, createAreaRates, measureAreaRates } from "./area-rates.ts";
import { type ExplorerNode, explorerTree } from "./explorer-tree.ts";
import "./explorer.css";

export function Explorer() {
  const { stores, bridge, scene, commands, settings } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const areas = useStore(stores.brain, (state) => state.areas);
  const regions = useStore(stores.brain, (state) => state.regions);
  const selected = useStore(stores.selection, (state) => state.area);
  const [query, setQuery] = useState("");
  const [closed, setClosed] = useState<ReadonlySet<Key>>(new Set());
  const [rates] = useState(createAreaRates);
  const hasAreas = areas.length > 0;
  useEffect(() => {
    if (hasAreas && panel.current) return bindShortcuts(panel.current, commands, "explorer", () => settings.getState().letterKeys);
  }, [commands, settings, hasAreas]);
  useEffect(() => measureAreaRates(bridge.frames, stores.brain, rates), [bridge, stores, rates]);
  const tree = useMemo(() => explorerTree(regions, areas, query), [regions, areas, query]);
  const expanded = useMemo(
    () => regions.map(({ id }) => `region:${id}`).filter((key) => query !== "" || !closed.has(key)),
    [regions, closed, query],
  );

  if (!hasAreas) return <EmptyState icon={FolderTree}>{t("explorer.empty")}</EmptyState>;
  return (
    <div ref={panel} className="panel explorer">
      <div className="panel-toolbar">
        <SearchField className="search" aria-label={t("explorer.filter")} value={query} onChange={setQuery}>
          <Search size={14} aria-hidden />
          <Input className="search-input" placeholder={t("explorer.filterHint", { count: areas.length })} />
        </SearchField>
      </div>
      {tree.length === 0 ? (
        <EmptyState>{t("explorer.noMatch", { query })}</EmptyState>
      ) : (
        <Tree
          className="explorer-tree"
          aria-label={t("explorer.tree")}
          selectionMode="single"
          selectionBehavior="replace"
          selectedKeys={selected === null ? [] : [`area:${selected}`]}
          onSelectionChange={(keys) => {
            const key = [...(keys as Set<Key>)][0];
            if (typeof key === "string" && key.startsWith("area:")) stores.selection.getState().selectArea(key.slice(5));
          }}
          onAction={(key) => {
            const id = String(key);
            if (!id.startsWith("area:")) return;
            stores.selection.getState().selectArea(id.slice(5));
            scene.frame("selection");
          }}
          expandedKeys={expanded}
          onExpandedChange={(keys) => setClosed(new Set(regions.map(({ id }) => `region:${id}`).filter((key) => !keys.has(key))))}
        >
          {tree.map((node) => (
            <Row key={node.key} node={node} rates={rates} />
          ))}
        </Tree>
      )}
    </div>
  );
}

function Row({ node, rates }: { node: ExplorerNode; rates: StoreApi<AreaRates> }) {
  return (
    <TreeItem id={node.key} textValue={node.name} className="explorer-row">
      <TreeItemContent>
        {({ hasChildItems, level }) => (
          <div className="explorer-cells" style={{ paddingInlineStart: (level - 1) * 14 }}>
            {hasChildItems ? (
              <Button slot="chevron" className="explorer-chevron" aria-label={t("explorer.expand", { name: node.name })}>
                <ChevronRight size={13} aria-hidden />
              </Button>
            ) : (
              <span className="explorer-chevron" />
            )}
            {node.area ? <KindGlyph kind={node.area.kind} labelled /> : <Boxes size={13} className="dim" aria-hidden />}
            <span className="explorer-name" title={node.name}>
              {node.name}
            </span>
            {node.area && <RateBar area={node.area} rates={rates} />}
            <span className="explorer-count num">{formatCompact(node.neurons)}</span>
          </div>
        )}
      </TreeItemContent>
      {node.children.map((child) => (
        <Row key={child.key} node={child} rates={rates} />
      ))}
    </TreeItem>
  );
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

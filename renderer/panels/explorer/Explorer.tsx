/** Regions and their cortical areas: a filter, groups by kind, sets that were saved, and the tree of what they leave. */
import { BoxSelect, FolderTree, Plus } from "lucide-react";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import { ToggleButton } from "react-aria-components";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { AreaKind, CorticalArea } from "#contracts/connectome.ts";
import { openAreaMenu, openRegionMenu } from "../../shell/context-menu.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { FilterField } from "../../ui/FilterField.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { AreaTree, type Asked } from "./AreaTree.tsx";
import { parseKey } from "./explorer-tree.ts";
import { SetChips } from "./SetChips.tsx";
import "./explorer.css";

/** Groups that cut across regions. */
const groups = ["input", "output", "memory", "core"] as const satisfies readonly AreaKind[];

export function Explorer() {
  const workbench = useWorkbench();
  const { stores, commands, settings } = workbench;
  const panel = useRef<HTMLDivElement>(null);
  const areas = useStore(stores.brain, (state) => state.areas);
  const [asked] = useState(() => createStore<Asked>(() => ({ query: "", kinds: new Set() })));
  const canWrite = useCanWrite();
  const hasSelection = useStore(stores.selection, (state) => state.areas.length > 0);
  const hasAreas = areas.length > 0;
  useEffect(() => {
    if (hasAreas && panel.current) return bindShortcuts(panel.current, commands, "explorer", () => settings.getState().letterKeys);
  }, [commands, settings, hasAreas]);

  const openMenu = (event: MouseEvent) => {
    // The dot of a breakpoint has a menu of its own.
    if (event.isDefaultPrevented()) return;
    const key = (event.target as Element).closest<HTMLElement>("[role=row]")?.dataset.key;
    if (key === undefined) return;
    const row = parseKey(key);
    if ("area" in row) openAreaMenu(workbench, row.area, event);
    else openRegionMenu(workbench, row.region, event);
  };
  if (!hasAreas) return <EmptyState icon={FolderTree}>{t("explorer.empty")}</EmptyState>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu is of the rows inside, by mouse and by the menu key
    <div ref={panel} className="panel explorer" onContextMenu={openMenu}>
      <div className="panel-toolbar">
        <Filter asked={asked} count={areas.length} />
        <Button
          icon={BoxSelect}
          label={t("explorer.saveSet")}
          onPress={() => stores.editing.getState().ask({ kind: "saveSet" })}
          isDisabled={!hasSelection}
        />
        <Button
          icon={Plus}
          label={t("command.areaCreate")}
          onPress={() => stores.editing.getState().ask({ kind: "createArea" })}
          isDisabled={!canWrite}
        />
      </div>
      <Groups areas={areas} asked={asked} />
      <SetChips />
      <AreaTree asked={asked} />
    </div>
  );
}

function Filter({ asked, count }: { asked: StoreApi<Asked>; count: number }) {
  const query = useStore(asked, (state) => state.query);
  return (
    <FilterField
      label={t("explorer.filter")}
      hint={t("explorer.filterHint", { count })}
      value={query}
      onChange={(text) => asked.setState({ query: text })}
    />
  );
}

/** Inputs, outputs, memory, core: as many as chosen; none means all. */
function Groups({ areas, asked }: { areas: readonly CorticalArea[]; asked: StoreApi<Asked> }) {
  const kinds = useStore(asked, (state) => state.kinds);
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
            onChange={(isChosen) =>
              asked.setState({ kinds: new Set(isChosen ? [...kinds, kind] : [...kinds].filter((one) => one !== kind)) })
            }
          >
            <KindGlyph kind={kind} /> {t(`explorer.group.${kind}`)} <span className="num dim">{count}</span>
          </ToggleButton>
        );
      })}
    </fieldset>
  );
}

/** Regions and their cortical areas: a filter, groups by kind, and the tree of what they leave. */
import { FolderTree, Plus, Search } from "lucide-react";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { Input, SearchField, ToggleButton } from "react-aria-components";
import { useStore } from "zustand";
import type { AreaKind, CorticalArea } from "#contracts/connectome.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { AreaTree } from "./AreaTree.tsx";
import "./explorer.css";

/** Groups that cut across regions. */
const groups = ["input", "output", "memory", "core"] as const satisfies readonly AreaKind[];

export function Explorer() {
  const { stores, commands, settings } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const areas = useStore(stores.brain, (state) => state.areas);
  const [query, setQuery] = useState("");
  const [kinds, setKinds] = useState<ReadonlySet<AreaKind>>(new Set());
  const canWrite = useCanWrite();
  const hasAreas = areas.length > 0;
  useEffect(() => {
    if (hasAreas && panel.current) return bindShortcuts(panel.current, commands, "explorer", () => settings.getState().letterKeys);
  }, [commands, settings, hasAreas]);
  // A key shows in the field at once; the tree follows.
  const asked = useDeferredValue(query);

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
      <AreaTree asked={asked} kinds={kinds} />
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

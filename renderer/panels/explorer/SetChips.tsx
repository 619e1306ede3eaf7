/** Selections that were kept under a name: a press selects the areas, F2 renames, Delete removes, as the menu does. */
import { BoxSelect } from "lucide-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { chooseSet } from "../../shell/commands/sets.ts";
import { openSetMenu } from "../../shell/context-menu.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { AreaSet } from "../../stores/area-sets.ts";
import { t } from "../../ui/messages.ts";

export function SetChips() {
  const { stores, commands, settings } = useWorkbench();
  const sets = useStore(stores.sets.store, (state) => state.sets);
  const row = useRef<HTMLFieldSetElement>(null);
  const hasSets = sets.length > 0;
  useEffect(() => {
    if (hasSets && row.current) return bindShortcuts(row.current, commands, "sets", () => settings.getState().letterKeys);
  }, [commands, settings, hasSets]);
  const focused = useRef(-1);
  // A chip keeps the focus while its set is renamed or the next one takes its place; after the last one the one before has it.
  useEffect(() => {
    if (focused.current >= sets.length) row.current?.querySelectorAll("button")[sets.length - 1]?.focus();
  }, [sets]);
  if (!hasSets) return null;
  return (
    <fieldset ref={row} className="explorer-groups" aria-label={t("explorer.sets")}>
      {sets.map((set, at) => (
        <SetChip
          // biome-ignore lint/suspicious/noArrayIndexKey: a place keeps its focus
          key={at}
          set={set}
          onFocus={(isIn) => {
            focused.current = isIn ? at : -1;
          }}
        />
      ))}
    </fieldset>
  );
}

function SetChip({ set: { name, areas }, onFocus }: { set: AreaSet; onFocus: (isIn: boolean) => void }) {
  const workbench = useWorkbench();
  const { stores } = workbench;
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const selected = useStore(stores.selection, (state) => state.areas);
  const left = areas.filter((id) => areaById.has(id));
  const isSelected = left.length > 0 && left.length === selected.length && left.every((id) => selected.includes(id));
  return (
    <button
      type="button"
      className="chip explorer-group"
      aria-pressed={isSelected}
      onFocus={() => {
        onFocus(true);
        stores.sets.mean(name);
      }}
      onBlur={() => onFocus(false)}
      onClick={() => chooseSet(stores, name)}
      onContextMenu={(event) => openSetMenu(workbench, name, event)}
    >
      <BoxSelect size={13} aria-hidden /> <span className="explorer-set">{name}</span>{" "}
      <span className="num dim">
        {left.length === areas.length ? areas.length : t("sets.left", { left: left.length, count: areas.length })}
      </span>
    </button>
  );
}

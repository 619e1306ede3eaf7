/**
 * A panel that was unpinned: it keeps a selection and a time cursor of its own. The panels know nothing of it; they select from the
 * workbench they are given, and here they are given one whose selection is theirs alone.
 */
import { PinOff } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { createSelectionStore } from "../stores/selection-store.ts";
import { Button } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { t } from "../ui/messages.ts";
import type { PanelId } from "./panels.ts";
import { useWorkbench, WorkbenchProvider } from "./workbench.ts";
import "./own-selection.css";

export function OwnSelection({ panel, children }: { panel: PanelId; children: ReactNode }) {
  const workbench = useWorkbench();
  const own = useMemo(() => {
    const { area, areas, voxel, voxels, neuron, cursor } = workbench.stores.selection.getState();
    const selection = createSelectionStore();
    selection.setState({ area, areas, voxel, voxels, neuron, cursor });
    const stores = { ...workbench.stores, selection };
    return { ...workbench, stores, commands: workbench.commandsOn(stores) };
  }, [workbench]);
  const { brain, selection } = own.stores;
  useEffect(() => brain.subscribe(({ areaById }) => selection.getState().keepWithin(areaById)), [brain, selection]);
  return (
    <WorkbenchProvider value={own}>
      <div className="own-selection">
        <Badge panel={panel} />
        <div className="own-selection-view">{children}</div>
      </div>
    </WorkbenchProvider>
  );
}

function Badge({ panel }: { panel: PanelId }) {
  const { stores, shell } = useWorkbench();
  const { area, voxel, cursor } = useStore(stores.selection);
  const name = useStore(stores.brain, ({ areaById }) => (area === null ? null : (areaById.get(area)?.name ?? null)));
  const place = name === null ? t("own.nothing") : voxel === null ? name : `${name} · ${voxel.join(", ")}`;
  return (
    <div className="own-selection-badge" role="status">
      <PinOff size={13} aria-hidden />
      <span>
        {t("own.badge", { place })}
        {cursor !== null && ` · ${t("own.burst", { burst: formatCount(cursor) })}`}
      </span>
      <Button variant="quiet" onPress={() => shell.getState().pin(panel)}>
        {t("own.pin")}
      </Button>
    </div>
  );
}

/** What is selected, from the area down to one neuron. Edits are commands: they come back as an announcement and can be undone. */
import { Redo2, Undo2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { AreaView } from "./AreaView.tsx";
import { BrainView } from "./BrainView.tsx";
import { VoxelView } from "./VoxelView.tsx";
import "./inspector.css";

export function Inspector() {
  const { stores, commands, settings } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (panel.current) return bindShortcuts(panel.current, commands, "inspector", () => settings.getState().letterKeys);
  }, [commands, settings]);
  const { area: id, voxel, neuron } = useStore(stores.selection);
  const area = useStore(stores.brain, (state) => (id === null ? undefined : state.areaById.get(id)));
  return (
    <div ref={panel} className="panel inspector">
      <UndoBar />
      {!area && <BrainView />}
      {area && voxel && <VoxelView area={area} voxel={voxel} neuron={neuron} />}
      {area && <AreaView area={area} key={area.id} />}
    </div>
  );
}

function UndoBar() {
  const { stores, lab } = useWorkbench();
  const canUndo = useStore(stores.brain, (state) => state.status?.canUndo ?? null);
  const canRedo = useStore(stores.brain, (state) => state.status?.canRedo ?? null);
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  if (canUndo === null && canRedo === null) return null;
  return (
    <div className="panel-toolbar">
      <Button
        icon={Undo2}
        label={t("inspector.undo")}
        variant="quiet"
        shortcut="Ctrl+Z"
        isDisabled={!canWrite || canUndo === null}
        onPress={() => attempt(lab.connectome.undo({}))}
      />
      <Button
        icon={Redo2}
        label={t("inspector.redo")}
        variant="quiet"
        shortcut="Ctrl+Shift+Z"
        isDisabled={!canWrite || canRedo === null}
        onPress={() => attempt(lab.connectome.redo({}))}
      />
      <span className="dim inspector-edit">{canUndo ?? t("inspector.nothingToUndo")}</span>
    </div>
  );
}

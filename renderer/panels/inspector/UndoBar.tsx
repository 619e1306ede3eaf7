/** Undo and redo, with what the last edit did and on what scale. */
import { Redo2, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { EditStep } from "#contracts/edit.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { scaleText } from "../editing/scale.ts";

export function UndoBar() {
  const { stores, lab } = useWorkbench();
  const canUndo = useStore(stores.brain, (state) => state.status?.canUndo ?? null);
  const canRedo = useStore(stores.brain, (state) => state.status?.canRedo ?? null);
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const last = useLastStep();
  if (canUndo === null && canRedo === null) return null;
  const scale = last && last.group === canUndo ? scaleText(last.summary) : "";
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
      <span className="inspector-edit" title={[canUndo, scale].filter(Boolean).join(" · ")}>
        {canUndo ?? t("inspector.nothingToUndo")}
        {scale && <span className="dim"> · {scale}</span>}
      </span>
    </div>
  );
}

/** The newest step that is done; read again after every change. */
function useLastStep(): EditStep | null {
  const { stores, lab } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const canUndo = useStore(stores.brain, (state) => state.status?.canUndo ?? null);
  const [last, setLast] = useState<EditStep | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: areas are other ones after every edit
  useEffect(() => {
    if (canUndo === null) return setLast(null);
    let current = true;
    lab.connectome.history({}).then(
      (steps) => current && setLast(steps.findLast(({ undone }) => !undone) ?? null),
      () => current && setLast(null),
    );
    return () => {
      current = false;
    };
  }, [lab, areas, canUndo]);
  return last;
}

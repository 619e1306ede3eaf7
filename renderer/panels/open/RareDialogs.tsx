/** Dialogs that are read from the bundle when they are first asked for. */
import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";

const RefusedGenome = lazy(async () => ({ default: (await import("../genome/RefusedGenome.tsx")).RefusedGenome }));
const NewGenomeDialog = lazy(async () => ({ default: (await import("./NewGenomeDialog.tsx")).NewGenomeDialog }));
const UnsavedDialog = lazy(async () => ({ default: (await import("./UnsavedDialog.tsx")).UnsavedDialog }));
const WorkspaceDialog = lazy(async () => ({ default: (await import("./WorkspaceDialog.tsx")).WorkspaceDialog }));

export function RareDialogs() {
  const { shell } = useWorkbench();
  const dialog = useStore(shell, (state) => state.dialog);
  const replacing = useStore(shell, (state) => state.replacing);
  return (
    <Suspense>
      {dialog === "refused" && <RefusedGenome />}
      {dialog === "new" && <NewGenomeDialog />}
      {dialog === "workspace" && <WorkspaceDialog />}
      {replacing && <UnsavedDialog question={replacing} />}
    </Suspense>
  );
}

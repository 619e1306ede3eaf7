/** Opens a genome or brain file from anywhere in the window (Ctrl+O). */
import { useState } from "react";
import { useStore } from "zustand";
import { type Dynamics, dynamicsModes } from "#contracts/network.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { OpenByPath, PickFile } from "./OpenForms.tsx";
import "../welcome/welcome.css";

export function OpenDialog() {
  const { shell } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "open");
  const [dynamics, setDynamics] = useState<Dynamics>("standard");
  const { close } = shell.getState();
  return (
    <AppDialog title={t("open.title")} isOpen={isOpen} onClose={close}>
      <OpenByPath dynamics={dynamics} onOpening={close} autoFocus />
      <div className="drop-hint">
        <span>{t("open.fileHint")}</span>
        <PickFile dynamics={dynamics} onOpening={close} />
      </div>
      <Select
        label={t("open.dynamics")}
        value={dynamics}
        onChange={setDynamics}
        choices={dynamicsModes.map((id) => ({ id, label: t(`open.dynamics.${id}`) }))}
      />
    </AppDialog>
  );
}

/** Limits flashes in the scene. Who turns it off for the first time is told what that means. */
import { useState } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Switch } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";

export function FlashSwitch() {
  const { settings } = useWorkbench();
  const { flashLimiter, isFlashTold } = useStore(settings);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Switch
        label={t("settings.flash")}
        value={flashLimiter}
        onCommit={(on) => {
          if (on || isFlashTold) settings.setState({ flashLimiter: on });
          else setAsking(true);
        }}
      />
      <ConfirmDialog
        title={t("settings.flashOffTitle")}
        action={t("settings.flashOff")}
        isOpen={asking}
        onConfirm={() => settings.setState({ flashLimiter: false, isFlashTold: true })}
        onClose={() => setAsking(false)}
      >
        <p>{t("settings.flashOffAbout")}</p>
      </ConfirmDialog>
    </>
  );
}

/** The few things a person sets for this window; each takes effect at once. */
import { Keyboard } from "lucide-react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { Select, Switch } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";

export function SettingsDialog() {
  const { shell, settings } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "settings");
  const { theme, motion, letterKeys, flashLimiter } = useStore(settings);
  const { close, open } = shell.getState();
  return (
    <AppDialog
      title={t("settings.title")}
      isOpen={isOpen}
      onClose={close}
      footer={
        <>
          <Button icon={Keyboard} onPress={() => open("shortcuts")}>
            {t("command.shortcuts")}
          </Button>
          <Button onPress={() => shell.getState().docks?.reset()}>{t("command.resetLayout")}</Button>
        </>
      }
    >
      <Select
        label={t("settings.theme")}
        value={theme}
        onChange={(next) => settings.setState({ theme: next })}
        choices={(["system", "dark", "light"] as const).map((id) => ({ id, label: t(`settings.theme.${id}`) }))}
      />
      <Select
        label={t("settings.motion")}
        value={motion}
        onChange={(next) => settings.setState({ motion: next })}
        choices={(["system", "full", "reduced"] as const).map((id) => ({ id, label: t(`settings.motion.${id}`) }))}
      />
      <Switch label={t("settings.flash")} value={flashLimiter} onCommit={(on) => settings.setState({ flashLimiter: on })} />
      <Switch label={t("settings.letters")} value={letterKeys} onCommit={(on) => settings.setState({ letterKeys: on })} />
    </AppDialog>
  );
}

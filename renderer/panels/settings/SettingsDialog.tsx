/** The few things a person sets for this window; each takes effect at once. The palette finds them by name. */
import { Keyboard } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { DesktopWindow } from "../../bridge/open-lab-bridge.ts";
import type { SettingId } from "../../shell/palette-search.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { Select, Switch } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { scaleSteps } from "../../ui/settings.ts";
import { CrashReports } from "./CrashReports.tsx";
import { FlashSwitch } from "./FlashSwitch.tsx";

export function SettingsDialog() {
  const { shell } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "settings");
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
      <AppearanceFields />
      <Loudness />
      <CrashReports />
    </AppDialog>
  );
}

/** Theme, scale and what moves. */
export function AppearanceFields() {
  const { settings } = useWorkbench();
  const { theme, contrast, scale, motion, letterKeys, stayAwake } = useStore(settings);
  const set = settings.setState;
  return (
    <>
      <Item id="theme">
        <Select
          label={t("settings.theme")}
          value={theme}
          onChange={(next) => set({ theme: next })}
          choices={(["system", "dark", "light"] as const).map((id) => ({ id, label: t(`settings.theme.${id}`) }))}
        />
      </Item>
      <Item id="contrast">
        <Select
          label={t("settings.contrast")}
          value={contrast}
          onChange={(next) => set({ contrast: next })}
          choices={(["system", "more"] as const).map((id) => ({ id, label: t(`settings.contrast.${id}`) }))}
        />
      </Item>
      <Item id="scale">
        <Select
          label={t("settings.scale")}
          value={String(scale)}
          onChange={(next) => set({ scale: Number(next) })}
          choices={scaleSteps.map((percent) => ({ id: String(percent), label: t("settings.percent", { percent }) }))}
        />
      </Item>
      <Item id="motion">
        <Select
          label={t("settings.motion")}
          value={motion}
          onChange={(next) => set({ motion: next })}
          choices={(["system", "full", "reduced"] as const).map((id) => ({ id, label: t(`settings.motion.${id}`) }))}
        />
      </Item>
      <Item id="flash">
        <FlashSwitch />
      </Item>
      {(window as DesktopWindow).gyrusDesktop && (
        <Switch label={t("settings.awake")} value={stayAwake} onCommit={(on) => set({ stayAwake: on })} />
      )}
      <Item id="letters">
        <Switch label={t("settings.letters")} value={letterKeys} onCommit={(on) => set({ letterKeys: on })} />
      </Item>
    </>
  );
}

function Loudness() {
  const { settings } = useWorkbench();
  const volume = useStore(settings, (state) => state.volume);
  return (
    <Item id="volume">
      <NumberField
        label={t("settings.volume")}
        value={volume}
        unit="%"
        {...{ minValue: 0, maxValue: 100, integer: true }}
        onCommit={(percent) => settings.setState({ volume: percent })}
      />
    </Item>
  );
}

/** Takes the focus when it was asked for by name. */
function Item({ id, children }: { id: SettingId; children: ReactNode }) {
  const { shell } = useWorkbench();
  const wanted = useStore(shell, (state) => state.setting === id);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted) element.current?.querySelector<HTMLElement>("button, input")?.focus();
  }, [wanted]);
  return <div ref={element}>{children}</div>;
}

/** Asked once, on the first page a new window shows: theme, scale, what moves and flashes, crash reports. Not answering is an answer. */
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { scaleSteps } from "../../ui/settings.ts";
import { CrashSwitch } from "../settings/CrashReports.tsx";
import { FlashSwitch } from "../settings/FlashSwitch.tsx";

export function FirstQuestions() {
  const { settings } = useWorkbench();
  const { theme, scale, motion } = useStore(settings);
  const set = settings.setState;
  return (
    <section className="first-questions" aria-labelledby="first-questions">
      <h3 id="first-questions">{t("firstRun.title")}</h3>
      <div className="first-grid">
        <Select
          label={t("settings.theme")}
          value={theme}
          onChange={(next) => set({ theme: next })}
          choices={(["system", "dark", "light"] as const).map((id) => ({ id, label: t(`settings.theme.${id}`) }))}
        />
        <Select
          label={t("settings.scale")}
          value={String(scale)}
          onChange={(next) => set({ scale: Number(next) })}
          choices={scaleSteps.map((percent) => ({ id: String(percent), label: t("settings.percent", { percent }) }))}
        />
        <Select
          label={t("settings.motion")}
          value={motion}
          onChange={(next) => set({ motion: next })}
          choices={(["system", "full", "reduced"] as const).map((id) => ({ id, label: t(`settings.motion.${id}`) }))}
        />
        <FlashSwitch />
        <div>
          <CrashSwitch />
        </div>
      </div>
      <div className="first-done">
        <p className="dim">{t("firstRun.note")}</p>
        <Button variant="primary" onPress={() => set({ isMet: true })}>
          {t("firstRun.done")}
        </Button>
      </div>
    </section>
  );
}

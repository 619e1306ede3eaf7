/** Whether crashes are kept, and those that were. */
import { Copy } from "lucide-react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { Switch } from "../../ui/fields.tsx";
import { formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import "./settings.css";

export function CrashReports() {
  const { crashes } = useWorkbench();
  const reports = useStore(crashes.store, (state) => state.reports);
  return (
    <section aria-label={t("firstRun.crashes")}>
      <CrashSwitch />
      {reports.length > 0 && (
        <details>
          <summary>{t("settings.crashCount", { count: reports.length })}</summary>
          <ul className="crash-list">
            {reports.toReversed().map(({ at, text }) => (
              <li key={at}>
                <time className="dim num" dateTime={at}>
                  {new Date(at).toLocaleDateString()} {formatTime(at)}
                </time>
                <pre>{text}</pre>
              </li>
            ))}
          </ul>
          <Button icon={Copy} onPress={() => download("gyrus-crashes.json", "application/json", JSON.stringify(reports, null, 2))}>
            {t("settings.crashSave")}
          </Button>
          <Button onPress={() => crashes.clear()}>{t("settings.crashClear")}</Button>
        </details>
      )}
    </section>
  );
}

export function CrashSwitch() {
  const { settings } = useWorkbench();
  const on = useStore(settings, (state) => state.crashReports);
  return (
    <>
      <Switch label={t("firstRun.crashes")} value={on} onCommit={(crashReports) => settings.setState({ crashReports })} />
      <p className="field-note">{t("firstRun.crashesNote")}</p>
    </>
  );
}

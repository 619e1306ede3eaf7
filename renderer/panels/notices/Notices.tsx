/** Everything the window has said so far, newest first; a refusal can be read again after it left its corner. */
import { BellOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";
import "./notices.css";

const severities = ["all", "error", "warning", "info"] as const;

export function Notices() {
  const { stores } = useWorkbench();
  const notices = useStore(stores.notices, (state) => state.notices);
  const [severity, setSeverity] = useState<(typeof severities)[number]>("all");
  // Whoever looks at the list has read what is in it.
  useEffect(() => {
    if (notices.some(({ isRead }) => !isRead)) stores.notices.getState().read();
  }, [notices, stores]);
  if (notices.length === 0) return <EmptyState icon={BellOff}>{t("notices.empty")}</EmptyState>;
  const shown = notices.filter((notice) => severity === "all" || notice.severity === severity).toReversed();
  return (
    <div className="panel">
      <div className="panel-toolbar">
        <Select
          label={t("problems.severity")}
          hideLabel
          value={severity}
          onChange={setSeverity}
          choices={severities.map((id) => ({ id, label: t(`severity.${id}`) }))}
        />
        <Button onPress={() => stores.notices.getState().clear()}>{t("notices.clear")}</Button>
      </div>
      <ul className="notice-list" aria-label={t("panel.notices")}>
        {shown.map(({ id, severity: grave, message, at, times }) => (
          <li key={id}>
            <SeverityIcon severity={grave} />
            <span>
              <span className="visually-hidden">{t(`severity.${grave}`)}: </span>
              {message}
              {times > 1 && <span className="dim"> × {times}</span>}
            </span>
            <time className="dim num" dateTime={new Date(at).toISOString()}>
              {formatTime(at)}
            </time>
          </li>
        ))}
      </ul>
    </div>
  );
}

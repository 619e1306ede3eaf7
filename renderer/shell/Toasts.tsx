/** Notices in a corner. Information leaves by itself; a warning or an error stays until it was read. */
import { X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/feedback.tsx";
import { t } from "../ui/messages.ts";
import { useWorkbench } from "./workbench.ts";

const infoMs = 6000;
const mostShown = 4;

export function Toasts() {
  const { stores } = useWorkbench();
  const notices = useStore(stores.notices, (state) => state.notices);
  const { dismiss } = stores.notices.getState();
  useEffect(() => {
    const timers = notices
      .filter(({ severity }) => severity === "info")
      .map(({ id, at }) => setTimeout(() => dismiss(id), at + infoMs - Date.now()));
    return () => timers.forEach(clearTimeout);
  }, [notices, dismiss]);
  return (
    <section className="toasts" aria-label={t("toasts.label")}>
      {notices.slice(-mostShown).map(({ id, severity, message, times }) => (
        <div key={id} className="toast">
          <Notice severity={severity} live>
            <span>
              {message}
              {times > 1 && <span className="dim"> × {times}</span>}
            </span>
          </Notice>
          <Button icon={X} label={t("common.dismiss")} variant="quiet" onPress={() => dismiss(id)} />
        </div>
      ))}
    </section>
  );
}

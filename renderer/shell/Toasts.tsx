/** Notices in a corner. Information leaves by itself; a warning or an error stays until it was read. All of them stay in the notices view. */
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
  const { read } = stores.notices.getState();
  useEffect(() => {
    const timers = notices
      .filter(({ severity, isRead }) => severity === "info" && !isRead)
      .map(({ id, at }) => setTimeout(() => read(id), at + infoMs - Date.now()));
    return () => timers.forEach(clearTimeout);
  }, [notices, read]);
  return (
    <section className="toasts" aria-label={t("toasts.label")}>
      {notices
        .filter(({ isRead }) => !isRead)
        .slice(-mostShown)
        .map(({ id, severity, message, times }) => (
          <div key={id} className="toast">
            <Notice severity={severity} live>
              <span>
                {message}
                {times > 1 && <span className="dim"> × {times}</span>}
              </span>
            </Notice>
            <Button icon={X} label={t("common.dismiss")} variant="quiet" onPress={() => read(id)} />
          </div>
        ))}
    </section>
  );
}

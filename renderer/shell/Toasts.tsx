/**
 * Notices in a corner. Information leaves by itself and counts as read; a warning leaves too and stays unread; an error stays until it
 * was read. Nothing leaves while somebody points at it or stands in it. All of them stay in the notices view.
 */
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Notice } from "../stores/notice-store.ts";
import { Button } from "../ui/Button.tsx";
import { Notice as NoticeBox } from "../ui/feedback.tsx";
import { t } from "../ui/messages.ts";
import { useWorkbench } from "./workbench.ts";

/** How long one is shown; it is in the list for good. */
const shownMs = { info: 6000, warning: 12_000, error: Number.POSITIVE_INFINITY };
const mostShown = 4;

export function Toasts() {
  const { stores } = useWorkbench();
  const notices = useStore(stores.notices, (state) => state.notices);
  const { read } = stores.notices.getState();
  const [isHeld, setHeld] = useState(false);
  const [now, setNow] = useState(Date.now);
  const shown = notices.filter((notice) => !notice.isRead && leavesAt(notice) > now).slice(-mostShown);
  useEffect(() => {
    const ends = notices
      .filter(({ isRead }) => !isRead)
      .map(leavesAt)
      .filter((end) => end > now && end !== Number.POSITIVE_INFINITY);
    if (isHeld || ends.length === 0) return;
    const timer = setTimeout(
      () => {
        const then = Date.now();
        for (const notice of notices) if (notice.severity === "info" && leavesAt(notice) <= then) read(notice.id);
        setNow(then);
      },
      Math.min(...ends) - Date.now(),
    );
    return () => clearTimeout(timer);
  }, [notices, isHeld, now, read]);
  const dismiss = (id: number) => {
    read(id);
    // What was pointed at is gone, and nothing would say that the pointer left it.
    setHeld(false);
  };
  return (
    <section
      className="toasts"
      aria-label={t("toasts.label")}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {shown.map(({ id, severity, message, times }) => (
        <div key={id} className="toast">
          <NoticeBox severity={severity} live>
            <span>
              {message}
              {times > 1 && <span className="dim"> × {times}</span>}
            </span>
          </NoticeBox>
          <Button icon={X} label={t("common.dismiss")} variant="quiet" onPress={() => dismiss(id)} />
        </div>
      ))}
    </section>
  );
}

const leavesAt = ({ severity, at }: Notice) => at + shownMs[severity];

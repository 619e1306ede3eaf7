/** How old what a view shows is, while the host is gone; nothing else. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Badge } from "../ui/feedback.tsx";
import { t } from "../ui/messages.ts";
import { useWorkbench } from "./workbench.ts";

export function DataAge() {
  const { stores } = useWorkbench();
  const lostAt = useStore(stores.connection, ({ phase, lostAt }) => (phase === "open" ? null : lostAt));
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  if (lostAt === null || !hasBrain) return null;
  return <Age since={lostAt} />;
}

function Age({ since }: { since: number }) {
  const now = useSeconds(true);
  return (
    <div className="data-age">
      <Badge tone="error">
        <span className="num">{t("dock.age", { seconds: Math.max(0, Math.round((now - since) / 1000)) })}</span>
      </Badge>
    </div>
  );
}

/** The time of day in ms, twice a second while it is asked for. */
export function useSeconds(on: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}

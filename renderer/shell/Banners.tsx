/** What the whole window has to know: the host is gone, or this brain came back from a checkpoint. */
import { RotateCw, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { t } from "../ui/messages.ts";
import { SeverityIcon } from "../ui/SeverityIcon.tsx";
import { useWorkbench } from "./workbench.ts";
import "./banners.css";

/** The recovery that was read about; a reload does not tell it again. */
const readKey = "gyrus.recovery-read";

export function Banners() {
  const { stores, bridge } = useWorkbench();
  const connection = useStore(stores.connection);
  const recoveredAt = useStore(stores.brain, (state) => state.status?.recoveredAtBurst ?? null);
  const brainId = useStore(stores.brain, (state) => state.status?.brainId ?? null);
  const [read, setRead] = useState(() => window.sessionStorage.getItem(readKey));
  const lost = connection.lostAt !== null && connection.phase !== "open";
  const now = useSeconds(lost);
  const recovery = recoveredAt === null ? null : `${brainId} ${recoveredAt}`;
  return (
    <div aria-live="assertive" className="banners">
      {lost && (
        <div className="banner" data-severity="error" role="alert">
          <SeverityIcon severity="error" size={16} />
          <strong>{t("banner.lost")}</strong>
          <span>{t("banner.restarting")}</span>
          <span className="num">{t("banner.age", { seconds: Math.max(0, Math.round((now - (connection.lostAt ?? now)) / 1000)) })}</span>
          <span className="num">
            {connection.retryAt === null
              ? t("banner.waiting")
              : t("banner.retry", { seconds: Math.max(0, Math.ceil((connection.retryAt - now) / 1000)) })}
          </span>
          {connection.retryAt !== null && (
            <Button icon={RotateCw} onPress={() => bridge.retryNow()}>
              {t("banner.retryNow")}
            </Button>
          )}
        </div>
      )}
      {!lost && recovery !== null && recovery !== read && (
        <div className="banner" data-severity="ok" role="status">
          <SeverityIcon severity="ok" size={16} />
          <strong>{t("banner.recovered", { burst: formatCount(recoveredAt ?? 0) })}</strong>
          <span>{t("banner.recoveredDetail")}</span>
          <Button
            icon={X}
            label={t("common.dismiss")}
            variant="quiet"
            onPress={() => {
              window.sessionStorage.setItem(readKey, recovery);
              setRead(recovery);
            }}
          />
        </div>
      )}
    </div>
  );
}

function useSeconds(on: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}

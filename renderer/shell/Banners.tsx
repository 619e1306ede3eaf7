/** What the whole window has to know: the host is gone, or this brain came back from a checkpoint. */
import { GitFork, RotateCw, ScrollText, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { t } from "../ui/messages.ts";
import { SeverityIcon } from "../ui/SeverityIcon.tsx";
import { forkHere } from "./commands/debugging.ts";
import { useSeconds } from "./DataAge.tsx";
import { useWorkbench } from "./workbench.ts";
import "./banners.css";

/** The recovery that was read about; a reload does not tell it again. */
const readKey = "gyrus.recovery-read";

export function Banners() {
  const workbench = useWorkbench();
  const { stores, bridge, shell } = workbench;
  const kept = useStore(stores.brain, (state) => state.status?.kept ?? null);
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
          <Button icon={ScrollText} variant="quiet" onPress={() => shell.getState().docks?.show("log")}>
            {t("banner.log")}
          </Button>
          {connection.retryAt !== null && (
            <Button icon={RotateCw} onPress={() => bridge.retryNow()}>
              {t("banner.retryNow")}
            </Button>
          )}
        </div>
      )}
      {!lost && kept !== null && (
        <div className="banner" data-severity="info" role="status">
          <SeverityIcon severity="info" size={16} />
          <strong>{t("banner.kept", { first: kept.first, last: kept.last })}</strong>
          <span>{t("banner.keptDetail")}</span>
          <Button icon={GitFork} onPress={() => forkHere(workbench)}>
            {t("banner.keptFork")}
          </Button>
        </div>
      )}
      {!lost && recovery !== null && recovery !== read && (
        <div className="banner" data-severity="ok" role="status">
          <SeverityIcon severity="ok" size={16} />
          <strong>{t("banner.recovered", { burst: formatCount(recoveredAt ?? 0) })}</strong>
          <span>{t("banner.recoveredDetail")}</span>
          <Differences />
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

/** What the recovered brain has that its file has not: edits that would be lost by opening the file again. */
function Differences() {
  const { lab, stores, shell } = useWorkbench();
  const path = useStore(stores.brain, ({ status }) => status?.genomePath ?? null);
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    if (path === null) return;
    // A file that is gone or is no genome has nothing to be compared with.
    lab.genome.diff({ from: { path }, to: "living" }).then(
      ({ hunks }) => setCount(hunks.length),
      () => setCount(null),
    );
  }, [lab, path]);
  if (count === null) return null;
  return (
    <>
      <span className="num">{count === 0 ? t("banner.noDifference") : t("banner.differences", { count })}</span>
      {count > 0 && <Button onPress={() => shell.getState().docks?.show("history")}>{t("banner.showEdits")}</Button>}
    </>
  );
}

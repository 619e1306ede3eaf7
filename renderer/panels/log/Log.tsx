/** The event log as the host keeps it, newest first; read again while it is on screen. */
import { RefreshCw, ScrollText } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { useStore } from "zustand";
import type { LabEvent } from "#contracts/commands/session.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import "./log.css";

const periodMs = 2000;
const limit = 200;

export function Log() {
  const { lab, stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const connected = useStore(stores.connection, (state) => state.phase === "open");
  const [events, setEvents] = useState<readonly LabEvent[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const read = useCallback(() => {
    lab.session.events({ limit, newest: true }).then(
      (newest) => {
        setRefusal(null);
        setEvents((old) =>
          old[0]?.seq === lastSeq(newest) && old.length === newest.length ? old : newest.toSorted((a, b) => b.seq - a.seq),
        );
      },
      (error: unknown) => setRefusal(messageOf(error)),
    );
  }, [lab]);
  const follow = useCallback(() => {
    if (!connected) return () => {};
    read();
    const timer = setInterval(read, periodMs);
    return () => clearInterval(timer);
  }, [connected, read]);
  useWhileShown(panel, follow);
  const isEmpty = events.length === 0 && refusal === null;
  return (
    <div ref={panel} className="panel">
      {isEmpty && <EmptyState icon={ScrollText}>{t("log.empty")}</EmptyState>}
      {!isEmpty && (
        <div className="panel-toolbar">
          <span className="dim log-count num">{t("log.newest", { count: events.length })}</span>
          <Button icon={RefreshCw} label={t("log.refresh")} variant="quiet" onPress={read} />
        </div>
      )}
      {refusal !== null && <Notice severity="warning">{refusal}</Notice>}
      {!isEmpty && <Table events={events} />}
    </div>
  );
}

function Table({ events }: { events: readonly LabEvent[] }) {
  return (
    <table className="data-table log-table" aria-label={t("log.title")}>
      <thead>
        <tr>
          <th scope="col">{t("log.seq")}</th>
          <th scope="col">{t("log.time")}</th>
          <th scope="col">{t("log.type")}</th>
          <th scope="col">{t("log.source")}</th>
          <th scope="col">{t("log.data")}</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ seq, time, type, source, data }) => (
          <tr key={seq}>
            <td>{seq}</td>
            <td>{formatTime(time)}</td>
            <td>{type}</td>
            <td>{source}</td>
            <td className="log-data mono" title={JSON.stringify(data)}>
              {JSON.stringify(data)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function lastSeq(events: readonly LabEvent[]): number | undefined {
  return events.length === 0 ? undefined : Math.max(...events.map(({ seq }) => seq));
}

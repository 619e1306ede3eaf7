/** The event log as the host keeps it, newest first; read again while it is on screen. */
import { Copy, RefreshCw, ScrollText } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { useStore } from "zustand";
import type { LabEvent } from "#contracts/commands/session.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { FilterField } from "../../ui/FilterField.tsx";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatCount, formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { burstOf, detailsOf, matches } from "./details.ts";
import "../why/neuron-link.css";
import "./log.css";

const periodMs = 2000;
const limit = 500;
const everyKind = "all";

export function Log() {
  const { lab, stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const connected = useStore(stores.connection, (state) => state.phase === "open");
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const [events, setEvents] = useState<readonly LabEvent[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [query, setQuery] = useState("");
  const [kind, setKind] = useState(everyKind);
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
  const kinds = [...new Set(events.map(kindOf))].sort();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = events
    .map((event) => ({ event, details: detailsOf(event, (id) => areaById.get(id)?.name) }))
    .filter(({ event, details }) => (kind === everyKind || kindOf(event) === kind) && matches(event, words, details));
  return (
    <div ref={panel} className="panel">
      {isEmpty && <EmptyState icon={ScrollText}>{t("log.empty")}</EmptyState>}
      {!isEmpty && (
        <div className="panel-toolbar">
          <FilterField label={t("log.filter")} hint={t("log.filterHint", { count: events.length })} value={query} onChange={setQuery} />
          <Select
            label={t("log.kind")}
            hideLabel
            value={kinds.includes(kind) ? kind : everyKind}
            onChange={setKind}
            choices={[{ id: everyKind, label: t("log.everyKind") }, ...kinds.map((id) => ({ id, label: id }))]}
          />
          <Button
            icon={Copy}
            label={t("log.copy", { count: shown.length })}
            variant="quiet"
            isDisabled={shown.length === 0}
            onPress={() => void navigator.clipboard.writeText(shown.map(({ event }) => JSON.stringify(event)).join("\n"))}
          />
          <Button icon={RefreshCw} label={t("log.refresh")} variant="quiet" onPress={read} />
        </div>
      )}
      {refusal !== null && <Notice severity="warning">{refusal}</Notice>}
      {!isEmpty && shown.length === 0 && <p className="log-none dim">{t("log.none", { count: events.length })}</p>}
      {shown.length > 0 && <Table rows={shown} />}
    </div>
  );
}

function Table({ rows }: { rows: readonly { event: LabEvent; details: string }[] }) {
  const { stores } = useWorkbench();
  return (
    <table className="data-table log-table" aria-label={t("log.title")}>
      <thead>
        <tr>
          <th scope="col">{t("log.seq")}</th>
          <th scope="col">{t("log.time")}</th>
          <th scope="col">{t("unit.burst")}</th>
          <th scope="col">{t("log.type")}</th>
          <th scope="col">{t("log.source")}</th>
          <th scope="col">{t("log.data")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ event, details }) => {
          const burst = burstOf(event);
          return (
            <tr key={event.seq}>
              <td>{formatCount(event.seq)}</td>
              <td>{formatTime(event.time)}</td>
              <td>
                {burst !== null && (
                  <button
                    type="button"
                    className="why-link num"
                    aria-label={t("log.goTo", { burst })}
                    onClick={() => stores.timeline.seek(burst)}
                  >
                    {formatCount(burst)}
                  </button>
                )}
              </td>
              <td>{event.type}</td>
              <td>{event.source}</td>
              <td className="log-data" title={details}>
                {details}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The part before the dot: `debug` of `debug.hit`. */
const kindOf = ({ type }: LabEvent) => type.split(".", 1)[0] ?? type;

function lastSeq(events: readonly LabEvent[]): number | undefined {
  return events.length === 0 ? undefined : Math.max(...events.map(({ seq }) => seq));
}

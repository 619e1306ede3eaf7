/** Schedules of forced firing: those that wait, each on its axis of bursts, and the one that is being written. */
import { CalendarClock, Pencil, Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useStore } from "zustand";
import { newSchedule } from "../../shell/commands/schedules.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { Schedule } from "../../stores/schedule-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { Editor } from "./Editor.tsx";
import { Lanes } from "./Lanes.tsx";
import "./schedules.css";

export function Schedules() {
  const workbench = useWorkbench();
  const { stores } = workbench;
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const { schedules, draft, problem } = useStore(stores.schedules.store);
  const canWrite = useCanWrite();
  useWhileShown(panel, stores.schedules.watch);
  const create = (
    <Button icon={Plus} isDisabled={!canWrite} onPress={() => newSchedule(workbench)}>
      {t("schedules.new")}
    </Button>
  );
  const isEmpty = schedules?.length === 0 && draft === null;
  return (
    <div ref={panel} className="panel schedules">
      {!hasBrain && <EmptyState icon={CalendarClock}>{t("schedules.noBrain")}</EmptyState>}
      {hasBrain && problem !== null && <Notice severity="warning">{problem}</Notice>}
      {hasBrain && schedules === null && problem === null && <EmptyState icon={CalendarClock}>{t("schedules.loading")}</EmptyState>}
      {hasBrain && isEmpty && (
        <EmptyState icon={CalendarClock} actions={create}>
          {t("schedules.none")}
        </EmptyState>
      )}
      {hasBrain && schedules && !isEmpty && (
        <div className="schedule-parts" data-writing={draft !== null}>
          {draft && <Editor key={draft.replaces} draft={draft} />}
          <div className="schedule-list">
            {draft === null && create}
            <ul aria-label={t("schedules.list")}>
              {schedules.map((schedule) => (
                <Row key={schedule.id} schedule={schedule} />
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}

function Row({ schedule }: { schedule: Schedule }) {
  const { stores } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const draft = useStore(stores.schedules.store, (state) => state.draft);
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const { id, periodBursts: period, nextBurst, remaining, entries } = schedule;
  const bursts = new Map<string, number[]>();
  for (const { burst, areas } of entries) {
    if (period === null && burst < nextBurst) continue;
    for (const { area } of areas) bursts.set(area, [...(bursts.get(area) ?? []), burst]);
  }
  const lanes = [...bursts].map(([area, of]) => ({ key: area, label: areaById.get(area)?.name ?? area, bursts: of }));
  return (
    <li aria-current={draft?.replaces === id}>
      <div className="schedule-head">
        <strong>{t("schedules.name", { id })}</strong>
        <span className="dim num">
          {period === null ? t("schedules.once", { count: remaining }) : t("schedules.repeats", { period })} ·{" "}
          {t("schedules.next", { burst: nextBurst })}
        </span>
        <Button
          icon={Pencil}
          label={t("schedules.edit", { id })}
          variant="quiet"
          isDisabled={!canWrite || draft !== null}
          onPress={() => attempt(stores.schedules.edit(id, areaById))}
        />
        <Button
          icon={Trash2}
          label={t("schedules.remove", { id })}
          variant="quiet"
          isDisabled={!canWrite || draft?.replaces === id}
          onPress={() => attempt(stores.schedules.remove(id))}
        />
      </div>
      <Lanes label={t("schedules.preview")} lanes={lanes} period={period} from={nextBurst} />
    </li>
  );
}

/** The ways this brain went: forking here, going over to another, and what differs between one of them and the one that lives. */
import { ArrowRightLeft, GitFork, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { TimelineInfo } from "#contracts/commands/timeline.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { formatBytes } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Comparison } from "./Comparison.tsx";
import "./timelines.css";

export function Timelines() {
  const { stores, lab } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const burst = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const { timelines, chosen, problem } = useStore(stores.timelines.store);
  useWhileShown(panel, stores.timelines.watch);
  useEffect(() => stores.timelines.lookAt(cursor), [stores, cursor]);
  const isAlone = timelines !== null && timelines.length < 2;
  const fork = (
    <Button
      icon={GitFork}
      {...(isAlone ? { variant: "primary" as const } : {})}
      isDisabled={!canWrite}
      onPress={() => attempt(lab.timeline.fork({}))}
    >
      {t("timelines.fork", { burst })}
    </Button>
  );
  return (
    <div ref={panel} className="panel timelines">
      {!hasBrain && <EmptyState icon={GitFork}>{t("timelines.noBrain")}</EmptyState>}
      {hasBrain && problem !== null && <Notice severity="warning">{problem}</Notice>}
      {hasBrain && isAlone && (
        <EmptyState icon={GitFork} actions={fork}>
          {t("timelines.none")}
        </EmptyState>
      )}
      {hasBrain && timelines && !isAlone && (
        <div className="timelines-parts">
          <div className="timelines-side">
            <ul className="timelines-list" aria-label={t("timelines.list")}>
              {timelines.map((timeline) => (
                <Row key={timeline.id} timeline={timeline} isChosen={timeline.id === chosen} />
              ))}
            </ul>
            {fork}
          </div>
          <Comparison />
        </div>
      )}
    </div>
  );
}

function Row({
  timeline: { id, name, isCurrent, origin, first, last, ramBytes, edits },
  isChosen,
}: {
  timeline: TimelineInfo;
  isChosen: boolean;
}) {
  const { stores, lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const [isGivingUp, setGivingUp] = useState(false);
  return (
    <li className="timelines-row" data-current={isCurrent}>
      <button
        type="button"
        className="timelines-name"
        aria-current={isChosen}
        disabled={isCurrent}
        onClick={() => stores.timelines.choose(id)}
      >
        {name}
        {isCurrent && <Badge tone="accent">{t("timelines.current")}</Badge>}
        {isChosen && <Badge>{t("timelines.compared")}</Badge>}
      </button>
      <span className="dim num">
        {origin ? t("timelines.from", origin) : t("timelines.first")} ·{" "}
        {last < first ? t("timelines.noBursts") : t("timelines.bursts", { first, last })}
        {edits > 0 && ` · ${t("timelines.edits", { edits })}`} · {formatBytes(ramBytes)}
      </span>
      {!isCurrent && (
        <span className="timelines-actions">
          <Button
            icon={ArrowRightLeft}
            label={t("timelines.goOver", { name })}
            variant="quiet"
            isDisabled={!canWrite}
            onPress={() => attempt(lab.timeline.switchTo({ id }))}
          />
          <Button
            icon={Trash2}
            label={t("timelines.remove", { name })}
            variant="quiet"
            isDisabled={!canWrite}
            onPress={() => setGivingUp(true)}
          />
        </span>
      )}
      <ConfirmDialog
        title={t("timelines.removeTitle", { name })}
        action={t("timelines.removeAction")}
        isOpen={isGivingUp}
        onClose={() => setGivingUp(false)}
        onConfirm={() => attempt(lab.timeline.remove({ id }))}
      >
        <p>{t("timelines.removeLoses", { bursts: Math.max(0, last - first + 1), edits })}</p>
      </ConfirmDialog>
    </li>
  );
}

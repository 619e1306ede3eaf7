/** The edits of this brain, newest first, undone ones above the line: go to a step, take one back, gather several into one. */
import { History as HistoryIcon, Undo2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { EditStep } from "#contracts/edit.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { scaleOf } from "./edit-scale.ts";
import "./history.css";

export function History() {
  const { lab, stores } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const { steps, refusal, read } = useSteps();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const nameOf = (id: string) => areaById.get(id)?.name ?? id;
  const loaded = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  if (!loaded) return <EmptyState icon={HistoryIcon}>{t("history.noBrain")}</EmptyState>;
  const change = (work: Promise<unknown>) => attempt(work.finally(read));
  const newestDone = steps.findLast(({ undone }) => !undone)?.index ?? -1;
  return (
    <div className="panel">
      <GroupForm onDone={read} />
      {refusal !== null && <Notice severity="error">{refusal}</Notice>}
      {steps.length === 0 && refusal === null && <EmptyState icon={HistoryIcon}>{t("history.empty")}</EmptyState>}
      <ol className="history-list" aria-label={t("panel.history")} reversed>
        {steps.toReversed().map((step) => (
          <li key={step.index} data-undone={step.undone || undefined} aria-current={step.index === newestDone ? "step" : undefined}>
            <div>
              <strong>{step.group}</strong>
              <p className="dim">
                {formatTime(step.time)} ·{" "}
                {step.undone ? t("history.undone") : step.index === newestDone ? t("history.here") : t("history.done")}
              </p>
              <p className="dim">{scaleOf(step.summary, nameOf)}</p>
              {!step.summary.inGenome && <p className="dim">{t("history.notInGenome")}</p>}
            </div>
            <div className="history-actions">
              {step.index !== newestDone && (
                <Button
                  isDisabled={!canWrite}
                  label={t("history.goToNamed", { group: step.group })}
                  onPress={() => change(lab.connectome.goToEdit({ index: step.index + 1 }))}
                >
                  {t("history.goTo")}
                </Button>
              )}
              {!step.undone && (
                <Button
                  icon={Undo2}
                  variant="quiet"
                  isDisabled={!canWrite}
                  label={t("history.revertNamed", { group: step.group })}
                  onPress={() => change(lab.connectome.revertEdit({ index: step.index }))}
                >
                  {t("history.revert")}
                </Button>
              )}
            </div>
          </li>
        ))}
        {steps.length > 0 && (
          <li>
            <div>
              <strong>{t("history.start")}</strong>
            </div>
            {newestDone >= 0 && (
              <div className="history-actions">
                <Button isDisabled={!canWrite} label={t("history.goToStart")} onPress={() => change(lab.connectome.goToEdit({ index: 0 }))}>
                  {t("history.goTo")}
                </Button>
              </div>
            )}
          </li>
        )}
      </ol>
      {steps.length > 0 && <p className="dim history-note">{t("history.note")}</p>}
    </div>
  );
}

/** Edits that follow become one step until the group is ended. */
function GroupForm({ onDone }: { onDone: () => void }) {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const [name, setName] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  return (
    <form
      className="history-group"
      onSubmit={(event) => {
        event.preventDefault();
        if (open === null) attempt(lab.connectome.beginGroup({ name: name.trim() }).then(() => setOpen(name.trim())));
        else {
          attempt(
            lab.connectome.endGroup({}).finally(() => {
              setOpen(null);
              setName("");
              onDone();
            }),
          );
        }
      }}
    >
      {open === null ? (
        <TextField label={t("history.groupName")} value={name} onChange={setName} placeholder={t("history.groupHint")} />
      ) : (
        <p role="status">{t("history.grouping", { name: open })}</p>
      )}
      <Button type="submit" isDisabled={!canWrite || (open === null && name.trim() === "")}>
        {t(open === null ? "history.group" : "history.endGroup")}
      </Button>
    </form>
  );
}

/** The steps, read again whenever the connectome was changed by anybody. */
function useSteps() {
  const { lab, bridge, stores } = useWorkbench();
  const connected = useStore(stores.connection, ({ phase }) => phase === "open");
  const undoable = useStore(stores.brain, ({ status }) => `${status?.brainId} ${status?.canUndo} ${status?.canRedo}`);
  const [steps, setSteps] = useState<readonly EditStep[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const read = useCallback(() => {
    lab.connectome.history({}).then(
      (read) => {
        setRefusal(null);
        setSteps(read);
      },
      (error: unknown) => setRefusal(messageOf(error)),
    );
  }, [lab]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what can be undone changes with every step
  useEffect(() => {
    if (!connected) return;
    read();
    return bridge.onAnnouncement(({ type }) => {
      if (type === "connectome.changed" || type === "connectome.replaced") read();
    });
  }, [connected, undoable, read, bridge]);
  return { steps, refusal, read };
}

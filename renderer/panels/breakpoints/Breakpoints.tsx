/** Breakpoints and tracepoints: write one, see what it would have done, list them, and the log of their hits. */
import { CircleDot, Plus } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { addBreakpoint } from "../../shell/commands/debugging.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { type Action, actionChoices } from "./actions.ts";
import { BreakpointRow } from "./BreakpointRow.tsx";
import { useTried } from "./evaluation.ts";
import { HitLog } from "./HitLog.tsx";
import { Preview, TermHelp } from "./Preview.tsx";
import "./breakpoints.css";

export function Breakpoints() {
  const { stores } = useWorkbench();
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const breakpoints = useStore(stores.debug.store, (state) => state.breakpoints);
  const editing = useStore(stores.debug.store, (state) => state.editing);
  if (!hasBrain) return <EmptyState icon={CircleDot}>{t("breakpoints.noBrain")}</EmptyState>;
  return (
    <div className="panel breakpoints">
      <NewBreakpoint />
      <section className="section">
        <h3>{t("breakpoints.list")}</h3>
        {breakpoints.length === 0 ? (
          <p className="dim">{t("breakpoints.none")}</p>
        ) : (
          <ul className="breakpoint-list" aria-label={t("breakpoints.list")}>
            {breakpoints.map((breakpoint) => (
              <BreakpointRow key={breakpoint.id} breakpoint={breakpoint} isOpen={editing === breakpoint.id} />
            ))}
          </ul>
        )}
      </section>
      <HitLog />
    </div>
  );
}

function NewBreakpoint() {
  const workbench = useWorkbench();
  const { stores } = workbench;
  const canWrite = useCanWrite();
  const draft = useStore(stores.debug.store, (state) => state.draft);
  const setDraft = (text: string) => stores.debug.store.setState({ draft: text });
  const [action, setAction] = useState<Action>("pause");
  const [refusal, setRefusal] = useState<string | null>(null);
  const tried = useTried(draft);
  const isWrong = tried !== null && "problem" in tried;
  const add = () => {
    if (draft.trim() === "" || !canWrite) return;
    addBreakpoint(workbench, { condition: draft.trim(), action }).then(
      () => {
        setDraft("");
        setRefusal(null);
      },
      (error: unknown) => setRefusal(messageOf(error)),
    );
  };
  return (
    <form
      className="section breakpoint-new"
      aria-label={t("breakpoints.new")}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <h3>{t("breakpoints.new")}</h3>
      <TextField label={t("breakpoints.condition")} value={draft} onChange={setDraft} placeholder={t("breakpoints.hint")} />
      <Preview text={draft} tried={tried} />
      {refusal !== null && !isWrong && <Notice severity="error">{refusal}</Notice>}
      <div className="breakpoint-add">
        <Select label={t("breakpoints.action")} hideLabel value={action} choices={actionChoices()} onChange={setAction} />
        <Button icon={Plus} variant="primary" type="submit" isDisabled={!canWrite || draft.trim() === "" || isWrong}>
          {t("breakpoints.add")}
        </Button>
      </div>
      <TermHelp />
    </form>
  );
}

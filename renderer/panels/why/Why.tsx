/** Why a neuron fired in a burst, or why not: one question, its account, what would have been without, its causes and effects. */
import { FileJson, FileSpreadsheet, HelpCircle, Split } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { Question, WhyState } from "../../stores/why-store.ts";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Switch } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { AccountView } from "./AccountView.tsx";
import { accountCsv, accountJson } from "./account-files.ts";
import { useAreaOf } from "./area-of.ts";
import { CauseTree } from "./CauseTree.tsx";
import { EffectsView } from "./EffectsView.tsx";
import { WithoutView } from "./WithoutView.tsx";
import "./why.css";

export function Why() {
  const { stores } = useWorkbench();
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  return hasBrain ? <Asked /> : <EmptyState icon={HelpCircle}>{t("why.noBrain")}</EmptyState>;
}

function Asked() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  useWhileShown(panel, stores.why.watch);
  const state = useStore(stores.why.store);
  const { question, account, problem, isAsking } = state;
  return (
    <div ref={panel} className="panel why">
      <QuestionBar question={question} />
      <div aria-live="polite">
        {isAsking && question && <p className="section dim">{t("why.asking", { burst: question.burst })}</p>}
        {problem !== null && (
          <div className="section">
            <Notice severity="error" live>
              {problem}
            </Notice>
          </div>
        )}
        {question && !isAsking && <Firings question={question} fired={state.fired} />}
      </div>
      {!question && <EmptyState icon={HelpCircle}>{t("why.none")}</EmptyState>}
      {account && (
        <>
          <AccountView account={account} state={state} />
          <div className="section">
            <Switch label={t("why.marks")} value={state.marks} onCommit={stores.why.setMarks} />
          </div>
          <WithoutView state={state} />
          {account.fired && <CauseTree state={state} />}
          {account.fired && <EffectsView state={state} />}
          <Files state={state} />
        </>
      )}
    </div>
  );
}

/** Asks by number, so that a question needs no picture. */
function QuestionBar({ question }: { question: Question | null }) {
  const { stores } = useWorkbench();
  const selected = useStore(stores.selection, ({ neuron }) => neuron);
  const at = useStore(stores.selection, ({ cursor }) => cursor);
  const standing = useStore(stores.brain, ({ status }) => (status?.state === "running" ? null : (status?.burst ?? null)));
  const areaOf = useAreaOf();
  const [neuron, setNeuron] = useState(question?.neuron ?? selected ?? 0);
  const [burst, setBurst] = useState(question?.burst ?? standing ?? 1);
  useEffect(() => {
    if (question) setNeuron(question.neuron);
    if (question) setBurst(question.burst);
  }, [question]);
  const shown = at ?? standing;
  const isAsked = question !== null;
  // A new selection is a new question; the passing of time is not, once one was asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the selection changes
  useEffect(() => {
    if (selected === null) return;
    setNeuron(selected);
    if (shown !== null) setBurst(Math.max(1, shown));
  }, [selected]);
  useEffect(() => {
    if (!isAsked && shown !== null) setBurst(Math.max(1, shown));
  }, [isAsked, shown]);
  return (
    <fieldset className="why-question" aria-label={t("why.ask")}>
      <NumberField label={t("why.neuron")} value={neuron} minValue={0} integer onCommit={setNeuron} />
      <NumberField label={t("why.burst")} value={burst} minValue={1} integer onCommit={setBurst} />
      <span className="why-area dim">{areaOf(neuron)?.name ?? ""}</span>
      <Button variant="primary" icon={Split} shortcut="W" onPress={() => void stores.why.ask({ neuron, burst })}>
        {t("why.ask")}
      </Button>
    </fieldset>
  );
}

const mostFirings = 6;

/** Other bursts in which this neuron fired: the usual next question. */
function Firings({ question: { neuron, burst }, fired }: { question: Question; fired: readonly number[] }) {
  const { stores } = useWorkbench();
  const shown = fired.slice(-mostFirings).reverse();
  return (
    <div className="section why-firings">
      <span className="dim">{fired.length === 0 ? t("why.noFirings") : t("why.firings")}</span>
      {shown.map((at) => (
        <button
          key={at}
          type="button"
          className="chip num"
          aria-pressed={at === burst}
          aria-label={t("why.firedAt", { burst: at })}
          onClick={() => void stores.why.ask({ neuron, burst: at })}
        >
          {formatCount(at)}
        </button>
      ))}
      {fired.length > shown.length && <span className="dim">{t("why.firingsMore", { count: fired.length - shown.length })}</span>}
    </div>
  );
}

function Files({ state }: { state: WhyState }) {
  const { question } = state;
  if (!question) return null;
  const name = `why-${question.neuron}-${question.burst}`;
  return (
    <div className="section why-files">
      <Button icon={FileJson} onPress={() => download(`${name}.json`, "application/json", accountJson(state))}>
        {t("why.exportJson")}
      </Button>
      <Button icon={FileSpreadsheet} onPress={() => download(`${name}.csv`, "text/csv", accountCsv(state))}>
        {t("why.exportCsv")}
      </Button>
    </div>
  );
}

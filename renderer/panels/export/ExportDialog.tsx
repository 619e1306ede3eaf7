/** Takes the brain out: what, in which form, with which options; what it would be and lose; then how far it is, and each file. */
import { useEffect, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useStore } from "zustand";
import type { ExportPreflight } from "#contracts/exports.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { ExportOptionFields } from "./ExportOptionFields.tsx";
import { Files, Preflight, Writing } from "./ExportOutcome.tsx";
import { FormCards } from "./FormCards.tsx";
import { type Card, type Choices, type Door, doors, type Form, isDoor, requestOf, takesOf, untouched, type What, wholes } from "./forms.ts";
import "./export.css";

export function ExportDialog() {
  const { shell, lab, stores } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "export");
  const selected = useStore(stores.selection, (state) => state.areas);
  const followed = useStore(stores.traces.store, (state) => state.probes);
  const outcome = useStore(stores.exports.store, (state) => state.outcome);
  const canWrite = useCanWrite();
  const [what, setWhat] = useState<What>("network");
  const [card, setCard] = useState<Card>("graphml");
  const [choices, setChoices] = useState<Choices>(untouched);
  const [plan, setPlan] = useState<ExportPreflight | string | null>(null);
  const { rest, cancel, run } = stores.exports;
  const facts = typeof plan === "string" ? null : plan;
  const recorded = facts?.recorded ?? null;
  const probes = followed.flatMap(({ kind, id }) => (kind === "neuron" ? [id] : []));
  const form = isDoor(card) ? null : card;
  const isUnfollowed = what === "probes" && probes.length === 0;
  const around = { selected, probes };
  // What is asked of the plan must not change by what the plan answers.
  const asked =
    form === null || isUnfollowed
      ? null
      : JSON.stringify(requestOf(what, form, { ...choices, withActivity: false, first: null, last: null }, { ...around, recorded: null }));

  useEffect(() => {
    if (!isOpen) return;
    let isStale = false;
    setPlan(null);
    if (asked === null) return;
    lab.session.exportPlan(JSON.parse(asked)).then(
      (answer) => isStale || setPlan(answer),
      (error: unknown) => isStale || setPlan(messageOf(error)),
    );
    return () => {
      isStale = true;
    };
  }, [isOpen, asked, lab]);

  const close = () => {
    rest();
    shell.getState().close();
  };
  const choose = (next: Card) => {
    setCard(next);
    rest();
  };
  const leave = (door: Door) => {
    close();
    if (door === "neo4j") shell.getState().docks?.show(doors.neo4j);
    else shell.getState().open(doors[door]);
  };
  const isBusy = outcome.state === "busy";
  const isSilent = (what === "activity" || what === "probes") && facts !== null && recorded === null;
  const missing = form && takesOf(form).stepMs && choices.stepMs <= 0 ? t("export.needsStep") : null;
  const isReady = canWrite && facts !== null && !isSilent && missing === null;
  const begin = (of: Form) => void run({ name: t(`export.form.${of}`), input: requestOf(what, of, choices, { ...around, recorded }) });
  return (
    <AppDialog
      title={t("export.title")}
      isWide
      isOpen={isOpen}
      onClose={close}
      footer={
        isDoor(card) ? (
          <Button variant="primary" onPress={() => leave(card)}>
            {t(`export.go.${card}`)}
          </Button>
        ) : (
          <>
            {missing && <span className="dim export-missing">{missing}</span>}
            {isBusy && <Button onPress={cancel}>{t("export.cancel")}</Button>}
            <Button variant="primary" onPress={() => begin(card)} isDisabled={!isReady} isPending={isBusy}>
              {t(isBusy ? "export.busy" : "export.run")}
            </Button>
          </>
        )
      }
    >
      <RadioGroup
        className="export-whats"
        orientation="horizontal"
        value={what}
        isDisabled={isBusy}
        onChange={(next) => {
          setWhat(next as What);
          choose(wholes[next as What][0]);
        }}
      >
        <Label className="visually-hidden">{t("export.what")}</Label>
        {(Object.keys(wholes) as What[]).map((id) => (
          <Radio key={id} value={id} className="export-what">
            {t(`export.what.${id}`)}
          </Radio>
        ))}
      </RadioGroup>
      <p className="dim">{t(`export.range.${what}`)}</p>
      <div className="export-columns">
        <FormCards what={what} form={card} sizes={facts?.sizes} isDisabled={isBusy} choose={choose} />
        <div className="export-choices">
          {isDoor(card) && <p>{t(`export.door.${card}`)}</p>}
          {outcome.state === "busy" && <Writing progress={outcome.progress} />}
          {outcome.state === "done" && (
            <>
              <Files result={outcome.result} again={outcome.again} verify={() => void stores.exports.verify()} />
              <Button onPress={rest}>{t("export.more")}</Button>
            </>
          )}
          {outcome.state === "refused" && (
            <Notice severity="error" title={t("export.failed")} live>
              {outcome.reason}
            </Notice>
          )}
          {form && isUnfollowed && (
            <>
              <Notice severity="warning">{t("export.unfollowed")}</Notice>
              <div>
                <Button
                  onPress={() => {
                    close();
                    shell.getState().docks?.show("trace");
                  }}
                >
                  {t("export.toTrace")}
                </Button>
              </div>
            </>
          )}
          {form && !isUnfollowed && (outcome.state === "idle" || outcome.state === "refused") && (
            <ExportOptionFields
              what={what}
              form={form}
              choices={choices}
              change={(next) => {
                setChoices({ ...choices, ...next });
                rest();
              }}
              around={{ ...around, recorded }}
            />
          )}
          {form && outcome.state === "idle" && (
            <>
              {typeof plan === "string" && <Notice severity="warning">{plan}</Notice>}
              {isSilent && <Notice severity="warning">{t("export.silent")}</Notice>}
              {facts && !isSilent && <Preflight plan={facts} isOfProbes={what === "probes"} />}
            </>
          )}
        </div>
      </div>
    </AppDialog>
  );
}

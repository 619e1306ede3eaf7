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
import { formatBytes } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { ExportOptionFields } from "./ExportOptionFields.tsx";
import { Files, Preflight, Writing } from "./ExportOutcome.tsx";
import { type Choices, type Form, forms, needsStep, requestOf, untouched, type What, wholes } from "./forms.ts";
import "./export.css";

export function ExportDialog() {
  const { shell, lab, stores } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "export");
  const selected = useStore(stores.selection, (state) => state.areas);
  const outcome = useStore(stores.exports.store, (state) => state.outcome);
  const canWrite = useCanWrite();
  const [what, setWhat] = useState<What>("network");
  const [form, setForm] = useState<Form>("graphml");
  const [choices, setChoices] = useState<Choices>(untouched);
  const [plan, setPlan] = useState<ExportPreflight | string | null>(null);
  const { close } = shell.getState();
  const { rest, cancel, run } = stores.exports;
  const facts = typeof plan === "string" ? null : plan;
  const recorded = facts?.recorded ?? null;
  // What is asked of the plan must not change by what the plan answers.
  const asked = JSON.stringify(requestOf(form, { ...choices, withActivity: false, first: null, last: null }, selected, null));

  useEffect(() => {
    if (!isOpen) return;
    let isStale = false;
    setPlan(null);
    lab.session.exportPlan(JSON.parse(asked)).then(
      (answer) => isStale || setPlan(answer),
      (error: unknown) => isStale || setPlan(messageOf(error)),
    );
    return () => {
      isStale = true;
    };
  }, [isOpen, asked, lab]);

  const choose = (next: Form) => {
    setForm(next);
    rest();
  };
  const isBusy = outcome.state === "busy";
  const isSilent = what === "activity" && facts !== null && recorded === null;
  const missing = needsStep(form) && choices.stepMs <= 0 ? t("export.needsStep") : null;
  const isReady = canWrite && facts !== null && !isSilent && missing === null;
  const wanted = { ...choices, withActivity: choices.withActivity || what === "activity" };
  return (
    <AppDialog
      title={t("export.title")}
      isWide
      isOpen={isOpen}
      onClose={() => {
        rest();
        close();
      }}
      footer={
        <>
          {missing && <span className="dim export-missing">{missing}</span>}
          {isBusy && <Button onPress={cancel}>{t("export.cancel")}</Button>}
          <Button
            variant="primary"
            onPress={() => void run({ name: t(`export.form.${form}`), input: requestOf(form, wanted, selected, recorded) })}
            isDisabled={!isReady}
            isPending={isBusy}
          >
            {t(isBusy ? "export.busy" : "export.run")}
          </Button>
        </>
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
      <div className="export-columns">
        <RadioGroup className="export-forms" value={form} isDisabled={isBusy} onChange={(next) => choose(next as Form)}>
          <Label className="visually-hidden">{t("export.format")}</Label>
          {wholes[what].map((id) => {
            const size = facts?.sizes[forms[id].format];
            return (
              <Radio key={id} value={id} className="export-form" aria-label={t(`export.form.${id}`)}>
                <span className="export-form-head">
                  <strong>{t(`export.form.${id}`)}</strong>
                  {size !== undefined && <span className="num dim">≈ {formatBytes(size)}</span>}
                </span>
                <span className="dim">{t(`export.about.${id}`)}</span>
              </Radio>
            );
          })}
        </RadioGroup>
        <div className="export-choices">
          {outcome.state === "busy" && <Writing progress={outcome.progress} />}
          {outcome.state === "done" && (
            <>
              <Files result={outcome.result} />
              <Button onPress={rest}>{t("export.more")}</Button>
            </>
          )}
          {outcome.state === "refused" && (
            <Notice severity="error" title={t("export.failed")} live>
              {outcome.reason}
            </Notice>
          )}
          {(outcome.state === "idle" || outcome.state === "refused") && (
            <ExportOptionFields
              form={form}
              isActivity={what === "activity"}
              choices={choices}
              change={(next) => {
                setChoices({ ...choices, ...next });
                rest();
              }}
              recorded={recorded}
              selected={selected.length}
            />
          )}
          {outcome.state === "idle" && typeof plan === "string" && <Notice severity="warning">{plan}</Notice>}
          {outcome.state === "idle" && isSilent && <Notice severity="warning">{t("export.silent")}</Notice>}
          {outcome.state === "idle" && facts && !isSilent && <Preflight plan={facts} />}
        </div>
      </div>
    </AppDialog>
  );
}

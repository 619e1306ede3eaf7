/** Takes the brain out: pick a form, see what would be lost, write, then see each file with its size and checksum. */
import { useEffect, useRef, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useStore } from "zustand";
import type { ExportPlan, ExportResult } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { Switch, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { Files, Preflight, Writing } from "./ExportOutcome.tsx";
import { type Form, forms, needsStep, takesScope } from "./forms.ts";
import "./export.css";

type Outcome = { state: "idle" | "busy" } | { state: "done"; result: ExportResult } | { state: "refused"; reason: string };

export function ExportDialog() {
  const { shell, lab, bridge, stores } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "export");
  const areaId = useStore(stores.selection, (state) => state.area);
  const area = useStore(stores.brain, (state) => (areaId === null ? undefined : state.areaById.get(areaId)));
  const canWrite = useCanWrite();
  const [form, setForm] = useState<Form>("genome");
  const [path, setPath] = useState("");
  const [stepMs, setStepMs] = useState(0);
  const [onlyArea, setOnlyArea] = useState(false);
  const [plan, setPlan] = useState<ExportPlan | null>(null);
  const [written, setWritten] = useState({ bytes: 0, expected: 0 });
  const [outcome, setOutcome] = useState<Outcome>({ state: "idle" });
  const stop = useRef<() => void>(() => {});
  const { close } = shell.getState();

  const areaInScope = area && onlyArea && takesScope(form) ? area.id : null;
  useEffect(() => {
    if (!isOpen) return;
    let isStale = false;
    setPlan(null);
    const input = { format: forms[form].format, scope: areaInScope === null ? {} : { areas: [areaInScope] } };
    lab.session.exportPlan(input).then(
      (answer) => isStale || setPlan(answer),
      // Without a brain there is nothing to plan; the export itself says why.
      () => {},
    );
    return () => {
      isStale = true;
    };
  }, [isOpen, form, areaInScope, lab]);
  useEffect(
    () => bridge.onAnnouncement((news) => news.type === "export.progress" && setWritten({ bytes: news.bytes, expected: news.expected })),
    [bridge],
  );

  const run = () => {
    setWritten({ bytes: 0, expected: plan?.bytes ?? 0 });
    setOutcome({ state: "busy" });
    const input = {
      ...forms[form],
      ...(path.trim() === "" ? {} : { path: path.trim() }),
      ...(areaInScope === null ? {} : { scope: { areas: [areaInScope] } }),
      ...(needsStep(form) ? { stepMs } : {}),
    };
    const work = stores.jobs.run(
      { kind: "export", name: t(`export.form.${form}`) },
      ({ signal, cancel }) => {
        stop.current = cancel;
        return lab.session.export(input, { signal });
      },
      (result) => t("export.written", { count: result.files.length }),
    );
    work.then(
      (result) => setOutcome({ state: "done", result }),
      (error: unknown) => {
        const isCancelled = error instanceof LabError && error.code === "E_CANCELLED";
        setOutcome(isCancelled ? { state: "idle" } : { state: "refused", reason: messageOf(error) });
      },
    );
  };
  const isBusy = outcome.state === "busy";
  return (
    <AppDialog
      title={t("export.title")}
      isOpen={isOpen}
      onClose={() => {
        setOutcome((now) => (now.state === "busy" ? now : { state: "idle" }));
        close();
      }}
      footer={
        <>
          {isBusy && <Button onPress={() => stop.current()}>{t("export.cancel")}</Button>}
          <Button variant="primary" onPress={run} isDisabled={!canWrite || isBusy || (needsStep(form) && stepMs <= 0)}>
            {t(isBusy ? "export.busy" : "export.run")}
          </Button>
        </>
      }
    >
      <RadioGroup
        className="export-forms"
        value={form}
        isDisabled={isBusy}
        onChange={(next) => {
          setForm(next as Form);
          setOutcome({ state: "idle" });
        }}
      >
        <Label className="visually-hidden">{t("export.format")}</Label>
        {(Object.keys(forms) as Form[]).map((id) => (
          <Radio key={id} value={id} className="export-form" aria-label={t(`export.form.${id}`)}>
            <strong>{t(`export.form.${id}`)}</strong>
            <span className="dim">{t(`export.about.${id}`)}</span>
          </Radio>
        ))}
      </RadioGroup>
      <TextField label={t("export.path")} value={path} onChange={setPath} placeholder={t("export.pathHint")} />
      {area && takesScope(form) && <Switch label={t("export.onlyArea", { area: area.name })} value={onlyArea} onCommit={setOnlyArea} />}
      {needsStep(form) && (
        <NumberField label={t("export.step")} unit="ms" value={stepMs} minValue={0} onCommit={setStepMs} note={t("export.stepNote")} />
      )}
      {outcome.state === "idle" && plan && <Preflight plan={plan} />}
      {isBusy && <Writing {...written} />}
      {outcome.state === "refused" && (
        <Notice severity="error" title={t("export.failed")} live>
          {outcome.reason}
        </Notice>
      )}
      {outcome.state === "done" && <Files result={outcome.result} />}
    </AppDialog>
  );
}

/** Takes the brain out: pick a form, optionally a path, then see each file with its size and checksum. */
import { Download } from "lucide-react";
import { useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useStore } from "zustand";
import type { ExportResult } from "#contracts/commands/session.ts";
import type { CommandInput } from "../../bridge/lab-bridge.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { formatBytes } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import "./export.css";

const forms = {
  genome: { format: "genome" },
  feagi: { format: "genome", dialect: "feagi-3" },
  brain: { format: "brain" },
  connectome: { format: "connectome" },
  graphml: { format: "graphml" },
  csv: { format: "csv" },
} as const satisfies Record<string, CommandInput<"session.export">>;
type Form = keyof typeof forms;

type Outcome = { state: "idle" | "busy" } | { state: "done"; result: ExportResult } | { state: "refused"; reason: string };

export function ExportDialog() {
  const { shell, lab } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "export");
  const canWrite = useCanWrite();
  const [form, setForm] = useState<Form>("genome");
  const [path, setPath] = useState("");
  const [outcome, setOutcome] = useState<Outcome>({ state: "idle" });
  const { close } = shell.getState();
  const run = () => {
    setOutcome({ state: "busy" });
    lab.session.export({ ...forms[form], ...(path.trim() === "" ? {} : { path: path.trim() }) }).then(
      (result) => setOutcome({ state: "done", result }),
      (error: unknown) => setOutcome({ state: "refused", reason: messageOf(error) }),
    );
  };
  return (
    <AppDialog
      title={t("export.title")}
      isOpen={isOpen}
      onClose={() => {
        setOutcome({ state: "idle" });
        close();
      }}
      footer={
        <Button variant="primary" onPress={run} isDisabled={!canWrite || outcome.state === "busy"}>
          {t(outcome.state === "busy" ? "export.busy" : "export.run")}
        </Button>
      }
    >
      <RadioGroup
        className="export-forms"
        value={form}
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
      {outcome.state === "refused" && (
        <Notice severity="error" title={t("export.failed")} live>
          {outcome.reason}
        </Notice>
      )}
      {outcome.state === "done" && <Files result={outcome.result} />}
    </AppDialog>
  );
}

function Files({ result }: { result: ExportResult }) {
  return (
    <div aria-live="polite" className="export-result">
      <p className="num">{t("export.done", { neurons: result.neurons, synapses: result.synapses, ms: Math.round(result.ms) })}</p>
      {result.lost.length > 0 && (
        <Notice severity="warning" title={t("export.lost")}>
          <ul>
            {result.lost.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </Notice>
      )}
      <ul aria-label={t("export.files")}>
        {result.files.map((file) => {
          const name = file.path.split(/[\\/]/).at(-1) ?? file.path;
          return (
            <li key={file.path}>
              <div>
                <strong className="export-path">{file.path}</strong>
                <span className="num dim">{formatBytes(file.bytes)}</span>
              </div>
              <code className="dim">sha256 {file.sha256}</code>
              {file.url && (
                <a className="button" href={file.url} download={name} aria-label={t("export.download", { name })}>
                  <Download size={15} aria-hidden />
                  {t("export.downloadShort")}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What an export would be, how far it is, and what it became. */
import { Download } from "lucide-react";
import type { ExportPlan, ExportResult } from "#contracts/commands/session.ts";
import { Notice, Progress } from "../../ui/feedback.tsx";
import { formatBytes } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export function Preflight({ plan: { neurons, synapses, bytes, lost } }: { plan: ExportPlan }) {
  return (
    <div className="export-result" aria-live="polite">
      <p className="num">{t("export.plan", { neurons, synapses, size: formatBytes(bytes) })}</p>
      <Losses lost={lost} />
    </div>
  );
}

export function Writing({ bytes, expected }: { bytes: number; expected: number }) {
  return <Progress label={t("export.busy")} value={expected === 0 ? 0 : bytes / expected} detail={formatBytes(bytes)} />;
}

export function Files({ result: { neurons, synapses, ms, verified, lost, files } }: { result: ExportResult }) {
  return (
    <div aria-live="polite" className="export-result">
      <p className="num">{t("export.done", { neurons, synapses, ms: Math.round(ms) })}</p>
      {verified && <Notice severity="ok">{t("export.verified")}</Notice>}
      <Losses lost={lost} />
      <ul aria-label={t("export.files")}>
        {files.map((file) => {
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

function Losses({ lost }: { lost: readonly string[] }) {
  if (lost.length === 0) return null;
  return (
    <Notice severity="warning" title={t("export.lost")}>
      <ul>
        {lost.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
    </Notice>
  );
}

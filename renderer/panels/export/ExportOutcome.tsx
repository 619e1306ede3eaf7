/** What an export would be, how far it is, and what it became. */
import { Copy, Download, FolderOpen } from "lucide-react";
import type { ExportPreflight, ExportResult } from "#contracts/exports.ts";
import type { DesktopWindow } from "../../bridge/open-lab-bridge.ts";
import type { ExportProgress } from "../../stores/export-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice, Progress } from "../../ui/feedback.tsx";
import { formatBytes } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export function Preflight({ plan: { neurons, synapses, bytes, lost, target, isTaken, freeBytes } }: { plan: ExportPreflight }) {
  const isFull = freeBytes !== null && freeBytes < bytes;
  return (
    <div className="export-result" aria-live="polite">
      <p className="num">{t("export.plan", { neurons, synapses, size: formatBytes(bytes) })}</p>
      <p className="dim export-path">
        {t("export.target", { target })}
        {freeBytes !== null && ` ${t("export.free", { size: formatBytes(freeBytes) })}`}
      </p>
      {isTaken && <Notice severity="warning">{t("export.taken")}</Notice>}
      {isFull && <Notice severity="error">{t("export.full")}</Notice>}
      <Losses lost={lost} />
    </div>
  );
}

export function Writing({ progress: { phase, bytes, expected, rate } }: { progress: ExportProgress }) {
  if (phase === "verify") return <Progress label={t("export.verifying")} value={1} detail={formatBytes(bytes)} />;
  const left = rate > 0 && expected > bytes ? Math.ceil((expected - bytes) / rate) : null;
  const detail =
    left === null ? formatBytes(bytes) : t("export.rate", { bytes: formatBytes(bytes), rate: formatBytes(rate), seconds: left });
  return <Progress label={t("export.busy")} value={expected === 0 ? 0 : bytes / expected} detail={detail} />;
}

export function Files({ result: { neurons, synapses, ms, verified, lost, files } }: { result: ExportResult }) {
  const desktop = (window as DesktopWindow).gyrusDesktop;
  return (
    <div aria-live="polite" className="export-result">
      <p className="num">{t("export.done", { neurons, synapses, ms: Math.round(ms) })}</p>
      {verified && <Notice severity="ok">{t("export.verified")}</Notice>}
      <Losses lost={lost} />
      <ul className="export-files" aria-label={t("export.files")}>
        {files.map((file) => {
          const name = file.path.split(/[\\/]/).at(-1) ?? file.path;
          return (
            <li key={file.path}>
              <div>
                <strong className="export-path">{file.path}</strong>
                <span className="num dim">{formatBytes(file.bytes)}</span>
              </div>
              <code className="dim">sha256 {file.sha256}</code>
              <span className="export-actions">
                <Button
                  icon={Copy}
                  label={t("export.copy", { name })}
                  variant="quiet"
                  onPress={() => void navigator.clipboard.writeText(file.path)}
                />
                {desktop && (
                  <Button
                    icon={FolderOpen}
                    label={t("export.reveal", { name })}
                    variant="quiet"
                    onPress={() => desktop.reveal(file.path)}
                  />
                )}
                {file.url && (
                  <a className="button" href={file.url} download={name} aria-label={t("export.download", { name })}>
                    <Download size={15} aria-hidden />
                    {t("export.downloadShort")}
                  </a>
                )}
              </span>
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
      <ul className="export-losses">
        {lost.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
    </Notice>
  );
}

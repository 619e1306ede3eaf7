/** What an export would be, how far it is, and what it became. */
import { Copy, Download, FolderOpen, ShieldCheck } from "lucide-react";
import type { ExportPreflight, ExportResult, ExportVerification } from "#contracts/exports.ts";
import type { DesktopWindow } from "../../bridge/open-lab-bridge.ts";
import type { ExportProgress, ReadAgain } from "../../stores/export-store.ts";
import { Button } from "../../ui/Button.tsx";
import { CheckList } from "../../ui/CheckList.tsx";
import { Notice, Progress } from "../../ui/feedback.tsx";
import { fileNameOf } from "../../ui/file-name.ts";
import { formatBytes, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export function Preflight({ plan, isOfProbes }: { plan: ExportPreflight; isOfProbes: boolean }) {
  const { neurons, synapses, bytes, lost, target, isTaken, freeBytes } = plan;
  const isFull = freeBytes !== null && freeBytes < bytes;
  const place = { name: t("export.check.place"), ok: !isTaken, detail: t(isTaken ? "export.taken" : "export.untaken") };
  const disk = {
    name: t("export.check.disk"),
    ok: !isFull,
    detail: isFull ? t("export.full") : t("export.free", { size: formatBytes(freeBytes ?? 0) }),
  };
  const checks = [
    ...plan.checks.map(({ name, ok, detail }) => ({ name: t(`export.check.${name}`), ok, detail })),
    place,
    ...(freeBytes === null ? [] : [disk]),
  ];
  return (
    <div className="export-result" aria-live="polite">
      <p className="num">{t(isOfProbes ? "export.planProbes" : "export.plan", { neurons, synapses, size: formatBytes(bytes) })}</p>
      <p className="dim export-path">{t("export.target", { target })}</p>
      <CheckList checks={checks} holds={t("export.check.holds")} fails={t("export.check.fails")} />
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

interface FilesProps {
  result: ExportResult;
  again: ReadAgain | null;
  verify(): void;
}

export function Files({ result: { neurons, synapses, ms, verified, lost, files }, again, verify }: FilesProps) {
  const desktop = (window as DesktopWindow).gyrusDesktop;
  return (
    <div aria-live="polite" className="export-result">
      <p className="num">{t("export.done", { neurons, synapses, ms: Math.round(ms) })}</p>
      {verified && <Notice severity="ok">{t("export.verified")}</Notice>}
      <div>
        <Button icon={ShieldCheck} onPress={verify} isPending={again?.state === "busy"}>
          {t("export.readAgain")}
        </Button>
      </div>
      {again?.state === "refused" && (
        <Notice severity="error" live>
          {again.reason}
        </Notice>
      )}
      {again?.state === "read" && <Found found={again.found} />}
      <Losses lost={lost} />
      <ul className="export-files" aria-label={t("export.files")}>
        {files.map((file) => {
          const name = fileNameOf(file.path);
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

/** As the files lie now. */
function Found({ found: { isGood, files, counts } }: { found: ExportVerification }) {
  const rows = [
    ...files.flatMap(({ path, problem }) =>
      problem === null ? [] : [{ name: fileNameOf(path), ok: false, detail: t(`export.problem.${problem}`) }],
    ),
    ...counts.map(({ what, expected, found, isSame }) => ({
      name: t(`export.count.${what as "neurons"}`),
      ok: isSame,
      detail: isSame ? formatFigure(found) : t("export.differs", { found: formatFigure(found), expected: formatFigure(expected) }),
    })),
  ];
  return (
    <Notice
      severity={isGood ? "ok" : "error"}
      title={t(isGood ? "export.found" : "export.notFound", { count: files.length })}
      live={!isGood}
    >
      <CheckList checks={rows} holds={t("export.check.holds")} fails={t("export.check.fails")} />
    </Notice>
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

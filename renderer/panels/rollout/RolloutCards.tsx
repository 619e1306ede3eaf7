/** The measured side of the rollout, one card an idea. */
import { Bug } from "lucide-react";
import { useStore } from "zustand";
import type { RolloutStatus } from "#contracts/rollout.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount, formatFigure, formatPercent } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";

interface CardProps {
  status: RolloutStatus;
}

export function Times({ status: { times, comparison, speedup } }: CardProps) {
  const { reference, native } = comparison ?? times;
  const isSame = comparison?.bursts === "same";
  const rows = [
    { name: t("rollout.short.reference"), figures: reference },
    { name: t("rollout.short.native"), figures: native },
  ];
  return (
    <section className="card" aria-label={t("rollout.times")}>
      <h3>{t("rollout.times")}</h3>
      <p className="card-figure num">{speedup === null ? t("rollout.noSpeedup") : timesOf(speedup)}</p>
      {comparison && <p className="dim">{t(`rollout.compared.${comparison.bursts}`, { count: reference.bursts })}</p>}
      <table className="data-table card-table" aria-label={t("rollout.times")}>
        <thead>
          <tr>
            <th scope="col">{t("rollout.milliseconds")}</th>
            <th scope="col">p50</th>
            <th scope="col">p95</th>
            <th scope="col">p99</th>
            {!isSame && <th scope="col">{t("rollout.bursts")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, figures }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {figures.bursts === 0 ? (
                <td colSpan={3}>{t("rollout.notMeasured")}</td>
              ) : (
                [figures.p50Ms, figures.p95Ms, figures.p99Ms].map((ms, i) => <td key={["p50", "p95", "p99"][i]}>{formatFigure(ms)}</td>)
              )}
              {!isSame && <td>{formatCount(figures.bursts)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function timesOf(speedup: number): string {
  return speedup >= 1 ? t("rollout.faster", { times: formatFigure(speedup) }) : t("rollout.slower", { times: formatFigure(1 / speedup) });
}

export function Parity({ status: { parity } }: CardProps) {
  const ok = parity.mismatches === 0;
  return (
    <section className="card" aria-label={t("rollout.parity")}>
      <h3>{t("rollout.parity")}</h3>
      <p className="card-figure num">
        <SeverityIcon severity={ok ? (parity.bursts > 0 ? "ok" : "info") : "error"} size={15} />
        {t("rollout.parityBursts", { count: parity.bursts })}
      </p>
      <p className="dim">
        {parity.bursts === 0
          ? t("rollout.parityNone")
          : ok
            ? t("rollout.parityEqual")
            : t("rollout.parityBroken", { count: parity.mismatches })}
      </p>
      {parity.firstMismatch && <FirstMismatch {...parity.firstMismatch} />}
    </section>
  );
}

/** Where the engines parted, and the way to look at that burst while it is recorded. */
function FirstMismatch({ burst, what }: { burst: number; what: string }) {
  const { stores, shell } = useWorkbench();
  const recording = useStore(stores.timeline.store, (state) => state.recording);
  const isRecorded = recording !== null && burst >= recording.first && burst <= recording.last;
  return (
    <>
      <p>{t("rollout.firstMismatch", { burst, what })}</p>
      {isRecorded ? (
        <Button
          icon={Bug}
          onPress={() => {
            shell.getState().docks?.show("phases");
            void stores.phases.open(burst);
          }}
        >
          {t("rollout.openBurst", { burst })}
        </Button>
      ) : (
        <p className="dim">{t("rollout.notRecorded")}</p>
      )}
    </>
  );
}

export function Health({ status: { attempts, fallbackRate, errorRate, window, bucket, percent } }: CardProps) {
  return (
    <section className="card" aria-label={t("rollout.health")}>
      <h3>{t("rollout.health")}</h3>
      <dl className="facts">
        <dt>{t("rollout.chosen")}</dt>
        <dd>{formatPercent(percent / 100)}</dd>
        <dt>{t("rollout.attempts")}</dt>
        <dd>{formatCount(attempts)}</dd>
        <dt>{t("rollout.fallbacks")}</dt>
        <dd>{formatPercent(fallbackRate)}</dd>
        <dt>{t("rollout.errors")}</dt>
        <dd>{formatPercent(errorRate)}</dd>
        <dt>{t("rollout.window")}</dt>
        <dd>{t("rollout.windowBucket", { window, bucket })}</dd>
      </dl>
    </section>
  );
}

export function Availability({ status: { native } }: CardProps) {
  return (
    <section className="card" aria-label={t("rollout.module")}>
      <h3>{t("rollout.module")}</h3>
      <p className="card-figure">
        <SeverityIcon severity={native.available ? "ok" : "warning"} size={15} />
        {t(native.available ? "rollout.available" : "rollout.absent")}
      </p>
      <dl className="facts">
        {native.version !== "" && (
          <>
            <dt>{t("rollout.version")}</dt>
            <dd>{native.version}</dd>
          </>
        )}
        {native.simd !== "" && (
          <>
            <dt>{t("rollout.simd")}</dt>
            <dd>{native.simd}</dd>
          </>
        )}
      </dl>
      {native.path !== "" && <p className="dim card-path mono">{native.path}</p>}
      {native.error !== "" && <p className="card-path mono">{native.error}</p>}
    </section>
  );
}

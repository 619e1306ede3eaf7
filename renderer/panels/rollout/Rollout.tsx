/**
 * Which engine serves the bursts, and why: three stops, the measured figures of both engines, parity, gates, history. All
 * figures are the host's own measurements; this view only says them.
 */
import { ArrowUpFromLine, GitCompareArrows, Lock, RotateCcw, ShieldCheck, Undo2 } from "lucide-react";
import { useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useStore } from "zustand";
import { type RolloutStatus, rolloutStages } from "#contracts/rollout.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";
import { Availability, Health, Parity, Times } from "./RolloutCards.tsx";
import "./rollout.css";

export function Rollout() {
  const { stores } = useWorkbench();
  const status = useStore(stores.rollout, (state) => state.status);
  if (!status) return <EmptyState icon={GitCompareArrows}>{t("rollout.waiting")}</EmptyState>;
  return (
    <div className="panel">
      <div className="rollout">
        <Control status={status} />
        <div className="rollout-cards">
          <Times status={status} />
          <Parity status={status} />
          <Health status={status} />
          <Availability status={status} />
          <Gates status={status} />
          <History status={status} />
        </div>
      </div>
    </div>
  );
}

function Control({ status }: { status: RolloutStatus }) {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const [reason, setReason] = useState("");
  const locked = status.forcedBy !== null;
  const last = rolloutStages[rolloutStages.length - 1];
  const failing = status.gates.filter(({ ok }) => !ok).length;
  return (
    <section className="rollout-control" aria-label={t("rollout.control")}>
      <RadioGroup
        className="segmented"
        orientation="horizontal"
        value={String(status.percent)}
        isDisabled={!canWrite || locked}
        onChange={(percent) => attempt(lab.rollout.set({ percent: Number(percent) as 0 | 10 | 100, reason }))}
      >
        <Label className="visually-hidden">{t("rollout.share")}</Label>
        {rolloutStages.map((stage) => (
          <Radio key={stage} value={String(stage)} className="segment">
            {t("rollout.stop", { percent: stage })}
          </Radio>
        ))}
      </RadioGroup>
      <p className="rollout-effective">
        <Badge tone={status.serving === "native" ? "accent" : "ok"}>{t(`rollout.engine.${status.serving}`)}</Badge>
        <span>{t(`rollout.because.${status.reason}`, { percent: status.percent, window: status.window, bucket: status.bucket })}</span>
      </p>
      {locked && (
        <Notice severity="info">
          <span className="rollout-lock">
            <Lock size={13} aria-hidden /> {t("rollout.forced", { variable: status.forcedBy ?? "" })}
          </span>
        </Notice>
      )}
      {status.autoDisabled !== null && (
        <Notice severity="error" title={t("rollout.autoDisabled")} live>
          {status.autoDisabled}
        </Notice>
      )}
      {status.alerts.slice(-3).map(({ time, kind, message }) => (
        <Notice key={`${time} ${message}`} severity={kind === "investigate" ? "warning" : "error"}>
          <span>
            {message} <span className="dim num">{formatTime(time)}</span>
          </span>
        </Notice>
      ))}
      <TextField label={t("rollout.reason")} value={reason} onChange={setReason} placeholder={t("rollout.reasonHint")} />
      <div className="rollout-actions">
        <Button
          icon={ArrowUpFromLine}
          isDisabled={!canWrite || locked || status.percent === last || failing > 0}
          onPress={() => attempt(lab.rollout.advance({ reason }))}
        >
          {t("rollout.advance")}
        </Button>
        <Button
          icon={ArrowUpFromLine}
          isDisabled={!canWrite || locked || status.percent === last || reason.trim() === ""}
          tip={t("rollout.earlyTip")}
          onPress={() => attempt(lab.rollout.advance({ early: true, reason: reason.trim() }))}
        >
          {t("rollout.early")}
        </Button>
        <Button
          icon={Undo2}
          isDisabled={!canWrite || locked || status.percent === 0}
          onPress={() => attempt(lab.rollout.rollback({ reason }))}
        >
          {t("rollout.rollback")}
        </Button>
        {status.autoDisabled !== null && (
          <Button icon={RotateCcw} isDisabled={!canWrite} onPress={() => attempt(lab.rollout.enable({ reason }))}>
            {t("rollout.enable")}
          </Button>
        )}
        <Button icon={ShieldCheck} isDisabled={!canWrite || !status.native.available} onPress={() => attempt(lab.rollout.selftest({}))}>
          {t("rollout.selftest")}
        </Button>
      </div>
    </section>
  );
}

function Gates({ status }: { status: RolloutStatus }) {
  return (
    <section className="card" aria-label={t("rollout.gates")}>
      <h3>{t("rollout.gates")}</h3>
      {status.gates.length === 0 && <p className="dim">{t("rollout.noGates")}</p>}
      <ul className="gate-list">
        {status.gates.map(({ name, ok, detail }) => (
          <li key={name}>
            <SeverityIcon severity={ok ? "ok" : "warning"} />
            <span>
              <span className="visually-hidden">{t(ok ? "rollout.gatePassed" : "rollout.gateWaiting")} </span>
              {name} <span className="dim">{detail}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The share over time as a step line, newest on the right, with the same facts as a list. */
function History({ status }: { status: RolloutStatus }) {
  const steps = status.history.slice(-12);
  const width = 220;
  const height = 34;
  const y = (percent: number) => height - 3 - (percent / 100) * (height - 6);
  const points = steps.flatMap(({ percent }, i) => [
    `${(i / Math.max(1, steps.length)) * width},${y(percent)}`,
    `${((i + 1) / Math.max(1, steps.length)) * width},${y(percent)}`,
  ]);
  return (
    <section className="card" aria-label={t("rollout.history")}>
      <h3>{t("rollout.history")}</h3>
      {steps.length === 0 ? (
        <p className="dim">{t("rollout.noHistory")}</p>
      ) : (
        <>
          <svg viewBox={`0 0 ${width} ${height}`} className="history-chart" aria-hidden preserveAspectRatio="none">
            <polyline points={points.join(" ")} />
          </svg>
          <ol className="history-list">
            {steps.toReversed().map(({ time, burst, percent, reason }) => (
              <li key={`${time} ${percent}`}>
                <span className="num">{t("rollout.stop", { percent })}</span>
                <span>{reason}</span>
                <span className="dim num">{t("rollout.at", { burst, time: formatTime(time) })}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

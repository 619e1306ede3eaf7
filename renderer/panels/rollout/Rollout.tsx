/**
 * Which engine serves the bursts, and why: three stops, the measured figures of both engines, parity, gates, history. All
 * figures are the host's own measurements; this view only says them.
 */
import { ArrowUpFromLine, GitCompareArrows, Lock, RotateCcw, ShieldCheck, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useStore } from "zustand";
import { type RolloutStatus, rolloutStages } from "#contracts/rollout.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { CheckList } from "../../ui/CheckList.tsx";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Availability, Health, Parity, Times } from "./RolloutCards.tsx";
import "../../ui/cards.css";
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

type Stage = (typeof rolloutStages)[number];

function Control({ status }: { status: RolloutStatus }) {
  const { lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const [reason, setReason] = useState("");
  /** The stop that was asked for before its gates passed: it waits for a reason. */
  const [wanted, setWanted] = useState<Stage | null>(null);
  const reasonField = useRef<HTMLDivElement>(null);
  const locked = status.forcedBy !== null;
  const canSteer = canWrite && !locked;
  const atLast = status.percent === rolloutStages.at(-1);
  const failing = status.gates.filter(({ ok }) => !ok);
  const given = reason.trim();
  /** Each change has its own reason, so an accepted one empties the field. */
  const steer = (change: Promise<unknown>) =>
    attempt(
      change.then(() => {
        setReason("");
        setWanted(null);
      }),
    );
  const choose = (stage: Stage) => {
    if (stage > status.percent && failing.length > 0 && given === "") {
      setWanted(stage);
      reasonField.current?.querySelector("input")?.focus();
    } else steer(lab.rollout.set({ percent: stage, reason: given }));
  };
  return (
    <section className="rollout-control" aria-label={t("rollout.control")}>
      <RadioGroup
        className="segmented"
        orientation="horizontal"
        value={String(status.percent)}
        isDisabled={!canSteer}
        onChange={(percent) => choose(Number(percent) as Stage)}
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
        <span>
          {t(`rollout.because.${status.reason}`, {
            percent: status.percent,
            limit: status.percent * 100,
            window: status.window,
            bucket: status.bucket,
          })}
        </span>
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
      {wanted !== null && (
        <Notice severity="warning" live>
          {t("rollout.needsReason", { percent: wanted, gates: failing.map(({ name }) => name.toLowerCase()).join(", ") })}
        </Notice>
      )}
      <div ref={reasonField}>
        <TextField label={t("rollout.reason")} value={reason} onChange={setReason} placeholder={t("rollout.reasonHint")} />
      </div>
      <div className="rollout-actions">
        {wanted !== null && (
          <Button variant="primary" isDisabled={!canSteer || given === ""} onPress={() => choose(wanted)}>
            {t("rollout.setEarly", { percent: wanted })}
          </Button>
        )}
        <Button
          icon={ArrowUpFromLine}
          isDisabled={!canSteer || atLast || failing.length > 0}
          onPress={() => steer(lab.rollout.advance({ reason: given }))}
        >
          {t("rollout.advance")}
        </Button>
        <Button
          icon={ArrowUpFromLine}
          isDisabled={!canSteer || atLast || given === ""}
          tip={t("rollout.earlyTip")}
          onPress={() => steer(lab.rollout.advance({ early: true, reason: given }))}
        >
          {t("rollout.early")}
        </Button>
        <Button icon={Undo2} isDisabled={!canSteer || status.percent === 0} onPress={() => steer(lab.rollout.rollback({ reason: given }))}>
          {t("rollout.rollback")}
        </Button>
        {status.autoDisabled !== null && (
          <Button icon={RotateCcw} isDisabled={!canSteer} onPress={() => steer(lab.rollout.enable({ reason: given }))}>
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
      <CheckList checks={status.gates} holds={t("rollout.gatePassed")} fails={t("rollout.gateWaiting")} />
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

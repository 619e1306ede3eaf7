/** The run bar's numbers: burst, rates, time of a burst against its budget, and the badges between them. */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { Badge } from "../../ui/feedback.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { useWorkbench } from "../workbench.ts";
import { EngineBadge, LiveBadge, RecorderBadge } from "./badges.tsx";
import { LowerRate, RateField } from "./rate.tsx";
import { Sparkline } from "./Sparkline.tsx";

/** The only part of the bar that is drawn anew with every status of the brain, four times a second. */
export function Figures() {
  const { stores } = useWorkbench();
  const status = useStore(stores.brain, (state) => state.status);
  return status && <StatusFigures status={status} />;
}

function StatusFigures({ status }: { status: BrainStatus }) {
  const { stores, shell } = useWorkbench();
  const skipped = useStore(stores.frameStats, (stats) => stats.skipped);
  const history = useBurstTimes(status);
  const budget = 1000 / status.targetHz;
  const over = status.state === "running" && status.burstMs.p95 > budget;
  const spark = t("run.burstTimeLabel", {
    p50: formatFigure(status.burstMs.p50),
    p95: formatFigure(status.burstMs.p95),
    budget: formatFigure(budget),
  });
  return (
    <>
      <dl className="figure">
        <dt>{t("run.burst")}</dt>
        <dd>
          <button
            type="button"
            className="burst-button num"
            title={t("run.burstTip")}
            aria-label={t("run.burstGo", { burst: formatCount(status.burst) })}
            onClick={() => shell.getState().open("runTo")}
          >
            <span data-testid="burst">{formatCount(status.burst)}</span>
          </button>
        </dd>
      </dl>
      <LiveBadge />
      <RateField targetHz={status.targetHz} />
      <dl className="figure" data-over={status.overloaded || undefined}>
        <dt>{t("run.achieved")}</dt>
        <dd className="num">
          {status.state === "running" ? formatFigure(status.achievedHz) : "–"} <span className="unit">Hz</span>
        </dd>
      </dl>
      <dl className="figure wide" data-over={over || undefined}>
        <dt>{over ? t("run.overBudget") : t("run.burstTime")}</dt>
        <dd className="num">
          {status.burstMs.p50 > 0 ? `${formatFigure(status.burstMs.p50)} / ${formatFigure(status.burstMs.p95)}` : "–"}{" "}
          <span className="unit">ms</span>
        </dd>
      </dl>
      <Sparkline values={history} budget={budget} label={spark} />
      {status.overloaded && status.state === "running" && <LowerRate status={status} />}
      <EngineBadge />
      <RecorderBadge />
      {skipped > 0 && (
        <span className="run-skipped">
          <Badge tone="warning">
            <span className="num">{t("run.skipped", { count: skipped })}</span>
          </Badge>
        </span>
      )}
    </>
  );
}

/** p95 of every status heard while running: at most four a second, the last 60 kept. */
function useBurstTimes(status: BrainStatus): readonly number[] {
  const [times, setTimes] = useState<readonly number[]>([]);
  const generation = useRef(status.generation);
  useEffect(() => {
    if (generation.current !== status.generation) {
      generation.current = status.generation;
      setTimes([]);
    } else if (status.state === "running") {
      setTimes((old) => [...old.slice(-59), status.burstMs.p95]);
    }
  }, [status]);
  return times;
}

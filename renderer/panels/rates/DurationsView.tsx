/** How long bursts took in the engine that ran them; a bar picks its bursts, and leads from one to the next. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Durations } from "#contracts/commands/analysis.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { Lasting } from "../../stores/rates-store.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { formatExact, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { plotDataOf } from "../../ui/plot/plot-data.ts";
import { plotHeight } from "./plot-height.ts";

export function DurationsView({ durations: { fromMs, binMs, engines } }: { durations: Durations }) {
  const { stores } = useWorkbench();
  const lasting = useStore(stores.rates.store, (rates) => rates.lasting);
  const bins = engines[0]?.counts.length ?? 0;
  const data = useMemo(
    () =>
      plotDataOf(
        Array.from({ length: bins }, (_, bin) => fromMs + (bin + 0.5) * binMs),
        engines.map(({ counts }) => counts),
      ),
    [fromMs, binMs, bins, engines],
  );
  const end = fromMs + bins * binMs;
  const longer = engines.reduce((sum, engine) => sum + engine.longer, 0);
  const pick = async (leastMs: number, belowMs: number | null) => {
    try {
      const first = await stores.rates.pickLasting(leastMs, belowMs);
      if (first !== null) stores.timeline.seek(first);
    } catch (error) {
      stores.notices.getState().push("error", messageOf(error));
    }
  };
  const pickBin = (ms: number) => {
    const bin = Math.floor((ms - fromMs) / binMs);
    void pick(fromMs + bin * binMs, fromMs + (bin + 1) * binMs);
  };
  return (
    <div>
      <Plot
        label={t("rates.durations")}
        title={t("rates.durations")}
        data={data}
        x={{
          ...{ label: t("rates.duration", { width: formatExact(binMs) }), format: formatExact, isWhole: false },
          at: (ms) => t("rates.durationAt", { ms, half: formatExact(binMs / 2) }),
        }}
        y={{ label: t("rates.bursts"), from: 0 }}
        series={engines.map(({ engine }) => ({
          label: t(`rollout.engine.${engine}`),
          kind: "bars",
          look: engine === "native" ? 0 : 1,
        }))}
        onPick={pickBin}
        pick={t("rates.durationKeys")}
        height={plotHeight}
      />
      {lasting ? <Picked lasting={lasting} /> : <p className="dim">{t("rates.durationHint")}</p>}
      {engines.map(({ engine, bursts, meanMs, medianMs, mostMs }) => (
        <p key={engine} className="dim num">
          {t("rates.durationFacts", {
            ...{ engine: t(`rollout.engine.${engine}`), bursts },
            ...{ mean: formatFigure(meanMs), median: formatFigure(medianMs), most: formatFigure(mostMs) },
          })}
        </p>
      ))}
      {longer > 0 && (
        <Button variant="quiet" onPress={() => void pick(end, null)}>
          {t("rates.durationLonger", { longer, ms: formatExact(end) })}
        </Button>
      )}
    </div>
  );
}

/** The bursts that were picked, by where the brain stands among them. */
function Picked({ lasting: { leastMs, belowMs, bursts } }: { lasting: Lasting }) {
  const { stores } = useWorkbench();
  const canWrite = useCanWrite();
  const standing = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const before = bursts.findLast((burst) => burst < standing);
  const after = bursts.find((burst) => burst > standing);
  const place = bursts.indexOf(standing) + 1;
  const seek = (burst: number | undefined) => burst !== undefined && stores.timeline.seek(burst);
  return (
    <div className="rates-picked">
      <Button
        icon={ChevronLeft}
        label={t("rates.durationBefore")}
        variant="quiet"
        isDisabled={!canWrite || before === undefined}
        onPress={() => seek(before)}
      />
      <Button
        icon={ChevronRight}
        label={t("rates.durationAfter")}
        variant="quiet"
        isDisabled={!canWrite || after === undefined}
        onPress={() => seek(after)}
      />
      <span className="num" role="status">
        {t(belowMs === null ? "rates.tookLonger" : "rates.took", {
          ...{ count: bursts.length, least: formatExact(leastMs), below: formatExact(belowMs ?? 0) },
        })}
        {place > 0 && ` · ${t("rates.tookPlace", { place, count: bursts.length, burst: standing })}`}
      </span>
    </div>
  );
}

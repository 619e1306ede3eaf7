/** Inter-spike intervals of an area by their length; a bar selects the neurons that have such ones. */
import { useMemo, useState } from "react";
import type { Intervals } from "#contracts/commands/analysis.ts";
import { useSelectNeurons } from "../../shell/use-select-neurons.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { plotDataOf } from "../../ui/plot/plot-data.ts";
import { plotHeight } from "./plot-height.ts";

export function IntervalsView({ name, intervals: { area, counts, longer } }: { name: string; intervals: Intervals }) {
  const { stores } = useWorkbench();
  const select = useSelectNeurons();
  const [said, say] = useState<string | null>(null);
  const data = useMemo(
    () =>
      plotDataOf(
        counts.map((_, at) => at + 1),
        [counts],
      ),
    [counts],
  );
  const pick = async (bursts: number) => {
    try {
      const neurons = await stores.rates.neuronsAt(bursts);
      say(t("rates.intervalSelected", { count: neurons.length, bursts, selected: select(area, neurons) }));
    } catch (error) {
      say(messageOf(error));
    }
  };
  return (
    <div>
      <Plot
        label={t("rates.intervals", { name })}
        title={t("rates.intervals", { name })}
        data={data}
        x={{ label: t("rates.interval"), at: (_, bursts) => t("rates.intervalAt", { bursts }) }}
        y={{ label: t("rates.count"), from: 0 }}
        series={[{ label: t("rates.intervalsLegend"), kind: "bars", look: 1 }]}
        onPick={(bursts) => void pick(bursts)}
        pick={t("rates.intervalKeys")}
        height={plotHeight}
      />
      <p className="dim num" role="status">
        {said ?? t("rates.intervalHint")}
      </p>
      {longer > 0 && <p className="dim num">{t("rates.longer", { longer, bins: counts.length })}</p>}
    </div>
  );
}

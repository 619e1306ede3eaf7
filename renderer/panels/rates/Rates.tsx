/** How the selected areas fire: rates over bursts, and of the first of them its inter-spike intervals, spread, synchrony and power spectrum. */
import { AreaChart } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import type { Intervals, Spectrum } from "#contracts/commands/analysis.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { mostAreas, type Reach, reaches } from "../../stores/rates-store.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { plotDataOf } from "../../ui/plot/plot-data.ts";
import { AreaLink } from "../memory/AreaLink.tsx";
import "./rates.css";

const plotHeight = 150;

export function Rates() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const burst = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const isEmpty = useStore(stores.timeline.store, ({ recording }) => recording !== null && recording.last < recording.first) || burst === 0;
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const selected = useStore(stores.selection, (selection) => selection.areas);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const { areas, reach, intervals, spectrum, from, to, problem } = useStore(stores.rates.store);
  useWhileShown(panel, stores.rates.watch);
  useEffect(() => {
    if (selected.length > 0) stores.rates.lookAt(selected);
  }, [stores, selected]);
  const shown = areas.filter((id) => areaById.has(id));
  const nameOf = (id: string) => areaById.get(id)?.name ?? id;
  const [first] = shown;
  return (
    <div ref={panel} className="panel rates">
      {!hasBrain && <EmptyState icon={AreaChart}>{t("rates.noBrain")}</EmptyState>}
      {hasBrain && first === undefined && <EmptyState icon={AreaChart}>{t("rates.noArea")}</EmptyState>}
      {hasBrain && first !== undefined && isEmpty && <EmptyState icon={AreaChart}>{t("rates.noBurst")}</EmptyState>}
      {hasBrain && !isEmpty && problem !== null && <Notice severity="warning">{problem}</Notice>}
      {hasBrain && first !== undefined && !isEmpty && (
        <>
          <div className="rates-tools">
            <AreaLink id={first} />
            {shown.length > 1 && <span className="dim num">{t("rates.others", { count: shown.length - 1 })}</span>}
            {selected.length > mostAreas && <span className="dim num">{t("rates.cut", { shown: mostAreas, count: selected.length })}</span>}
            <Select
              label={t("rates.reach")}
              hideLabel
              value={String(reach)}
              onChange={(value) => stores.rates.setReach(Number(value) as Reach)}
              choices={reaches.map((bursts) => ({ id: String(bursts), label: t("rates.newest", { bursts }) }))}
            />
            {to > 0 && <span className="dim num">{t("rates.range", { from, to })}</span>}
          </div>
          <div className="rates-plots">
            <Plot
              key={shown.join()}
              label={t("rates.plot", { areas: shown.map(nameOf).join(", ") })}
              title={t("rates.title")}
              data={stores.rates.rates}
              x={{ label: t("unit.burst") }}
              y={{ label: t("rates.rate"), from: 0 }}
              series={shown.map((id, look) => ({ label: nameOf(id), look }))}
              mark={cursor ?? burst}
              onPick={(at) => stores.timeline.seek(at)}
              height={plotHeight}
            />
            {intervals && <IntervalsView name={nameOf(first)} intervals={intervals} />}
            <SpectrumView name={nameOf(first)} spectrum={spectrum} />
            {intervals && <Facts intervals={intervals} />}
          </div>
        </>
      )}
    </div>
  );
}

function IntervalsView({ name, intervals: { counts, longer } }: { name: string; intervals: Intervals }) {
  const data = useMemo(
    () =>
      plotDataOf(
        counts.map((_, at) => at + 1),
        [counts],
      ),
    [counts],
  );
  return (
    <div>
      <Plot
        label={t("rates.intervals", { name })}
        title={t("rates.intervals", { name })}
        data={data}
        x={{ label: t("rates.interval"), at: (bursts) => t("rates.intervalAt", { bursts }) }}
        y={{ label: t("rates.count"), from: 0 }}
        series={[{ label: t("rates.intervalsLegend"), kind: "bars", look: 1 }]}
        height={plotHeight}
      />
      {longer > 0 && <p className="dim num">{t("rates.longer", { longer, bins: counts.length })}</p>}
    </div>
  );
}

/** In Hertz at the rate that is aimed at; a recording does not know which rate each burst ran at. */
function SpectrumView({ name, spectrum }: { name: string; spectrum: Spectrum | null }) {
  const { stores } = useWorkbench();
  const hz = useStore(stores.brain, ({ status }) => status?.targetHz ?? 1);
  const data = useMemo(
    () =>
      spectrum === null
        ? plotDataOf([], [[]])
        : plotDataOf(
            spectrum.power.map((_, k) => (k / spectrum.segment) * hz),
            [spectrum.power],
          ),
    [spectrum, hz],
  );
  return (
    <Plot
      label={t("rates.spectrum", { name })}
      title={t("rates.spectrum", { name })}
      data={data}
      x={{
        ...{ label: t("rates.frequency", { hz }), format: formatFigure, isWhole: false },
        at: (frequency) => t("rates.frequencyAt", { frequency }),
      }}
      y={{ label: t("rates.power"), from: 0 }}
      series={[{ label: t("rates.spectrumLegend"), look: 2 }]}
      height={plotHeight}
      empty={t("rates.spectrumEmpty")}
    />
  );
}

function Facts({ intervals: { spikes, firing, mean, cv, fano, synchrony } }: { intervals: Intervals }) {
  const figure = (value: number | null) => (value === null ? t("rates.undefined") : formatFigure(value));
  const facts = [
    [t("rates.spikes"), formatCount(spikes)],
    [t("rates.firing"), formatCount(firing)],
    [t("rates.meanInterval"), figure(mean)],
    [t("rates.cv"), figure(cv)],
    [t("rates.fano", { window: fano.window }), figure(fano.value)],
    [t("rates.synchrony"), figure(synchrony)],
  ] as const;
  return (
    <dl className="rates-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

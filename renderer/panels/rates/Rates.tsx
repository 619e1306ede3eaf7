/**
 * How the selected areas fire: rates over bursts, of the first of them its inter-spike intervals, spread, synchrony and power spectrum; and
 * how long bursts took.
 */
import { AreaChart } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import type { Intervals, Spectrum } from "#contracts/commands/analysis.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { type FanoWindow, fanoWindows, mostAreas, type Reach, reaches } from "../../stores/rates-store.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { plotDataOf } from "../../ui/plot/plot-data.ts";
import { AreaLink } from "../memory/AreaLink.tsx";
import { DurationsView } from "./DurationsView.tsx";
import { IntervalsView } from "./IntervalsView.tsx";
import { plotHeight } from "./plot-height.ts";
import "./rates.css";

export function Rates() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const burst = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const isEmpty = useStore(stores.timeline.store, ({ recording }) => recording !== null && recording.last < recording.first) || burst === 0;
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const selected = useStore(stores.selection, (selection) => selection.areas);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const voxel = useStore(stores.selection, (selection) => selection.voxel);
  const { areas, reach, fanoWindow, intervals, spectrum, durations, from, to, problem } = useStore(stores.rates.store);
  useWhileShown(panel, stores.rates.watch);
  useEffect(() => {
    // Who selects voxels of one of the areas shown goes on seeing all of them.
    const isWithin = voxel !== null && selected.every((id) => stores.rates.store.getState().areas.includes(id));
    if (selected.length > 0 && !isWithin) stores.rates.lookAt(selected);
  }, [stores, selected, voxel]);
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
            <Select
              label={t("rates.fanoWindow")}
              hideLabel
              value={String(fanoWindow)}
              onChange={(value) => stores.rates.setFanoWindow(Number(value) as FanoWindow)}
              choices={fanoWindows.map((bursts) => ({ id: String(bursts), label: t("rates.fanoOver", { bursts }) }))}
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
            {intervals && <IntervalsView key={first} name={nameOf(first)} intervals={intervals} />}
            <SpectrumView name={nameOf(first)} spectrum={spectrum} />
            {durations && <DurationsView durations={durations} />}
            {intervals && <Facts intervals={intervals} />}
          </div>
        </>
      )}
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

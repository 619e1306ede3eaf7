/** One memory area as a whole: how it remembers, what it formed and lost, and how many memories it had over bursts. */
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import type { MemoryArea, MemoryFigures } from "../../stores/memory-store.ts";
import { Notice } from "../../ui/feedback.tsx";
import { formatCount, formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { AreaLink } from "./AreaLink.tsx";

export function AreaSummary({ area, figures }: { area: MemoryArea; figures: MemoryFigures | undefined }) {
  const { stores } = useWorkbench();
  const cursor = useStore(stores.selection, (state) => state.cursor);
  return (
    <section className="memory-summary" aria-label={area.name}>
      {figures?.formationOff && <Notice severity="warning">{t("memory.formationNote")}</Notice>}
      <Plot
        label={t("memory.curve", { name: area.name })}
        data={stores.memories.curve}
        x={{ label: t("unit.burst") }}
        y={{ label: t("memory.memories"), format: formatCount, from: 0 }}
        series={[{ label: t("memory.memories"), kind: "step" }]}
        mark={cursor}
        onPick={(burst) => stores.timeline.seek(burst)}
        height={130}
        empty={t("memory.curveEmpty")}
      />
      {figures && <Figures area={area} figures={figures} />}
      <dl className="facts">
        <dt>{t("memory.upstream")}</dt>
        <dd>
          {area.upstream.map((id) => (
            <AreaLink key={id} id={id} />
          ))}
        </dd>
        {area.twins.map(({ upstream, twin }) => (
          <div key={upstream} className="memory-twin">
            <dt>
              <AreaLink id={upstream} /> {t("memory.twin")}
            </dt>
            <dd>
              <AreaLink id={twin} />
            </dd>
          </div>
        ))}
        <dt>{t("memory.depth")}</dt>
        <dd>{t("inspector.bursts", { count: area.temporalDepth })}</dd>
        <dt>{t("memory.lives")}</dt>
        <dd>
          {t("inspector.bursts", { count: area.initialLifespan })}, {t("memory.growth", { rate: formatExact(area.lifespanGrowthRate) })}
        </dd>
        <dt>{t("memory.longTermFrom")}</dt>
        <dd>{t("inspector.bursts", { count: area.longTermThreshold })}</dd>
      </dl>
      {area.learnsPotentials && <p className="dim">{t("memory.averages")}</p>}
    </section>
  );
}

function Figures({ area, figures }: { area: MemoryArea; figures: MemoryFigures }) {
  const shown: [string, number][] = [
    [t("memory.memories"), figures.neurons],
    [t("memory.longTerm"), figures.longTerm],
    [t("memory.created"), figures.created],
    [t("memory.reactivated"), figures.reactivated],
    [t("memory.expired"), figures.expired],
    [t("memory.evicted"), figures.evicted],
    [t("memory.refused"), figures.refused],
    [t("memory.suppressed"), figures.suppressed],
  ];
  return (
    <dl className="memory-figures">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{formatCount(value)}</dd>
        </div>
      ))}
      {area.cap !== null && <p className="dim num">{t("memory.cap", { cap: area.cap })}</p>}
    </dl>
  );
}

/** Bursts × neurons of the selected area. The picture is drawn outside of React; this view names its axes and reads it out. */
import { ChartNoAxesGantt } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import "./raster.css";

export function Raster() {
  const { stores, raster } = useWorkbench();
  const area = useStore(stores.selection, (state) => state.area);
  const selected = useStore(stores.brain, (state) => (area === null ? undefined : state.areaById.get(area)));
  const picture = useRef<HTMLDivElement>(null);
  const [under, setUnder] = useState<{ burst: number; neuron: number } | null>(null);
  const generation = useStore(stores.brain, (state) => state.readGeneration);
  useEffect(() => raster.setArea(selected ?? null, generation), [raster, selected, generation]);
  useEffect(() => {
    const element = picture.current;
    if (!element || !selected) return;
    raster.mount(element);
    return () => raster.unmount();
  }, [raster, selected]);
  if (!selected) return <EmptyState icon={ChartNoAxesGantt}>{t("raster.empty")}</EmptyState>;
  return (
    <div className="raster">
      <div className="raster-head">
        <KindGlyph kind={selected.kind} />
        <strong>{selected.name}</strong>
        <span className="dim num">{t("raster.about", { count: selected.neurons })}</span>
        <ul className="raster-legend" aria-label={t("raster.legend")}>
          <li>
            <i className="legend-fired" aria-hidden />
            {t("raster.legendFired")}
          </li>
          <li>
            <i className="legend-gap" aria-hidden />
            {t("raster.legendGap")}
          </li>
        </ul>
        <span className="raster-under num" aria-live="off">
          {under && t("raster.under", { neuron: formatCount(under.neuron), burst: formatCount(under.burst) })}
        </span>
      </div>
      <div className="raster-body">
        <span className="raster-axis-y" aria-hidden>
          {t("raster.neurons")}
        </span>
        <div
          ref={picture}
          className="raster-picture"
          role="img"
          aria-label={t("raster.label", { name: selected.name })}
          onPointerMove={({ clientX, clientY }) => setUnder(raster.at(clientX, clientY))}
          onPointerLeave={() => setUnder(null)}
        />
        <span className="raster-axis-x" aria-hidden>
          {t("raster.bursts")}
        </span>
      </div>
    </div>
  );
}

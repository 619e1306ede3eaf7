/**
 * Bursts × neurons of the selected area. The picture is drawn outside of React; this view names its axes, reads it out, and asks the
 * recording for bursts that no frame told of.
 */
import { ChartNoAxesGantt } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { firesIn } from "../../stores/debug-store.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";
import { useSelectNeuron } from "../why/area-of.ts";
import { fillFromRecording } from "./fill-from-recording.ts";
import { RasterGutter } from "./RasterGutter.tsx";
import "./raster.css";

export function Raster() {
  const { stores, raster, commands, settings, bridge, lab } = useWorkbench();
  const area = useStore(stores.selection, (state) => state.area);
  const select = useSelectNeuron();
  const selected = useStore(stores.brain, (state) => (area === null ? undefined : state.areaById.get(area)));
  const picture = useRef<HTMLDivElement>(null);
  const [under, setUnder] = useState<{ burst: number; neuron: number } | null>(null);
  const generation = useStore(stores.brain, (state) => state.readGeneration);
  useEffect(() => raster.setArea(selected ?? null, generation), [raster, selected, generation]);
  useEffect(() => {
    const element = picture.current;
    if (!element || !selected) return;
    raster.mount(element);
    const stop = fillFromRecording(selected.id, { raster, lab, stores });
    return () => {
      stop();
      raster.unmount();
    };
  }, [raster, selected, lab, stores]);
  useEffect(() => {
    if (picture.current && selected) return bindShortcuts(picture.current, commands, "raster", () => settings.getState().letterKeys);
  }, [commands, settings, selected]);
  if (!selected) return <EmptyState icon={ChartNoAxesGantt}>{t("raster.empty")}</EmptyState>;
  return (
    <div className="raster">
      <div className="raster-head">
        <BreakpointDot condition={firesIn(selected.id)} what={t("dot.what.area", { name: selected.name })} />
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
        <RasterGutter area={selected} />
        <div
          ref={picture}
          className="raster-picture"
          role="img"
          aria-label={t("raster.label", { name: selected.name })}
          aria-describedby="raster-keys"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes keys
          tabIndex={0}
          onClick={({ clientX, clientY }) => {
            const at = raster.at(clientX, clientY);
            if (!at) return;
            select(at.neuron);
            stores.selection.getState().setCursor(at.burst);
          }}
          onKeyDown={({ key, altKey, ctrlKey }) => {
            if (altKey || ctrlKey || (key !== "ArrowLeft" && key !== "ArrowRight")) return;
            const { frames } = bridge.frames.recent;
            const { cursor, setCursor } = stores.selection.getState();
            const newest = frames.at(-1)?.burst ?? 0;
            const next = (cursor ?? newest) + (key === "ArrowLeft" ? -1 : 1);
            if (next >= (frames[0]?.burst ?? 0)) setCursor(next >= newest ? null : next);
          }}
          onPointerMove={({ clientX, clientY }) => setUnder(raster.at(clientX, clientY))}
          onPointerLeave={() => setUnder(null)}
        />
        <span className="raster-axis-x" aria-hidden>
          {t("raster.bursts")}
        </span>
        <p id="raster-keys" className="visually-hidden">
          {t("raster.keys")}
        </p>
      </div>
    </div>
  );
}

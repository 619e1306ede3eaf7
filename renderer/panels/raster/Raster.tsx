/**
 * Bursts × neurons of the selected areas. The picture is drawn outside of React; these views name its axes, say how it is laid out, and
 * ask the recording for bursts that no frame told of.
 */
import { ChartNoAxesGantt } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { CorticalId } from "#contracts/connectome.ts";
import { type RasterLook, usualLook } from "../../scene/raster/raster.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { firesIn } from "../../stores/debug-store.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";
import { RasterGutter } from "./RasterGutter.tsx";
import { RasterHeads } from "./RasterHeads.tsx";
import { RasterOptions } from "./RasterOptions.tsx";
import { RasterPicture } from "./RasterPicture.tsx";
import { type Said, useSelectFired } from "./use-select-fired.ts";
import "./raster.css";

/** More bands than these would have too few rows each. */
const mostAreas = 8;

export function Raster() {
  const { stores, raster } = useWorkbench();
  const selected = useStore(stores.selection, (state) => state.areas);
  const last = useStore(stores.selection, (state) => state.area);
  const all = useStore(stores.brain, (state) => state.areas);
  const generation = useStore(stores.brain, (state) => state.readGeneration);
  const cursor = useStore(stores.selection, (state) => state.cursor);
  const voxel = useStore(stores.selection, (state) => state.voxel);
  const shown = useRef<readonly CorticalId[]>([]);
  // Who selects a voxel or a neuron in one of the areas shown goes on seeing all of them.
  if (voxel === null || !selected.every((id) => shown.current.includes(id))) shown.current = selected;
  const chosen = shown.current;
  const areas = useMemo(() => {
    const ids = new Set(chosen.slice(-mostAreas));
    return all.filter(({ id }) => ids.has(id));
  }, [all, chosen]);
  const [chosenLook, setLook] = useState<RasterLook>(usualLook);
  const [said, say] = useState<Said | null>(null);
  const selectFired = useSelectFired(say);
  // Rows of an area that is not shown any more are not a zoom.
  const isZoomed = areas.some(({ id }) => id === chosenLook.zoom?.area);
  const look = useMemo(() => (isZoomed ? chosenLook : { ...chosenLook, zoom: null }), [chosenLook, isZoomed]);
  useEffect(() => raster.setAreas(areas, generation), [raster, areas, generation]);
  useEffect(() => raster.setLook(look), [raster, look]);
  useEffect(() => raster.setCursor(cursor), [raster, cursor]);
  const area = areas.find(({ id }) => id === last) ?? areas.at(-1);
  if (!area) return <EmptyState icon={ChartNoAxesGantt}>{t("raster.empty")}</EmptyState>;
  const neurons = areas.reduce((sum, one) => sum + one.neurons, 0);
  return (
    <div className="raster">
      <div className="raster-head">
        {areas.length === 1 ? (
          <>
            <BreakpointDot condition={firesIn(area.id)} what={t("dot.what.area", { name: area.name })} />
            <KindGlyph kind={area.kind} />
            <strong>{area.name}</strong>
          </>
        ) : (
          <strong>{t("raster.areas", { shown: areas.length, count: chosen.length })}</strong>
        )}
        <span className="dim num">{t("raster.about", { count: neurons })}</span>
        <span className="raster-under num" aria-live={said?.isDone ? "polite" : "off"}>
          {said?.text}
        </span>
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
        <RasterOptions area={area} look={look} onLook={setLook} onSelectFired={() => selectFired(area.id, raster.firedOf(area.id))} />
      </div>
      <div className="raster-body">
        <span className="raster-axis-y" aria-hidden>
          {t(`raster.rows.${look.order}`)}
        </span>
        <RasterGutter areas={areas} />
        <div className="raster-stage">
          <RasterPicture areas={areas} look={look} onLook={setLook} say={say} />
          <RasterHeads areas={areas} look={look} onLook={setLook} />
        </div>
        <span className="raster-axis-x" aria-hidden>
          {t("raster.bursts")}
        </span>
      </div>
    </div>
  );
}

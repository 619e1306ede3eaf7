/** The legend under the picture: always on, and the same that a figure carries. */
import { type Ref, useMemo } from "react";
import { useStore } from "zustand";
import { flashSafe } from "../../scene/flash-safe.ts";
import { isFilled, type LegendEntry, markPaths } from "../../scene/legend.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";
import { sceneThemeOf } from "../../ui/theme-colours.ts";
import { legendOf } from "./legend.ts";

export function useLegend(): LegendEntry[] {
  const { stores, appearance, settings } = useWorkbench();
  const colourBy = useStore(stores.scene, (state) => state.colourBy);
  const arcs = useStore(stores.scene, (state) => state.arcs);
  const selected = useStore(stores.selection, ({ areas }) => areas.length > 0);
  const areas = useStore(stores.brain, (state) => state.areas);
  const regions = useStore(stores.brain, (state) => state.regions);
  const values = useStore(stores.areaValues);
  const voxels = useStore(stores.voxelFigures.store, (state) => state.layer);
  const touched = useStore(stores.phaseMarks);
  const why = useStore(stores.whyMarks);
  const probed = useStore(stores.traces.store, (state) => state.probes.some(({ kind }) => kind === "neuron"));
  const looks = useStore(appearance);
  const limited = useStore(settings, (state) => state.flashLimiter);
  const theme = useMemo(() => {
    const whole = sceneThemeOf(window, looks);
    return limited ? flashSafe(whole) : whole;
  }, [looks, limited]);
  return useMemo(
    () =>
      legendOf({
        colourBy,
        areas,
        regions,
        values,
        voxels,
        touched,
        why,
        probed,
        arcs: arcs === "selected" && !selected ? "off" : arcs,
        theme,
      }),
    [colourBy, areas, regions, values, voxels, touched, why, probed, arcs, selected, theme],
  );
}

export function Legend({ ref }: { ref: Ref<HTMLUListElement> }) {
  const entries = useLegend();
  if (entries.length === 0) return null;
  return (
    <ul ref={ref} className="scene-legend" aria-label={t("scene.legend")}>
      {entries.map((entry) => (
        <li key={`${entry.type} ${entry.text}`}>
          <Sign entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function Sign({ entry }: { entry: LegendEntry }) {
  switch (entry.type) {
    case "kind":
      return (
        <>
          <span aria-hidden style={{ color: entry.colour }}>
            {entry.glyph}
          </span>
          {entry.text}
        </>
      );
    case "swatch":
      return (
        <>
          <i className="legend-swatch" aria-hidden style={{ background: entry.colour }} />
          {entry.text}
        </>
      );
    case "mark": {
      const filled = isFilled(entry.shape);
      return (
        <>
          <svg className="legend-mark" viewBox="-1 -1 12 12" aria-hidden>
            <path d={markPaths[entry.shape]} fill={filled ? entry.colour : "none"} stroke={filled ? "none" : entry.colour} />
          </svg>
          {entry.text}
        </>
      );
    }
    case "ramp":
      return (
        <>
          {entry.text}
          <span className="legend-scale num">
            {entry.low}
            <i className="legend-ramp" aria-hidden style={{ background: `linear-gradient(90deg, ${entry.colours.join()})` }} />
            {entry.high}
          </span>
        </>
      );
    case "arc":
      return (
        <>
          <svg className="legend-arc" viewBox="0 0 26 10" aria-hidden>
            <path d="M1 5H22" stroke={entry.colour} strokeDasharray={entry.dashed ? "4 3" : undefined} />
            {entry.outlined && <path className="legend-outline" d="M1 1.5H22M1 8.5H22" />}
            {entry.sign === "excitatory" && <path d="M18 1.5L23 5L18 8.5" stroke={entry.colour} fill="none" />}
            {entry.sign === "inhibitory" && <path d="M22 1V9" stroke={entry.colour} />}
          </svg>
          {entry.text}
        </>
      );
  }
}

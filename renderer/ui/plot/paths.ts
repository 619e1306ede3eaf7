/** The uPlot paths of each kind of series; a band has none, it is drawn behind (shade.ts). */
import uPlot from "uplot";
import type { SeriesKind } from "./chart.ts";
import { headOf, type StemHead, stemPath } from "./stems.ts";

const tickHeight = 9;

/** `place`: of the series in its plot. */
export function pathsOf(kind: SeriesKind, place: number): Pick<uPlot.Series, "paths"> {
  const { stepped, bars } = uPlot.paths;
  if (kind === "step" && stepped) return { paths: stepped({ align: 1 }) };
  if (kind === "bars" && bars) return { paths: bars({ size: [0.92, Number.POSITIVE_INFINITY] }) };
  if (kind === "ticks") return { paths: ticks };
  if (kind === "stems") return { paths: stemsWith(headOf(place)) };
  if (kind === "shade") return { paths: () => null };
  return {};
}

function ticks(chart: uPlot, series: number, first: number, last: number): uPlot.Series.Paths {
  const stroke = new Path2D();
  for (let row = first; row <= last; row++) {
    if (chart.data[series]?.[row] == null) continue;
    const at = chart.valToPos(chart.data[0][row] as number, "x", true);
    stroke.moveTo(at, chart.bbox.top);
    stroke.lineTo(at, chart.bbox.top + tickHeight * uPlot.pxRatio);
  }
  return { stroke };
}

function stemsWith(head: StemHead): uPlot.Series.PathBuilder {
  return (chart, series, first, last) => {
    const base = chart.valToPos(0, "stems", true);
    let stems = "";
    for (let row = first; row <= last; row++) {
      const value = chart.data[series]?.[row];
      if (!value) continue;
      stems += stemPath(
        chart.valToPos(chart.data[0][row] as number, "x", true),
        base,
        chart.valToPos(value, "stems", true),
        head,
        uPlot.pxRatio,
      );
    }
    return { stroke: new Path2D(stems) };
  };
}

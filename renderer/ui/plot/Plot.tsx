/**
 * Values over bursts (or any other ascending x) as lines, steps or bars. Data come as `PlotData`, which may grow while it is shown: the
 * picture follows at the next animation frame, the figures beside the names four times a second, and nothing renders for a row.
 *
 * By pointer: drag to zoom, double click for all, click to go there, with Shift to measure from there. By keyboard: `plot.keys`. The values
 * are also there as a table.
 */
import { Maximize2, Ruler, Table } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useReducer, useRef, useState } from "react";
import { Button } from "../Button.tsx";
import { formatCount, formatFigure } from "../format.ts";
import { t } from "../messages.ts";
import { tokenColours, useTheme } from "../theme-colours.ts";
import { type Chart, createChart, type SeriesKind, type Span, type Together } from "./chart.ts";
import { decimate, within } from "./decimate.ts";
import { type LegendEntry, PlotLegend } from "./PlotLegend.tsx";
import { PlotSave } from "./PlotSave.tsx";
import { PlotTable } from "./PlotTable.tsx";
import type { PlotData } from "./plot-data.ts";
import { extentOf, movedTo, nearestRow, zoomed } from "./span.ts";
import "./plot.css";

export interface PlotSeries {
  label: string;
  kind?: SeriesKind;
  /** Which of the six looks (colour with dash) it has; by its place where it is not given. */
  look?: number;
}

interface PlotProps {
  /** Accessible name. */
  label: string;
  data: Pick<PlotData, "rows" | "columns" | "subscribe">;
  /** Shown above it, where what it is of does not stand there already. */
  title?: string;
  /** `isWhole`: values are whole numbers, such as bursts; the usual. `at`: words for one of them, the label and the value where there are none. */
  x: { label: string; format?: (value: number) => string; isWhole?: boolean; at?: (said: string, value: number) => string };
  /** `from`, `to`: values that are always in the picture. */
  y: { label: string; format?: (value: number) => string; from?: number; to?: number };
  series: readonly PlotSeries[];
  /** Of the axis on the right, on which stems stand. */
  stems?: { label: string };
  bands?: readonly (readonly [upper: number, lower: number])[];
  /** Where all views stand; marked by an upright line. */
  mark?: number | null;
  onPick?: (x: number) => void;
  /** What that does by Enter, in words; by itself it goes there. */
  pick?: string;
  height?: number;
  /** Said in place of the picture while there is no row. */
  empty?: string;
  /** The stretch that several plots show together, and how it is set; each has its own where none is given. null: all. */
  zoom?: readonly [range: Span | null, set: (range: Span | null) => void];
  /** Values that are in the picture too where this stretch is shown, so that several plots have one scale. */
  together?: ((shown: Span) => Together) | undefined;
}

const looks: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [10, 3, 2, 3], [14, 4], [1, 3]];
const chartTokens = ["text-2", "line", "accent", ...looks.map((_, look) => `series-${look}`)];
const readoutMs = 250;
const leastWidth = 40;
/** Characters of an axis of plots that share their x: for most values, so that they begin at one place. */
const sharedCharacters = 5;

export function Plot({
  label,
  title,
  data,
  x,
  y,
  series,
  bands = [],
  mark = null,
  onPick,
  pick = t("plot.keysPick"),
  height = 180,
  empty,
  zoom,
  stems,
  together,
}: PlotProps) {
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const own = useState<Span | null>(null);
  const [range, setRange] = zoom ?? own;
  /** Where measuring begins: differences are told from there. */
  const [anchor, setAnchor] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const [, readAgain] = useReducer((count: number) => count + 1, 0);
  const keys = useId();
  const formatX = x.format ?? formatCount;
  const formatY = y.format ?? formatFigure;
  const isWhole = x.isWhole ?? true;
  const dressed = series.map(({ kind = "line", look, ...rest }, i) => {
    const of = (look ?? i) % looks.length;
    return { ...rest, kind, dash: kind === "ticks" || kind === "stems" ? [] : (looks[of] ?? []), token: `series-${of}` };
  });
  const isBars = dressed.some(({ kind }) => kind === "bars");

  const draw = () => {
    const columns = data.columns();
    const shown = range ?? extentOf(columns, isBars);
    const part = range ? within(columns, ...range) : columns;
    chart.current?.draw(decimate(part, Math.max(50, host.current?.clientWidth ?? 0)), shown, { mark, anchor }, together?.(shown));
  };
  const drawLatest = useRef(draw);
  drawLatest.current = draw;
  const cursorLatest = useRef(cursor);
  cursorLatest.current = cursor;

  const shape = JSON.stringify([x.label, y.label, y.from, y.to, stems?.label, isWhole, dressed, bands, height, theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew where its shape changes; what it draws comes by drawLatest
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const colours = tokenColours(window, chartTokens);
    const font = `11px ${window.getComputedStyle(element).fontFamily}`;
    const make = (width: number) => {
      chart.current = createChart(
        element,
        { width, height },
        {
          ...{ x: { label: x.label, format: formatX, isWhole }, y: { ...y, format: formatY }, series: dressed, bands, font },
          ...{ stems: stems ? { ...stems, format: formatY } : null, leastCharacters: zoom ? sharedCharacters : 2 },
          colourOf: (token) => colours.get(token) ?? "",
          onCursor: (at) => setCursor(at),
          onRange: setRange,
        },
      );
      if (cursorLatest.current !== null) chart.current.setCursor(cursorLatest.current);
      drawLatest.current();
    };
    // A panel behind another has no width: the chart is made when it gets one.
    const sizes = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width < leastWidth) return;
      if (chart.current) chart.current.resize(width, height);
      else make(width);
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [shape]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn changes with these
  useEffect(() => drawLatest.current(), [data, range, mark, anchor, together, shape]);
  useEffect(() => {
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = data.subscribe(() => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        drawLatest.current();
      });
      timer ??= setTimeout(() => {
        timer = undefined;
        readAgain();
      }, readoutMs);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [data]);

  const columns = data.columns();
  const row = cursor === null ? data.rows - 1 : nearestRow(columns.x, cursor);
  const at = columns.x[row];
  const values = columns.y.map((column) => column[row] ?? Number.NaN);
  const said = (value: number, kind?: SeriesKind) => {
    if (kind === "ticks") return t(Number.isNaN(value) ? "plot.no" : "plot.yes");
    return Number.isNaN(value) ? t("plot.none") : formatY(value);
  };
  const from = anchor === null || data.rows === 0 ? null : nearestRow(columns.x, anchor);
  const anchorAt = from === null ? undefined : columns.x[from];
  /** How far from where measuring begins; null where there is nothing to tell. */
  const differenceOf = (i: number): string | null => {
    const by =
      from === null || dressed[i]?.kind === "ticks" || dressed[i]?.kind === "shade"
        ? Number.NaN
        : (values[i] ?? Number.NaN) - (columns.y[i]?.[from] ?? Number.NaN);
    return Number.isNaN(by) ? null : signed(by, formatY);
  };
  const entries = dressed.map((one, i): LegendEntry => {
    const value = data.rows > 0 ? said(values[i] ?? Number.NaN, one.kind) : null;
    return { ...one, value, difference: differenceOf(i) };
  });
  const text =
    at === undefined
      ? t("plot.noValues")
      : t("plot.at", {
          ...{ x: x.label, at: formatX(at) },
          values: entries.map(inWords).join(", "),
        });

  const moveTo = (to: number) => {
    const next = columns.x[Math.max(0, Math.min(data.rows - 1, to))];
    if (next === undefined) return;
    setCursor(next);
    if (range && (next < range[0] || next > range[1])) setRange(movedTo(range, next));
    chart.current?.setCursor(next);
  };
  const zoomBy = (factor: number) => {
    const extent = extentOf(columns, isBars);
    const shown = range ?? extent;
    setRange(zoomed(shown, factor, at ?? (shown[0] + shown[1]) / 2, extent));
  };
  const press = (event: KeyboardEvent) => {
    const far = Math.max(1, Math.round(data.rows / 20));
    const steps: Record<string, () => void> = {
      ArrowLeft: () => moveTo(row - (event.shiftKey ? far : 1)),
      ArrowRight: () => moveTo(row + (event.shiftKey ? far : 1)),
      Home: () => moveTo(0),
      End: () => moveTo(data.rows - 1),
      "+": () => zoomBy(0.5),
      "-": () => zoomBy(2),
      Enter: () => at !== undefined && (event.shiftKey ? setAnchor(at) : onPick?.(at)),
      Escape: () => {
        setAnchor(null);
        setRange(null);
        setCursor(null);
        chart.current?.setCursor(null);
      },
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    // Escape belongs to what is around once there is nothing to undo here.
    if (event.key === "Escape" && range === null && cursor === null && anchor === null) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };

  return (
    <figure className="plot">
      {title && <h4 className="plot-title">{title}</h4>}
      <figcaption className="plot-head">
        <span className="plot-at num dim">
          {at === undefined ? "" : (x.at?.(formatX(at), at) ?? `${x.label} ${formatX(at)}`)}
          {at !== undefined && anchorAt !== undefined && `, Δ ${signed(at - anchorAt, formatX)}`}
        </span>
        <PlotLegend entries={entries} />
        {data.rows > 0 && (
          <Button
            icon={Ruler}
            label={t(anchor === null ? "plot.measure" : "plot.stopMeasuring")}
            tip={t("plot.measureTip")}
            variant="quiet"
            pressed={anchor !== null}
            onPress={() => setAnchor(anchor === null ? (at ?? null) : null)}
          />
        )}
        {range && <Button icon={Maximize2} label={t("plot.all")} variant="quiet" onPress={() => setRange(null)} />}
        {data.rows > 0 && (
          <PlotSave name={label} columns={data.columns} titled={{ x: x.label, y: y.label, stems: stems?.label, series: dressed }} />
        )}
        {data.rows > 0 && (
          <Button icon={Table} label={t("plot.table")} variant="quiet" pressed={isTable} onPress={() => setTable(!isTable)} />
        )}
      </figcaption>
      <div className="plot-frame" style={{ height }}>
        <div
          ref={host}
          className="plot-canvas"
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-describedby={keys}
          aria-valuemin={columns.x[0] ?? 0}
          aria-valuemax={columns.x[data.rows - 1] ?? 0}
          aria-valuenow={at ?? 0}
          aria-valuetext={text}
          onKeyDown={press}
          onClick={({ shiftKey }) => {
            if (cursor === null || at === undefined) return;
            if (shiftKey) setAnchor(at);
            else onPick?.(at);
          }}
        />
        {data.rows === 0 && <p className="plot-empty dim">{empty ?? t("plot.empty")}</p>}
      </div>
      <span id={keys} hidden>
        {t("plot.keys")} {onPick && pick}
      </span>
      {isTable && <PlotTable label={label} columns={columns} x={{ label: x.label, format: formatX }} series={series} format={said} />}
    </figure>
  );
}

function inWords({ label, value, difference }: LegendEntry): string {
  const said = value ?? "";
  return t("plot.value", { label, value: difference === null ? said : t("plot.changed", { value: said, difference }) });
}

/** With its sign, since it is a difference. */
function signed(value: number, format: (value: number) => string): string {
  return value < 0 ? `−${format(-value)}` : `+${format(value)}`;
}

/** Area by area: synapses, mean weight, or the traffic of the newest bursts. The table below holds the same, and has the keys. */
import { Grid3x3, RefreshCw } from "lucide-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { Flow } from "#contracts/commands/analysis.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { countedBursts, type MatrixValue, matrixOrders, matrixValues } from "../../stores/matrix-store.ts";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select, Switch } from "../../ui/fields.tsx";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { type Cell, type MatrixCells, matrixCells } from "./cells.ts";
import { PairTable } from "./PairTable.tsx";
import { cellWords, csvOf, endsOf } from "./pair-words.ts";
import "./matrix.css";

export function Matrix() {
  const { stores } = useWorkbench();
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const { flow, value, order, isLogarithmic, isReading, problem } = useStore(stores.matrix.store);
  const cells = useMemo(() => (flow ? matrixCells(flow, value, order, isLogarithmic) : null), [flow, value, order, isLogarithmic]);
  if (!hasBrain) return <EmptyState icon={Grid3x3}>{t("matrix.noBrain")}</EmptyState>;
  const read = (
    <Button
      icon={RefreshCw}
      isPending={isReading}
      {...(flow ? {} : { variant: "primary" as const })}
      onPress={() => void stores.matrix.read()}
    >
      {t(flow ? "matrix.again" : "matrix.read")}
    </Button>
  );
  if (!flow || !cells) {
    return (
      <div className="panel">
        {problem !== null && <Notice severity="warning">{problem}</Notice>}
        <EmptyState icon={Grid3x3} actions={read}>
          {t(isReading ? "matrix.reading" : "matrix.empty", { bursts: countedBursts })}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="panel matrix">
      <div className="matrix-tools">
        <Select
          label={t("matrix.value")}
          hideLabel
          value={value}
          onChange={(next) => stores.matrix.store.setState({ value: next })}
          choices={matrixValues.map((id) => ({ id, label: t(`matrix.value.${id}`) }))}
        />
        <Select
          label={t("matrix.order")}
          hideLabel
          value={order}
          onChange={(next) => stores.matrix.store.setState({ order: next })}
          choices={matrixOrders.map((id) => ({ id, label: t(`matrix.order.${id}`) }))}
        />
        <Switch
          label={t("matrix.logarithmic")}
          value={isLogarithmic}
          onCommit={(next) => stores.matrix.store.setState({ isLogarithmic: next })}
        />
        {read}
        <Button onPress={() => download("connectivity.csv", "text/csv", csvOf(flow))}>{t("matrix.csv")}</Button>
        {order === "community" && flow.modularity !== null && (
          <span className="dim num" title={t("matrix.modularityTip")}>
            {t("matrix.communities", { count: countOf(flow), modularity: formatFigure(flow.modularity) })}
          </span>
        )}
        {value === "flow" && <span className="dim num">{t("matrix.of", { from: flow.from, to: flow.to })}</span>}
      </div>
      {cells.cells.length === 0 ? (
        <EmptyState icon={Grid3x3}>{t("matrix.noSynapse")}</EmptyState>
      ) : (
        <Picture flow={flow} value={value} hasCommunities={order === "community"} {...cells} />
      )}
      <PairTable flow={flow} cells={cells.cells} hasCommunities={order === "community"} />
    </div>
  );
}

const cellSize = 14;
const labelRoom = 140;
/** A line across and a line down, where another region or community begins. */
const breakPath = (place: number, count: number) => {
  const [at, long] = [labelRoom + place * cellSize, count * cellSize];
  return `M${labelRoom} ${at}h${long}M${at} ${labelRoom}v${long}`;
};
/** The weakest cell is still seen. */
const opacityOf = (strength: number) => 0.25 + 0.75 * strength;

interface PictureProps extends MatrixCells {
  flow: Flow;
  value: MatrixValue;
  hasCommunities: boolean;
}

function Picture({ flow, value, order, breaks, cells, largest, hasCommunities }: PictureProps) {
  const { stores } = useWorkbench();
  const [pointed, setPointed] = useState<Cell | null>(null);
  const size = labelRoom + order.length * cellSize;
  const nameOf = (at: number) => flow.areas[at]?.name ?? "";
  return (
    <div className="matrix-picture">
      <Scale value={value} largest={largest} isSigned={cells.some((cell) => cell.value < 0)} />
      <p className="matrix-said num" role="status">
        {pointed ? cellWords(flow, pointed, hasCommunities) : t("matrix.point")}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <section className="matrix-scroll" aria-label={t("matrix.picture", { areas: order.length, pairs: cells.length })} tabIndex={0}>
        <svg
          viewBox={`0 0 ${size} ${size}`}
          width={size}
          height={size}
          role="img"
          aria-label={t("matrix.picture", { areas: order.length, pairs: cells.length })}
        >
          {order.map((at, place) => (
            <g key={flow.areas[at]?.area}>
              <text x={labelRoom - 4} y={labelRoom + place * cellSize + 10.5} textAnchor="end">
                {shortened(nameOf(at))}
              </text>
              <text transform={`translate(${labelRoom + place * cellSize + 10.5} ${labelRoom - 4}) rotate(-90)`}>
                {shortened(nameOf(at))}
              </text>
            </g>
          ))}
          <rect className="matrix-frame" x={labelRoom} y={labelRoom} width={order.length * cellSize} height={order.length * cellSize} />
          {breaks.map((place) => (
            <path key={place} className="matrix-break" d={breakPath(place, order.length)} />
          ))}
          {cells.map((cell) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table below has the same by keyboard
            <rect
              key={`${cell.row} ${cell.column}`}
              className="matrix-cell"
              data-sign={cell.value < 0 ? "negative" : "positive"}
              x={labelRoom + cell.column * cellSize + 0.5}
              y={labelRoom + cell.row * cellSize + 0.5}
              width={cellSize - 1}
              height={cellSize - 1}
              fillOpacity={opacityOf(cell.strength)}
              onPointerEnter={() => setPointed(cell)}
              onPointerLeave={() => setPointed(null)}
              onClick={() => stores.selection.getState().selectAreas(endsOf(flow, cell))}
            />
          ))}
          {cells
            .filter(({ value }) => value < 0)
            .map(({ row, column }) => (
              <path
                key={`${row} ${column}`}
                className="matrix-minus"
                d={`M${labelRoom + column * cellSize + 3} ${labelRoom + row * cellSize + cellSize / 2}h${cellSize - 6}`}
              />
            ))}
        </svg>
      </section>
    </div>
  );
}

/** What the colours mean, as cells are drawn. */
function Scale({ value, largest, isSigned }: { value: MatrixValue; largest: number; isSigned: boolean }) {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const row = (sign: "negative" | "positive", strengths: readonly number[]) =>
    strengths.map((strength) => <i key={`${sign} ${strength}`} data-sign={sign} style={{ opacity: opacityOf(strength) }} />);
  return (
    <p className="matrix-scale num">
      <span>{t(`matrix.value.${value}`)}</span>
      <span>{isSigned ? formatFigure(-largest) : "0"}</span>
      <span className="matrix-steps" aria-hidden>
        {isSigned && row("negative", steps.toReversed())}
        {row("positive", steps)}
      </span>
      <span>{formatFigure(largest)}</span>
      <span className="dim">{t("matrix.axes")}</span>
    </p>
  );
}

function countOf({ areas }: Flow): number {
  return areas.reduce((most, { community }) => Math.max(most, community ?? 0), 0);
}

function shortened(name: string): string {
  return name.length > 20 ? `${name.slice(0, 19)}…` : name;
}

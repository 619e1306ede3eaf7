/** What a memory remembers: a row of pictures for each upstream area, one a burst, the newest at the right. */
import { useStore } from "zustand";
import type { CorticalArea } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { Memory } from "../../stores/memory-store.ts";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { AreaLink } from "./AreaLink.tsx";
import { axisNames, cellsOf, viewOf } from "./pattern.ts";

type Frame = Memory["frames"][number];
const mostNamed = 40;

export function Pattern({ memory }: { memory: Memory }) {
  if (memory.frames.length === 0) return <p className="dim">{t("memory.changes")}</p>;
  const upstream = [...new Set(memory.frames.map((frame) => frame.upstream))];
  const last = Math.max(...memory.frames.map(({ offset }) => offset));
  return (
    <div className="memory-pattern">
      {upstream.map((id) => (
        <div key={id}>
          {id === null ? <span className="dim">{t("memory.gone")}</span> : <AreaLink id={id} />}
          <div className="memory-frames">
            {memory.frames
              .filter((frame) => frame.upstream === id)
              .sort((a, b) => a.offset - b.offset)
              .map((frame) => (
                <Picture key={frame.offset} frame={frame} before={last === 0 ? null : last - frame.offset} />
              ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** `before`: bursts before the last of the pattern; null where it has but one. */
function Picture({ frame, before }: { frame: Frame; before: number | null }) {
  const { stores } = useWorkbench();
  const area = useStore(stores.brain, (state) => (frame.upstream === null ? undefined : state.areaById.get(frame.upstream)));
  const when = before === null ? "" : before === 0 ? t("memory.offsetLast") : t("memory.offset", { count: before });
  const named = frame.voxels.slice(0, mostNamed).map((voxel) => `(${voxel.join(", ")})`);
  const more = frame.voxels.length - named.length;
  const voxels = [...named, ...(more > 0 ? [t("memory.patternMore", { count: more })] : [])].join(" ");
  const text = t("memory.patternOf", { area: area?.name ?? t("memory.gone"), when, count: frame.voxels.length, voxels });
  const { potentials } = frame;
  return (
    <figure className="memory-frame" title={text}>
      {area ? <Cells area={area} frame={frame} label={text} /> : <p>{voxels}</p>}
      <figcaption className="dim num">
        {when}
        {potentials && potentials.length > 0 && (
          <> {t("memory.potential", { low: formatFigure(Math.min(...potentials)), high: formatFigure(Math.max(...potentials)) })}</>
        )}
      </figcaption>
    </figure>
  );
}

/** CSS pixels of the longer side, and of a voxel from where on lines are drawn between them. */
const longest = 84;
const leastGrid = 5;

function gridOf(columns: number, rows: number): string {
  const lines = (count: number, line: (at: number) => string) => Array.from({ length: count - 1 }, (_, i) => line(i + 1)).join("");
  return lines(columns, (at) => `M${at} 0V${rows}`) + lines(rows, (at) => `M0 ${at}H${columns}`);
}

function Cells({ area, frame, label }: { area: CorticalArea; frame: Frame; label: string }) {
  const view = viewOf(area.dimensions);
  const [columns, rows, deep] = [view.across, view.up, view.along].map((axis) => area.dimensions[axis]) as [number, number, number];
  const cells = cellsOf(frame.voxels, frame.potentials, area.dimensions, view);
  const most = Math.max(...cells.map(({ potential }) => potential ?? 0), Number.MIN_VALUE);
  const scale = Math.min(14, longest / Math.max(columns, rows));
  const size = (count: number) => Math.max(6, count * scale);
  const gap = scale >= 4 ? 0.08 : 0;
  return (
    <>
      <svg
        className="memory-cells"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${columns} ${rows}`}
        preserveAspectRatio="none"
        width={size(columns)}
        height={size(rows)}
      >
        {scale >= leastGrid && <path className="memory-grid" d={gridOf(columns, rows)} vectorEffect="non-scaling-stroke" />}
        {cells.map(({ column, row, potential }) => (
          <rect
            key={`${column} ${row}`}
            x={column + gap}
            y={row + gap}
            width={1 - 2 * gap}
            height={1 - 2 * gap}
            opacity={potential === null ? 1 : 0.35 + 0.65 * Math.max(0, potential / most)}
          />
        ))}
      </svg>
      {deep > 1 && <span className="dim">{t("memory.projection", { axis: axisNames[view.along] })}</span>}
    </>
  );
}

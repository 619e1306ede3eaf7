/** When something fires, on an axis of bursts: a lane each, its first round filled and what repeats after it in outline. */
import { firings, runsOf } from "../../stores/schedule-draft.ts";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export interface Lane {
  key: string;
  label: string;
  /** Ascending; of the first round. */
  bursts: readonly number[];
}

const width = 600;
const laneHeight = 14;
const leastWidth = 3;
const leastSpan = 12;

export function Lanes({ lanes, period, from, label }: { lanes: readonly Lane[]; period: number | null; from: number; label: string }) {
  const text = `${label}: ${lanes.map((lane) => t("schedules.firesIn", { area: lane.label, bursts: written(lane.bursts) })).join("; ")}`;
  const last = Math.max(from, ...lanes.map(({ bursts }) => bursts.at(-1) ?? from));
  const span = Math.max(leastSpan, period === null ? last - from + 2 : Math.min((last - from + 1) * 3, period * 3));
  const to = from + span;
  const height = lanes.length * laneHeight;
  const leftOf = (burst: number) => ((burst - from) / span) * width;
  const step = stepOf(span);
  const first = Math.ceil(from / step) * step;
  const ticks = Array.from({ length: Math.ceil((to - first) / step) }, (_, i) => first + i * step);
  return (
    <figure className="schedule-lanes">
      <div className="schedule-names" aria-hidden="true">
        {lanes.map((lane) => (
          <span key={lane.key}>{lane.label}</span>
        ))}
      </div>
      <div className="schedule-axis">
        <svg role="img" aria-label={text} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" style={{ height }}>
          {ticks.map((at) => (
            <line key={at} x1={leftOf(at)} x2={leftOf(at)} y1={0} y2={height} vectorEffect="non-scaling-stroke" />
          ))}
          {lanes.map((lane, i) =>
            runsOf(firings(lane.bursts, period, from, to - 1)).map((run) => (
              <rect
                key={`${lane.key} ${run.from}`}
                className={run.from > (lane.bursts.at(-1) ?? to) ? "schedule-again" : ""}
                x={leftOf(run.from)}
                width={Math.max(leastWidth, leftOf(run.to + 1) - leftOf(run.from) - 1)}
                y={i * laneHeight + 2}
                height={laneHeight - 4}
                vectorEffect="non-scaling-stroke"
              />
            )),
          )}
        </svg>
        <div className="schedule-ticks num dim" aria-hidden="true">
          {ticks.map((at) => (
            <span key={at} style={{ left: `${(leftOf(at) / width) * 100}%` }}>
              {formatCount(at)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}

const mostTicks = 8;

/** 1, 2 or 5 times a power of ten, so that there is room between the ticks. */
function stepOf(span: number): number {
  const least = Math.max(1, span / mostTicks);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((of) => of * power).find((step) => step >= least) ?? 10 * power;
}

const mostRuns = 12;

function written(bursts: readonly number[]): string {
  const runs = runsOf(bursts).map(({ from, to }) => (from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`));
  return runs.length > mostRuns ? `${runs.slice(0, mostRuns).join(", ")}, …` : runs.join(", ");
}

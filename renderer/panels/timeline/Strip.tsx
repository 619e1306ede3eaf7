/** The strip itself: a slider over the recorded bursts. Dragging shows the picture where the window still holds it; releasing goes there. */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Activity } from "#contracts/commands/time.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { TimelineState } from "../../stores/timeline-store.ts";
import { formatCompact, formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import type { Mark } from "./marks.ts";
import { barsPath, burstAt, diskUntil, leftOf, peakOf, stripHeight, stripWidth } from "./strip.ts";
import { Thumbnail } from "./Thumbnail.tsx";

interface StripProps {
  state: TimelineState;
  activity: Activity;
  marks: readonly Mark[];
  divergedAt: number | null;
}

export function Strip({ state, activity, marks, divergedAt }: StripProps) {
  const { stores, commands, settings, bridge } = useWorkbench();
  const canWrite = useCanWrite();
  const element = useRef<HTMLDivElement>(null);
  const standing = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const [dragged, setDragged] = useState<number | null>(null);
  const [hovered, setHovered] = useState<{ burst: number; x: number; y: number } | null>(null);
  useEffect(() => {
    if (!element.current) return;
    return bindShortcuts(element.current, commands, "timeline", () => settings.getState().letterKeys);
  }, [commands, settings]);

  useWheel(element, activity);
  const ruler = useRuler(activity);
  const { from, to } = activity;
  const last = state.recording?.last ?? to;
  const shown = dragged ?? state.seeking ?? cursor ?? standing;
  const percent = (burst: number) => `${Math.max(0, Math.min(100, leftOf(burst, activity) / (stripWidth / 100)))}%`;
  const peak = peakOf(activity);
  const under = ({ clientX }: PointerEvent) => {
    const box = element.current?.getBoundingClientRect();
    return box ? burstAt((clientX - box.left) / box.width, activity) : from;
  };
  const isHeld = (burst: number) => bridge.frames.recent.between(burst, burst).length > 0;
  const drag = (burst: number) => {
    setDragged(burst);
    if (isHeld(burst)) stores.selection.getState().setCursor(burst);
  };
  const release = (burst: number | null) => {
    setDragged(null);
    stores.selection.getState().setCursor(null);
    if (burst !== null) stores.timeline.seek(burst);
  };
  const behind = Math.max(0, last - shown);
  return (
    <div className="strip-frame">
      <span className="strip-peak dim num" aria-hidden>
        {t("timeline.most", { count: formatCompact(peak) })}
      </span>
      <div
        ref={element}
        className="strip"
        role="slider"
        tabIndex={0}
        aria-label={t("timeline.strip")}
        aria-describedby="timeline-keys"
        aria-disabled={!canWrite}
        aria-valuemin={from}
        aria-valuemax={last}
        aria-valuenow={shown}
        aria-valuetext={t(behind > 0 ? "timeline.textBehind" : "timeline.text", { burst: shown, last, behind })}
        onPointerDown={(event) => {
          if (!canWrite || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(under(event));
        }}
        onPointerMove={(event) => {
          if (dragged !== null) return drag(under(event));
          const top = event.currentTarget.getBoundingClientRect().top;
          setHovered({ burst: under(event), x: event.clientX, y: top });
        }}
        onPointerLeave={() => setHovered(null)}
        onPointerUp={(event) => dragged !== null && release(under(event))}
        onPointerCancel={() => release(null)}
      >
        <svg viewBox={`0 0 ${stripWidth} ${stripHeight}`} preserveAspectRatio="none" aria-hidden="true">
          <LoopBand state={state} activity={activity} />
          <DiskBand state={state} activity={activity} />
          <HeldBand activity={activity} />
          {standing < to && (
            <rect
              className="strip-later"
              x={leftOf(Math.max(from, standing + 1), activity)}
              width={stripWidth - leftOf(Math.max(from, standing + 1), activity)}
              height={stripHeight}
            />
          )}
          <path className="strip-most" d={barsPath(activity.most, peak, activity)} />
          <path className="strip-mean" d={barsPath(activity.mean, peak, activity)} />
          {activity.keyframes.map((burst) => (
            <path
              key={burst}
              className="strip-keyframe"
              d={`M${leftOf(burst + 1, activity)} ${stripHeight}v-6`}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {divergedAt !== null && divergedAt >= from && (
            <rect className="strip-diverged" x={leftOf(divergedAt, activity)} width={stripWidth} height={stripHeight} />
          )}
        </svg>
        {marks.map(({ kind, burst, what }) => (
          <span key={`${kind} ${burst} ${what}`} className="strip-mark" style={{ left: percent(burst + 0.5) }} aria-hidden>
            <MarkGlyph kind={kind} />
          </span>
        ))}
        <span className="strip-cursor" style={{ left: percent(shown + 0.5) }} aria-hidden>
          <span className="strip-label num" data-side={shown - from > (to - from) / 2 ? "left" : "right"}>
            {dragged === null ? formatCount(shown) : t(isHeld(dragged) ? "timeline.preview" : "timeline.noPreview", { burst: dragged })}
          </span>
        </span>
      </div>
      {hovered !== null && dragged === null && <Thumbnail activity={activity} {...hovered} />}
      <div className="strip-scale dim num" aria-hidden {...ruler} title={t("timeline.ruler")}>
        <span>{formatCount(from)}</span>
        {standing < last && <span>{t("timeline.kept", { count: last - standing })}</span>}
        <span>{formatCount(to)}</span>
      </div>
      <p id="timeline-keys" className="visually-hidden">
        {t("timeline.keys")}
      </p>
    </div>
  );
}

/** The wheel zooms at the pointer; sideways, or with Shift held, it pans. */
function useWheel(element: RefObject<HTMLDivElement | null>, activity: Activity) {
  const { stores } = useWorkbench();
  const shown = useRef(activity);
  shown.current = activity;
  useEffect(() => {
    const strip = element.current;
    if (!strip) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const box = strip.getBoundingClientRect();
      const { from, to } = shown.current;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (Math.abs(sideways) > 0 && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)))
        stores.timeline.pan(Math.round((sideways / box.width) * (to - from + 1)) || Math.sign(sideways));
      else stores.timeline.zoomAt(burstAt((event.clientX - box.left) / box.width, shown.current), 1.2 ** Math.sign(event.deltaY));
    };
    // React listens passively, and the page would scroll along.
    strip.addEventListener("wheel", turn, { passive: false });
    return () => strip.removeEventListener("wheel", turn);
  }, [element, stores]);
}

/** Dragging along the scale sets the loop from where it began to where it is; by keys [ and ] do. */
function useRuler(activity: Activity) {
  const { stores } = useWorkbench();
  const began = useRef<number | null>(null);
  const under = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const box = currentTarget.getBoundingClientRect();
    return burstAt((clientX - box.left) / box.width, activity);
  };
  const end = () => {
    began.current = null;
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      began.current = under(event);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (began.current !== null && under(event) !== began.current) stores.timeline.setLoopRange(began.current, under(event));
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

/** Bursts that the host holds on disk only. */
function DiskBand({ state: { recording }, activity }: Pick<StripProps, "state" | "activity">) {
  const until = recording && diskUntil(recording.memoryFirst, activity);
  if (until === null) return null;
  return <path className="strip-disk" d={`M0 ${stripHeight - 1.5}H${until}`} vectorEffect="non-scaling-stroke" />;
}

/** Bursts whose pictures this window still holds: shown at once while dragging; the others are recorded and come on release. */
function HeldBand({ activity }: Pick<StripProps, "activity">) {
  const { bridge } = useWorkbench();
  const { frames } = bridge.frames.recent;
  const [first, last] = [frames[0]?.burst, frames.at(-1)?.burst];
  if (first === undefined || last === undefined || last < activity.from) return null;
  const left = leftOf(Math.max(first, activity.from), activity);
  return <rect className="strip-held" x={left} y={stripHeight - 3} width={Math.max(2, leftOf(last + 1, activity) - left)} height={3} />;
}

function LoopBand({ state: { loop }, activity }: Pick<StripProps, "state" | "activity">) {
  if (loop.from === null && loop.to === null) return null;
  const left = Math.max(0, leftOf(loop.from ?? activity.from, activity));
  const right = Math.min(stripWidth, leftOf((loop.to ?? activity.to) + 1, activity));
  return <rect className="strip-loop" x={left} width={Math.max(2, right - left)} height={stripHeight} vectorEffect="non-scaling-stroke" />;
}

const glyphs: Record<Mark["kind"], string> = {
  marker: "M4 1.500h6v11L7 9.800 4 12.500z",
  edit: "M7 2.200 12.200 11.500H1.800z",
  stimulus: "M8 1 3 8h3.500L6 13l5-7H7.500z",
  hit: "M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z",
};

export function MarkGlyph({ kind }: { kind: Mark["kind"] }) {
  return (
    <svg viewBox="0 0 14 14" width={11} height={11} className={`mark-glyph mark-${kind}`} aria-hidden="true">
      <path d={glyphs[kind]} fill="currentColor" />
    </svg>
  );
}

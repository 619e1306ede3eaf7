/** A watched value at the two cursors of the timeline, which are the edges of its loop: A where it begins, B where it ends. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Series } from "#contracts/commands/time.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export function AtCursors({ text, series }: { text: string; series: Series }) {
  const { stores } = useWorkbench();
  const { from, to } = useStore(stores.timeline.store, (state) => state.loop);
  const a = useValueAt(text, from, series);
  const b = useValueAt(text, to, series);
  const written = (burst: number, value: number | null) => ({ burst, value: value === null ? t("watches.unknown") : formatFigure(value) });
  if (from === null && to === null) return null;
  return (
    <span className="watch-cursors dim num">
      {from !== null && <span>{t("watches.at", { cursor: "A", ...written(from, a) })}</span>}
      {to !== null && <span>{t("watches.at", { cursor: "B", ...written(to, b) })}</span>}
      {a !== null && b !== null && <span>{t("watches.difference", { difference: formatFigure(b - a) })}</span>}
    </span>
  );
}

/** Of the course where it has that burst by itself, else read from the recording; null: not known. */
function useValueAt(text: string, burst: number | null, { from, to, every, high }: Series): number | null {
  const { lab } = useWorkbench();
  const [read, setRead] = useState<{ of: string; value: number | null } | null>(null);
  const inCourse = burst !== null && every === 1 && burst >= from && burst <= to;
  const asked = burst === null || inCourse ? null : `${text} ${burst}`;
  useEffect(() => {
    if (asked === null || burst === null) return;
    let current = true;
    const take = (value: number | null) => current && setRead({ of: asked, value });
    lab.time.series({ condition: text, from: burst, to: burst, points: 1 }).then(
      (one) => take(one.high[0] == null ? null : Number(one.high[0])),
      // The burst has left the recording.
      () => take(null),
    );
    return () => {
      current = false;
    };
  }, [lab, text, burst, asked]);
  if (burst === null) return null;
  const value = inCourse ? high[burst - from] : read?.of === asked ? read.value : null;
  return value == null ? null : Number(value);
}

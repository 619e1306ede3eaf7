/** What a burst under the pointer looked like: how many fired, and the areas that fired most, where the window still holds its frame. */
import { createPortal } from "react-dom";
import { useStore } from "zustand";
import type { Activity } from "#contracts/commands/time.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";

const mostAreas = 5;

export function Thumbnail({ burst, activity, x, y }: { burst: number; activity: Activity; x: number; y: number }) {
  const { stores, bridge } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const [frame] = bridge.frames.recent.between(burst, burst);
  const part = Math.floor((burst - activity.from) / activity.every);
  const rows = frame
    ? frame.sections
        .flatMap(({ area: index, ids }) => {
          const area = areas.find((one) => one.index === index);
          return area ? [{ area, fired: ids.length, share: ids.length / Math.max(1, area.neurons) }] : [];
        })
        .sort((a, b) => b.fired - a.fired)
    : [];
  const isLeft = x > window.innerWidth - 240;
  return createPortal(
    <div className="strip-thumb" role="tooltip" style={{ left: x, top: y, translate: `${isLeft ? "-100%" : "0"} calc(-100% - 6px)` }}>
      <p className="num">
        {t("timeline.thumb", { burst })}{" "}
        <span className="dim">
          {frame
            ? t("timeline.thumbFired", { count: frame.fired, shown: formatCount(frame.fired) })
            : t("timeline.thumbMean", { mean: formatFigure(activity.mean[part] ?? 0) })}
        </span>
      </p>
      {!frame && <p className="dim">{t("timeline.thumbNone")}</p>}
      {rows.slice(0, mostAreas).map(({ area, fired, share }) => (
        <p key={area.id} className="thumb-row">
          <KindGlyph kind={area.kind} />
          <span className="thumb-name">{area.name}</span>
          <span className="rate-bar" aria-hidden>
            <span className="rate-fill" style={{ width: `${Math.max(4, share * 100)}%` }} />
          </span>
          <span className="num">{formatCount(fired)}</span>
        </p>
      ))}
      {rows.length > mostAreas && <p className="dim">{t("editing.more", { count: rows.length - mostAreas })}</p>}
    </div>,
    document.body,
  );
}

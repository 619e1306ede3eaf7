/** Hits of the timeline that is shown, or of all, newest first, with the values their conditions had; each leads to its burst and may have a note. */
import { ListX } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { Hit } from "#contracts/debug.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { hitsOn } from "../../stores/debug-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Switch } from "../../ui/fields.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { HitNote } from "./HitNote.tsx";

const mostShown = 100;

export function HitLog() {
  const { stores, lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const all = useStore(stores.debug.store, (state) => state.hits);
  const here = useStore(stores.brain, ({ status }) => status?.brainId ?? null);
  const [showsAll, setShowsAll] = useState(false);
  const own = hitsOn(all, here);
  const elsewhere = all.length - own.length;
  const hits = showsAll ? all : own;
  const shown = hits.slice(-mostShown).reverse();
  const goTo = ({ burst, timeline }: Hit) => {
    if (timeline.id === here) stores.timeline.seek(burst);
    else attempt(lab.timeline.switchTo({ id: timeline.id }).then(() => lab.time.goTo({ burst })));
  };
  return (
    <section className="section" aria-label={t("breakpoints.hitLog")}>
      <div className="section-head">
        <h3>{t("breakpoints.hitLog")}</h3>
        <Button
          icon={ListX}
          label={t("breakpoints.clearHits")}
          variant="quiet"
          isDisabled={!canWrite || all.length === 0}
          onPress={() => attempt(lab.debug.clearHits({}).then(() => stores.debug.read()))}
        />
      </div>
      {(elsewhere > 0 || showsAll) && (
        <Switch label={t("breakpoints.allTimelines", { count: elsewhere })} value={showsAll} onCommit={setShowsAll} />
      )}
      {shown.length === 0 ? (
        <p className="dim">{t("breakpoints.noHits")}</p>
      ) : (
        <table className="data-table hit-table" aria-label={t("breakpoints.hitLog")}>
          <thead>
            <tr>
              <th scope="col">{t("breakpoints.columnBurst")}</th>
              <th scope="col">{t("breakpoints.columnCondition")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((hit) => (
              <tr key={hit.id}>
                <td>
                  <button
                    type="button"
                    className="chip num"
                    aria-label={
                      hit.timeline.id === here
                        ? t("breakpoints.goTo", { burst: hit.burst })
                        : t("breakpoints.goOver", { burst: hit.burst, name: hit.timeline.name })
                    }
                    onClick={() => goTo(hit)}
                  >
                    {formatCount(hit.burst)}
                  </button>
                </td>
                <td>
                  <code>{hit.text}</code>
                  {showsAll && <span className="dim hit-terms">{t("breakpoints.inTimeline", { name: hit.timeline.name })}</span>}
                  <span className="dim hit-terms num">
                    {hit.terms
                      .map((term) => `${term.text} = ${typeof term.value === "number" ? formatFigure(term.value) : term.value}`)
                      .join(" · ")}
                  </span>
                  <HitNote hit={hit} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hits.length > shown.length && <p className="dim">{t("breakpoints.shown", { shown: shown.length, count: hits.length })}</p>}
    </section>
  );
}

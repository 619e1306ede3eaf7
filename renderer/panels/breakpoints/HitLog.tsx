/** Hits, newest first, with the values their conditions had; each leads to its burst while it is recorded. */
import { ListX } from "lucide-react";
import { useStore } from "zustand";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

const mostShown = 100;

export function HitLog() {
  const { stores, lab } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const hits = useStore(stores.debug.store, (state) => state.hits);
  const shown = hits.slice(-mostShown).reverse();
  return (
    <section className="section" aria-label={t("breakpoints.hitLog")}>
      <div className="section-head">
        <h3>{t("breakpoints.hitLog")}</h3>
        <Button
          icon={ListX}
          label={t("breakpoints.clearHits")}
          variant="quiet"
          isDisabled={!canWrite || hits.length === 0}
          onPress={() => attempt(lab.debug.clearHits({}).then(() => stores.debug.read()))}
        />
      </div>
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
            {shown.map(({ breakpoint, burst, text, terms }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one breakpoint may hit the same burst again after going back
              <tr key={`${at} ${breakpoint} ${burst}`}>
                <td>
                  <button
                    type="button"
                    className="chip num"
                    aria-label={t("breakpoints.goTo", { burst })}
                    onClick={() => stores.timeline.seek(burst)}
                  >
                    {formatCount(burst)}
                  </button>
                </td>
                <td>
                  <code>{text}</code>
                  <span className="dim hit-terms num">
                    {terms
                      .map((term) => `${term.text} = ${typeof term.value === "number" ? formatFigure(term.value) : term.value}`)
                      .join(" · ")}
                  </span>
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

/** What a film is of, through which saved views the camera travels, and how long it will be. */
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Select } from "../../ui/fields.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { type FilmWish, filmPlan } from "./film-plan.ts";

/** Bursts whose frames this window holds; null where there are too few, or the brain moves on. */
export function useHeldBursts(): { from: number; to: number; count: number } | null {
  const { bridge, stores } = useWorkbench();
  const status = useStore(stores.brain, (state) => state.status);
  const frames = bridge.frames.recent.frames.filter(({ generation }) => generation === status?.generation);
  const [first, last] = [frames[0], frames.at(-1)];
  if (status?.state !== "paused" || !first || !last || first === last) return null;
  return { from: first.burst, to: last.burst, count: frames.length };
}

export function FilmFields({ wish, onChange }: { wish: FilmWish; onChange: (change: Partial<FilmWish>) => void }) {
  const { stores } = useWorkbench();
  const bookmarks = useStore(stores.scene, (state) => state.bookmarks);
  const held = useHeldBursts();
  const { views } = wish;
  const { flights } = filmPlan(wish, bookmarks);
  return (
    <>
      {held && (
        <Select
          label={t("figure.filmOf")}
          value={wish.of}
          onChange={(of) => onChange({ of })}
          choices={[
            { id: "live", label: t("figure.filmLive") },
            { id: "bursts", label: t("figure.filmBursts") },
          ]}
        />
      )}
      {held && wish.of === "bursts" ? (
        <>
          <NumberField label={t("figure.fromBurst")} value={wish.from} {...limits(held)} onCommit={(from) => onChange({ from })} />
          <NumberField label={t("figure.toBurst")} value={wish.to} {...limits(held)} onCommit={(to) => onChange({ to })} />
          <NumberField
            label={t("figure.burstsPerSecond")}
            value={wish.burstsPerSecond}
            minValue={0.5}
            maxValue={30}
            onCommit={(burstsPerSecond) => onChange({ burstsPerSecond })}
          />
        </>
      ) : (
        <NumberField
          label={t(flights > 0 ? "figure.secondsEach" : "figure.seconds")}
          value={wish.seconds}
          minValue={1}
          maxValue={600}
          onCommit={(seconds) => onChange({ seconds })}
        />
      )}
      {bookmarks.length > 0 && (
        <fieldset className="film-views" aria-label={t("figure.views")}>
          <span className="field-label">{t("figure.views")}</span>
          <span className="chips">
            {bookmarks.map(({ name }) => {
              const at = views.indexOf(name);
              return (
                <button
                  key={name}
                  type="button"
                  className="chip"
                  aria-pressed={at >= 0}
                  onClick={() => onChange({ views: at >= 0 ? views.filter((one) => one !== name) : [...views, name] })}
                >
                  {at >= 0 && <span className="num">{at + 1}. </span>}
                  {name}
                </button>
              );
            })}
          </span>
        </fieldset>
      )}
      <FilmLength wish={wish} />
    </>
  );
}

const limits = ({ from, to }: { from: number; to: number }) => ({ minValue: from, maxValue: to, integer: true });

function FilmLength({ wish }: { wish: FilmWish }) {
  const { stores, appearance } = useWorkbench();
  const bookmarks = useStore(stores.scene, (state) => state.bookmarks);
  const cuts = useStore(appearance, (state) => state.reducedMotion);
  const held = useHeldBursts();
  const { seconds, pictures, flights, flightSeconds, bursts } = filmPlan(wish, bookmarks);
  const missing = held && bursts ? held.to - held.from + 1 - held.count : 0;
  return (
    <p className="dim" aria-live="polite">
      {t("figure.length", { seconds: formatFigure(seconds), pictures: formatCount(pictures) })}{" "}
      {flights > 0 && t(cuts ? "figure.cuts" : "figure.flights", { count: flights, seconds: formatFigure(flightSeconds) })}{" "}
      {missing > 0 && t("figure.missing", { count: missing })}
    </p>
  );
}

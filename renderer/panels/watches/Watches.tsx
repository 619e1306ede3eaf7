/** Terms and conditions somebody keeps an eye on: value, range and course over the newest bursts. Read once a second at most. */
import { CircleDot, Diff, Eye, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { addBreakpoint } from "../../shell/commands/debugging.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { type WatchedValues, watchedBursts } from "../../stores/watch-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { TermHelp } from "../breakpoints/Preview.tsx";
import { AtCursors } from "./AtCursors.tsx";
import { drawSeries } from "./sparkline.ts";
import "../breakpoints/breakpoints.css";
import "./watches.css";

export function Watches() {
  const { stores } = useWorkbench();
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const { texts, values } = useStore(stores.watches.store);
  const [draft, setDraft] = useState("");
  useEffect(() => stores.watches.watch(), [stores]);
  if (!hasBrain) return <EmptyState icon={Eye}>{t("watches.noBrain")}</EmptyState>;
  return (
    <div className="panel watches">
      <form
        className="section breakpoint-new"
        aria-label={t("watches.add")}
        onSubmit={(event) => {
          event.preventDefault();
          stores.watches.add(draft.trim());
          setDraft("");
        }}
      >
        <TextField label={t("watches.expression")} value={draft} onChange={setDraft} placeholder={t("watches.hint")} />
        <div className="breakpoint-add">
          <TermHelp />
          <Button icon={Eye} variant="primary" type="submit" isDisabled={draft.trim() === ""}>
            {t("watches.add")}
          </Button>
        </div>
      </form>
      {texts.length === 0 ? (
        <p className="section dim">{t("watches.none", { bursts: watchedBursts })}</p>
      ) : (
        <ul aria-label={t("watches.list")}>
          {texts.map((text) => (
            <WatchRow key={text} text={text} values={values.get(text)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function WatchRow({ text, values }: { text: string; values: WatchedValues | undefined }) {
  const { stores, shell } = useWorkbench();
  return (
    <li className="section watch">
      <div className="breakpoint-line">
        <code className="breakpoint-text" title={text}>
          {text}
        </code>
        <Button
          icon={CircleDot}
          label={t("watches.break", { text })}
          variant="quiet"
          onPress={() => {
            stores.debug.store.setState({ draft: text });
            shell.getState().docks?.show("breakpoints");
          }}
        />
        <Button icon={Trash2} label={t("watches.remove", { text })} variant="quiet" onPress={() => stores.watches.remove(text)} />
      </div>
      {values && "problem" in values && <Notice severity="warning">{values.problem}</Notice>}
      {values && "series" in values && <Course text={text} {...values} />}
    </li>
  );
}

const width = 220;
const height = 32;

function Course({ text, series }: { text: string } & Extract<WatchedValues, { series: unknown }>) {
  const workbench = useWorkbench();
  const { shell } = workbench;
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const { paths, low, high, now } = drawSeries(series, width, height);
  if (low === null || high === null || now === null) return <p className="dim preview">{t("watches.nothing")}</p>;
  const newest = series.high.at(-1) ?? null;
  const current = newest === null ? t("watches.unknown") : formatFigure(Number(newest));
  const breakOnChange = (now: number) => {
    shell.getState().docks?.show("breakpoints");
    attempt(addBreakpoint(workbench, { condition: `(${text}) != ${now}` }));
  };
  const range = { low: formatFigure(low), high: formatFigure(high) };
  return (
    <div className="watch-course">
      <svg
        className="watch-spark"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("watches.spark", { text, from: series.from, to: series.to, ...range, now: current })}
      >
        {paths.map((path) => (
          <path key={path} d={path} vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      <strong className="num">{current}</strong>
      <span className="watch-range dim num">{t("watches.range", range)}</span>
      <AtCursors text={text} series={series} />
      {newest !== null && (
        <Button icon={Diff} isDisabled={!canWrite} onPress={() => breakOnChange(Number(newest))}>
          {t("watches.breakChange", { now: current })}
        </Button>
      )}
    </div>
  );
}

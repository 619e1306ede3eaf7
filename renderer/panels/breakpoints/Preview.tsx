/** Says what a condition would do before anybody relies on it; and which terms there are. */
import { Notice } from "../../ui/feedback.tsx";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import type { Tried } from "./evaluation.ts";

export function Preview({ text, tried }: { text: string; tried: Tried | null }) {
  if (text.trim() === "") return null;
  if (tried === null) return <p className="dim preview">{t("condition.trying")}</p>;
  if ("problem" in tried) return <Notice severity="error">{tried.problem}</Notice>;
  const { recorded, value, holds, microseconds, replayable } = tried.evaluation;
  const { hits, from, to, last } = recorded;
  return (
    <div className="dim preview num" role="status">
      <p>
        {to < from
          ? t("condition.noRecording")
          : t("condition.would", { hits, from, to, last: hits > 0 ? t("condition.lastAt", { burst: last.at(-1) ?? 0 }) : "" })}
      </p>
      <p>
        {t("condition.now", {
          value: typeof value === "number" ? formatFigure(value) : value,
          holds: t(holds ? "condition.holds" : "condition.holdsNot"),
          cost: formatFigure(microseconds),
        })}
      </p>
      {!replayable && <p>{t("condition.host")}</p>}
    </div>
  );
}

const terms = [
  ["fires(A)", "fires"],
  ["silent(A)", "silent"],
  ["rate(A, n)", "rate"],
  ["synchrony(A, n)", "synchrony"],
  ["fired(N#12)", "fired"],
  ["potential(N#12)", "potential"],
  ["weight(S#34)", "weight"],
  ["burst_ms()", "burst_ms"],
] as const;

export function TermHelp() {
  return (
    <details className="term-help">
      <summary>{t("condition.terms")}</summary>
      <dl>
        {terms.map(([text, id]) => (
          <div key={id}>
            <dt>
              <code>{text}</code>
            </dt>
            <dd className="dim">{t(`condition.term.${id}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="dim">{t("condition.compose")}</p>
    </details>
  );
}

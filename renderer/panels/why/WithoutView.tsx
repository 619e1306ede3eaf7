/** The proof: the recording run again without what was chosen. Badges are read off that run, never inferred. */
import { CircleCheck, CircleDashed, Scissors } from "lucide-react";
import { useWorkbench } from "../../shell/workbench.ts";
import type { WhyState } from "../../stores/why-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";

export function WithoutView({ state }: { state: WhyState }) {
  const { stores } = useWorkbench();
  const { chosen, withoutInput, counterfactual, tested, busy } = state;
  const count = chosen.size + (withoutInput ? 1 : 0);
  const isStale = tested !== null && (tested.chosen !== chosen || tested.withoutInput !== withoutInput);
  return (
    <section className="section" aria-label={t("why.without")}>
      <h3>{t("why.without")}</h3>
      <p className="dim">{count === 0 ? t("why.withoutNote") : t("why.chosen", { count })}</p>
      <div className="why-buttons">
        <Button icon={Scissors} isDisabled={count === 0 || busy === "without"} onPress={() => void stores.why.replayWithout()}>
          {t("why.replay")}
        </Button>
        <Button variant="quiet" onPress={() => stores.why.chooseAll(count === 0)}>
          {t(count === 0 ? "why.chooseAll" : "why.chooseNone")}
        </Button>
      </div>
      <div role="status" className="why-outcome" data-stale={isStale || undefined}>
        {busy === "without" && <p className="dim">{t("why.replaying")}</p>}
        {counterfactual && busy !== "without" && (
          <>
            <strong>{t(`why.outcome.${counterfactual.outcome}`, { later: counterfactual.later ?? 0 })}</strong>
            <span className="why-badges">
              <Verdict isTrue={counterfactual.necessary} yes={t("why.necessary")} no={t("why.notNecessary")} />
              {counterfactual.sufficient !== null && (
                <Verdict isTrue={counterfactual.sufficient} yes={t("why.sufficient")} no={t("why.notSufficient")} />
              )}
            </span>
            <p className="dim">
              {t("why.replayed", { synapses: counterfactual.synapses, from: counterfactual.from, until: counterfactual.until })}
              {isStale && ` ${t("why.changedChoice")}`}
            </p>
          </>
        )}
      </div>
    </section>
  );
}

function Verdict({ isTrue, yes, no }: { isTrue: boolean; yes: string; no: string }) {
  return (
    <Badge {...(isTrue ? { tone: "ok" as const } : {})}>
      {isTrue ? <CircleCheck size={12} aria-hidden /> : <CircleDashed size={12} aria-hidden />}
      {isTrue ? yes : no}
    </Badge>
  );
}

/** The answer in one sentence, its sum as a waterfall, and what the neuron passed: what it did not pass is the sentence. */
import { Check, CircleSlash, Zap } from "lucide-react";
import type { Account } from "#contracts/debug.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { WhyState } from "../../stores/why-store.ts";
import { Badge, Notice } from "../../ui/feedback.tsx";
import { formatCount, formatExact, formatSentence } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { useAreaOf } from "./area-of.ts";
import { Waterfall } from "./Waterfall.tsx";

export function AccountView({ account, state }: { account: Account; state: WhyState }) {
  const { stores } = useWorkbench();
  const areaOf = useAreaOf();
  const { fired, sentence, exact, residual, tests, blockedBy, engine, contributions, sum } = account;
  const met = tests.filter(({ passed }) => passed);
  const area = areaOf(account.neuron);
  const nameOf = (neuron: number) => `${areaOf(neuron)?.name ?? t("why.neuron")} ${formatCount(neuron)}`;
  return (
    <section className="section">
      <div className="why-head">
        <h3>
          {t("why.fromNeuron", { neuron: formatCount(account.neuron) })}
          {area && <span className="dim"> {t("why.area", { area: area.name })}</span>}
        </h3>
        <Badge {...(fired ? { tone: "accent" as const } : {})}>
          {fired ? <Zap size={11} aria-hidden /> : <CircleSlash size={11} aria-hidden />}
          {t(fired ? "why.fired" : "why.notFired")}
        </Badge>
      </div>
      <p className="why-sentence">{formatSentence(sentence)}</p>
      {!exact && (
        <Notice severity="error" title={t("why.inexact")} live>
          {t("why.residual", { sum: real(residual.sum), potential: real(residual.potential) })}
        </Notice>
      )}
      {contributions.length === 0 && blockedBy !== "input" && <p className="dim">{t("why.noContributions")}</p>}
      <Waterfall
        account={account}
        nameOf={nameOf}
        chosen={state.chosen}
        withoutInput={state.withoutInput}
        onChoose={stores.why.choose}
        onChooseInput={stores.why.chooseInput}
      />
      <dl className="facts">
        <dt>{t("why.sum")}</dt>
        <dd>{real(sum)}</dd>
        <dt>{t("why.engine")}</dt>
        <dd>
          {real(engine.firedPotential ?? engine.potential)}
          {exact && (
            <span className="why-exact">
              <Check size={12} aria-hidden /> {t("why.exact")}
            </span>
          )}
        </dd>
      </dl>
      {met.length > 0 && (
        <>
          <h4 className="why-tests-title">{t(blockedBy === null ? "why.tests" : "why.testsBefore")}</h4>
          <ol className="why-tests">
            {met.map(({ name, text }) => (
              <li key={name}>
                <Check size={13} aria-hidden />
                {formatSentence(text)}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

const real = (value: number | string) => (typeof value === "number" ? formatExact(value) : value);

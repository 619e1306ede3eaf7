/** The rules from one area to another, in order. What applying them would do is worked out while they are edited. */
import { ArrowDown, ArrowUp, Dna, Plus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { EditSummary } from "#contracts/edit.ts";
import type { CommandInput } from "../../bridge/lab-bridge.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { Pair } from "../../stores/editing-store.ts";
import { type DraftRule, draftView, newDraftRule, usedRules } from "../../stores/mapping-drafts.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { scaleText } from "../editing/scale.ts";
import { type MorphologySummary, useMorphologies } from "../editing/use-morphologies.ts";
import { RuleFields } from "./RuleFields.tsx";
import "../editing/editing.css";
import "./mapping.css";

const restMs = 350;
const none: never[] = [];

export function MappingEditor({ pair }: { pair: Pair }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const morphologies = useMorphologies();
  const mapping = useStore(stores.brain, (state) => state.mappings.find(({ src, dst }) => src === pair.src && dst === pair.dst));
  const drafts = useStore(stores.mappingDrafts, (state) => state.drafts);
  const [refusal, setRefusal] = useState<string | null>(null);
  const living = mapping?.rules ?? none;
  const { rules, isChanged, isStale } = draftView(drafts, pair, living);
  const plan = usePlan(pair, rules, isChanged);
  const set = (next: readonly DraftRule[]) => stores.mappingDrafts.getState().set(pair, next, living);
  const change = (key: number, values: Partial<DraftRule>) => set(rules.map((rule) => (rule.key === key ? { ...rule, ...values } : rule)));
  const move = (from: number, to: number) => {
    const next = [...rules];
    next.splice(to, 0, ...next.splice(from, 1));
    set(next);
  };
  const apply = () => {
    setRefusal(null);
    lab.connectome.setMapping({ ...pair, rules: usedRules(rules) as CommandInput<"connectome.setMapping">["rules"] }).then(
      () => {
        // What was set aside stays listed; the rest is the genome's now.
        if (rules.every(({ isUsed }) => isUsed)) stores.mappingDrafts.getState().drop(pair);
      },
      (error: unknown) => setRefusal(messageOf(error)),
    );
  };
  const regrow = () => lab.connectome.regrowMapping(pair).catch((error: unknown) => setRefusal(messageOf(error)));
  return (
    <>
      <div className="mapping-head">
        <p className="dim num">{t("mapping.synapses", { count: mapping?.synapses ?? 0, shown: formatCount(mapping?.synapses ?? 0) })}</p>
        <Button icon={Dna} isDisabled={!canWrite || !mapping || isChanged} tip={t("mapping.regrowTip")} onPress={regrow}>
          {t("mapping.regrow")}
        </Button>
      </div>
      {isStale && <Notice severity="warning">{t("mapping.stale")}</Notice>}
      {rules.length === 0 && <p className="dim mapping-none">{t("mapping.noRules")}</p>}
      <ol className="rule-list" aria-label={t("mapping.rules")}>
        {rules.map((rule, i) => (
          <Rule
            key={rule.key}
            rule={rule}
            place={i + 1}
            morphologies={morphologies}
            isDisabled={!canWrite}
            onChange={(values) => change(rule.key, values)}
            onRemove={() => set(rules.filter(({ key }) => key !== rule.key))}
            {...(i > 0 ? { onUp: () => move(i, i - 1) } : {})}
            {...(i < rules.length - 1 ? { onDown: () => move(i, i + 1) } : {})}
          />
        ))}
      </ol>
      <div className="mapping-foot">
        <Button
          icon={Plus}
          isDisabled={!canWrite || morphologies.length === 0}
          onPress={() => set([...rules, newDraftRule({ morphology: firstChoice(morphologies) })])}
        >
          {t("mapping.addRule")}
        </Button>
      </div>
      {isChanged && (
        <div className="mapping-plan">
          {plan.refusal !== null ? (
            <Notice severity="error" title={t("mapping.refused")} live>
              {plan.refusal}
            </Notice>
          ) : (
            <Notice severity={(plan.summary?.synapsesRemoved ?? 0) > 0 ? "warning" : "info"} title={t("mapping.dryRun")}>
              <p aria-live="polite">{plan.summary ? scaleText(plan.summary) : t("editing.planning")}</p>
            </Notice>
          )}
          {refusal && (
            <Notice severity="error" live>
              {refusal}
            </Notice>
          )}
          <div className="plan-actions">
            <Button variant="primary" isDisabled={!canWrite || plan.refusal !== null} onPress={apply}>
              {t("editing.apply")}
            </Button>
            <Button onPress={() => stores.mappingDrafts.getState().drop(pair)}>{t("mapping.discard")}</Button>
          </div>
        </div>
      )}
    </>
  );
}

const firstChoice = (morphologies: readonly MorphologySummary[]) =>
  (morphologies.find(({ id }) => id === "projector") ?? morphologies[0]!).id;

function Rule({
  rule,
  place,
  morphologies,
  isDisabled,
  onChange,
  onRemove,
  onUp,
  onDown,
}: {
  rule: DraftRule;
  place: number;
  morphologies: readonly MorphologySummary[];
  isDisabled: boolean;
  onChange: (values: Partial<DraftRule>) => void;
  onRemove: () => void;
  onUp?: () => void;
  onDown?: () => void;
}) {
  const name = t("mapping.ruleName", { place, morphology: rule.morphology });
  return (
    <li className="rule" aria-label={name} data-aside={!rule.isUsed || undefined}>
      <div className="rule-bar">
        <label className="rule-use">
          <input
            type="checkbox"
            checked={rule.isUsed}
            disabled={isDisabled}
            onChange={(event) => onChange({ isUsed: event.target.checked })}
            aria-label={t("mapping.use", { rule: name })}
          />
          <span className="num">{place}</span>
        </label>
        <strong className="rule-title">{rule.morphology}</strong>
        <span className="dim num">
          {rule.multiplier < 0 ? "⊣" : "→"} {Math.abs(rule.multiplier)}
          {rule.plastic ? ` · ${t("inspector.plastic")}` : ""}
        </span>
        <Button
          icon={ArrowUp}
          variant="quiet"
          label={t("mapping.up", { rule: name })}
          isDisabled={isDisabled || !onUp}
          {...(onUp ? { onPress: onUp } : {})}
        />
        <Button
          icon={ArrowDown}
          variant="quiet"
          label={t("mapping.down", { rule: name })}
          isDisabled={isDisabled || !onDown}
          {...(onDown ? { onPress: onDown } : {})}
        />
        <Button icon={Trash2} variant="quiet" label={t("mapping.removeRule", { rule: name })} isDisabled={isDisabled} onPress={onRemove} />
      </div>
      {!rule.isUsed && <p className="dim rule-aside">{t("mapping.aside")}</p>}
      <RuleFields rule={rule} morphologies={morphologies} isDisabled={isDisabled} onChange={onChange} />
    </li>
  );
}

/** What applying the rules would do, asked once they rest. */
function usePlan(pair: Pair, rules: readonly DraftRule[], isChanged: boolean): { summary: EditSummary | null; refusal: string | null } {
  const { lab, stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const [plan, setPlan] = useState<{ of: string; summary: EditSummary | null; refusal: string | null }>({
    of: "",
    summary: null,
    refusal: null,
  });
  const asked = JSON.stringify({ ...pair, rules: usedRules(rules) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another connectome gives another plan
  useEffect(() => {
    if (!isChanged) return;
    const timer = setTimeout(() => {
      lab.connectome.setMapping({ ...JSON.parse(asked), dryRun: true }).then(
        ({ summary }) => setPlan({ of: asked, summary, refusal: null }),
        (error: unknown) => setPlan({ of: asked, summary: null, refusal: messageOf(error) }),
      );
    }, restMs);
    return () => clearTimeout(timer);
  }, [lab, asked, isChanged, areas]);
  return plan.of === asked ? plan : { summary: null, refusal: null };
}

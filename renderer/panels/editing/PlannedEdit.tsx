/** An edit that is planned before it is made: its scale is shown, then a person applies it or lets it be. */
import { useState } from "react";
import type { EditSummary } from "#contracts/edit.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { isStructural, scaleText } from "./scale.ts";

interface Proposal {
  summary: EditSummary;
  apply(): Promise<unknown>;
}

export interface PlannedEdit {
  proposal: Proposal | null;
  /** Grows with every proposal that was let be; a key for fields that still show it. */
  refused: number;
  /** Plans an edit; one that changes values only is made at once. Rejects where plan or edit is refused. */
  propose(plan: () => Promise<{ summary: EditSummary }>, apply: () => Promise<unknown>): Promise<unknown>;
  settle(isApplied: boolean): void;
}

export function usePlannedEdit(): PlannedEdit {
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [refused, setRefused] = useState(0);
  return {
    proposal,
    refused,
    async propose(plan, apply) {
      setProposal(null);
      const { summary } = await plan();
      if (!isStructural(summary)) return apply();
      setProposal({ summary, apply });
      return undefined;
    },
    settle(isApplied) {
      setProposal(null);
      if (!isApplied) setRefused((count) => count + 1);
    },
  };
}

/** The scale of what was proposed, with the two ways to go on. */
export function PlanNotice({ edit: { proposal, settle } }: { edit: PlannedEdit }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  if (!proposal) return null;
  const { summary, apply } = proposal;
  const run = async () => {
    setPending(true);
    setRefusal(null);
    try {
      await apply();
      settle(true);
    } catch (error) {
      setRefusal(messageOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <Notice severity={summary.neuronsRemoved + summary.synapsesRemoved > 0 ? "warning" : "info"} title={t("editing.planTitle")} live>
      <p>{scaleText(summary)}</p>
      <p className="dim">{t("editing.canUndo")}</p>
      {refusal && <p className="plan-refusal">{refusal}</p>}
      <div className="plan-actions">
        <Button variant="primary" isPending={isPending} onPress={run}>
          {t("editing.apply")}
        </Button>
        <Button onPress={() => settle(false)}>{t("editing.letBe")}</Button>
      </div>
    </Notice>
  );
}

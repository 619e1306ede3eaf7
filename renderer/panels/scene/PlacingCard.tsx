/** The numbers of the area that is being moved or resized, whom it would run into, and what it would cost; Enter applies, Esc takes it back. */
import { Check, X } from "lucide-react";
import { useStore } from "zustand";
import { isChanged, newOverlaps } from "../../scene/drafts.ts";
import { useAttempt, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { NumberTriple } from "../../ui/NumberField.tsx";

export function PlacingCard() {
  const { stores } = useWorkbench();
  const { draft, plan, refusal } = useStore(stores.placing.store);
  const areas = useStore(stores.brain, (state) => state.areas);
  const attempt = useAttempt();
  const area = areas.find(({ id }) => id === draft?.area);
  if (!draft || !area) return null;
  const { change, apply, cancel } = stores.placing;
  const overlaps = newOverlaps(draft, areas);
  return (
    <section
      className="placing-card"
      aria-label={t("placing.title", { name: area.name })}
      onKeyDown={(event) => {
        if (event.key === "Escape") cancel();
      }}
    >
      <h3>{t("placing.title", { name: area.name })}</h3>
      <NumberTriple label={t("placing.position")} value={draft.position} onCommit={(position) => change({ ...draft, position })} />
      <NumberTriple
        label={t("placing.dimensions")}
        value={draft.dimensions}
        minValue={1}
        onCommit={(dimensions) => change({ ...draft, dimensions })}
      />
      {overlaps.length > 0 && (
        <Notice severity="warning">{t("placing.overlap", { names: overlaps.map(({ name }) => name).join(", ") })}</Notice>
      )}
      {refusal !== null && <Notice severity="error">{refusal}</Notice>}
      {plan && (
        <p className="num dim">
          {t("placing.plan", {
            added: plan.neuronsAdded,
            removed: plan.neuronsRemoved,
            synapsesAdded: plan.synapsesAdded,
            synapsesRemoved: plan.synapsesRemoved,
          })}
        </p>
      )}
      <div className="scene-options-row">
        <Button
          icon={Check}
          variant="primary"
          shortcut="Enter"
          isDisabled={!isChanged(draft, area) || refusal !== null}
          onPress={() => attempt(apply())}
        >
          {t("placing.apply")}
        </Button>
        <Button icon={X} shortcut="Esc" onPress={cancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </section>
  );
}

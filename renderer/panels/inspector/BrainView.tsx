/** With nothing selected: the brain itself, and how to select. */
import { MousePointerClick } from "lucide-react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useWorkbench } from "../../shell/workbench.ts";
import { brainTitle } from "../../ui/brain-title.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export function BrainView() {
  const { stores } = useWorkbench();
  // The burst is not among these: what is shown here changes with the brain only.
  const status = useStore(
    stores.brain,
    useShallow(({ status }) => {
      if (!status || status.areas === 0) return null;
      const { title, genomePath, areas, neurons, synapses, dynamics } = status;
      return { title, genomePath, areas, neurons, synapses, dynamics };
    }),
  );
  if (!status) return <EmptyState icon={MousePointerClick}>{t("inspector.noBrain")}</EmptyState>;
  return (
    <>
      <section className="section">
        <h2 className="view-title">{brainTitle(status)}</h2>
        <dl className="facts">
          <dt>{t("inspector.areas")}</dt>
          <dd>{formatCount(status.areas)}</dd>
          <dt>{t("inspector.neurons")}</dt>
          <dd>{formatCount(status.neurons)}</dd>
          <dt>{t("inspector.synapses")}</dt>
          <dd>{formatCount(status.synapses)}</dd>
          <dt>{t("inspector.dynamics")}</dt>
          <dd>{status.dynamics}</dd>
        </dl>
        {status.genomePath && (
          <p className="inspector-file dim">
            {t("inspector.file")} <code>{status.genomePath}</code>
          </p>
        )}
      </section>
      <EmptyState icon={MousePointerClick}>{t("inspector.selectHint")}</EmptyState>
    </>
  );
}

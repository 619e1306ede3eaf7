/** Mappings that learn: each with its weights, and one of them with its curve over recorded bursts and how its weights are spread now. */
import { Snowflake, TrendingUp } from "lucide-react";
import { useRef } from "react";
import { useStore } from "zustand";
import type { LearningMapping } from "#contracts/commands/learning.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { MappingView } from "./MappingView.tsx";
import "./learning.css";

export function Learning() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const { mappings, problem } = useStore(stores.learning.store);
  useWhileShown(panel, stores.learning.watch);
  const shown = stores.learning.shown();
  return (
    <div ref={panel} className="panel learning">
      {!hasBrain && <EmptyState icon={TrendingUp}>{t("learning.noBrain")}</EmptyState>}
      {hasBrain && problem !== null && <Notice severity="warning">{problem}</Notice>}
      {hasBrain && mappings === null && problem === null && <EmptyState icon={TrendingUp}>{t("learning.loading")}</EmptyState>}
      {hasBrain && mappings?.length === 0 && <EmptyState icon={TrendingUp}>{t("learning.none")}</EmptyState>}
      {hasBrain && mappings && shown && (
        <div className="learning-parts">
          <ul className="learning-list" aria-label={t("learning.list")}>
            {mappings.map((mapping) => (
              <Row key={`${mapping.src} ${mapping.dst}`} mapping={mapping} isShown={mapping === shown} />
            ))}
          </ul>
          <MappingView key={`${shown.src} ${shown.dst}`} mapping={shown} mappings={mappings} />
        </div>
      )}
    </div>
  );
}

function Row({ mapping, isShown }: { mapping: LearningMapping; isShown: boolean }) {
  const { stores } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const [src, dst] = [mapping.src, mapping.dst].map((id) => areaById.get(id)?.name ?? id) as [string, string];
  return (
    <li>
      <button
        type="button"
        className="learning-row"
        aria-label={t("learning.choose", { src, dst })}
        aria-current={isShown}
        onClick={() => stores.learning.choose({ src: mapping.src, dst: mapping.dst })}
      >
        <span className="learning-pair">
          {src} → {dst}
        </span>
        <span className="dim num">
          {t(`learning.mode.${mapping.mode}`)} · {t("learning.count", { count: mapping.synapses })}
          {mapping.weight && ` · ${t("learning.meanIs", { mean: formatFigure(mapping.weight.mean) })}`}
        </span>
        {mapping.frozen && (
          <Badge>
            <Snowflake size={11} aria-hidden /> {t("learning.frozen")}
          </Badge>
        )}
      </button>
    </li>
  );
}

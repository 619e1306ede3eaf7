/** One memory: its life, what it remembers, its synapses, and what can be done with it. */
import { ArrowLeft, Boxes, CalendarClock, Split, Trash2 } from "lucide-react";
import { whyMemory } from "../../shell/commands/memory.ts";
import { scheduleMemory } from "../../shell/commands/schedules.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { Memory } from "../../stores/memory-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge } from "../../ui/feedback.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NeuronLink } from "../why/NeuronLink.tsx";
import { Pattern } from "./Pattern.tsx";

/** Memory neurons have ids from here on. */
const firstMemory = 50_000_000;

export function MemoryView({ memory }: { memory: Memory }) {
  const workbench = useWorkbench();
  const { stores, scene } = workbench;
  const canWrite = useCanWrite();
  return (
    <section className="memory-view" aria-label={t("memory.name", { id: memory.id })}>
      <header className="memory-title">
        <Button icon={ArrowLeft} label={t("memory.back")} variant="quiet" onPress={() => stores.memories.choose(null)} />
        <h3 className="num">{t("memory.name", { id: memory.id })}</h3>
        {memory.longTerm && <Badge tone="accent">{t("memory.longTerm")}</Badge>}
        <span className="memory-actions">
          <Button icon={Split} tip={t("memory.whyTip")} onPress={() => void whyMemory(workbench)}>
            {t("memory.why")}
          </Button>
          <Button
            icon={CalendarClock}
            label={t("memory.schedule")}
            variant="quiet"
            isDisabled={!canWrite || memory.frames.length === 0}
            onPress={() => scheduleMemory(workbench)}
          />
          <Button
            icon={Boxes}
            label={t("memory.showArea")}
            variant="quiet"
            onPress={() => {
              stores.selection.getState().selectArea(memory.area);
              scene.frame("selection");
            }}
          />
          <Button
            icon={Trash2}
            label={t("memory.forget")}
            variant="quiet"
            isDisabled={!canWrite}
            onPress={() => stores.memories.ask([memory.id])}
          />
        </span>
      </header>
      <div className="memory-about">
        <Pattern memory={memory} />
        <dl className="facts">
          <dt>{t("memory.born")}</dt>
          <dd>{formatCount(memory.created)}</dd>
          <dt>{t("memory.lastMet")}</dt>
          <dd>{formatCount(memory.lastSeen)}</dd>
          <dt>{t("memory.timesMet")}</dt>
          <dd>{formatCount(memory.activations)}</dd>
          <dt>{t("memory.life")}</dt>
          <dd>{memory.longTerm ? t("memory.longTerm") : t("inspector.bursts", { count: memory.lifespan })}</dd>
          <dt>{t("memory.patternCode")}</dt>
          <dd>
            <code>{memory.pattern}</code>
          </dd>
        </dl>
      </div>
      {memory.links.length > 0 && (
        <>
          <h4>{t("memory.links")}</h4>
          <ul className="memory-links" aria-label={t("memory.links")}>
            {memory.links.map(({ direction, slot, other, weight, associative }) => (
              <li key={`${direction} ${slot}`}>
                <span className="dim">{t(direction === "in" ? "inspector.from" : "inspector.to")}</span>
                {other >= firstMemory ? (
                  <button type="button" className="area-link num" onClick={() => stores.memories.choose(other)}>
                    {t("memory.name", { id: other })}
                  </button>
                ) : (
                  <NeuronLink neuron={other} />
                )}
                <span className="num">{t("memory.weight", { weight: formatFigure(weight) })}</span>
                {associative && <span className="dim">{t("learning.associative")}</span>}
              </li>
            ))}
          </ul>
          {memory.synapses > memory.links.length && (
            <p className="dim">{t("memory.linksShown", { shown: memory.links.length, count: memory.synapses })}</p>
          )}
        </>
      )}
    </section>
  );
}

/** What memory areas remember: the memories of one area as a table, and beside it one memory with its pattern, or the area as a whole. */
import { BrainCircuit, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useStore } from "zustand";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { MemoryArea } from "../../stores/memory-store.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { AreaSummary } from "./AreaSummary.tsx";
import { MemoryTable } from "./MemoryTable.tsx";
import { MemoryView } from "./MemoryView.tsx";
import "./memory.css";

export function Memory() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const { areas, area, problem } = useStore(stores.memories.store);
  useWhileShown(panel, stores.memories.watch);
  const shown = areas?.find((one) => one.area === area);
  return (
    <div ref={panel} className="panel memory">
      {!hasBrain && <EmptyState icon={BrainCircuit}>{t("memory.noBrain")}</EmptyState>}
      {hasBrain && problem !== null && <Notice severity="warning">{problem}</Notice>}
      {hasBrain && areas === null && problem === null && <EmptyState icon={BrainCircuit}>{t("memory.loading")}</EmptyState>}
      {hasBrain && areas?.length === 0 && <EmptyState icon={BrainCircuit}>{t("memory.noArea")}</EmptyState>}
      {hasBrain && areas && shown && <Area areas={areas} area={shown} />}
    </div>
  );
}

function Area({ areas, area }: { areas: readonly MemoryArea[]; area: MemoryArea }) {
  const { stores } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const { statistics, memory, marked, forgetting } = useStore(stores.memories.store);
  const figures = statistics?.areas.find((one) => one.area === area.area);
  return (
    <>
      <div className="memory-parts">
        <div className="memory-list">
          <header className="memory-head">
            <Select
              label={t("memory.area")}
              hideLabel
              value={area.area}
              onChange={stores.memories.chooseArea}
              choices={areas.map((one) => ({ id: one.area, label: one.name }))}
            />
            {figures?.formationOff && <Badge tone="warning">{t("memory.formation")}</Badge>}
            {marked.size > 0 && (
              <Button icon={Trash2} isDisabled={!canWrite} onPress={() => stores.memories.ask([...marked])}>
                {t("memory.forgetMarked", { count: marked.size })}
              </Button>
            )}
          </header>
          <MemoryTable area={area} figures={figures} />
        </div>
        <div className="memory-side">{memory ? <MemoryView memory={memory} /> : <AreaSummary area={area} figures={figures} />}</div>
      </div>
      <ConfirmDialog
        title={t("memory.forgetTitle", { count: forgetting.length })}
        action={t("memory.forgetAction")}
        isOpen={forgetting.length > 0}
        onClose={() => stores.memories.ask([])}
        onConfirm={() => attempt(stores.memories.forget())}
      >
        <p>{t("memory.forgetLoses", { count: forgetting.length })}</p>
      </ConfirmDialog>
    </>
  );
}

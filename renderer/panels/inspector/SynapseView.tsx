/** The synapses from one neuron to another: what they carry, and the weight of the first of them to be set by hand. */
import { Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { SynapseRow } from "#contracts/commands/connectome/neurons.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { SynapseEnds } from "../../stores/editing-store.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { formatCount, formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { useAreaOf } from "../why/area-of.ts";

export function SynapseView({ source, target }: SynapseEnds) {
  const { lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const [rows, refusal] = useSynapses(source, target);
  const areaOf = useAreaOf();
  const named = (neuron: number) => `${areaOf(neuron)?.name ?? ""} ${formatCount(neuron)}`.trim();
  if (refusal !== null) return <Notice severity="warning">{refusal}</Notice>;
  if (rows === null) return null;
  const [first, ...others] = rows;
  if (!first) return <EmptyState>{t("synapse.gone")}</EmptyState>;
  return (
    <section className="section" aria-label={t("synapse.title")}>
      <div className="view-head">
        <h2 className="view-title num">
          {named(source)} {first.inhibitory ? "⊣" : "→"} {named(target)}
        </h2>
        <Button
          icon={Trash2}
          variant="quiet"
          label={t("synapse.remove")}
          isDisabled={!canWrite}
          onPress={() => attempt(lab.connectome.removeSynapses({ synapses: [{ source, target }] }))}
        />
      </div>
      <p className="dim view-sub">
        {t(first.inhibitory ? "inspector.inhibitory" : "inspector.excitatory")}
        {others.length > 0 && ` · ${t("synapse.others", { count: others.length })}`}
      </p>
      <NumberField
        label={t("inspector.columnWeight")}
        value={first.weight}
        minValue={0}
        isDisabled={!canWrite}
        hint={t("hint.weight")}
        onCommit={(weight) => lab.connectome.updateSynapses({ synapses: [{ source, target, weight }] })}
      />
      <dl className="facts synapse-facts">
        <dt>{t("inspector.columnPsp")}</dt>
        <dd>{formatExact(first.psp)}</dd>
        <dt>{t("inspector.columnDelay")}</dt>
        <dd>{t("inspector.bursts", { count: first.delay })}</dd>
      </dl>
      <p className="dim">{t("inspector.ownParametersNote")}</p>
    </section>
  );
}

/** Read again with every burst at rest and every edit. */
function useSynapses(source: number, target: number): [readonly SynapseRow[] | null, string | null] {
  const { lab, stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const burst = useStore(stores.brain, ({ status }) => (status?.state === "running" ? -1 : (status?.burst ?? 0)));
  const canUndo = useStore(stores.brain, ({ status }) => status?.canUndo);
  const [rows, setRows] = useState<readonly SynapseRow[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the last three say when to read again
  useEffect(() => {
    let current = true;
    lab.connectome.getSynapses({ source, target }).then(
      ({ synapses }) => {
        if (!current) return;
        setRows(synapses);
        setRefusal(null);
      },
      (error: unknown) => current && setRefusal(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [lab, source, target, areas, burst, canUndo]);
  return [rows, refusal];
}

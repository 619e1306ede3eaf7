/** A synapse made by hand: from the shown neuron to another, which is named as in the palette. */
import { Waypoints } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { NeuronState } from "#contracts/commands/connectome/neurons.ts";
import { neuronNamed } from "../../shell/palette-search.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Select, TextField } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { PlanText, usePlan } from "../editing/EditForm.tsx";

export function ConnectNeuron({ state }: { state: NeuronState }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const areas = useStore(stores.brain, (brain) => brain.areas);
  const [to, setTo] = useState("");
  const [weight, setWeight] = useState(1);
  const [psp, setPsp] = useState(() => areas.find(({ id }) => id === state.area)?.parameters.postsynapticCurrent ?? 1);
  const [kind, setKind] = useState<"excitatory" | "inhibitory">("excitatory");
  const [delay, setDelay] = useState(1);
  const found = neuronNamed(to, areas);
  const target = found?.neuron ?? null;
  const synapses = target === null ? [] : [{ source: state.id, target, weight, psp, inhibitory: kind === "inhibitory", delay }];
  const plan = usePlan(
    target === null || !canWrite ? null : () => lab.connectome.createSynapses({ synapses, dryRun: true }),
    JSON.stringify(synapses),
  );
  const connect = async () => {
    await lab.connectome.createSynapses({ synapses });
    setTo("");
  };
  return (
    <section className="section" aria-label={t("connect.title")}>
      <h3>{t("connect.title")}</h3>
      <form
        className="connect-neuron"
        onSubmit={(event) => {
          event.preventDefault();
          if (plan.summary !== null) attempt(connect());
        }}
      >
        <TextField
          label={t("connect.to")}
          value={to}
          onChange={setTo}
          placeholder={t("connect.toHint")}
          stacked={false}
          problem={to.trim() !== "" && target === null ? t("connect.nobody") : null}
        />
        <Select
          label={t("connect.kind")}
          value={kind}
          onChange={setKind}
          choices={(["excitatory", "inhibitory"] as const).map((id) => ({ id, label: t(`inspector.${id}`) }))}
        />
        <NumberField label={t("inspector.columnWeight")} value={weight} minValue={0} hint={t("hint.weight")} onCommit={setWeight} />
        <NumberField label={t("parameter.postsynapticCurrent")} value={psp} hint={t("hint.postsynapticCurrent")} onCommit={setPsp} />
        <NumberField
          label={t("inspector.columnDelay")}
          value={delay}
          {...{ minValue: 1, maxValue: 255, integer: true }}
          unit={t("unit.bursts")}
          onCommit={setDelay}
        />
        {found && target !== null && (
          <>
            <p className="num">{t("connect.target", { name: found.area.name, voxel: found.voxel.join(", "), id: formatCount(target) })}</p>
            {canWrite && <PlanText plan={plan} />}
          </>
        )}
        <Button icon={Waypoints} type="submit" isDisabled={!canWrite || plan.summary === null}>
          {t("connect.make")}
        </Button>
      </form>
    </section>
  );
}

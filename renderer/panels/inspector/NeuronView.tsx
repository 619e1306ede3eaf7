/** One neuron: what it does now, its own parameters, and its first synapses. */
import { Split, Trash2 } from "lucide-react";
import type { NeuronParameters, NeuronState } from "#contracts/commands/connectome/neurons.ts";
import { askWhy } from "../../shell/commands/debugging.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge, Notice } from "../../ui/feedback.tsx";
import { Switch } from "../../ui/fields.tsx";
import { formatCount, formatExact, formatFigure } from "../../ui/format.ts";
import { type MessageId, t } from "../../ui/messages.ts";
import { NumberField, type NumberLimits } from "../../ui/NumberField.tsx";
import { PlanNotice, usePlannedEdit } from "../editing/PlannedEdit.tsx";
import { NeuronLink } from "../why/NeuronLink.tsx";
import { ConnectNeuron } from "./ConnectNeuron.tsx";
import { useNeuron } from "./use-neuron.ts";

type NumberKey = Exclude<keyof NeuronParameters, "accumulates">;
type Parameter = NumberLimits & { key: NumberKey; name: (typeof parameters)[number]["name"]; unit?: MessageId };
const bursts = { minValue: 0, maxValue: 65535, integer: true, unit: "unit.bursts" } as const;
/** What the engine holds for "no limit"; people write and read 0. */
const noLimits: { [key in NumberKey]?: number } = { thresholdLimit: Math.fround(3.4028235e38), consecutiveFireLimit: 65535 };
/** Each with the parameter of areas that it is one neuron's share of. */
const parameters = [
  { key: "threshold", name: "firingThreshold" },
  { key: "thresholdLimit", name: "firingThresholdLimit", minValue: 0 },
  { key: "leak", name: "leak", minValue: 0, maxValue: 1, step: 0.01 },
  { key: "refractoryPeriod", name: "refractoryPeriod", ...bursts },
  { key: "consecutiveFireLimit", name: "consecutiveFireLimit", ...bursts },
  { key: "snoozePeriod", name: "snoozePeriod", ...bursts },
] as const;

export function NeuronView({ neuron }: { neuron: number }) {
  const [state, refusal] = useNeuron(neuron);
  return (
    <>
      {refusal !== null && <Notice severity="warning">{refusal}</Notice>}
      {state && <Neuron key={state.id} state={state} />}
    </>
  );
}

function Neuron({ state }: { state: NeuronState }) {
  const workbench = useWorkbench();
  const { lab, stores } = workbench;
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const planned = usePlannedEdit();
  const reach = state.threshold > 0 ? Math.max(0, Math.min(1, state.membranePotential / state.threshold)) : 0;
  const edit = (values: NeuronParameters) => lab.connectome.updateNeurons({ neurons: [state.id], parameters: values });
  const remove = { neurons: [state.id] };
  return (
    <>
      <section className="section" aria-label={t("inspector.neuronState")}>
        <div className="neuron-head">
          <h2>{t("inspector.neuron", { id: formatCount(state.id) })}</h2>
          {state.fired && <Badge tone="accent">{t("inspector.fired")}</Badge>}
          <Button icon={Split} tip={t("inspector.whyTip")} shortcut="W" onPress={() => askWhy(workbench)}>
            {t("inspector.why")}
          </Button>
          <Button
            icon={Trash2}
            variant="quiet"
            label={t("inspector.removeNeuron")}
            isDisabled={!canWrite}
            onPress={() =>
              attempt(
                planned.propose(
                  () => lab.connectome.removeNeurons({ ...remove, dryRun: true }),
                  () => lab.connectome.removeNeurons(remove),
                ),
              )
            }
          />
        </div>
        <PlanNotice edit={planned} />
        {/* biome-ignore lint/a11y/useSemanticElements: the native meter cannot carry the activity ramp */}
        <div
          className="potential"
          role="meter"
          aria-label={t("inspector.potential")}
          aria-valuemin={0}
          aria-valuemax={1}
          aria-valuenow={reach}
        >
          <span style={{ width: `${reach * 100}%` }} />
        </div>
        <dl className="facts">
          <dt>{t("inspector.potential")}</dt>
          <dd>{formatExact(state.membranePotential)}</dd>
          <dt>{t("inspector.countdown")}</dt>
          <dd>{t("inspector.bursts", { count: state.refractoryCountdown })}</dd>
          <dt>{t("inspector.consecutive")}</dt>
          <dd>{formatCount(state.consecutiveFires)}</dd>
          <dt>{t("inspector.incoming")}</dt>
          <dd>{formatCount(state.incoming)}</dd>
          <dt>{t("inspector.outgoing")}</dt>
          <dd>{formatCount(state.outgoing)}</dd>
        </dl>
      </section>
      <section className="section" aria-label={t("inspector.ownParameters")}>
        <h3>{t("inspector.ownParameters")}</h3>
        <p className="dim region-note">{t("inspector.ownParametersNote")}</p>
        {parameters.map(({ key, name, ...limits }: Parameter) => (
          <NumberField
            key={key}
            label={t(`parameter.${name}`)}
            value={state[key] === noLimits[key] ? 0 : state[key]}
            isDisabled={!canWrite}
            hint={t(`hint.${name}`)}
            onCommit={(value) => edit({ [key]: value === 0 ? (noLimits[key] ?? 0) : value })}
            {...limits}
            {...(limits.unit && { unit: t(limits.unit) })}
          />
        ))}
        <NumberField
          label={t("parameter.excitability")}
          value={Math.fround(state.excitability * 100)}
          {...{ minValue: 0, maxValue: 100 }}
          unit={t("unit.percent")}
          isDisabled={!canWrite}
          hint={t("hint.excitability")}
          onCommit={(value) => edit({ excitability: value / 100 })}
        />
        <Switch
          label={t("parameter.mpChargeAccumulation")}
          value={state.accumulates}
          isDisabled={!canWrite}
          hint={t("hint.mpChargeAccumulation")}
          onCommit={(accumulates) => edit({ accumulates })}
        />
      </section>
      <ConnectNeuron state={state} />
      <Synapses state={state} choose={(synapse) => stores.editing.getState().choose({ synapse })} />
    </>
  );
}

function Synapses({ state, choose }: { state: NeuronState; choose: (ends: { source: number; target: number }) => void }) {
  if (state.synapses.length === 0) return null;
  return (
    <section className="section" aria-label={t("inspector.synapseList")}>
      <h3>{t("inspector.synapseList")}</h3>
      <p className="dim region-note">
        {t("inspector.synapsesShown", { count: state.synapses.length, all: state.incoming + state.outgoing })}
      </p>
      <table className="data-table synapse-table" aria-label={t("inspector.synapseList")}>
        <thead>
          <tr>
            <th scope="col">{t("inspector.columnNeuron")}</th>
            <th scope="col">{t("inspector.columnWeight")}</th>
            <th scope="col">{t("inspector.columnPsp")}</th>
            <th scope="col">{t("inspector.columnDelayBursts")}</th>
          </tr>
        </thead>
        <tbody>
          {state.synapses.map((synapse, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are replaced whole
            <tr key={i}>
              <td>
                {t(synapse.direction === "in" ? "inspector.from" : "inspector.to")} <NeuronLink neuron={synapse.neuron} />
              </td>
              <td>
                <button
                  type="button"
                  className="link num"
                  aria-label={t("inspector.openSynapse", { neuron: synapse.neuron, weight: formatFigure(synapse.weight) })}
                  onClick={() =>
                    choose(
                      synapse.direction === "in"
                        ? { source: synapse.neuron, target: state.id }
                        : { source: state.id, target: synapse.neuron },
                    )
                  }
                >
                  {formatFigure(synapse.weight)}
                  <abbr title={t(synapse.inhibitory ? "inspector.inhibitory" : "inspector.excitatory")}>
                    {synapse.inhibitory ? " ⊣" : " →"}
                  </abbr>
                </button>
              </td>
              <td>{formatFigure(synapse.psp)}</td>
              <td>{synapse.delay}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

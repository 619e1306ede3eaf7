/** One voxel and the neuron in it. While the brain runs the state is read twice a second; at rest once per burst. */
import { Split } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { NeuronState } from "#contracts/commands/connectome/neurons.ts";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { neuronOfVoxel, voxelOfNeuron } from "../../scene/placement.ts";
import { askWhy } from "../../shell/commands/debugging.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Badge, Notice } from "../../ui/feedback.tsx";
import { formatCount, formatExact, formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

const readMs = 500;
const mostListed = 64;

export function VoxelView({ area, voxel, neuron }: { area: CorticalArea; voxel: Vec3; neuron: number | null }) {
  const { stores } = useWorkbench();
  const first = neuronOfVoxel(area, voxel);
  const shown = neuron ?? first;
  const [state, refusal] = useNeuron(shown);
  return (
    <section className="section" aria-label={t("inspector.voxel")}>
      <h3>{t("inspector.voxel")}</h3>
      <p className="num voxel-at">
        {area.name} · {voxel.join(", ")}
      </p>
      {first !== null && area.neuronsPerVoxel > 1 && (
        <fieldset className="voxel-neurons" aria-label={t("inspector.neuronsHere")}>
          {neuronsFrom(first, Math.min(area.neuronsPerVoxel, mostListed)).map((id) => (
            <button
              key={id}
              type="button"
              className="chip num"
              aria-pressed={shown === id}
              onClick={() => stores.selection.getState().selectVoxel(area.id, voxel, id)}
            >
              {formatCount(id)}
            </button>
          ))}
        </fieldset>
      )}
      {refusal !== null && <Notice severity="warning">{refusal}</Notice>}
      {state && <Neuron state={state} />}
    </section>
  );
}

function Neuron({ state }: { state: NeuronState }) {
  const workbench = useWorkbench();
  const { stores } = workbench;
  const areas = useStore(stores.brain, (brain) => brain.areas);
  const reach = state.threshold > 0 ? Math.max(0, Math.min(1, state.membranePotential / state.threshold)) : 0;
  const goTo = (id: number) => {
    const area = areas.find((candidate) => id >= candidate.firstNeuron && id < candidate.firstNeuron + candidate.neurons);
    const voxel = area && voxelOfNeuron(area, id);
    if (area && voxel) stores.selection.getState().selectVoxel(area.id, voxel, id);
  };
  return (
    <>
      <div className="neuron-head">
        <h2>{t("inspector.neuron", { id: formatCount(state.id) })}</h2>
        {state.fired && <Badge tone="accent">{t("inspector.fired")}</Badge>}
        <Button icon={Split} tip={t("inspector.whyTip")} shortcut="W" onPress={() => askWhy(workbench)}>
          {t("inspector.why")}
        </Button>
      </div>
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
        <dt>{t("parameter.firingThreshold")}</dt>
        <dd>{formatExact(state.threshold)}</dd>
        <dt>{t("inspector.countdown")}</dt>
        <dd>{t("inspector.bursts", { count: state.refractoryCountdown })}</dd>
        <dt>{t("inspector.consecutive")}</dt>
        <dd>{formatCount(state.consecutiveFires)}</dd>
        <dt>{t("inspector.incoming")}</dt>
        <dd>{formatCount(state.incoming)}</dd>
        <dt>{t("inspector.outgoing")}</dt>
        <dd>{formatCount(state.outgoing)}</dd>
      </dl>
      {state.synapses.length > 0 && (
        <table className="data-table synapse-table" aria-label={t("inspector.synapseList")}>
          <thead>
            <tr>
              <th scope="col">{t("inspector.columnNeuron")}</th>
              <th scope="col">{t("inspector.columnWeight")}</th>
              <th scope="col">{t("inspector.columnPsp")}</th>
              <th scope="col">{t("inspector.columnDelay")}</th>
            </tr>
          </thead>
          <tbody>
            {state.synapses.map((synapse, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are replaced whole
              <tr key={i}>
                <td>
                  <button type="button" className="chip num" onClick={() => goTo(synapse.neuron)}>
                    {t(synapse.direction === "in" ? "inspector.from" : "inspector.to")} {formatCount(synapse.neuron)}
                  </button>
                </td>
                <td>
                  {formatFigure(synapse.weight)}
                  <abbr title={t(synapse.inhibitory ? "inspector.inhibitory" : "inspector.excitatory")}>
                    {synapse.inhibitory ? " ⊣" : " →"}
                  </abbr>
                </td>
                <td>{formatFigure(synapse.psp)}</td>
                <td>{synapse.delay}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function neuronsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => first + k);
}

function useNeuron(id: number | null): [NeuronState | null, string | null] {
  const { lab, stores } = useWorkbench();
  const running = useStore(stores.brain, (state) => state.status?.state === "running");
  // At rest a step or an edit changes what there is to read; while running the clock below does.
  const restingAt = useStore(stores.brain, ({ status, areas }) =>
    status?.state === "running" ? areas : `${status?.generation} ${status?.burst}`,
  );
  const connected = useStore(stores.connection, (state) => state.phase === "open");
  const [state, setState] = useState<NeuronState | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: restingAt says when to read again
  useEffect(() => {
    if (id === null || !connected) return;
    let current = true;
    let reading = false;
    const read = () => {
      if (reading) return;
      reading = true;
      lab.connectome
        .getNeuron({ id })
        .then(
          (next) => {
            if (!current) return;
            setState(next);
            setRefusal(null);
          },
          (error: unknown) => current && setRefusal(messageOf(error)),
        )
        .finally(() => {
          reading = false;
        });
    };
    read();
    const timer = running ? setInterval(read, readMs) : undefined;
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [lab, id, running, connected, restingAt]);
  return [state?.id === id ? state : null, refusal];
}

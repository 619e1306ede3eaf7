/**
 * Membrane potential and spikes of probed neurons, and weights of probed synapses, over the newest recorded bursts: one below the other,
 * or the potentials in one picture.
 */
import { Activity, Crosshair, Trash2 } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Condition } from "#contracts/conditions.ts";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { keyOf, type Probe, tracedBursts } from "../../stores/traces-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Switch, TextField } from "../../ui/fields.tsx";
import { formatCount, formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { overlaid } from "../../ui/plot/plot-data.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";
import { useAreaOf } from "../why/area-of.ts";
import { NeuronLink } from "../why/NeuronLink.tsx";
import "./trace.css";

const plotHeight = 130;
const overlayHeight = 190;

export function Trace() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const neuron = useStore(stores.selection, (selection) => selection.neuron);
  const { probes, problems, isOverlaid } = useStore(stores.traces.store);
  const neurons = probes.filter(({ kind }) => kind === "neuron");
  useWhileShown(panel, stores.traces.watch);
  const probeSelected = neuron !== null && (
    <Button icon={Crosshair} variant="primary" onPress={() => stores.traces.add({ kind: "neuron", id: neuron })}>
      {t("trace.probe", { neuron })}
    </Button>
  );
  return (
    <div ref={panel} className="panel trace">
      {!hasBrain && <EmptyState icon={Activity}>{t("trace.noBrain")}</EmptyState>}
      {hasBrain && (
        <div className="trace-tools">
          <AddProbe />
          {probeSelected}
          {neurons.length > 1 && (
            <Switch
              label={t("trace.overlay")}
              value={isOverlaid}
              onCommit={(value) => stores.traces.store.setState({ isOverlaid: value })}
            />
          )}
        </div>
      )}
      {hasBrain && probes.length === 0 && <EmptyState icon={Activity}>{t("trace.none", { bursts: tracedBursts })}</EmptyState>}
      {hasBrain && isOverlaid && neurons.length > 1 && <Overlay key={neurons.map(keyOf).join()} neurons={neurons} />}
      {hasBrain && (
        <ul className="trace-list" aria-label={t("trace.list")}>
          {probes.map((probe) => (
            <ProbeRow
              key={keyOf(probe)}
              probe={probe}
              problem={problems.get(keyOf(probe)) ?? null}
              isPlotted={!isOverlaid || probe.kind !== "neuron" || neurons.length < 2}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** `N#12`, or `S#3` for a synapse; a bare number is a neuron. */
function probeOf(text: string): Probe | null {
  const found = /^(?:([ns])#)?(\d+)$/i.exec(text.trim());
  if (!found) return null;
  return { kind: found[1]?.toLowerCase() === "s" ? "synapse" : "neuron", id: Number(found[2]) };
}

function AddProbe() {
  const { stores } = useWorkbench();
  const [text, setText] = useState("");
  const probe = probeOf(text);
  return (
    <form
      className="trace-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (probe === null) return;
        stores.traces.add(probe);
        setText("");
      }}
    >
      <TextField label={t("trace.which")} value={text} onChange={setText} placeholder="N#4812" stacked={false} />
      <Button icon={Crosshair} type="submit" isDisabled={probe === null}>
        {t("trace.add")}
      </Button>
    </form>
  );
}

/** The potentials of all probed neurons on one scale. */
function Overlay({ neurons }: { neurons: readonly Probe[] }) {
  const { stores } = useWorkbench();
  const areaOf = useAreaOf();
  const burst = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew with its key, where other neurons are probed
  const data = useMemo(() => overlaid(neurons.map(stores.traces.rowsOf)), [stores]);
  return (
    <Plot
      label={t("trace.overlayOf", { count: neurons.length })}
      data={data}
      x={{ label: t("unit.burst") }}
      y={{ label: t("trace.potentialAxis") }}
      series={neurons.map(({ id }, look) => ({ label: t("trace.neuron", { id, area: areaOf(id)?.name ?? "" }), look }))}
      mark={cursor ?? burst}
      onPick={(at) => stores.timeline.seek(at)}
      height={overlayHeight}
      empty={t("trace.noBurst")}
    />
  );
}

function ProbeRow({ probe, problem, isPlotted }: { probe: Probe; problem: string | null; isPlotted: boolean }) {
  const { stores } = useWorkbench();
  const areaOf = useAreaOf();
  const burst = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const isNeuron = probe.kind === "neuron";
  const name = isNeuron ? t("trace.neuron", { id: probe.id, area: areaOf(probe.id)?.name ?? "" }) : t("trace.synapse", { id: probe.id });
  return (
    <li className="trace-row">
      <div className="trace-name">
        <Dots probe={probe} />
        {isNeuron ? <NeuronLink neuron={probe.id} /> : <strong className="num">{name}</strong>}
        <Button icon={Trash2} variant="quiet" label={t("trace.remove", { name })} onPress={() => stores.traces.remove(probe)} />
      </div>
      {problem !== null && <Notice severity="warning">{problem}</Notice>}
      {isPlotted && (
        <Plot
          label={isNeuron ? t("trace.potentialOf", { name }) : t("trace.weightOf", { name })}
          data={stores.traces.rowsOf(probe)}
          x={{ label: t("unit.burst") }}
          y={isNeuron ? { label: t("trace.potentialAxis") } : { label: t("trace.weight"), from: 0 }}
          series={
            isNeuron
              ? [
                  { label: t("trace.potential"), look: 0 },
                  { label: t("trace.threshold"), look: 1 },
                  { label: t("trace.spike"), look: 2, kind: "ticks" },
                ]
              : [{ label: t("trace.weight"), look: 0, kind: "step" }]
          }
          mark={cursor ?? burst}
          onPick={(at) => stores.timeline.seek(at)}
          height={plotHeight}
          empty={t("trace.noBurst")}
        />
      )}
    </li>
  );
}

/** Breakpoints on what the curve shows. */
function Dots({ probe: { kind, id } }: { probe: Probe }) {
  const { stores } = useWorkbench();
  useStore(stores.traces.store);
  if (kind === "synapse") {
    const condition: Condition = { op: "!=", left: { op: "dweight", synapse: id }, right: { op: "number", value: 0 } };
    return <BreakpointDot condition={condition} what={t("dot.what.weight", { synapse: formatCount(id) })} />;
  }
  const threshold = stores.traces.rowsOf({ kind, id }).columns().y[1]?.at(-1);
  const neuron = formatCount(id);
  return (
    <>
      <BreakpointDot condition={{ op: "fired", neuron: id }} what={t("dot.what.neuron", { neuron })} />
      {threshold !== undefined && (
        <BreakpointDot
          condition={{ op: ">=", left: { op: "potential", neuron: id }, right: { op: "number", value: threshold } }}
          what={t("dot.what.potential", { neuron, threshold: formatExact(threshold) })}
        />
      )}
    </>
  );
}

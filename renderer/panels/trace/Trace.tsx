/**
 * Membrane potential, inputs and spikes of probed neurons, and weights of probed synapses, over the newest recorded bursts: one below the
 * other with the bursts in one line, or the potentials in one picture.
 */
import { Activity, Crosshair } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { keyOf, type NeuronColumn, neuronColumns, type Probe, tracedBursts } from "../../stores/traces-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Switch, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import type { Span, Together } from "../../ui/plot/chart.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { extremesOf, overlaid } from "../../ui/plot/plot-data.ts";
import { useAreaOf } from "../why/area-of.ts";
import { ProbeRow } from "./ProbeRow.tsx";
import { useTraceAxis } from "./trace-axis.ts";
import "./trace.css";

const overlayHeight = 190;
const withoutInputs: readonly NeuronColumn[] = ["potential", "threshold", "spike", "refractory"];
/** Those of either scale. */
const onScale: Record<keyof Together, readonly NeuronColumn[]> = { y: ["potential", "threshold"], stems: ["psp", "external"] };

export function Trace() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const neuron = useStore(stores.selection, (selection) => selection.neuron);
  const { probes, problems, isOverlaid, hasInputs, hasOneScale, isHeard } = useStore(stores.traces.store);
  const neurons = probes.filter(({ kind }) => kind === "neuron");
  const drawn = hasInputs ? neuronColumns : withoutInputs;
  useWhileShown(panel, stores.traces.watch);
  const together = useMemo(() => {
    const parts = probes.filter(({ kind }) => kind === "neuron").map(stores.traces.rowsOf);
    const extremes = (columns: readonly NeuronColumn[], shown: Span) =>
      extremesOf(
        parts.map((part) => part.columns()),
        columns.map((column) => neuronColumns.indexOf(column)),
        shown,
      );
    return (shown: Span): Together => ({ y: extremes(onScale.y, shown), stems: extremes(onScale.stems, shown) });
  }, [stores, probes]);
  const set = stores.traces.store.setState;
  const probeSelected = neuron !== null && !neurons.some(({ id }) => id === neuron) && (
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
          {neurons.length > 0 && (
            <>
              <Switch label={t("trace.inputs")} value={hasInputs} onCommit={(value) => set({ hasInputs: value })} />
              <Switch label={t("trace.hear")} value={isHeard} onCommit={(value) => set({ isHeard: value })} />
            </>
          )}
          {neurons.length > 1 && (
            <>
              {!isOverlaid && <Switch label={t("trace.oneScale")} value={hasOneScale} onCommit={(value) => set({ hasOneScale: value })} />}
              <Switch label={t("trace.overlay")} value={isOverlaid} onCommit={(value) => set({ isOverlaid: value })} />
            </>
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
              drawn={drawn}
              together={hasOneScale ? together : undefined}
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
  const axis = useTraceAxis();
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew with its key, where other neurons are probed
  const data = useMemo(() => overlaid(neurons.map(stores.traces.rowsOf)), [stores]);
  return (
    <Plot
      {...axis}
      label={t("trace.overlayOf", { count: neurons.length })}
      data={data}
      y={{ label: t("trace.potentialAxis") }}
      series={neurons.map(({ id }, look) => ({ label: t("trace.neuron", { id, area: areaOf(id)?.name ?? "" }), look }))}
      height={overlayHeight}
    />
  );
}

/** One probe: its name, breakpoints on what its curve shows, and the curve. */
import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Condition } from "#contracts/conditions.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { keyOf, type NeuronColumn, neuronColumns, type Probe } from "../../stores/traces-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/feedback.tsx";
import { formatCount, formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import type { Span, Together } from "../../ui/plot/chart.ts";
import { Plot, type PlotSeries } from "../../ui/plot/Plot.tsx";
import { pickSeries } from "../../ui/plot/plot-data.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";
import { useAreaOf } from "../why/area-of.ts";
import { NeuronLink } from "../why/NeuronLink.tsx";
import { useTraceAxis } from "./trace-axis.ts";

const plotHeight = 130;
const looks: Record<NeuronColumn, () => PlotSeries> = {
  potential: () => ({ label: t("trace.potential"), look: 0 }),
  threshold: () => ({ label: t("trace.threshold"), look: 1 }),
  spike: () => ({ label: t("trace.spike"), look: 2, kind: "ticks" }),
  psp: () => ({ label: t("trace.psp"), look: 3, kind: "stems" }),
  external: () => ({ label: t("trace.external"), look: 4, kind: "stems" }),
  refractory: () => ({ label: t("trace.refractory"), look: 5, kind: "shade" }),
};

interface ProbeRowProps {
  probe: Probe;
  problem: string | null;
  isPlotted: boolean;
  /** Columns of a neuron that are drawn. */
  drawn: readonly NeuronColumn[];
  together: ((shown: Span) => Together) | undefined;
}

export function ProbeRow({ probe, problem, isPlotted, drawn, together }: ProbeRowProps) {
  const { stores } = useWorkbench();
  const areaOf = useAreaOf();
  const axis = useTraceAxis();
  const isInexact = useStore(stores.traces.store, ({ inexact }) => inexact.has(keyOf(probe)));
  const isNeuron = probe.kind === "neuron";
  const name = isNeuron ? t("trace.neuron", { id: probe.id, area: areaOf(probe.id)?.name ?? "" }) : t("trace.synapse", { id: probe.id });
  const rows = stores.traces.rowsOf(probe);
  const picked = useMemo(
    () =>
      pickSeries(
        rows,
        drawn.map((column) => neuronColumns.indexOf(column)),
      ),
    [rows, drawn],
  );
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
          {...axis}
          label={isNeuron ? t("trace.potentialOf", { name }) : t("trace.weightOf", { name })}
          data={isNeuron ? picked : rows}
          y={isNeuron ? { label: t("trace.potentialAxis") } : { label: t("trace.weight"), from: 0 }}
          series={isNeuron ? drawn.map((column) => looks[column]()) : [{ label: t("trace.weight"), look: 0, kind: "step" }]}
          {...(drawn.includes("psp") && isNeuron ? { stems: { label: t("trace.inputAxis") } } : {})}
          together={isNeuron ? together : undefined}
          height={plotHeight}
        />
      )}
      {isPlotted && isInexact && <p className="dim">{t("trace.inexact")}</p>}
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
  const threshold = stores.traces.rowsOf({ kind, id }).columns().y[neuronColumns.indexOf("threshold")]?.at(-1) ?? Number.NaN;
  const neuron = formatCount(id);
  return (
    <>
      <BreakpointDot condition={{ op: "fired", neuron: id }} what={t("dot.what.neuron", { neuron })} />
      {!Number.isNaN(threshold) && (
        <BreakpointDot
          condition={{ op: ">=", left: { op: "potential", neuron: id }, right: { op: "number", value: threshold } }}
          what={t("dot.what.potential", { neuron, threshold: formatExact(threshold) })}
        />
      )}
    </>
  );
}

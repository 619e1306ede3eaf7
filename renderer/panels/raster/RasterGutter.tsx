/** Dots beside the raster: one where a neuron of the area has a breakpoint, one at the neuron that is selected, and room to press for any other. */
import { useEffect, useReducer, useRef } from "react";
import { useStore } from "zustand";
import type { CorticalArea } from "#contracts/connectome.ts";
import { toggleBreakpoint } from "../../shell/commands/debugging.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { areaOfNeuron } from "../../stores/brain-store.ts";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { BreakpointDot } from "../breakpoints/BreakpointDot.tsx";
import { spread } from "./spread.ts";

const dotSize = 24;

export function RasterGutter({ areas }: { areas: readonly CorticalArea[] }) {
  const workbench = useWorkbench();
  const { stores, raster } = workbench;
  const canWrite = useCanWrite();
  const gutter = useRef<HTMLFieldSetElement>(null);
  const [, placeAgain] = useReducer((times: number) => times + 1, 0);
  const selected = useStore(stores.selection, ({ neuron }) => neuron);
  const breakpoints = useStore(stores.debug.store, (state) => state.breakpoints);
  useEffect(() => {
    const resize = new ResizeObserver(placeAgain);
    if (gutter.current) resize.observe(gutter.current);
    const stop = raster.onLaidOut(placeAgain);
    return () => {
      stop();
      resize.disconnect();
    };
  }, [raster]);
  const set = breakpoints.flatMap(({ condition }) => (condition.op === "fired" ? [condition.neuron] : []));
  const shown = [...new Set(selected === null ? set : [...set, selected])]
    .filter((neuron) => areaOfNeuron(areas, neuron) !== undefined && raster.rowOf(neuron) !== null)
    .sort((a, b) => a - b);
  const height = gutter.current?.clientHeight ?? 0;
  const places = spread(
    shown.map((neuron) => raster.rowOf(neuron) ?? 0),
    height,
    dotSize,
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: F9 sets it at the neuron that is selected
    <fieldset
      ref={gutter}
      className="raster-gutter"
      aria-label={t("raster.gutter")}
      title={t("raster.gutterHint")}
      onClick={({ target, currentTarget, clientY }) => {
        const at = target === currentTarget && canWrite ? raster.neuronAt(clientY) : null;
        if (at !== null) toggleBreakpoint(workbench, { op: "fired", neuron: at });
      }}
    >
      {shown.map((neuron, i) => (
        <span key={neuron} className="raster-dot" style={{ top: places[i] }}>
          <BreakpointDot condition={{ op: "fired", neuron }} what={t("dot.what.neuron", { neuron: formatCount(neuron) })} />
        </span>
      ))}
    </fieldset>
  );
}

/** What lies under the pointer, after a moment of rest. */
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useStore } from "zustand";
import type { NeuronState } from "#contracts/commands/connectome/neurons.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { DeviceLines } from "./DeviceLines.tsx";

export function HoverCard() {
  const { stores, scene } = useWorkbench();
  const hover = useStore(stores.selection, (state) => state.hover);
  const area = useStore(stores.brain, (state) => (hover?.area ? state.areaById.get(hover.area) : undefined));
  const burst = useStore(stores.frameStats, (state) => state.burst);
  const state = useNeuronState(hover?.neuron ?? null);
  if (!hover || !area) return null;
  const form = scene.formOf(area.id);
  const recent = hover.neuron === null ? null : scene.recentActivity(area.id, hover.neuron);
  const flipX = hover.x > window.innerWidth - 280;
  const flipY = hover.y > window.innerHeight - 160;
  // In the body, since a dock is a containing block of its own for what is fixed.
  return createPortal(
    <div
      className="hover-card"
      role="tooltip"
      style={{
        left: hover.x,
        top: hover.y,
        translate: `${flipX ? "calc(-100% - 14px)" : "14px"} ${flipY ? "calc(-100% - 10px)" : "10px"}`,
      }}
    >
      <strong>
        <KindGlyph kind={area.kind} /> {area.name}
      </strong>
      <span className="dim">
        {t(`kind.${area.kind}`)}
        {form && ` · ${t("scene.drawnAs", { form: t(`scene.form.${form}`) })}`}
      </span>
      {hover.voxel && <span className="num">{t("scene.voxel", { voxel: hover.voxel.join(", ") })}</span>}
      {hover.voxel && <DeviceLines area={area} voxel={hover.voxel} />}
      {hover.neuron !== null && <span className="num">{t("scene.neuron", { id: formatCount(hover.neuron) })}</span>}
      {state && (
        <span className="num">
          {t("scene.potentialOf", { potential: formatFigure(state.membranePotential), threshold: formatFigure(state.threshold) })}
        </span>
      )}
      {recent !== null && <span className="num">{t("scene.recentOf", { sum: formatFigure(recent) })}</span>}
      {hover.voxel && (
        <span className="num dim">
          {hover.lastFired === null || burst === null
            ? t("scene.neverFired")
            : t("scene.lastFired", { ago: Math.max(0, burst - hover.lastFired) })}
        </span>
      )}
    </div>,
    document.body,
  );
}

/** The neuron as it stands once the pointer has come to rest; null until it was told, and where the connection is gone. */
function useNeuronState(neuron: number | null): NeuronState | null {
  const { lab } = useWorkbench();
  const [state, setState] = useState<NeuronState | null>(null);
  useEffect(() => {
    setState(null);
    if (neuron === null) return;
    const asked = new AbortController();
    const told = (next: NeuronState | null) => {
      if (!asked.signal.aborted) setState(next);
    };
    lab.connectome.getNeuron({ id: neuron }, { signal: asked.signal }).then(told, () => told(null));
    return () => asked.abort();
  }, [neuron, lab]);
  return state;
}

/** The neurons of one voxel beside the pointer, to choose one of them. */
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useStore } from "zustand";
import { useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export function NeuronList() {
  const { stores, lab } = useWorkbench();
  const refused = useRefusal();
  const listed = useStore(stores.scene, (state) => state.listed);
  const list = useRef<HTMLDivElement>(null);
  const [neurons, setNeurons] = useState<readonly number[] | null>(null);
  const close = () => stores.scene.setState({ listed: null });
  useEffect(() => {
    setNeurons(null);
    if (!listed) return;
    lab.connectome.neuronAt({ area: listed.area, voxel: listed.voxel }).then(({ neurons: found }) => setNeurons(found), refused);
  }, [listed, lab, refused]);
  useEffect(() => {
    if (neurons) list.current?.focus();
  }, [neurons]);
  if (!listed || !neurons) return null;
  return createPortal(
    <div
      ref={list}
      className="neuron-list"
      role="dialog"
      aria-label={t("scene.neurons", { voxel: listed.voxel.join(", ") })}
      tabIndex={-1}
      style={{ left: Math.min(listed.x, window.innerWidth - 200), top: Math.min(listed.y, window.innerHeight - 240) }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
      onBlur={({ relatedTarget, currentTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) close();
      }}
    >
      <strong>{t("scene.neurons", { voxel: listed.voxel.join(", ") })}</strong>
      {neurons.length === 0 && <span className="dim">{t("scene.neuronsNone")}</span>}
      {neurons.map((neuron) => (
        <button
          key={neuron}
          type="button"
          className="chip num"
          onClick={() => {
            stores.selection.getState().selectVoxel(listed.area, listed.voxel, neuron);
            close();
          }}
        >
          {t("scene.neuron", { id: formatCount(neuron) })}
        </button>
      ))}
    </div>,
    document.body,
  );
}

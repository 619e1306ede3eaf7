/** The picture under the hand: a click selects a neuron and its burst, a box those that fired in it, the wheel widens bursts. */
import { useEffect, useRef } from "react";
import type { CorticalArea } from "#contracts/connectome.ts";
import { bindGestures, type Modifiers } from "../../scene/gestures.ts";
import { marqueeDrag } from "../../scene/marquee.ts";
import { columnWidths, type RasterLook } from "../../scene/raster/raster.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { useSelectNeuron } from "../why/area-of.ts";
import { fillFromRecording } from "./fill-from-recording.ts";
import { type Said, useSelectFired } from "./use-select-fired.ts";

interface RasterPictureProps {
  areas: readonly CorticalArea[];
  look: RasterLook;
  onLook(look: RasterLook): void;
  say(said: Said | null): void;
}

/** Turning of the wheel for the next width of a burst, as a factor. */
const wheelStep = 1.15;

export function RasterPicture(props: RasterPictureProps) {
  const { areas, say } = props;
  const { stores, raster, commands, settings, bridge, lab } = useWorkbench();
  const element = useRef<HTMLDivElement>(null);
  const select = useSelectNeuron();
  const selectFired = useSelectFired(say);
  const latest = useRef({ ...props, select, selectFired });
  latest.current = { ...props, select, selectFired };
  const shown = areas.map(({ id }) => id).join("\n");
  useEffect(() => {
    if (!element.current) return;
    raster.mount(element.current);
    const stop = fillFromRecording(shown.split("\n"), { raster, lab, stores });
    return () => {
      stop();
      raster.unmount();
    };
  }, [raster, shown, lab, stores]);
  useEffect(() => {
    if (element.current) return bindShortcuts(element.current, commands, "raster", () => settings.getState().letterKeys);
  }, [commands, settings]);
  useEffect(() => {
    const picture = element.current;
    if (!picture) return;
    let turned = 1;
    return bindGestures(picture, {
      begin(clientX, clientY, button, modifiers) {
        if (button !== 0) return { move() {}, end() {} };
        return marqueeDrag("box", picture, "var(--focus)", { clientX, clientY }, (polygon) => {
          const end = polygon?.[2];
          if (end) boxed({ clientX, clientY }, end, modifiers);
          else clicked(clientX, clientY);
        });
      },
      dolly(factor) {
        turned *= factor;
        if (turned < wheelStep && turned > 1 / wheelStep) return;
        const { look, onLook } = latest.current;
        onLook({ ...look, columnPixels: beside(look.columnPixels, turned < 1 ? 1 : -1) });
        turned = 1;
      },
      hover() {},
    });

    function clicked(clientX: number, clientY: number): void {
      const at = raster.at(clientX, clientY);
      if (!at) return;
      latest.current.select(at.neuron);
      stores.selection.getState().setCursor(at.burst);
    }

    /** With Alt its rows alone are shown, else who fired in it is selected. */
    function boxed(from: { clientX: number; clientY: number }, [x, y]: readonly [number, number], modifiers: Modifiers): void {
      const { left, top } = picture!.getBoundingClientRect();
      const box = { from, to: { clientX: left + x, clientY: top + y } };
      const { look, onLook } = latest.current;
      if (modifiers.altKey) {
        const rows = raster.rowsIn(box);
        if (rows) onLook({ ...look, zoom: rows });
        return;
      }
      const caught = raster.firedIn(box);
      const how = modifiers.ctrlKey ? "toggle" : modifiers.shiftKey ? "add" : "replace";
      if (caught) latest.current.selectFired(caught.area, caught.neurons, how);
    }
  }, [raster, stores]);

  const move = (bursts: number) => {
    const { frames } = bridge.frames.recent;
    const { cursor, setCursor } = stores.selection.getState();
    const newest = frames.at(-1)?.burst ?? 0;
    const next = (cursor ?? newest) + bursts;
    if (next >= (frames[0]?.burst ?? 0)) setCursor(next >= newest ? null : next);
  };
  const keys: Record<string, (by: number) => void> = {
    ArrowLeft: (by) => move(-by),
    ArrowRight: (by) => move(by),
    ArrowUp: (by) => walk(-by),
    ArrowDown: (by) => walk(by),
    "+": () => widen(1),
    "-": () => widen(-1),
  };
  const walk = (rows: number) => {
    const neuron = raster.neuronBeside(stores.selection.getState().neuron, rows);
    if (neuron !== null) select(neuron);
  };
  const widen = (by: 1 | -1) => props.onLook({ ...props.look, columnPixels: beside(props.look.columnPixels, by) });
  return (
    <>
      <div
        ref={element}
        className="raster-picture"
        role="img"
        aria-label={t("raster.label", { name: areas.map(({ name }) => name).join(", ") })}
        aria-describedby="raster-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes keys
        tabIndex={0}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          act(event.shiftKey && event.key.startsWith("Arrow") ? 10 : 1);
        }}
        onPointerMove={({ clientX, clientY }) => {
          const at = raster.at(clientX, clientY);
          say(at && { text: t("raster.under", { neuron: formatCount(at.neuron), burst: formatCount(at.burst) }), isDone: false });
        }}
        onPointerLeave={() => say(null)}
      />
      <p id="raster-keys" className="visually-hidden">
        {t("raster.keys")}
      </p>
    </>
  );
}

function beside(width: number, by: 1 | -1): number {
  return columnWidths[Math.max(0, Math.min(columnWidths.length - 1, columnWidths.indexOf(width) + by))]!;
}

/**
 * The 3D scene in its dock: the canvas lives in shell-wide `scene` and is only mounted here. This view adds what React is
 * for: toolbar, legend, hover card, the badge that says what is left out, the table beside the picture, and the states.
 */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { afterNextPaint } from "../../ui/after-next-paint.ts";
import { t } from "../../ui/messages.ts";
import { Growth } from "../growth/Growth.tsx";
import { GrowthFailure } from "../growth/GrowthFailure.tsx";
import { Welcome } from "../welcome/Welcome.tsx";
import { HoverCard } from "./HoverCard.tsx";
import { Legend } from "./Legend.tsx";
import { MiniMap } from "./MiniMap.tsx";
import { NeuronList } from "./NeuronList.tsx";
import { NoPicture } from "./NoPicture.tsx";
import { PlacingCard } from "./PlacingCard.tsx";
import { Quiet } from "./Quiet.tsx";
import { SceneBadges } from "./SceneBadges.tsx";
import { SceneTable } from "./SceneTable.tsx";
import { SceneToolbar } from "./SceneToolbar.tsx";
import { useCovered } from "./use-covered.ts";
import "./scene.css";

export function Scene() {
  const { stores, scene, sceneStats, commands, settings, shell } = useWorkbench();
  const viewport = useRef<HTMLDivElement>(null);
  const phase = useStore(stores.growth, (state) => state.phase);
  const failed = useStore(stores.growth, (state) => state.failure !== null);
  const empty = useStore(stores.brain, (state) => state.status?.brainId == null);
  const known = useStore(stores.brain, (state) => state.status !== null);
  const lost = useStore(stores.connection, (state) => state.phase !== "open" && state.lostAt !== null);
  const [table, setTable] = useState(false);
  const { top, legend } = useCovered(scene);
  const drawable = useStore(sceneStats, (state) => state.available);

  useEffect(() => {
    const element = viewport.current;
    if (!element) return;
    // The first picture takes the card, or the program in its place, longest of all: the workbench is seen before it.
    const stop = afterNextPaint(() => scene.mount(element));
    const unbind = bindShortcuts(element, commands, "scene", () => settings.getState().letterKeys);
    return () => {
      stop();
      unbind();
      scene.unmount();
    };
  }, [scene, commands, settings]);

  const growing = phase === "growing";
  const welcome = known && empty && !growing;
  return (
    <div className="scene-panel" data-lost={lost || undefined}>
      {/* The viewport is one thing to the keyboard: focus it, then its keys work. The table is its reading for everyone else. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a picture with keys, not a set of fields */}
      <div
        ref={viewport}
        className="scene-viewport"
        role="group"
        aria-label={t("scene.viewport")}
        aria-describedby="scene-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes keys
        tabIndex={0}
        inert={welcome || !drawable}
        onContextMenu={(event) => {
          // The mouse's is the scene's to tell: a press that drags moves the camera. This is the menu key.
          if (event.button === 2) return;
          event.preventDefault();
          const { left, top: above } = event.currentTarget.getBoundingClientRect();
          const of = stores.selection.getState().areas.length > 0 ? "areas" : "scene";
          shell.getState().openMenu({ of, x: left + 24, y: above + 80 });
        }}
      />
      <p id="scene-keys" className="visually-hidden">
        {t("scene.keys")}
      </p>
      {!welcome && !drawable && <NoPicture />}
      {!welcome && drawable && (
        <>
          <div ref={top} className="scene-top">
            <SceneToolbar table={table} onTable={setTable} />
            <div className="scene-corner">
              <SceneBadges />
            </div>
          </div>
          <Legend ref={legend} />
          <MiniMap />
          <HoverCard />
          <NeuronList />
          <PlacingCard />
          {table && <SceneTable onClose={() => setTable(false)} />}
          <Quiet />
        </>
      )}
      {welcome && <Welcome />}
      {growing && <Growth />}
      {failed && <GrowthFailure keepsBrain={!empty} />}
    </div>
  );
}

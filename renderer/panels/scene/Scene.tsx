/**
 * The 3D scene in its dock: the canvas lives in shell-wide `scene` and is only mounted here. This view adds what React is
 * for: toolbar, legend, hover card, the badge that says what is left out, the table beside the picture, and the states.
 */
import { Box, Crosshair, Maximize, Table2, Tag } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { areaKinds } from "#contracts/connectome.ts";
import type { ColourBy } from "../../scene/scene-types.ts";
import { bindShortcuts } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { Growth, GrowthFailure } from "../growth/Growth.tsx";
import { Welcome } from "../welcome/Welcome.tsx";
import { HoverCard } from "./HoverCard.tsx";
import { SceneTable } from "./SceneTable.tsx";
import "./scene.css";

export function Scene() {
  const { stores, scene, commands, settings } = useWorkbench();
  const viewport = useRef<HTMLDivElement>(null);
  const phase = useStore(stores.growth, (state) => state.phase);
  const failed = useStore(stores.growth, (state) => state.failure !== null);
  const empty = useStore(stores.brain, (state) => state.status?.brainId == null);
  const known = useStore(stores.brain, (state) => state.status !== null);
  const lost = useStore(stores.connection, (state) => state.phase !== "open" && state.lostAt !== null);
  const [labels, setLabels] = useState(true);
  const [table, setTable] = useState(false);
  const [colourBy, setColourBy] = useState<ColourBy>("activity");

  useEffect(() => {
    const element = viewport.current;
    if (!element) return;
    scene.mount(element);
    const unbind = bindShortcuts(element, commands, "scene", () => settings.getState().letterKeys);
    return () => {
      unbind();
      scene.unmount();
    };
  }, [scene, commands, settings]);
  useEffect(() => scene.setLabels(labels), [scene, labels]);
  useEffect(() => scene.setColourBy(colourBy), [scene, colourBy]);

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
        inert={welcome}
      />
      <p id="scene-keys" className="visually-hidden">
        {t("scene.keys")}
      </p>
      {!welcome && (
        <>
          <div className="scene-toolbar" role="toolbar" aria-label={t("scene.toolbar")}>
            <Button icon={Maximize} label={t("scene.frameAll")} shortcut="Home" onPress={() => scene.frame("all")} />
            <Button icon={Crosshair} label={t("scene.frameSelection")} shortcut="F" onPress={() => scene.frame("selection")} />
            <Button label={t("scene.front")} shortcut="1" onPress={() => scene.view("front")}>
              {t("scene.front")}
            </Button>
            <Button label={t("scene.top")} shortcut="2" onPress={() => scene.view("top")}>
              {t("scene.top")}
            </Button>
            <Button label={t("scene.side")} shortcut="3" onPress={() => scene.view("side")}>
              {t("scene.side")}
            </Button>
            <Select
              label={t("scene.colourBy")}
              hideLabel
              value={colourBy}
              onChange={setColourBy}
              choices={(["activity", "kind", "region"] as const).map((id) => ({ id, label: t(`scene.colour.${id}`) }))}
            />
            <Button icon={Tag} label={t("scene.labels")} pressed={labels} onPress={() => setLabels(!labels)} />
            <Button icon={Table2} label={t("scene.table")} pressed={table} onPress={() => setTable(!table)} />
          </div>
          <div className="scene-corner">
            <SceneBadges />
          </div>
          <Legend colourBy={colourBy} />
          <HoverCard />
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

/** What is drawn of what fired, and how old the picture is when the host is gone. */
function SceneBadges() {
  const { stores, sceneStats } = useWorkbench();
  const stats = useStore(sceneStats);
  const fired = useStore(stores.frameStats, (state) => state.fired);
  const burst = useStore(stores.frameStats, (state) => state.burst);
  const restingAt = useStore(stores.brain, ({ status }) => (status?.state === "paused" ? status.burst : null));
  const lost = useStore(stores.connection, (state) => state.phase !== "open" && state.lostAt !== null);
  const cursor = useStore(stores.selection, (state) => state.cursor);
  return (
    <>
      {cursor !== null && <Badge tone="warning">{t("scene.cursor", { burst: cursor })}</Badge>}
      {burst !== null && restingAt !== null && burst > restingAt && (
        <Badge tone="warning">{t("scene.ahead", { picture: burst, burst: restingAt })}</Badge>
      )}
      {lost && <Badge tone="error">{t("scene.stale")}</Badge>}
      {!stats.available && <Badge tone="warning">{t("scene.noWebgl")}</Badge>}
      {burst !== null && cursor === null && (
        <Badge>
          <span className="num">{t("scene.fired", { fired, burst })}</span>
        </Badge>
      )}
      {stats.points < stats.ofPoints && (
        <Badge tone="warning">
          <Box size={11} aria-hidden />
          <span className="num">{t("scene.showing", { shown: stats.points, of: stats.ofPoints })}</span>
        </Badge>
      )}
    </>
  );
}

function Legend({ colourBy }: { colourBy: ColourBy }) {
  const { stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const kinds = areaKinds.filter((kind) => areas.some((area) => area.kind === kind));
  if (kinds.length === 0) return null;
  return (
    <ul className="scene-legend" aria-label={t("scene.legend")}>
      {kinds.map((kind) => (
        <li key={kind}>
          <KindGlyph kind={kind} />
          {t(`kind.${kind}`)}
        </li>
      ))}
      {colourBy === "activity" && (
        <li className="legend-ramp">
          {t("scene.rampOld")}
          <i aria-hidden />
          {t("scene.rampNew")}
        </li>
      )}
    </ul>
  );
}

const quietBursts = 100;

/** A running brain in which nothing has fired for a while says so, and offers the likely remedy. */
function Quiet() {
  const { stores, shell } = useWorkbench();
  const running = useStore(stores.brain, (state) => state.status?.state === "running");
  const quiet = useStore(stores.frameStats, ({ burst, lastFiredBurst }) => burst !== null && burst - (lastFiredBurst ?? 0) >= quietBursts);
  if (!running || !quiet) return null;
  return (
    <div className="scene-quiet">
      <span>{t("scene.quiet", { bursts: quietBursts })}</span>
      <Button onPress={() => shell.getState().docks?.show("stimulate")}>{t("scene.stimulate")}</Button>
    </div>
  );
}

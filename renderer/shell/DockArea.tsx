/**
 * The docks: the Explore preset (Explorer · Scene · Inspector · bottom tabs), whatever a person made of it, kept in
 * localStorage. A layout that cannot be read falls back to the preset.
 */
import {
  type DockviewApi,
  DockviewDefaultTab,
  DockviewReact,
  type DockviewTheme,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from "dockview-react";
import "dockview-react/dist/styles/dockview.css";
import "./docks.css";
import type { ComponentType } from "react";
import { useStore } from "zustand";
import { Breakpoints } from "../panels/breakpoints/Breakpoints.tsx";
import { Explorer } from "../panels/explorer/Explorer.tsx";
import { Inspector } from "../panels/inspector/Inspector.tsx";
import { Log } from "../panels/log/Log.tsx";
import { Phases } from "../panels/phases/Phases.tsx";
import { Problems } from "../panels/problems/Problems.tsx";
import { Raster } from "../panels/raster/Raster.tsx";
import { Rollout } from "../panels/rollout/Rollout.tsx";
import { Scene } from "../panels/scene/Scene.tsx";
import { Stimulate } from "../panels/stimulate/Stimulate.tsx";
import { Timeline } from "../panels/timeline/Timeline.tsx";
import { Watches } from "../panels/watches/Watches.tsx";
import { Why } from "../panels/why/Why.tsx";
import { t } from "../ui/messages.ts";
import { DockActions } from "./DockActions.tsx";
import { PanelBoundary } from "./PanelBoundary.tsx";
import { type PanelId, panelIds } from "./shell-store.ts";
import { useWorkbench } from "./workbench.ts";

const views: Record<PanelId, ComponentType> = {
  explorer: Explorer,
  scene: Scene,
  inspector: Inspector,
  stimulate: Stimulate,
  raster: Raster,
  problems: Problems,
  rollout: Rollout,
  log: Log,
  timeline: Timeline,
  breakpoints: Breakpoints,
  watches: Watches,
  why: Why,
  phases: Phases,
};

/** Where the preset has each panel: as a tab with the others of its dock. */
const docked: Record<"left" | "right" | "below", { panels: readonly PanelId[]; size: { initialWidth?: number; initialHeight?: number } }> =
  {
    left: { panels: ["explorer", "breakpoints", "watches"], size: { initialWidth: 316 } },
    right: { panels: ["inspector", "stimulate", "why"], size: { initialWidth: 316 } },
    below: { panels: ["timeline", "raster", "phases", "problems", "rollout", "log"], size: { initialHeight: 252 } },
  };

function InDock({ api }: IDockviewPanelProps) {
  const id = api.component as PanelId;
  const View = views[id];
  return (
    <div className="dock-view" data-panel={id} tabIndex={-1}>
      <h2 className="visually-hidden">{t(`panel.${id}`)}</h2>
      <PanelBoundary name={t(`panel.${id}`)}>
        <View />
      </PanelBoundary>
    </div>
  );
}
const components = Object.fromEntries(panelIds.map((id) => [id, InDock]));

const themes: Record<"dark" | "light", DockviewTheme> = {
  dark: { name: "gyrus-dark", className: "dockview-theme-dark gyrus-docks", colorScheme: "dark", dndTabIndicator: "line" },
  light: { name: "gyrus-light", className: "dockview-theme-light gyrus-docks", colorScheme: "light", dndTabIndicator: "line" },
};

/** A tab holds nothing to press but itself; closing is a button at the end of the strip, or Delete on the tab. */
const Tab = (props: IDockviewPanelHeaderProps) => <DockviewDefaultTab {...props} hideClose />;

const storageKey = "gyrus.layout.2";
const minimumWidths: Partial<Record<PanelId, number>> = {
  explorer: 220,
  breakpoints: 220,
  watches: 220,
  inspector: 264,
  stimulate: 264,
  why: 264,
};
const minimumHeight = 90;

export function DockArea() {
  const { shell, appearance } = useWorkbench();
  const theme = useStore(appearance, (state) => state.theme);
  return (
    <DockviewReact
      className="docks"
      theme={themes[theme]}
      components={components}
      defaultTabComponent={Tab}
      rightHeaderActionsComponent={DockActions}
      disableFloatingGroups
      onReady={({ api }) => {
        restore(api);
        api.onDidLayoutChange(() => window.localStorage.setItem(storageKey, JSON.stringify(api.toJSON())));
        shell.setState({
          docks: {
            show: (id) => show(api, id),
            maximise: () => {
              const panel = api.activePanel;
              if (!panel) return;
              if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
              else api.maximizeGroup(panel);
            },
            cycle: (step) => cycle(api, step),
            reset: () => {
              api.clear();
              explore(api);
            },
          },
        });
      }}
    />
  );
}

function restore(api: DockviewApi): void {
  const kept = window.localStorage.getItem(storageKey);
  if (kept !== null) {
    try {
      api.fromJSON(JSON.parse(kept));
      if (api.panels.length > 0) return;
    } catch {
      window.localStorage.removeItem(storageKey);
      api.clear();
    }
  }
  explore(api);
}

function explore(api: DockviewApi): void {
  add(api, "scene");
  for (const { panels } of Object.values(docked)) for (const id of panels) add(api, id);
  for (const id of ["explorer", "inspector", "timeline", "scene"] as const) api.getPanel(id)?.api.setActive();
}

/** Adds a panel where the preset has it, beside whichever of its neighbours are still open. */
function add(api: DockviewApi, id: PanelId): void {
  const common = { id, component: id, title: t(`panel.${id}`), minimumHeight, minimumWidth: minimumWidths[id] ?? 180 };
  const dock = (["left", "right", "below"] as const).find((side) => docked[side].panels.includes(id));
  if (dock === undefined) {
    api.addPanel({ ...common, renderer: "always" });
    return;
  }
  const { panels, size } = docked[dock];
  const tab = panels.find((other) => other !== id && api.getPanel(other) !== undefined);
  const scene = api.getPanel("scene");
  if (tab) api.addPanel({ ...common, inactive: true, position: { referencePanel: tab, direction: "within" } });
  else if (scene) api.addPanel({ ...common, ...size, position: { referencePanel: scene, direction: dock } });
  else api.addPanel({ ...common, ...size, position: { direction: dock } });
}

/** Moves the focus to the panel on top of the next group of tabs. */
function cycle(api: DockviewApi, step: 1 | -1): void {
  const at = api.activeGroup ? api.groups.indexOf(api.activeGroup) : -1;
  const next = api.groups[(at + step + api.groups.length) % api.groups.length]?.activePanel;
  if (next) show(api, next.id as PanelId);
}

function show(api: DockviewApi, id: PanelId): void {
  if (!api.getPanel(id)) add(api, id);
  api.getPanel(id)?.api.setActive();
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-panel="${id}"]`)?.focus());
}

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
import { Explorer } from "../panels/explorer/Explorer.tsx";
import { Inspector } from "../panels/inspector/Inspector.tsx";
import { Log } from "../panels/log/Log.tsx";
import { Problems } from "../panels/problems/Problems.tsx";
import { Raster } from "../panels/raster/Raster.tsx";
import { Rollout } from "../panels/rollout/Rollout.tsx";
import { Scene } from "../panels/scene/Scene.tsx";
import { Stimulate } from "../panels/stimulate/Stimulate.tsx";
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

const storageKey = "gyrus.layout.1";
const minimumWidths: Partial<Record<PanelId, number>> = { explorer: 220, inspector: 264, stimulate: 264 };
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
  add(api, "explorer");
  add(api, "inspector");
  add(api, "stimulate");
  for (const id of ["raster", "problems", "rollout", "log"] as const) add(api, id);
  for (const id of ["inspector", "raster", "scene"] as const) api.getPanel(id)?.api.setActive();
}

/** Adds a panel where the preset has it, beside whichever of its neighbours are still open. */
function add(api: DockviewApi, id: PanelId): void {
  const common = { id, component: id, title: t(`panel.${id}`), minimumHeight, minimumWidth: minimumWidths[id] ?? 180 };
  const beside = (panel: PanelId) => api.getPanel(panel)?.id;
  const tabWith = (...others: PanelId[]) => others.map(beside).find((found) => found !== undefined);
  const withTabs = (others: PanelId[], direction: "left" | "right" | "below", size: { initialWidth?: number; initialHeight?: number }) => {
    const tab = tabWith(...others);
    const scene = beside("scene");
    if (tab) api.addPanel({ ...common, inactive: true, position: { referencePanel: tab, direction: "within" } });
    else if (scene) api.addPanel({ ...common, ...size, position: { referencePanel: scene, direction } });
    else api.addPanel({ ...common, ...size, position: { direction } });
  };
  if (id === "scene") api.addPanel({ ...common, renderer: "always" });
  else if (id === "explorer") withTabs([], "left", { initialWidth: 288 });
  else if (id === "inspector" || id === "stimulate")
    withTabs(id === "inspector" ? ["stimulate"] : ["inspector"], "right", { initialWidth: 316 });
  else
    withTabs(
      (["raster", "problems", "rollout", "log"] as PanelId[]).filter((other) => other !== id),
      "below",
      { initialHeight: 252 },
    );
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

/** The docks, drawn by dockview: every row of `panels.ts` in a boundary of its own. What can be done with them is in `docks.ts`. */
import {
  DockviewDefaultTab,
  DockviewReact,
  type DockviewTheme,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from "dockview-react";
import "dockview-react/dist/styles/dockview.css";
import "./docks.css";
import { Suspense } from "react";
import { useStore } from "zustand";
import { t } from "../ui/messages.ts";
import { DataAge } from "./DataAge.tsx";
import { DockActions } from "./DockActions.tsx";
import { createDocks } from "./docks.ts";
import { OwnSelection } from "./OwnSelection.tsx";
import { PanelBoundary } from "./PanelBoundary.tsx";
import { PresentCaption } from "./PresentCaption.tsx";
import { type PanelId, panelIds, panelRow } from "./panels.ts";
import { useWorkbench } from "./workbench.ts";

function InDock({ api }: IDockviewPanelProps) {
  const id = api.component as PanelId;
  const { view: View, isTimeless } = panelRow(id);
  const { shell } = useWorkbench();
  const isPinned = useStore(shell, ({ unpinned }) => !unpinned.has(id));
  return (
    <div className="dock-view" data-panel={id} tabIndex={-1}>
      <h2 className="visually-hidden">{t(`panel.${id}`)}</h2>
      <PanelBoundary name={t(`panel.${id}`)}>
        <Suspense fallback={null}>
          {isPinned ? (
            <View />
          ) : (
            <OwnSelection panel={id}>
              <View />
            </OwnSelection>
          )}
        </Suspense>
      </PanelBoundary>
      {id === "scene" && <PresentCaption />}
      {!isTimeless && <DataAge />}
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

export function DockArea() {
  const { shell, appearance, layouts, windows } = useWorkbench();
  const theme = useStore(appearance, (state) => state.theme);
  return (
    <DockviewReact
      className="docks"
      theme={themes[theme]}
      components={components}
      defaultTabComponent={Tab}
      rightHeaderActionsComponent={DockActions}
      onReady={({ api }) => shell.setState({ docks: createDocks(api, layouts, windows.showElsewhere) })}
    />
  );
}

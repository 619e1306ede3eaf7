/** The window from top to bottom: banners, run bar, docks, status bar; dialogs and notices above. A popped-out view has a short bar and itself. */
import { useEffect } from "react";
import { EditingDialogs } from "../panels/editing/EditingDialogs.tsx";
import { ExportDialog } from "../panels/export/ExportDialog.tsx";
import { LayoutsDialog } from "../panels/layouts/LayoutsDialog.tsx";
import { OpenDialog } from "../panels/open/OpenDialog.tsx";
import { RareDialogs } from "../panels/open/RareDialogs.tsx";
import { FigureDialog } from "../panels/scene/FigureDialog.tsx";
import { SettingsDialog } from "../panels/settings/SettingsDialog.tsx";
import { ShortcutsDialog } from "../panels/settings/ShortcutsDialog.tsx";
import { TourStrip } from "../panels/tour/TourStrip.tsx";
import { RunToDialog } from "../panels/transport/RunToDialog.tsx";
import { ActivityBar } from "./ActivityBar.tsx";
import { Banners } from "./Banners.tsx";
import { ContextMenu } from "./ContextMenu.tsx";
import { DockArea } from "./DockArea.tsx";
import { openFile } from "./open-file.ts";
import { Palette } from "./Palette.tsx";
import { PopOutBar } from "./PopOutBar.tsx";
import { RunBar } from "./run-bar/RunBar.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { bindShortcuts } from "./shortcuts.ts";
import { Toasts } from "./Toasts.tsx";
import { useDesktop } from "./use-desktop.ts";
import { useTitle } from "./use-title.ts";
import { useRefusal, useWorkbench } from "./workbench.ts";
import "./app.css";

export function App() {
  const workbench = useWorkbench();
  const { commands, settings, windows } = workbench;
  const isWhole = windows.role.view === null;
  const refused = useRefusal();
  useEffect(() => bindShortcuts(window, commands, "window", () => settings.getState().letterKeys), [commands, settings]);
  useDesktop();
  useTitle();
  useEffect(() => {
    // A file dropped anywhere in the window is opened.
    const over = (event: DragEvent) => event.dataTransfer?.types.includes("Files") && event.preventDefault();
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      openFile(workbench, file).catch(refused);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [workbench, refused]);
  return (
    <div className="app">
      <Banners />
      {isWhole ? <RunBar /> : <PopOutBar />}
      {isWhole && <TourStrip />}
      <div className="app-middle">
        {isWhole && <ActivityBar />}
        <main className="app-main">
          <DockArea />
        </main>
      </div>
      {isWhole && <StatusBar />}
      <Palette />
      <OpenDialog />
      <RareDialogs />
      <ExportDialog />
      <SettingsDialog />
      <ShortcutsDialog />
      <LayoutsDialog />
      <EditingDialogs />
      <RunToDialog />
      <FigureDialog />
      <ContextMenu />
      <Toasts />
    </div>
  );
}

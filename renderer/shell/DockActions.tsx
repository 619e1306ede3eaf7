/** What can be done with a group of tabs, at the right of its strip: maximise it, close the panel on top. */
import type { IDockviewHeaderActionsProps } from "dockview-react";
import { Maximize2, Minimize2, PictureInPicture2, Pin, PinOff, SquareArrowOutUpRight, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../ui/Button.tsx";
import { t } from "../ui/messages.ts";
import { type PanelId, panelRow } from "./panels.ts";
import { useWorkbench } from "./workbench.ts";

export function DockActions({ api, containerApi, activePanel }: IDockviewHeaderActionsProps) {
  const { shell, windows } = useWorkbench();
  const [maximised, setMaximised] = useState(api.isMaximized());
  useEffect(() => {
    const listening = containerApi.onDidMaximizedGroupChange(() => setMaximised(api.isMaximized()));
    return () => listening.dispose();
  }, [api, containerApi]);
  const id = activePanel?.id as PanelId;
  const isPinned = useStore(shell, ({ unpinned }) => !unpinned.has(id));
  if (!activePanel) return null;
  const panel = activePanel.title ?? "";
  // A window that is made of one view has nothing else to show.
  const isSole = windows.role.view === id;
  const floating = api.location.type === "floating";
  return (
    <div className="dock-actions">
      {panelRow(id).followsSelection && (
        <Button
          icon={isPinned ? Pin : PinOff}
          label={t(isPinned ? "own.unpinPanel" : "own.pinPanel", { panel })}
          variant="quiet"
          pressed={isPinned}
          onPress={() => shell.getState().pin(id)}
        />
      )}
      {floating && (
        <Button
          icon={PictureInPicture2}
          label={t("dock.home", { panel })}
          variant="quiet"
          onPress={() => shell.getState().docks?.float()}
        />
      )}
      {windows.role.view === null && (
        <span className="dock-popout">
          <Button icon={SquareArrowOutUpRight} label={t("windows.popOut", { panel })} variant="quiet" onPress={() => windows.popOut(id)} />
        </span>
      )}
      {!isSole && (
        <Button
          icon={maximised ? Minimize2 : Maximize2}
          label={t(maximised ? "dock.restore" : "dock.maximise", { panel })}
          variant="quiet"
          onPress={() => (maximised ? api.exitMaximized() : api.maximize())}
        />
      )}
      {!isSole && activePanel.id !== "scene" && (
        <Button icon={X} label={t("dock.close", { panel })} variant="quiet" onPress={() => activePanel.api.close()} />
      )}
    </div>
  );
}

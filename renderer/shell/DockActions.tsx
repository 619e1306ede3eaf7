/** What can be done with a group of tabs, at the right of its strip: maximise it, close the panel on top. */
import type { IDockviewHeaderActionsProps } from "dockview-react";
import { Maximize2, Minimize2, PictureInPicture2, Pin, PinOff, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../ui/Button.tsx";
import { t } from "../ui/messages.ts";
import { type PanelId, panelRow } from "./panels.ts";
import { useWorkbench } from "./workbench.ts";

export function DockActions({ api, containerApi, activePanel }: IDockviewHeaderActionsProps) {
  const { shell } = useWorkbench();
  const [maximised, setMaximised] = useState(api.isMaximized());
  useEffect(() => {
    const listening = containerApi.onDidMaximizedGroupChange(() => setMaximised(api.isMaximized()));
    return () => listening.dispose();
  }, [api, containerApi]);
  const id = activePanel?.id as PanelId;
  const isPinned = useStore(shell, ({ unpinned }) => !unpinned.has(id));
  if (!activePanel) return null;
  const panel = activePanel.title ?? "";
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
      <Button
        icon={maximised ? Minimize2 : Maximize2}
        label={t(maximised ? "dock.restore" : "dock.maximise", { panel })}
        variant="quiet"
        onPress={() => (maximised ? api.exitMaximized() : api.maximize())}
      />
      {activePanel.id !== "scene" && (
        <Button icon={X} label={t("dock.close", { panel })} variant="quiet" onPress={() => activePanel.api.close()} />
      )}
    </div>
  );
}

/** Docks and layouts: presets, sides, floating, splitting, the undo of the layout itself. */
import { t } from "../../ui/messages.ts";
import { type PanelId, panelIds, panelRow, presetNames } from "../panels.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

const digitKeys = 9;

export function layoutCommands(parts: CommandParts): WindowCommand[] {
  const { shell, layouts } = parts;
  const { own } = commandWords(parts);
  const docks = () => shell.getState().docks;
  /** Does something with the active panel where it shows what is selected. */
  const followed = (work: (id: PanelId) => void): boolean => {
    const id = docks()?.active() ?? null;
    if (id === null || !panelRow(id).followsSelection) return false;
    work(id);
    return true;
  };
  return [
    ...panelIds.map((id: PanelId, i) =>
      own(`view.${id}`, t("command.show", { panel: t(`panel.${id}`) }), "view", () => docks()?.show(id), {
        shortcuts: i < digitKeys ? [`$mod+${i + 1}`] : [],
      }),
    ),
    own("view.maximise", t("command.maximise"), "layout", () => docks()?.maximise(), { shortcuts: ["$mod+Shift+m"] }),
    own("view.next", t("command.nextGroup"), "layout", () => docks()?.cycle(1), { shortcuts: ["Control+F6"] }),
    own("view.previous", t("command.previousGroup"), "layout", () => docks()?.cycle(-1), { shortcuts: ["Control+Shift+F6"] }),
    own("view.fullScreen", t("command.fullScreen"), "layout", toggleFullScreen, { shortcuts: ["Alt+Enter"] }),
    own("dock.left", t("command.dockLeft"), "layout", () => docks()?.toggle("left"), { shortcuts: ["$mod+b"] }),
    own("dock.below", t("command.dockBelow"), "layout", () => docks()?.toggle("below"), { shortcuts: ["$mod+j"] }),
    own("dock.right", t("command.dockRight"), "layout", () => docks()?.toggle("right"), { shortcuts: ["$mod+Alt+b"] }),
    own("view.pin", t("command.pin"), "layout", () => followed((id) => shell.getState().pin(id)), { when: () => followed(() => {}) }),
    own("dock.float", t("command.dockFloat"), "layout", () => docks()?.float()),
    own("dock.splitRight", t("command.splitRight"), "layout", () => docks()?.split("right")),
    own("dock.splitBelow", t("command.splitBelow"), "layout", () => docks()?.split("below")),
    ...presetNames.map((name) =>
      own(`layout.${name}`, t("command.preset", { name: t(`preset.${name}`) }), "layout", () => docks()?.preset(name)),
    ),
    own("layout.caption", t("command.caption"), "layout", () => shell.getState().open("caption"), {
      when: () => layouts.store.getState().preset === "present",
    }),
    own("layout.saved", t("command.layouts"), "layout", () => shell.getState().open("layouts")),
    own("layout.undo", t("command.layoutUndo"), "layout", () => docks()?.undo(), {
      shortcuts: ["$mod+Alt+z"],
      when: () => layouts.store.getState().canUndo,
    }),
    own("layout.redo", t("command.layoutRedo"), "layout", () => docks()?.redo(), {
      shortcuts: ["$mod+Alt+Shift+z"],
      when: () => layouts.store.getState().canRedo,
    }),
    own("view.reset", t("command.resetLayout"), "layout", () => docks()?.reset()),
  ];
}

function toggleFullScreen(): void {
  // Refused without a gesture or by a system without one; the window then stays as it is.
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done.catch(() => {});
}

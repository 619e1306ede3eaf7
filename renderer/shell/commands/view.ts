/** Dialogs and theme. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function viewCommands(parts: CommandParts): WindowCommand[] {
  const { shell, settings } = parts;
  const { own, has } = commandWords(parts);
  return [
    own("window.palette", t("command.palette"), "view", () => shell.getState().open("palette"), {
      shortcuts: ["$mod+k", "$mod+Shift+p"],
    }),
    own("window.open", t("command.open"), "genome", () => shell.getState().open("open"), { shortcuts: ["$mod+o"] }),
    own("window.export", t("command.export"), "genome", () => shell.getState().open("export"), { shortcuts: ["$mod+e"], when: has }),
    own("window.settings", t("command.settings"), "help", () => shell.getState().open("settings"), { shortcuts: ["$mod+,"] }),
    own("window.shortcuts", t("command.shortcuts"), "help", () => shell.getState().open("shortcuts"), { shortcuts: ["?", "F1"] }),
    own("theme.dark", t("command.themeDark"), "view", () => settings.setState({ theme: "dark" })),
    own("theme.light", t("command.themeLight"), "view", () => settings.setState({ theme: "light" })),
    own("theme.system", t("command.themeSystem"), "view", () => settings.setState({ theme: "system" })),
  ];
}

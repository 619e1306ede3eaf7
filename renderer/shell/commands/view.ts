/** Dialogs and theme. */

import { t } from "../../ui/messages.ts";
import { scaleStep } from "../../ui/settings.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function viewCommands(parts: CommandParts): WindowCommand[] {
  const { shell, settings } = parts;
  const { own, has } = commandWords(parts);
  const scale = () => settings.getState().scale;
  const setScale = (percent: number) => settings.setState({ scale: percent });
  return [
    own("window.palette", t("command.palette"), "view", () => shell.getState().open("palette"), {
      shortcuts: ["$mod+k"],
    }),
    own("window.commands", t("command.commands"), "view", () => shell.getState().open("commands"), { shortcuts: ["$mod+Shift+p"] }),
    own("window.open", t("command.open"), "genome", () => shell.getState().open("open"), { shortcuts: ["$mod+o"] }),
    own("window.export", t("command.export"), "genome", () => shell.getState().open("export"), { shortcuts: ["$mod+e"], when: has }),
    own("window.exportAgain", t("command.exportAgain"), "genome", () => void exportAgain(parts), {
      shortcuts: ["$mod+Shift+e"],
      when: () => has() && parts.stores.exports.store.getState().outcome.state !== "busy",
    }),
    own("window.exportVerify", t("command.exportVerify"), "genome", () => void verifyLast(parts), {
      when: () => parts.stores.exports.store.getState().sidecar !== null,
    }),
    own("window.settings", t("command.settings"), "help", () => shell.getState().open("settings"), { shortcuts: ["$mod+,"] }),
    own("window.shortcuts", t("command.shortcuts"), "help", () => shell.getState().open("shortcuts"), { shortcuts: ["?"] }),
    own("help.view", t("command.help"), "help", () => showHelp(parts), { shortcuts: ["F1"] }),
    own("scale.larger", t("command.scaleLarger"), "view", () => setScale(scaleStep(scale(), 1)), { shortcuts: ["$mod+=", "$mod++"] }),
    own("scale.smaller", t("command.scaleSmaller"), "view", () => setScale(scaleStep(scale(), -1)), { shortcuts: ["$mod+-"] }),
    own("scale.reset", t("command.scaleReset"), "view", () => setScale(100), { shortcuts: ["$mod+0"] }),
    own("theme.dark", t("command.themeDark"), "view", () => settings.setState({ theme: "dark" })),
    own("theme.light", t("command.themeLight"), "view", () => settings.setState({ theme: "light" })),
    own("theme.system", t("command.themeSystem"), "view", () => settings.setState({ theme: "system" })),
  ];
}

/** The last export once more, as it was asked for; where there was none, the dialog asks. */
async function exportAgain({ shell, stores }: CommandParts): Promise<void> {
  const { exports, notices } = stores;
  const { last } = exports.store.getState();
  if (!last) return shell.getState().open("export");
  const outcome = await exports.run(last);
  exports.rest();
  const { push } = notices.getState();
  if (outcome.state === "refused") push("error", outcome.reason);
  if (outcome.state === "done") push("info", t("export.again", { name: last.name, path: outcome.result.files[0]?.path ?? "" }));
}

async function verifyLast({ stores: { exports, notices } }: CommandParts): Promise<void> {
  const again = await exports.verify();
  const { push } = notices.getState();
  if (again?.state === "refused") push("error", again.reason);
  if (again?.state !== "read") return;
  const { isGood, files } = again.found;
  push(isGood ? "info" : "error", t(isGood ? "export.again.good" : "export.again.bad", { path: files[0]?.path ?? "" }));
}

/** The page of the view that has the focus; of the window, where none has. */
function showHelp({ shell }: CommandParts): void {
  const { docks } = shell.getState();
  const view = docks?.active();
  if (view && view !== "help") shell.setState({ helpPage: view });
  docks?.show("help");
}

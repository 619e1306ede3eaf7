/** Saving: back to where the genome or brain came from, or somewhere else by the export dialog. */
import { formatOfPath } from "#contracts/unsaved.ts";
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function fileCommands(parts: CommandParts): WindowCommand[] {
  const { shell } = parts;
  const { own, has, connected } = commandWords(parts);
  const when = () => has() && connected();
  return [
    own("file.new", t("command.new"), "genome", () => shell.getState().open("new"), { when: connected }),
    own("file.save", t("command.save"), "genome", () => void save(parts), { shortcuts: ["$mod+s"], when }),
    own("file.saveAs", t("command.saveAs"), "genome", () => shell.getState().open("export"), { shortcuts: ["$mod+Shift+s"], when }),
  ];
}

/** Writes to the file that was opened. Without one, or where it is a sample, the person is asked for another place. */
async function save({ bridge, stores, shell }: CommandParts): Promise<void> {
  const { push } = stores.notices.getState();
  const path = stores.brain.getState().status?.genomePath ?? null;
  try {
    const samples = await bridge.call("genome.samples", {});
    if (path === null || samples.some((sample) => sample.path === path)) return shell.getState().open("export");
    await bridge.call("session.export", { format: formatOfPath(path), path });
    push("info", t("file.saved", { path }));
  } catch (error) {
    push("error", messageOf(error));
  }
}

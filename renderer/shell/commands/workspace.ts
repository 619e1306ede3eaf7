/** Files of the lab besides genomes: the workspace, and bursts that are kept. */
import { messageOf } from "../../ui/error-text.ts";
import { fileNameOf } from "../../ui/file-name.ts";
import { t } from "../../ui/messages.ts";
import type { RecentFiles } from "../../ui/recent-files.ts";
import { workspaceOf } from "../workspace-file.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

type Parts = Pick<CommandParts, "bridge" | "stores" | "layouts" | "shell"> & { recent: RecentFiles };

export function workspaceCommands(parts: CommandParts): WindowCommand[] {
  const { own, connected } = commandWords(parts);
  const ask = () => parts.shell.getState().open("workspace");
  const again = () => {
    const { workspacePath } = parts.shell.getState();
    if (workspacePath === null) ask();
    else void saveWorkspace(parts, workspacePath);
  };
  // A popped-out view has no docks to speak of; the window it came from has.
  const when = () => connected() && parts.windows.role.view === null;
  return [
    own("workspace.save", t("command.workspaceSave"), "genome", again, { when }),
    own("workspace.saveAs", t("command.workspaceSaveAs"), "genome", ask, { when }),
  ];
}

export async function saveWorkspace(parts: Parts, path: string | null): Promise<void> {
  const { bridge, stores, shell, recent } = parts;
  const { push } = stores.notices.getState();
  try {
    const workspace = await workspaceOf(parts);
    const saved = await bridge.call("session.saveWorkspace", { workspace, ...(path !== null && { path }) });
    shell.setState({ workspacePath: saved.path });
    recent.note({ path: saved.path, title: fileNameOf(saved.path) });
    push("info", t("workspace.saved", { path: saved.path }));
  } catch (error) {
    push("error", messageOf(error));
  }
}

/** The bursts of the loop where one is marked, else all that are recorded. */
export async function keepRecording({ bridge, stores }: Pick<CommandParts, "bridge" | "stores">): Promise<void> {
  const { loop } = stores.timeline.store.getState();
  const { push } = stores.notices.getState();
  try {
    const range = { ...(loop.from !== null && { first: Math.max(1, loop.from) }), ...(loop.to !== null && { last: loop.to }) };
    const { first, last, files } = await bridge.call("time.keep", range);
    push("info", t("keep.done", { first, last, path: files[0]?.path ?? "" }));
  } catch (error) {
    push("error", messageOf(error));
  }
}

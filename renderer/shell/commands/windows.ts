/** Windows of the lab: a view in a window of its own and back, and a further window. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function windowsCommands(parts: CommandParts): WindowCommand[] {
  const { own } = commandWords(parts);
  const active = () => parts.shell.getState().docks?.active() ?? null;
  const isPopped = () => parts.windows.role.view !== null;
  return [
    own("window.new", t("command.newWindow"), "window", () => parts.windows.open()),
    own("window.popOut", t("command.popOut"), "window", () => popOut(parts), { when: () => !isPopped() && active() !== null }),
    own("window.giveBack", t("command.giveBack"), "window", () => parts.windows.giveBack(), { when: isPopped }),
    own("window.takeBack", t("command.takeBack"), "window", () => parts.windows.takeAllBack(), {
      when: () => parts.windows.store.getState().lent.size > 0,
    }),
  ];
}

function popOut({ shell, windows }: CommandParts): void {
  const view = shell.getState().docks?.active() ?? null;
  if (view !== null) windows.popOut(view);
}

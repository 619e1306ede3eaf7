/** Going over to another timeline; forking is a command of the lab. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function timelinesCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, call, connected } = commandWords(parts);
  const other = () => stores.timelines.store.getState().chosen;
  return [
    own(
      "timelines.goOver",
      t("command.timelinesGoOver"),
      "debug",
      () => {
        const id = other();
        if (id !== null) call("timeline.switchTo", { id });
      },
      { when: () => connected() && other() !== null },
    ),
  ];
}

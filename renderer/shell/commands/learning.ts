/** Taking hold of the mapping that the Learning view shows. */
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function learningCommands(parts: CommandParts): WindowCommand[] {
  const { bridge, stores, shell } = parts;
  const { own, connected } = commandWords(parts);
  const shown = () => stores.learning.shown();
  const possible = () => connected() && shown() !== undefined;
  return [
    own(
      "learning.toggleFreeze",
      t("learning.freezeCommand"),
      "brain",
      () => {
        const mapping = shown();
        if (!mapping) return;
        const { src, dst, frozen } = mapping;
        bridge
          .call("learning.freeze", { src, dst, on: !frozen })
          .then(stores.learning.again, (error: unknown) => stores.notices.getState().push("error", messageOf(error)));
      },
      { when: possible },
    ),
    own(
      "learning.askReset",
      t("learning.resetCommand"),
      "brain",
      () => {
        shell.getState().docks?.show("learning");
        stores.learning.store.setState({ isResetting: true });
      },
      { when: possible },
    ),
  ];
}

/** Adding modulators and classifiers, and what the selected area listens to. */
import type { EditDialog } from "../../stores/editing-store.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function modulatorCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, connected, has } = commandWords(parts);
  const ask = (dialog: EditDialog) => stores.editing.getState().ask(dialog);
  const canWrite = () => connected() && has();
  const area = () => stores.selection.getState().area;
  return [
    own("modulator.create", t("command.modulatorCreate"), "edit", () => ask({ kind: "modulator", id: null }), { when: canWrite }),
    own("modulator.listenSelected", t("command.modulatorListen"), "edit", () => ask({ kind: "listen", area: area()! }), {
      when: () => canWrite() && area() !== null,
    }),
    own("classifier.createNew", t("command.classifierCreate"), "edit", () => ask({ kind: "classifier", id: null }), { when: canWrite }),
  ];
}

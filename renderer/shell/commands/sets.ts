/** Selections of areas that are kept under a name. */
import type { EditDialog } from "../../stores/editing-store.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function setCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, has } = commandWords(parts);
  const ask = (dialog: EditDialog) => stores.editing.getState().ask(dialog);
  const last = () => stores.sets.store.getState().last;
  const when = () => has() && last() !== null;
  return [
    own("explorer.saveSet", t("command.setSave"), "edit", () => ask({ kind: "saveSet" }), {
      when: () => has() && stores.selection.getState().areas.length > 0,
    }),
    own("explorer.renameSet", t("command.setRename"), "edit", () => ask({ kind: "renameSet", name: last()! }), {
      ...{ shortcuts: ["F2"], context: "set", when },
    }),
    own("explorer.removeSet", t("command.setRemove"), "edit", () => stores.sets.remove(last()!), {
      ...{ shortcuts: ["Delete"], context: "set", when },
    }),
  ];
}

/** Selects the areas of a set; those that no longer exist are passed over, and that is said. */
export function chooseSet({ sets, selection, notices }: Pick<LabStores, "sets" | "selection" | "notices">, name: string): void {
  const gone = sets.choose(name, selection);
  if (gone > 0) notices.getState().push("warning", t("sets.gone", { name, count: gone }));
}

/** Taking hold of the mapping that the Learning view shows. */
import type { StoreApi } from "zustand/vanilla";
import type { CorticalMapping } from "#contracts/connectome.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import type { Shell } from "../shell-store.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function learningCommands(parts: CommandParts): WindowCommand[] {
  const { bridge, stores, shell } = parts;
  const { own, connected } = commandWords(parts);
  const shown = () => stores.learning.shown();
  const possible = () => connected() && shown() !== undefined;
  const selected = () => {
    const pair = stores.editing.getState().mapping;
    return pair && stores.brain.getState().mappings.find(({ src, dst }) => src === pair.src && dst === pair.dst);
  };
  return [
    own(
      "learning.showSelected",
      t("learning.showSelected"),
      "view",
      () => {
        const mapping = selected();
        if (mapping) showLearning(parts, mapping);
      },
      { when: () => canLearn(selected()) },
    ),
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

/** Whether a rule of it learns, or links memories. */
export function canLearn(mapping: CorticalMapping | null | undefined): boolean {
  return mapping?.rules.some(({ plastic, morphology }) => plastic || morphology === "associative_memory") ?? false;
}

export function showLearning({ stores, shell }: { stores: LabStores; shell: StoreApi<Shell> }, { src, dst }: CorticalMapping): void {
  shell.getState().docks?.show("learning");
  stores.learning.choose({ src, dst });
}

/** What can be done with the memory that the Memory view shows. */
import type { StoreApi } from "zustand/vanilla";
import type { LabStores } from "../../stores/lab-stores.ts";
import { t } from "../../ui/messages.ts";
import type { Shell } from "../shell-store.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function memoryCommands(parts: CommandParts): WindowCommand[] {
  const { stores, shell } = parts;
  const { own, connected } = commandWords(parts);
  const chosen = () => stores.memories.store.getState().memory;
  return [
    own("memory.why", t("memory.whyCommand"), "debug", () => whyMemory(parts), { when: () => chosen() !== null }),
    own(
      "memory.askForget",
      t("memory.forgetCommand"),
      "brain",
      () => {
        shell.getState().docks?.show("memory");
        const memory = chosen();
        if (memory) stores.memories.ask([memory.id]);
      },
      { when: () => connected() && chosen() !== null },
    ),
  ];
}

/** Why it fired: a memory fires in the burst after its pattern was there. */
export function whyMemory({ stores, shell }: { stores: LabStores; shell: StoreApi<Shell> }): void {
  const { memory } = stores.memories.store.getState();
  if (!memory) return;
  shell.getState().docks?.show("why");
  void stores.why.ask({ neuron: memory.id, burst: memory.lastSeen + 1 });
}

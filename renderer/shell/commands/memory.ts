/** What can be done with the memory that the Memory view shows. */
import { listedFirings } from "../../stores/why-store.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function memoryCommands(parts: CommandParts): WindowCommand[] {
  const { stores, shell } = parts;
  const { own, connected } = commandWords(parts);
  const chosen = () => stores.memories.store.getState().memory;
  return [
    own("memory.why", t("memory.whyCommand"), "debug", () => void whyMemory(parts), { when: () => chosen() !== null }),
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

/**
 * Why it fired: a memory fires in the burst after its pattern was there. One whose pattern has just been there fires in the burst to
 * come, so its last recorded firing is asked about; where it has none, the newest burst tells why not.
 */
export async function whyMemory({ bridge, stores, shell }: Pick<CommandParts, "bridge" | "stores" | "shell">): Promise<void> {
  const { memory } = stores.memories.store.getState();
  if (!memory) return;
  shell.getState().docks?.show("why");
  const { id: neuron, lastSeen } = memory;
  const newest = stores.brain.getState().status?.burst ?? 0;
  if (lastSeen < newest) return stores.why.ask({ neuron, burst: lastSeen + 1 });
  const fired = await bridge
    .call("debug.evaluate", { condition: { op: "fired", neuron }, bursts: listedFirings })
    .then(({ recorded }) => recorded.last.at(-1))
    .catch(() => undefined);
  return stores.why.ask({ neuron, burst: fired ?? newest });
}

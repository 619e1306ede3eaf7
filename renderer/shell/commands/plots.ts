/** Probing neurons, and hearing them. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function plotsCommands(parts: CommandParts): WindowCommand[] {
  const { stores, shell } = parts;
  const { own, has } = commandWords(parts);
  const neuron = () => stores.selection.getState().neuron;
  return [
    own(
      "trace.probe",
      t("command.probe"),
      "debug",
      () => {
        const id = neuron();
        if (id === null) return;
        stores.traces.add({ kind: "neuron", id });
        shell.getState().docks?.show("trace");
      },
      { shortcuts: ["p"], context: "neuron", when: () => has() && neuron() !== null },
    ),
    own("trace.hear", t("command.hearProbes"), "debug", () => stores.traces.store.setState(({ isHeard }) => ({ isHeard: !isHeard })), {
      when: () => has() && stores.traces.store.getState().probes.some(({ kind }) => kind === "neuron"),
    }),
  ];
}

/** Selecting and framing in the circuit; the keys work with the focus in it. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function circuitCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, has } = commandWords(parts);
  const circuit = () => parts.shell.getState().circuit;
  const inCircuit = (id: string, title: string, key: string, run: () => void) =>
    own(id, title, "view", run, { shortcuts: [key], context: "circuit", when: () => circuit() !== null });
  return [
    own(
      "circuit.enter",
      t("command.circuitEnter"),
      "view",
      () => {
        stores.editing.setState({ entered: stores.editing.getState().region });
        parts.shell.getState().docks?.show("circuit");
      },
      { when: () => has() && stores.editing.getState().region !== null },
    ),
    inCircuit("circuit.selectAll", t("command.circuitSelectAll"), "$mod+a", () => circuit()?.selectAll()),
    inCircuit("circuit.frameSelection", t("command.circuitFrameSelection"), "f", () => circuit()?.frame("selection")),
    inCircuit("circuit.frameAll", t("command.circuitFrameAll"), "Home", () => circuit()?.frame("all")),
  ];
}

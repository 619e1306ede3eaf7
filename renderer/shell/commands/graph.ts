/** The brain in Neo4j. Connecting, writing and stopping are commands of the lab and enter by themselves. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function graphCommands(parts: CommandParts): WindowCommand[] {
  const { stores, shell } = parts;
  const { own } = commandWords(parts);
  const isConnected = () => stores.graph.store.getState().status?.state === "connected";
  return [
    own(
      "graph.ask",
      t("graph.askCommand"),
      "brain",
      () => {
        shell.getState().docks?.show("graph");
        void stores.graph.ask();
      },
      { when: () => isConnected() },
    ),
  ];
}

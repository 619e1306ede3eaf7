import { expect, test } from "vitest";
import { createShell } from "../shell-store.ts";
import { circuitCommands } from "./circuit.ts";

test("selecting and framing in the circuit can be done while it is shown, and ask it alone", () => {
  const shell = createShell();
  const commands = circuitCommands({ shell } as never).filter(({ context }) => context === "circuit");
  expect(commands.map((command) => [command.shortcuts, command.when()])).toEqual([
    [["$mod+a"], false],
    [["f"], false],
    [["Home"], false],
  ]);
  const asked: string[] = [];
  shell.setState({ circuit: { selectAll: () => asked.push("all nodes"), frame: (what) => asked.push(what) } });
  for (const command of commands) if (command.when()) command.run();
  expect(asked).toEqual(["all nodes", "selection", "all"]);
});

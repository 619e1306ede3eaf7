/** The registry as doors need it: one flat list of commands, and which calls need the token. */
import type { Command } from "#contracts/command.ts";
import { commandGroups } from "#contracts/commands.ts";

export interface NamedCommand {
  /** `group.verb` */
  name: string;
  group: string;
  verb: string;
  command: Command;
}

export const allCommands: readonly NamedCommand[] = Object.entries(commandGroups).flatMap(([group, table]) =>
  Object.entries(table as Record<string, Command>).map(([verb, command]) => ({ name: `${group}.${verb}`, group, verb, command })),
);

const byName = new Map(allCommands.map((entry) => [entry.name, entry]));

/**
 * True when this call may only be made by somebody who holds the token: it writes, or it names a file of the host's
 * disk (a reader who may not open that file himself should not learn from us what is in it). Unknown commands count as writes.
 */
export function needsToken(name: string, input: unknown): boolean {
  if (byName.get(name)?.command.permission !== "read") return true;
  return typeof input === "object" && input !== null && "path" in input;
}

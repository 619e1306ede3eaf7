/** Calls a command by its full name: checks permission to exist, input and output against the registry, then the service runs it. */
import type { z } from "zod";
import type { CallContext, Command, ServiceOf } from "#contracts/command.ts";
import { type CommandGroups, commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";

export type Services = { [G in keyof CommandGroups]: ServiceOf<CommandGroups[G]> };
type Handler = (input: unknown, context: CallContext) => Promise<unknown>;

/** `refuse` throws where a command cannot be had now. */
export function createDispatch(
  services: Services,
  refuse: (name: string, command: Command) => void = () => {},
): (name: string, input: unknown, context: CallContext) => Promise<unknown> {
  const handlers = new Map<string, { command: Command; handler: Handler }>();
  for (const [group, commands] of Object.entries(commandGroups)) {
    for (const [verb, command] of Object.entries(commands)) {
      const handler = (services as unknown as Record<string, Record<string, Handler>>)[group]![verb]!;
      handlers.set(`${group}.${verb}`, { command, handler });
    }
  }
  return async (name, input, context) => {
    const found = handlers.get(name);
    if (!found) throw new LabError("E_NOT_FOUND", "No such command", { name });
    const parsed = found.command.input.safeParse(input ?? {});
    if (!parsed.success) throw invalidInput(name, parsed.error);
    refuse(name, found.command);
    return found.command.output.parse(await found.handler(parsed.data, context));
  };
}

function invalidInput(name: string, { issues }: z.ZodError): LabError {
  const located = issues.map(({ path, message }) => ({ path: path.join("."), message }));
  const [first] = located;
  const where = first?.path ? ` at ${first.path}` : "";
  return new LabError("E_INVALID", `The input of ${name} does not fit${where}: ${first?.message ?? ""}`, { issues: located });
}

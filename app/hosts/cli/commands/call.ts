/**
 * Every command of the registry as a verb against a lab that is running: `gyrus brain run '{"rateHz":30}' --url URL`.
 * `gyrus commands` lists them.
 */
import type { Command } from "commander";
import { z } from "zod";
import type { CommandTable } from "#contracts/command.ts";
import { commandGroups } from "#contracts/commands.ts";
import { LabError, labErrorOf, type WireError } from "#contracts/errors.ts";
import { allCommands } from "#transports/registry.ts";
import { print, printJson, printTable, UsageError } from "../output.ts";

export function callCommands(program: Command): void {
  program
    .command("commands")
    .description("list every registered command")
    .option("--json", "one JSON document on standard output")
    .action((flags: { json?: boolean }) => {
      const rows = allCommands.map(({ name, command: { title, permission, risk, input } }) => ({
        name,
        title,
        permission,
        risk,
        input: z.toJSONSchema(input, { io: "input" }),
      }));
      if (flags.json) return printJson({ commands: rows });
      printTable(
        ["command", "permission", "risk", "does"],
        rows.map((row) => [row.name, row.permission, row.risk, row.title]),
      );
    });

  for (const [group, table] of Object.entries(commandGroups)) {
    const verbs = program.command(group).description(`${group} commands of a running lab`);
    for (const [verb, { title }] of Object.entries(table as CommandTable)) {
      verbs
        .command(`${verb} [input]`)
        .description(`${title}; input is a JSON object`)
        .option("--url <url>", "address of the lab as `gyrus serve` printed it, token included (or GYRUS_URL)")
        .option("--json", "one JSON document on standard output")
        .action(async (input: string | undefined, flags: { url?: string }) => {
          const output = await call(`${group}/${verb}`, input ?? "{}", flags.url ?? process.env.GYRUS_URL);
          if ("json" in flags) printJson(output);
          else print(JSON.stringify(output, null, 2));
        });
    }
  }
}

async function call(route: string, input: string, address: string | undefined): Promise<unknown> {
  if (!address) throw new UsageError("say which lab: --url URL, or GYRUS_URL (gyrus serve prints it)");
  try {
    JSON.parse(input);
  } catch {
    throw new UsageError(`the input is not JSON: ${input}`);
  }
  if (!URL.canParse(address)) throw new UsageError(`--url takes an address as gyrus serve prints it, not "${address}"`);
  const url = new URL(address);
  const token = new URLSearchParams(url.hash.slice(1)).get("token") ?? "";
  let response: Response;
  try {
    response = await fetch(new URL(`/v1/${route}`, url.origin), {
      method: "POST",
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: input,
    });
  } catch (cause) {
    throw new LabError("E_IO", "No lab answers there", { path: url.origin }, "Start one with `gyrus serve`.", cause);
  }
  const body: unknown = await response.json();
  if (response.ok) return body;
  throw labErrorOf(body as WireError);
}

/**
 * Every command of the registry as a verb against a lab that is running: `gyrus brain run '{"rateHz":30}' --url URL`.
 * `gyrus commands` lists them.
 */
import http from "node:http";
import https from "node:https";
import type { Command } from "commander";
import { z } from "zod";
import type { CommandTable } from "#contracts/command.ts";
import { commandGroups } from "#contracts/commands.ts";
import { LabError, labErrorOf, type WireError } from "#contracts/errors.ts";
import { allCommands } from "#transports/registry.ts";
import { readText } from "../inputs.ts";
import { print, printJson, printTable, UsageError } from "../output.ts";
import { neo4jPassword } from "../password.ts";

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
        .description(`${title}; input is a JSON object, - reads it from standard input`)
        .option("--url <url>", "address of the lab as `gyrus serve` printed it, token included (or GYRUS_URL)")
        .option("--json", "one JSON document on standard output")
        .action(async (input: string | undefined, flags: { url?: string }) => {
          const given = input === "-" ? await readText("-") : (input ?? "{}");
          const output = await call(`${group}/${verb}`, given, flags.url ?? process.env.GYRUS_URL);
          if ("json" in flags) printJson(output);
          else print(JSON.stringify(output, null, 2));
        });
    }
  }
}

async function call(route: string, given: string, address: string | undefined): Promise<unknown> {
  if (!address) throw new UsageError("say which lab: --url URL, or GYRUS_URL (gyrus serve prints it)");
  let input: unknown;
  try {
    input = JSON.parse(given);
  } catch {
    throw new UsageError(`the input is not JSON: ${given}`);
  }
  if (!URL.canParse(address)) throw new UsageError(`--url takes an address as gyrus serve prints it, not "${address}"`);
  const url = new URL(address);
  const token = new URLSearchParams(url.hash.slice(1)).get("token") ?? "";
  const { ok, body } = await post(
    new URL(`/v1/${route}`, url.origin),
    token,
    route === "neo4j/connect" ? await withPassword(input) : input,
  );
  if (ok) return body;
  throw labErrorOf(body as WireError);
}

/** What the lab does not know of its own environment, the caller's may say. */
async function withPassword(input: unknown): Promise<unknown> {
  if (typeof input !== "object" || input === null || "password" in input) return input;
  const password = await neo4jPassword("Password of Neo4j (empty: the one that the lab knows): ");
  return password === null ? input : { ...input, password };
}

/** Without the time limits of `fetch`: a command may take as long as it takes. */
function post(url: URL, token: string, input: unknown): Promise<{ ok: boolean; body: unknown }> {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const lost = (cause: unknown) =>
      reject(new LabError("E_IO", "No lab answers there", { path: url.origin }, "Start one with `gyrus serve`.", cause));
    request(url, { method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", lost);
      response.on("end", () => {
        try {
          const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
          resolve({ ok: response.statusCode === 200, body });
        } catch (cause) {
          lost(cause);
        }
      });
    })
      .on("error", lost)
      .end(JSON.stringify(input));
  });
}

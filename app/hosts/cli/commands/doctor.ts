/** gyrus doctor: what is available on this machine. */
import type { Command } from "commander";
import { examineMachine } from "#adapters/machine/doctor.ts";
import { usualPlace } from "#contracts/commands/neo4j.ts";
import { nativePlaces } from "../../paths.ts";
import { print, printJson } from "../output.ts";

export function doctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("what is available here: native engine, SQLite, Electron …")
    .option("--json", "one JSON document on standard output")
    .action(async (flags: { json?: boolean }) => {
      const checks = await examineMachine(nativePlaces(), { place: usualPlace, password: process.env.GYRUS_NEO4J_PASSWORD ?? null });
      if (flags.json) return printJson({ checks });
      for (const { name, ok, detail } of checks) print(`${ok ? "yes" : "no "}  ${name.padEnd(14)} ${detail}`);
    });
}

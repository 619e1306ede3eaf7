/** gyrus validate GENOME */
import type { Command } from "commander";
import { readForeign } from "#adapters/exchange/foreign-file.ts";
import { reportOnNetwork } from "#core/exchange/brain-of-network.ts";
import { validateGenome } from "#core/genome/validate.ts";
import { readText } from "../inputs.ts";
import { print, printJson } from "../output.ts";

export function validateCommand(program: Command): void {
  program
    .command("validate <genome>")
    .description("parse and check a genome, or a network another tool wrote; change nothing")
    .option("--json", "one JSON document on standard output")
    .action(async (path: string, flags: { json?: boolean }) => {
      const foreign = path === "-" ? null : await readForeign(path, { limitBytes: process.availableMemory() });
      const report = foreign ? reportOnNetwork(foreign) : validateGenome(await readText(path));
      if (!report.valid) process.exitCode = 1;
      if (flags.json) return printJson(report);
      print(
        `${report.valid ? "valid" : "NOT VALID"}: version ${report.version}, ${report.areas} areas, ${report.errors.length} errors, ${report.warnings.length} warnings`,
      );
      for (const [label, problems] of [
        ["error", report.errors],
        ["warning", report.warnings],
      ] as const) {
        for (const problem of problems) {
          print(
            `  ${label}  ${problem.path}: ${problem.message} (expected ${problem.expected}, found ${problem.found})${problem.fix ? ` — ${problem.fix}` : ""}`,
          );
        }
      }
      if (!report.valid)
        process.stderr.write(
          `error: the genome has ${report.errors.length} ${report.errors.length === 1 ? "error" : "errors"} (${path}): mend what is listed\n`,
        );
    });
}

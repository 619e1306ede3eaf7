/** gyrus morphology CASES */
import type { Command } from "commander";
import { runMorphologyCases } from "#core/development/morphology-case.ts";
import { oneOf, readJson } from "../inputs.ts";
import { print, printJson } from "../output.ts";

export function morphologyCommand(program: Command): void {
  program
    .command("morphology <cases>")
    .description("run a file of recorded morphology cases")
    .option("--development <mode>", "standard or feagi-strict", "feagi-strict")
    .option("--json", "one JSON document on standard output")
    .action(async (path: string, flags: { development: string; json?: boolean }) => {
      const development = oneOf(flags.development, ["standard", "feagi-strict"], "--development");
      const { cases, matched, total } = runMorphologyCases(await readJson(path), development);
      if (matched < total) process.exitCode = 1;
      if (flags.json) return printJson({ cases, matched, total });
      for (const result of cases) if (!result.match) print(`differs  ${result.case}: ${result.firstMismatch}`);
      print(`${matched} of ${total} cases match`);
    });
}

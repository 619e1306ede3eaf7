/** gyrus morphology CASES */
import type { Command } from "commander";
import { LabError } from "#contracts/errors.ts";
import { runMorphologyCase } from "#core/development/morphology-case.ts";
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
      const document = (await readJson(path)) as { cases?: unknown } | null;
      if (!Array.isArray(document?.cases))
        throw new LabError("E_INVALID", "The file has no list of cases", { path }, "Give a file of the morphology format.");
      const cases = document.cases.map((golden) => runMorphologyCase(golden, { development }));
      const matched = cases.filter((result) => result.match).length;
      if (matched < cases.length) process.exitCode = 1;
      if (flags.json) return printJson({ cases, matched, total: cases.length });
      for (const result of cases) if (!result.match) print(`differs  ${result.case}: ${result.firstMismatch}`);
      print(`${matched} of ${cases.length} cases match`);
    });
}

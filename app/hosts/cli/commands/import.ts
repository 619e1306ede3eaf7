/** gyrus import FILE --out BRAIN: what another tool wrote, as a brain file. */
import type { Command } from "commander";
import { LabError } from "#contracts/errors.ts";
import { importFormats } from "#core/exchange/formats.ts";
import { formatOfFile, oneOf } from "../inputs.ts";
import { type GrowthFlags, withGrowthOptions } from "../options.ts";
import { developBrain } from "./develop.ts";

interface Flags extends GrowthFlags {
  format?: string;
  out: string;
  json?: boolean;
}

export function importCommand(program: Command): void {
  withGrowthOptions(program.command("import <file>"))
    .description("read a network that another tool wrote into a brain file")
    .option("--format <format>", `refuse anything else than ${importFormats.join(", ")}; without it the content tells`)
    .requiredOption("--out <brain>", "the brain file to write")
    .option("--json", "one JSON document on standard output")
    .action(async (file: string, flags: Flags) => {
      const found = await formatOfFile(file);
      if (flags.format !== undefined && oneOf(flags.format, importFormats, "--format") !== found)
        throw new LabError("E_INVALID", `The file is ${found}, not ${flags.format}`, { path: file }, "Leave --format out.");
      await developBrain(file, flags);
    });
}

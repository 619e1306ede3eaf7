/** gyrus export BRAIN|GENOME --format F --out PATH */
import type { Command } from "commander";
import { writeExport } from "#adapters/files/write-export.ts";
import { exportFormats } from "#contracts/commands/session.ts";
import { SavedDialect } from "#contracts/genome.ts";
import { neuronsOf } from "#core/connectome/census.ts";
import { exportLosses, exportParts } from "#core/exchange/exchange.ts";
import { exportSourceOf } from "../export-source.ts";
import { oneOf, openBrain } from "../inputs.ts";
import { type GrowthFlags, growthSettings, withGrowthOptions } from "../options.ts";
import { print, printJson } from "../output.ts";

export function exportCommand(program: Command): void {
  withGrowthOptions(program.command("export <brain>"))
    .description("write a brain file or genome in another format")
    .requiredOption("--format <format>", exportFormats.join(", "))
    .requiredOption("--out <path>", "where to; csv adds PATH.neurons.csv and PATH.areas.csv beside it")
    .option("--dialect <dialect>", `genome only: ${SavedDialect.options.join(", ")}`, "source")
    .option("--json", "one JSON document on standard output")
    .action(async (path: string, flags: GrowthFlags & { format: string; out: string; dialect: string; json?: boolean }) => {
      const format = oneOf(flags.format, exportFormats, "--format");
      const dialect = oneOf(flags.dialect, SavedDialect.options, "--dialect");
      const started = performance.now();
      const source = exportSourceOf(await openBrain(path, growthSettings(flags)));
      const files = await writeExport(flags.out, exportParts(format, source, { dialect }));
      const { connectome, synapses } = source;
      const result = {
        format,
        files,
        neurons: neuronsOf(connectome),
        synapses: synapses.slot.length,
        lost: exportLosses(format, source),
        ms: performance.now() - started,
      };
      if (flags.out === "-") return;
      if (flags.json) return printJson(result);
      for (const file of files) print(`${file.path}  ${file.bytes.toLocaleString("en")} bytes  sha256 ${file.sha256}`);
      for (const loss of result.lost) print(`not in it: ${loss}`);
    });
}

/** gyrus develop GENOME [--out BRAIN] */
import { createHash } from "node:crypto";
import type { Command } from "commander";
import { writeExport } from "#adapters/files/write-export.ts";
import { developmentSummary } from "#core/development/summary.ts";
import { encodeBrain } from "#core/exchange/brain-file.ts";
import { exportSourceOf } from "../export-source.ts";
import { openBrain } from "../inputs.ts";
import { type GrowthFlags, growthSettings, withGrowthOptions } from "../options.ts";
import { print, printJson, printTable } from "../output.ts";

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export function developCommand(program: Command): void {
  withGrowthOptions(program.command("develop <genome>"))
    .description("grow a genome into a connectome")
    .option("--out <brain>", "write a brain file")
    .option("--json", "one JSON document on standard output")
    .action(developBrain);
}

export async function developBrain(path: string, flags: GrowthFlags & { out?: string; json?: boolean }): Promise<void> {
  const started = performance.now();
  const opened = await openBrain(path, growthSettings(flags));
  const ms = performance.now() - started;
  if (flags.out) await writeExport(flags.out, [{ name: "", pieces: [encodeBrain(exportSourceOf(opened).source)] }]);
  const summary = developmentSummary(opened.connectome, sha256);
  const result = { ...summary, stages: opened.stages, ms, rssBytes: process.memoryUsage().rss };
  if (flags.json) return printJson(result);
  printTable(
    ["area", "kind", "dimensions", "neurons"],
    result.areas.map((area) => [area.name, area.kind, area.dims.join("×"), area.neurons]),
  );
  for (const repair of result.repairs) print(`repair  ${repair.path}: ${repair.message}`);
  print(`${result.neurons.toLocaleString("en")} neurons, ${result.synapses.toLocaleString("en")} synapses in ${ms.toFixed(0)} ms`);
}

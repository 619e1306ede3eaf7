/** gyrus export BRAIN|GENOME --format F --out PATH */
import path from "node:path";
import type { Command } from "commander";
import { exportBrain } from "#adapters/exchange/export-brain.ts";
import { versionBeside } from "#adapters/exchange/provenance.ts";
import { ExportOptions, type ExportScope, exportFormats } from "#contracts/commands/session.ts";
import { SavedDialect } from "#contracts/genome.ts";
import { formatFacts, formatOf, planFor } from "#core/exchange/formats.ts";
import { packageRoot } from "../../paths.ts";
import { exportSourceOf } from "../export-source.ts";
import { oneOf, openBrain } from "../inputs.ts";
import { type GrowthFlags, growthSettings, withGrowthOptions } from "../options.ts";
import { print, printJson, progressBar, UsageError } from "../output.ts";

interface Flags extends GrowthFlags {
  format: string;
  out?: string;
  dialect: string;
  areas?: string[];
  regions?: string[];
  only?: string;
  minWeight?: string;
  stepMs?: string;
  verify: boolean;
  plan?: boolean;
  json?: boolean;
}

export function exportCommand(program: Command): void {
  withGrowthOptions(program.command("export <brain>"))
    .description("write a brain file or genome in another format")
    .requiredOption("--format <format>", exportFormats.join(", "))
    .option("--out <path>", "where to; some formats add files beside it, sonata and neo4j-csv make a folder of it")
    .option("--areas <ids...>", "only these cortical areas and what connects them")
    .option("--regions <ids...>", "only the areas in these brain regions")
    .option("--only <type>", "only excitatory or inhibitory synapses")
    .option("--min-weight <weight>", "only synapses of at least this weight")
    .option("--step-ms <ms>", "biological time of one burst; sonata needs it")
    .option("--no-verify", "do not read the files back")
    .option("--plan", "write nothing; say what it would hold and what would be lost")
    .option("--dialect <dialect>", `genome only: ${SavedDialect.options.join(", ")}`, "source")
    .option("--json", "one JSON document on standard output")
    .action(async (file: string, flags: Flags) => {
      const options = optionsOf(flags);
      const { format, scope } = options;
      if (flags.out === undefined && !flags.plan) throw new UsageError("--out says where to write");
      const started = performance.now();
      const opened = await openBrain(file, growthSettings(flags));
      const { source, engine } = exportSourceOf(opened, formatFacts[format].holdsState ?? false);
      formatOf(options, source.meta.rateHz);
      if (flags.plan) {
        const plan = planFor(format, source, scope);
        if (flags.json) return printJson(plan);
        print(`${plan.neurons} neurons, ${plan.synapses} synapses, about ${Math.ceil(plan.bytes / 1e6)} MB`);
        for (const loss of plan.lost) print(`not in it: ${loss}`);
        return;
      }
      const target = flags.out as string;
      const bar = progressBar();
      const maker = { version: versionBeside(path.join(packageRoot(), "resources")), engine };
      const progress = (bytes: number, expected: number) => bar.show(`${(bytes / 1e6).toFixed(0)} MB`, Math.min(1, bytes / expected));
      const { files, plan, verified } = await exportBrain({ target, source, options, maker, signal: interrupted(), progress });
      bar.end();
      const { neurons, synapses, lost } = plan;
      if (target === "-") return;
      if (flags.json) return printJson({ format, files, neurons, synapses, lost, verified, ms: performance.now() - started });
      for (const written of files) print(`${written.path}  ${written.bytes.toLocaleString("en")} bytes  sha256 ${written.sha256}`);
      for (const loss of lost) print(`not in it: ${loss}`);
    });
}

function optionsOf(flags: Flags): ExportOptions {
  const { only, minWeight } = flags;
  const synapses = {
    ...(only !== undefined && { type: oneOf(only, ["excitatory", "inhibitory"] as const, "--only") }),
    ...(minWeight !== undefined && { minWeight: atLeast(minWeight, "--min-weight", 0) }),
  };
  const scope: ExportScope = {
    ...(flags.areas && { areas: flags.areas }),
    ...(flags.regions && { regions: flags.regions }),
    ...(Object.keys(synapses).length > 0 && { synapses }),
  };
  return ExportOptions.parse({
    format: oneOf(flags.format, exportFormats, "--format"),
    dialect: oneOf(flags.dialect, SavedDialect.options, "--dialect"),
    scope,
    verify: flags.verify,
    ...(flags.stepMs !== undefined && { stepMs: atLeast(flags.stepMs, "--step-ms", Number.MIN_VALUE) }),
  });
}

function atLeast(value: string, option: string, least: number): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number < least) throw new UsageError(`${option} takes a number of at least ${least}, not "${value}"`);
  return number;
}

/** Ctrl+C cancels, which removes what was begun; a second one ends the process. */
function interrupted(): { aborted: boolean } {
  const signal = { aborted: false };
  process.once("SIGINT", () => {
    signal.aborted = true;
  });
  return signal;
}

/** gyrus export BRAIN|GENOME --format F --out PATH */
import path from "node:path";
import type { Command } from "commander";
import { exportBrain } from "#adapters/exchange/export-brain.ts";
import { sidecarOf, versionBeside } from "#adapters/exchange/provenance.ts";
import { type Tally, verifyTally } from "#adapters/exchange/verify.ts";
import { type WrittenPart, writeExport } from "#adapters/files/write-export.ts";
import {
  type BurstRange,
  compressions,
  ExportOptions,
  type ExportPhase,
  type ExportResult,
  type ExportScope,
  exportFormats,
} from "#contracts/exports.ts";
import { SavedDialect } from "#contracts/genome.ts";
import { lifDynamics } from "#contracts/network.ts";
import { modelOf } from "#core/engine/network-document.ts";
import { formatFacts, formatOf, planFor } from "#core/exchange/formats.ts";
import { nestExport } from "#core/exchange/nest.ts";
import { type ExportedSpikes, spikesFrom, tracesFrom } from "#core/exchange/network.ts";
import { neuromlExport } from "#core/exchange/neuroml.ts";
import { packageRoot } from "../../paths.ts";
import { exportSourceOf } from "../export-source.ts";
import { isFolder, oneOf, openBrain, readText, wholeNumber } from "../inputs.ts";
import { exportToNeo4j } from "../neo4j-export.ts";
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
  bursts: string;
  activity?: string;
  probes?: string[];
  idBase?: string;
  compression?: string;
  rowsPerFile?: string;
  verify: boolean;
  plan?: boolean;
  replace?: boolean;
  json?: boolean;
}

export function exportCommand(program: Command): void {
  withGrowthOptions(program.command("export <brain>"))
    .description("write a brain file or genome in another format")
    .requiredOption("--format <format>", [...exportFormats, "neo4j"].join(", "))
    .option("--out <path>", "where to; some formats add files beside it, bundle, sonata, neo4j-csv and nest make a folder of it")
    .addHelpText("after", "\nneo4j: --out neo4j://user@host:7687/database, the password as GYRUS_NEO4J_PASSWORD or typed")
    .option("--replace", "neo4j only: take the place of another brain in the database")
    .option("--areas <ids...>", "only these cortical areas and what connects them")
    .option("--regions <ids...>", "only the areas in these brain regions")
    .option("--only <type>", "only excitatory or inhibitory synapses")
    .option("--min-weight <weight>", "only synapses of at least this weight")
    .option("--step-ms <ms>", "biological time of one burst; sonata, nwb and neuroml need it")
    .option("--bursts <n>", "run so many bursts first; sonata, nwb and tables hold what fires in them", "0")
    .option("--activity <first..last>", "of these bursts only")
    .option("--probes <ids...>", "membrane potentials of these neurons in place of the network; csv, arrow, parquet and nwb")
    .option("--id-base <0|1>", "what ids of neurons count from, in text and tables")
    .option("--compression <how>", `${compressions.join(", ")}; text is gzipped also where --out ends with .gz`)
    .option("--rows-per-file <n>", "longer tables go on in further files; csv, arrow, parquet and neo4j-csv")
    .option("--no-verify", "do not read the files back")
    .option("--plan", "write nothing; say what it would hold and what would be lost")
    .option("--dialect <dialect>", `genome only: ${SavedDialect.options.join(", ")}`, "source")
    .option("--json", "one JSON document on standard output")
    .action(async (file: string, flags: Flags) => {
      if (flags.format === "neo4j") return intoNeo4j(file, flags);
      const options = optionsOf(flags);
      const { format, probes } = options;
      if (flags.out === undefined && !flags.plan) throw new UsageError("--out says where to write");
      const started = performance.now();
      const ofLif = format === "nest" ? nestExport : format === "neuroml" ? neuromlExport : null;
      const network = ofLif !== null && flags.out !== undefined && !flags.plan ? await lifNetwork(file) : null;
      if (ofLif !== null && network !== null) {
        const { parts, weights, ...told } = ofLif(network);
        const { neurons, synapses } = told;
        const written = await writeExport(flags.out as string, parts, {
          isFolder: format === "nest",
          signal: interrupted(),
          sidecar: sidecarOfNetwork(file, options, { neurons, synapses, weights }),
          ...(options.verify && { inspect: (lying) => verifyTally(format, { neurons, synapses, weights }, lying) }),
        });
        report({ format, files: written, ...told, verified: options.verify ? true : null, ms: performance.now() - started }, flags);
        return;
      }
      const opened = await openBrain(file, growthSettings(flags));
      const ran = wholeNumber(flags.bursts, "--bursts");
      const { source, engine } = exportSourceOf(opened, { withState: formatFacts[format].holdsState ?? false, bursts: ran, probes });
      formatOf(options, source.meta.rateHz);
      if (probes && !source.traces) throw new UsageError("--probes needs --bursts: a potential is read after each of them");
      if (options.bursts) source.spikes = spikesFrom(source.spikes ?? noSpikes, options.bursts);
      if (options.bursts && source.traces) source.traces = tracesFrom(source.traces, options.bursts);
      if (flags.plan) {
        const plan = planFor(options, source, ran);
        if (flags.json) return printJson(plan);
        print(`${plan.neurons} neurons, ${plan.synapses} synapses, about ${Math.ceil(plan.bytes / 1e6)} MB`);
        for (const { name, ok, detail } of plan.checks) print(`${ok ? "ok " : "no "}  ${name}: ${detail}`);
        for (const loss of plan.lost) print(`not in it: ${loss}`);
        return;
      }
      const target = flags.out as string;
      const bar = progressBar();
      const maker = { version: versionBeside(path.join(packageRoot(), "resources")), engine };
      const progress = (phase: ExportPhase, bytes: number, expected: number) =>
        bar.show(phase === "write" ? `${(bytes / 1e6).toFixed(0)} MB` : "reading back", Math.min(1, bytes / expected));
      const { files, plan, verified } = await exportBrain({ target, source, options, maker, signal: interrupted(), progress });
      bar.end();
      const { neurons, synapses, lost } = plan;
      if (target === "-") return;
      report({ format, files, neurons, synapses, lost, verified, ms: performance.now() - started }, flags);
    });
}

/** The whole brain; what of it is there already is not written again. */
async function intoNeo4j(file: string, flags: Flags): Promise<void> {
  if (flags.out === undefined) throw new UsageError("--out says which database: neo4j://user@host:7687/database");
  const partial = flags.plan || flags.areas || flags.regions || flags.only || flags.minWeight || Number(flags.bursts) > 0;
  if (partial) throw new UsageError("neo4j takes a whole brain as it is: no --plan, scope or --bursts");
  const started = performance.now();
  const bar = progressBar();
  const opened = await openBrain(file, growthSettings(flags));
  const order = { target: flags.out, replace: flags.replace ?? false, signal: interrupted(), progress: bar.show };
  const { counts, parts, writes } = await exportToNeo4j(opened, order);
  bar.end();
  if (flags.json) return printJson({ format: "neo4j", files: [], ...counts, parts, writes, ms: performance.now() - started });
  print(`${counts.neurons} neurons, ${counts.synapses} synapses; ${parts.unchanged} of ${parts.total} parts were up to date`);
  print(
    `nodes +${writes.nodesCreated} -${writes.nodesDeleted}, relationships +${writes.relationshipsCreated} -${writes.relationshipsDeleted}`,
  );
}

/** A network file of lif-delta; null for what other simulators have no neuron for. */
async function lifNetwork(file: string): Promise<unknown> {
  try {
    if (await isFolder(file)) return null;
    const document: unknown = JSON.parse(await readText(file));
    return modelOf(document) === lifDynamics ? document : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function sidecarOfNetwork(file: string, options: ExportOptions, tally: Tally) {
  const made = { gyrus: versionBeside(path.join(packageRoot(), "resources")), network: file, dynamics: lifDynamics, options, tally };
  return (files: WrittenPart[]) => sidecarOf(made, files);
}

function report(result: ExportResult, { json }: Flags): void {
  if (json) {
    printJson(result);
    return;
  }
  for (const written of result.files) print(`${written.path}  ${written.bytes.toLocaleString("en")} bytes  sha256 ${written.sha256}`);
  for (const loss of result.lost) print(`not in it: ${loss}`);
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
    ...(flags.activity !== undefined && { bursts: burstRange(flags.activity) }),
    ...(flags.probes && { probes: flags.probes.map((id) => wholeNumber(id, "--probes")) }),
    ...(flags.idBase !== undefined && { idBase: Number(oneOf(flags.idBase, ["0", "1"] as const, "--id-base")) }),
    ...(flags.compression !== undefined && { compression: oneOf(flags.compression, compressions, "--compression") }),
    ...(flags.rowsPerFile !== undefined && { rowsPerFile: wholeNumber(flags.rowsPerFile, "--rows-per-file") }),
    ...(flags.stepMs !== undefined && { stepMs: atLeast(flags.stepMs, "--step-ms", Number.MIN_VALUE) }),
  });
}

function burstRange(value: string): BurstRange {
  const [first, last] = (/^(\d+)\.\.(\d+)$/.exec(value) ?? []).slice(1).map(Number);
  if (first !== undefined && last !== undefined && first >= 1 && first <= last) return { first, last };
  throw new UsageError(`--activity takes two bursts as 1..100, not "${value}"`);
}

const noSpikes: ExportedSpikes = { first: 1, last: 0, burst: new Uint32Array(0), neuron: new Uint32Array(0) };

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

/**
 * One export from plan to files: encode, write beside the final place, read back and compare, leave a sidecar, rename.
 * Formats that a library writes are encoded here; the others in core/exchange.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import type { ExportOptions, ExportPhase, ExportPlan } from "#contracts/exports.ts";
import { bundleParts } from "#core/exchange/bundle.ts";
import { exportParts, isPure, tablesOf } from "#core/exchange/exchange.ts";
import { formatOf, planOf, refusePretence } from "#core/exchange/formats.ts";
import { ABSENT, type ExportNetwork, type ExportSource, networkIn, spikesIn, spikesOfTraces } from "#core/exchange/network.ts";
import { type ExportTable, inParts } from "#core/exchange/tables.ts";
import { type AnyPart, type WrittenFile, writeExport } from "../files/write-export.ts";
import type { TableNotes } from "./columnar.ts";
import { type Maker, provenanceNotes, sidecarOf } from "./provenance.ts";
import { tallyOf, verifyTally } from "./verify.ts";

/** A folder with more of them is of little use to anybody. */
const MOST_FILES = 1000;

export interface ExportJob {
  target: string;
  source: ExportSource;
  options: ExportOptions;
  maker: Maker;
  signal?: AbortSignalLike;
  /** Bytes written so far, and how many they may become. */
  progress?(phase: ExportPhase, bytes: number, expected: number): void;
}

export interface ExportedBrain {
  plan: ExportPlan;
  files: WrittenFile[];
  verified: boolean | null;
}

export async function exportBrain({ target: asked, source, options, maker, signal, progress }: ExportJob): Promise<ExportedBrain> {
  const { format, scope, verify, probes, idBase, compression } = options;
  const { isFolder = false, seeks = false } = formatOf(options, source.meta.rateHz);
  if ((seeks || isFolder) && asked.endsWith(".gz"))
    throw new LabError(
      "E_INVALID",
      `${format} cannot be read from a gzip file`,
      { path: asked },
      "Leave .gz away; arrow and parquet are compact as they are.",
    );
  const isPacked = compression === "gzip" && !seeks && asked !== "-" && !asked.endsWith(".gz");
  const target = isPacked ? `${asked}.gz` : asked;
  const network = networkIn(source, scope, idBase);
  for (const id of probes ?? []) if ((network.places[id] ?? ABSENT) === ABSENT) throw noNeuron(id);
  const { traces } = source;
  const plan = planOf(format, source, network, traces && { count: traces.neurons.length, bursts: traces.last - traces.first + 1 });
  refusePretence(format, plan);
  const { neurons, synapses, lost } = plan;
  refuseManyFiles(options, source, synapses);
  const notes = provenanceNotes(source, options, maker);
  const tally = tallyOf(format, network, source);
  const isPiped = target === "-";
  const files = await writeExport(target, await partsOf(options, source, network, { provenance: JSON.stringify(notes) }), {
    isFolder,
    bytes: plan.bytes,
    sidecar: (written) => sidecarOf({ ...notes, neurons, synapses, lost, tally }, written),
    ...(signal && { signal }),
    ...(progress && { progress: (bytes) => progress("write", bytes, Math.max(bytes, plan.bytes)) }),
    ...(verify && {
      inspect: (lying) => {
        progress?.("verify", plan.bytes, plan.bytes);
        return verifyTally(format, tally, lying);
      },
    }),
  });
  return { plan, files, verified: verify && !isPiped ? true : null };
}

async function partsOf(
  { format, dialect, stepMs, compression, rowsPerFile }: ExportOptions,
  source: ExportSource,
  network: ExportNetwork,
  notes: TableNotes,
): Promise<AnyPart[]> {
  if (isPure(format)) return exportParts(format, source, () => network, { dialect, stepMs, rowsPerFile });
  // Each library is loaded when it is needed: h5wasm alone is 4 MB.
  if (format === "sonata") {
    const { sonataParts } = await import("./sonata.ts");
    return sonataParts(network, { stepMs: stepMs!, ...(source.spikes && { spikes: spikesIn(network, source.spikes) }) });
  }
  if (format === "nwb") {
    const { nwbParts } = await import("./nwb.ts");
    const advice = "Let the brain run with its recording, or give --bursts on the command line.";
    const spikes = source.traces ? spikesOfTraces(source.traces) : source.spikes;
    if (!spikes || (!source.traces && spikes.burst.length === 0))
      throw new LabError("E_CONFLICT", "No spike is recorded, and NWB holds nothing else", {}, advice);
    return nwbParts(network, source, { spikes: spikesIn(network, spikes), stepMs: stepMs!, gzip: compression === "gzip" });
  }
  const { arrowFile, parquetFile } = await import("./columnar.ts");
  if (format === "bundle") return bundleParts(source, (table) => parquetFile(table, notes));
  const encode = (table: ExportTable) => (format === "arrow" ? arrowFile(table, notes) : parquetFile(table, notes, compression));
  return tablesOf(source, network, false).flatMap(({ name, table }) =>
    inParts(table, name, rowsPerFile).map((part) => ({ name: part.name, pieces: encode(part.table) })),
  );
}

/** Of the largest table. */
function refuseManyFiles({ rowsPerFile }: ExportOptions, { spikes, traces }: ExportSource, synapses: number): void {
  const rows = traces ? traces.potential.length : Math.max(synapses, spikes?.burst.length ?? 0);
  if (rowsPerFile === undefined || rows / rowsPerFile <= MOST_FILES) return;
  const advice = `Take ${Math.ceil(rows / MOST_FILES).toLocaleString("en")} rows a file or more.`;
  throw new LabError(
    "E_INVALID",
    `${rows.toLocaleString("en")} rows in files of ${rowsPerFile} are too many files`,
    { rowsPerFile },
    advice,
  );
}

function noNeuron(id: number): LabError {
  return new LabError("E_NOT_FOUND", `No neuron ${id} lies in an area`, { id }, "Choose the probes among the neurons of areas.");
}

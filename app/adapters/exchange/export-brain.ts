/**
 * One export from plan to files: encode, write beside the final place, read back and compare, leave a sidecar, rename.
 * Formats that a library writes are encoded here; the others in core/exchange.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import type { ExportOptions, ExportPhase, ExportPlan } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import { exportParts, isPure } from "#core/exchange/exchange.ts";
import { formatOf, planOf, refusePretence } from "#core/exchange/formats.ts";
import { type ExportNetwork, type ExportSource, networkIn, spikesIn } from "#core/exchange/network.ts";
import { neuronTable, spikeTable, synapseTable } from "#core/exchange/tables.ts";
import { type AnyPart, type WrittenFile, writeExport } from "../files/write-export.ts";
import type { TableNotes } from "./columnar.ts";
import { type Maker, provenanceNotes, sidecarOf } from "./provenance.ts";
import { verifyExport } from "./verify.ts";

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

export async function exportBrain({ target, source, options, maker, signal, progress }: ExportJob): Promise<ExportedBrain> {
  const { format, scope, verify } = options;
  const { isFolder = false, seeks = false } = formatOf(options, source.meta.rateHz);
  if ((seeks || isFolder) && target.endsWith(".gz"))
    throw new LabError(
      "E_INVALID",
      `${format} cannot be read from a gzip file`,
      { path: target },
      "Leave .gz away; arrow and parquet are compact as they are.",
    );
  const network = networkIn(source, scope);
  const plan = planOf(format, source, network);
  refusePretence(format, plan);
  const { neurons, synapses, lost } = plan;
  const notes = provenanceNotes(source, options, maker);
  const isPiped = target === "-";
  const files = await writeExport(target, await partsOf(options, source, network, { provenance: JSON.stringify(notes) }), {
    isFolder,
    bytes: plan.bytes,
    sidecar: (written) => sidecarOf({ ...notes, neurons, synapses, lost }, "provenance.json", written),
    ...(signal && { signal }),
    ...(progress && { progress: (bytes) => progress("write", bytes, Math.max(bytes, plan.bytes)) }),
    ...(verify && {
      inspect: (lying) => {
        progress?.("verify", plan.bytes, plan.bytes);
        return verifyExport(format, network, lying, source.spikes);
      },
    }),
  });
  return { plan, files, verified: verify && !isPiped ? true : null };
}

async function partsOf(
  { format, dialect, stepMs }: ExportOptions,
  source: ExportSource,
  network: ExportNetwork,
  notes: TableNotes,
): Promise<AnyPart[]> {
  if (isPure(format)) return exportParts(format, source, () => network, { dialect, stepMs });
  // Each library is loaded when it is needed: h5wasm alone is 4 MB.
  if (format === "sonata") {
    const { sonataParts } = await import("./sonata.ts");
    return sonataParts(network, { stepMs: stepMs!, ...(source.spikes && { spikes: spikesIn(network, source.spikes) }) });
  }
  if (format === "nwb") {
    const { nwbParts } = await import("./nwb.ts");
    const advice = "Let the brain run with its recording, or give --bursts on the command line.";
    if (!source.spikes || source.spikes.burst.length === 0)
      throw new LabError("E_CONFLICT", "No spike is recorded, and NWB holds nothing else", {}, advice);
    return nwbParts(network, source, spikesIn(network, source.spikes), stepMs!);
  }
  const { arrowFile, parquetFile } = await import("./columnar.ts");
  const encode = format === "arrow" ? arrowFile : parquetFile;
  return [
    { name: "", pieces: encode(synapseTable(network, false), notes) },
    { name: "neurons", pieces: encode(neuronTable(network), notes) },
    ...(source.spikes ? [{ name: "spikes", pieces: encode(spikeTable(spikesIn(network, source.spikes)), notes) }] : []),
  ];
}

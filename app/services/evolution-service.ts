/** Experiments of evolution as commands: from a file or as data, in the background, with lineage and champion. */
import type { ServiceOf } from "#contracts/command.ts";
import type { commandGroups } from "#contracts/commands.ts";
import { LabError } from "#contracts/errors.ts";
import { Experiment, type Judged } from "#contracts/evolution.ts";
import type { Evolutions } from "./evolution.ts";
import { type EvolutionRecord, statusOf } from "./evolution-history.ts";
import type { LabFiles } from "./ports.ts";

const EXPERIMENT_BYTES = 16 << 20;
const GENOME_BYTES = 64 << 20;

export function createEvolutionService(evolutions: Evolutions, files: LabFiles): ServiceOf<(typeof commandGroups)["evolution"]> {
  return {
    async start(input, { source }) {
      if ("experiment" in input) return evolutions.start(input.experiment, await genomesOf(input.experiment, null, files), source);
      const { path, seed, workers } = input;
      const { experiment, genomes } = await readExperiment(path, files);
      const asked = { ...experiment, ...(seed === undefined ? {} : { seed }), ...(workers === undefined ? {} : { workers }) };
      return evolutions.start(asked, genomes, source);
    },
    pause: ({ id }, { source }) => evolutions.stop(id, "paused", source),
    resume: ({ id }, { source }) => evolutions.resume(id, source),
    cancel: ({ id }, { source }) => evolutions.stop(id, "cancelled", source),
    status: async ({ id }) => statusOf(evolutions.record(id)),
    list: async () => evolutions.list().map(statusOf),
    lineage: async ({ id, individual }) => lineageOf(evolutions.record(id), individual),
    async champion({ id }) {
      const record = evolutions.record(id);
      return { id: record.id, champion: championOf(record), genome: record.champion! };
    },
  };
}

/** An experiment file and the genomes it names. */
export async function readExperiment(path: string, files: Pick<LabFiles, "read">): Promise<{ experiment: Experiment; genomes: string[] }> {
  const text = new TextDecoder().decode(await files.read(path, EXPERIMENT_BYTES));
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new LabError("E_INVALID", `The experiment is not JSON: ${(cause as Error).message}`, { path }, "Mend the file.", cause);
  }
  const parsed = Experiment.safeParse(document);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path: at, message }) => ({ path: at.join("."), message }));
    const message = `The experiment does not fit at ${issues[0]!.path || "its top"}: ${issues[0]!.message}`;
    throw new LabError("E_INVALID", message, { path, issues }, "Mend the file; app/contracts/evolution.ts says what an experiment holds.");
  }
  return { experiment: parsed.data, genomes: await genomesOf(parsed.data, path, files) };
}

/** The champion or another individual, then all its ancestors, the youngest first. */
export function lineageOf(record: EvolutionRecord, individual = championOf(record).id): Judged[] {
  if (!record.judged.has(individual)) {
    throw new LabError("E_NOT_FOUND", "There is no such individual", { id: individual }, "evolution.status names champions.");
  }
  const line = new Set([individual]);
  // A set is walked through to its end while it grows.
  for (const id of line) for (const parent of record.judged.get(id)?.parents ?? []) line.add(parent);
  return [...record.judged.values()].filter(({ id }) => line.has(id)).reverse();
}

export function championOf({ reports, judged, id, experiment }: EvolutionRecord): Judged {
  const champion = judged.get(reports.at(-1)?.champion ?? "");
  if (champion) return champion;
  throw new LabError("E_CONFLICT", `No generation of ${experiment.name} is finished yet`, { id }, "Wait for the first one.");
}

function genomesOf({ genomes }: Experiment, experimentPath: string | null, files: Pick<LabFiles, "read">): Promise<string[]> {
  return Promise.all(
    genomes.map(async (genome) => {
      if ("text" in genome) return genome.text;
      const bytes = await files.read(beside(experimentPath, genome.path), GENOME_BYTES);
      return new TextDecoder().decode(bytes);
    }),
  );
}

/** A path is taken from the folder of the file that names it, unless it is absolute. */
function beside(file: string | null, path: string): string {
  if (file === null || /^([\\/]|[A-Za-z]:)/.test(path)) return path;
  return `${/^.*[\\/]/.exec(file)?.[0] ?? ""}${path}`;
}

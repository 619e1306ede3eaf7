/** gyrus evolve EXPERIMENT: breeds brains as a lab does, in the foreground; the log of what happened is in the state folder, for --resume. */
import { availableParallelism } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { ulid } from "ulid";
import { createLabFiles } from "#adapters/files/lab-files.ts";
import { writeExport } from "#adapters/files/write-export.ts";
import { createLabClock } from "#adapters/machine/lab-clock.ts";
import { createBreeders } from "#adapters/processes/breeder-pool.ts";
import { openStores } from "#adapters/sqlite/open-stores.ts";
import { LabError } from "#contracts/errors.ts";
import type { EvolutionStatus, Experiment, GenerationReport, Judged } from "#contracts/evolution.ts";
import { Evolutions } from "#services/evolution.ts";
import { championOf, lineageOf, readExperiment } from "#services/evolution-service.ts";
import { breederProgram, defaultStateDir, packageRoot } from "../../paths.ts";
import { compareWithRandom } from "../evolution-comparison.ts";
import { wholeNumber } from "../inputs.ts";
import { print, printJson, UsageError } from "../output.ts";

interface EvolveFlags {
  seed?: string;
  workers?: string;
  out?: string;
  resume?: boolean;
  compareRandom?: boolean;
  seeds: string;
  curve?: string;
  json?: boolean;
}

export function evolveCommand(program: Command): void {
  program
    .command("evolve <experiment>")
    .description("breed brains by an experiment file")
    .option("--seed <n>", "instead of the experiment's own")
    .option("--workers <n>", "processes that breed and judge; never more than the memory allows")
    .option("--out <file>", "write the champion's genome")
    .option("--resume", "go on with the newest unfinished run of this experiment and seed")
    .option("--compare-random", "beside random search with as many evaluations; stores nothing")
    .option("--seeds <n>", "with --compare-random: how many seeds, from the experiment's own up", "1")
    .option("--curve <file>", "with --compare-random: draw the best scores as SVG")
    .option("--json", "one JSON document on standard output")
    .action(evolve);
}

async function evolve(file: string, flags: EvolveFlags): Promise<void> {
  const { experiment, genomes } = await readExperiment(path.resolve(file), createLabFiles(path.join(packageRoot(), "resources")));
  const asked: Experiment = {
    ...experiment,
    ...(flags.seed === undefined ? {} : { seed: wholeNumber(flags.seed, "--seed") }),
    ...(flags.workers === undefined ? {} : { workers: wholeNumber(flags.workers, "--workers", 1) }),
  };
  const availableMemory = () => process.availableMemory();
  const breeders = createBreeders({ program: breederProgram(), cores: availableParallelism(), availableMemory });
  if (flags.compareRandom) {
    const seeds = wholeNumber(flags.seeds, "--seeds", 1);
    return compareWithRandom(asked, genomes, { breeders, seeds, curve: flags.curve, json: flags.json ?? false });
  }
  if (flags.curve !== undefined) throw new UsageError("--curve belongs to --compare-random");
  const warn = (message: string, details = {}) => void process.stderr.write(`${message} ${JSON.stringify(details)}\n`);
  const stores = await openStores(path.join(defaultStateDir(), "evolve"), { info() {}, warn });
  const tell = ({ generation, best, mean, evaluations }: GenerationReport) => {
    const line = `generation ${generation}  best ${scoreText(best)}  mean ${scoreText(mean)}  evaluations ${evaluations}`;
    if (flags.json || flags.out === "-") process.stderr.write(`${line}\n`);
    else print(line);
  };
  let told = 0;
  const evolutions = new Evolutions({
    events: stores.events,
    breeders,
    clock: createLabClock(),
    createId: ulid,
    announce(announcement) {
      if (announcement.type !== "evolution.progress" || !announcement.report || announcement.report.generation <= told) return;
      told = announcement.report.generation;
      tell(announcement.report);
    },
  });
  const pause = () => void evolutions.close();
  process.once("SIGINT", pause).once("SIGTERM", pause);
  try {
    const started = flags.resume ? await resumed(evolutions, asked) : await evolutions.start(asked, genomes, "cli");
    const status = await evolutions.ended(started.id);
    if (status.state !== "finished") throw unfinished(status);
    const record = evolutions.record(status.id);
    const champion = championOf(record);
    if (flags.out) await writeExport(flags.out, [{ name: "", pieces: [record.champion!] }]);
    if (flags.out !== "-") tellChampion(status, champion, lineageOf(record), record.champion!, flags);
  } finally {
    process.off("SIGINT", pause).off("SIGTERM", pause);
    stores.close();
  }
}

/** Unfinished, of the same name and seed: the newest. Its own experiment goes on, whatever the file says by now. */
function resumed(evolutions: Evolutions, { name, seed }: Experiment): Promise<EvolutionStatus> {
  const open = evolutions.list().findLast(({ experiment, state }) => {
    return experiment.name === name && experiment.seed === seed && (state === "paused" || state === "failed");
  });
  if (open) return evolutions.resume(open.id, "cli");
  throw new LabError("E_NOT_FOUND", `No run of ${name} with seed ${seed} was left unfinished`, { name }, "Leave --resume out.");
}

function unfinished({ state, name, failure }: EvolutionStatus): LabError {
  if (state === "paused") return new LabError("E_CANCELLED", `${name} was interrupted`, { name }, "Go on with --resume.");
  return new LabError("E_CONFLICT", failure ?? `${name} is ${state}`, { name }, "Start the experiment anew.");
}

function tellChampion(status: EvolutionStatus, champion: Judged, lineage: Judged[], genome: string, flags: EvolveFlags): void {
  if (flags.json) {
    const { name, seed, generations, workers } = status;
    printJson({ id: status.id, name, seed, workers, generations, champion, lineage, ...(flags.out === undefined ? { genome } : {}) });
    return;
  }
  print(`champion ${champion.id}  score ${scoreText(champion.score)}  sha256 ${champion.sha256}`);
  for (const { id, parents, score, changes } of lineage) {
    print(
      `  ${id}  ${scoreText(score)}  from ${parents.join(" and ") || "the seed"}${changes.length > 0 ? `: ${changes.join("; ")}` : ""}`,
    );
  }
}

function scoreText(score: number | null): string {
  return score === null ? "none" : score.toFixed(4);
}

/**
 * `gyrus`: the command line. A verb is a thin caller of the same rooms the window uses.
 *
 * With --json exactly one JSON document goes to standard output; everything else goes to standard error. Exit 0 success,
 * 1 a failed operation, 2 bad usage.
 */
import { Command, CommanderError } from "commander";
import { associateCommand } from "./commands/associate.ts";
import { benchCommand } from "./commands/bench.ts";
import { callCommands } from "./commands/call.ts";
import { developCommand } from "./commands/develop.ts";
import { diffCommand } from "./commands/diff.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { evolveCommand } from "./commands/evolve.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { morphologyCommand } from "./commands/morphology.ts";
import { replayCommand } from "./commands/replay.ts";
import { runCommand } from "./commands/run.ts";
import { serveCommand } from "./commands/serve.ts";
import { synapsesCommand } from "./commands/synapses.ts";
import { validateCommand } from "./commands/validate.ts";
import { verifyCommand } from "./commands/verify.ts";
import { oneLine, reportFailure } from "./output.ts";

const program = new Command("gyrus")
  .description("A lab for spiking, genome-grown brains")
  .exitOverride()
  .configureOutput({
    outputError: (text, write) => write(`${oneLine(text)} (gyrus ${process.argv[2] ?? ""}): --help says how\n`.replace(" )", ")")),
  });

for (const add of [
  validateCommand,
  diffCommand,
  developCommand,
  synapsesCommand,
  morphologyCommand,
  runCommand,
  replayCommand,
  benchCommand,
  exportCommand,
  verifyCommand,
  importCommand,
  associateCommand,
  evolveCommand,
  serveCommand,
  doctorCommand,
  callCommands,
]) {
  add(program);
}

// A reader that closes early (`gyrus … | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = reportFailure(error);
}

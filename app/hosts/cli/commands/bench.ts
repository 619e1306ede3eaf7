/** gyrus bench [NAME…]: every figure beside the reference engine, the hand-written kernel and, when asked, the simulators of the field, in one sitting. */
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { packageRoot } from "../../paths.ts";
import { findPeers, peerNames } from "../bench/peers.ts";
import { markdownTable, printResults, type Result, resultsOf } from "../bench/results.ts";
import { type Figure, type Sitting, suite } from "../bench/suite.ts";
import { makeEngine } from "../engines.ts";
import { wholeNumber } from "../inputs.ts";
import { print, printJson, UsageError } from "../output.ts";

interface BenchFlags {
  repeat: string;
  threads?: string;
  peers?: boolean;
  markdown?: boolean;
  json?: boolean;
}

export function benchCommand(program: Command): void {
  program
    .command("bench [names...]")
    .description(`time the engines: ${suite.map((figure) => figure.name).join(", ")}`)
    .option("--repeat <n>", "turns of each contender", "10")
    .option("--threads <list>", "thread counts, such as 1,2; without it those of each workload")
    .option("--peers", "with NEST, Brian2 and FEAGI's published engine, where they are installed")
    .option("--markdown", "a table for a README at the end")
    .option("--json", "one JSON document on standard output")
    .action(async (names: string[], flags: BenchFlags) => {
      const figures = suite.filter((figure) => isAskedFor(figure, names));
      if (figures.length === 0) throw new UsageError(`no such figure; there are ${suite.map((figure) => figure.name).join(", ")}`);
      const note = (text: string) => void process.stderr.write(`${text}\n`);
      const sitting = sittingFor(flags, note);
      const machine = { cpu: os.cpus()[0]?.model ?? "unknown", cores: os.availableParallelism() };
      const results: Result[] = [];
      for (const figure of figures) {
        const measured = resultsOf(figure, await figure.measure(sitting));
        results.push(...measured);
        if (flags.json) continue;
        print(`\n${figure.name}: ${figure.what}`);
        printResults(measured);
      }
      if (flags.json) return printJson({ machine, results });
      print(`\n${machine.cpu}, ${machine.cores} cores. Ratios are of the best: below 1 is quicker or smaller, for rates above 1.`);
      if (!flags.peers) print(`${peerNames.join(", ")}: not run; --peers runs them.`);
      if (flags.markdown)
        print(`\n${new Date().toISOString().slice(0, 10)}, ${machine.cpu}, ${machine.cores} cores\n\n${markdownTable(results, figures)}`);
    });
}

/** A name selects by prefix; what takes long or much memory only by its whole name. */
function isAskedFor({ name, onlyByName }: Figure, names: string[]): boolean {
  if (names.includes(name)) return true;
  return !onlyByName && (names.length === 0 || names.some((asked) => name.startsWith(asked)));
}

function sittingFor(flags: BenchFlags, note: (text: string) => void): Sitting {
  const cores = os.availableParallelism();
  const engines: Sitting["engines"] = [{ name: "reference", maxThreads: 1, make: () => makeEngine("reference", 1) }];
  try {
    makeEngine("native", 1).dispose();
    engines.push({ name: "native", maxThreads: cores, make: (threads) => makeEngine("native", threads) });
  } catch (error) {
    note(`native: not here (${error instanceof Error ? error.message : error}); the reference runs alone`);
  }
  const floor = path.join(
    packageRoot(),
    "native",
    `floor.${process.platform}-${process.arch}${process.platform === "win32" ? ".exe" : ""}`,
  );
  if (!existsSync(floor)) note("floor: the hand-written kernel was not built");
  return {
    engines,
    floor: existsSync(floor)
      ? (workload, threads, bursts) => ({ engine: "floor", command: floor, args: [workload, String(threads), String(bursts)], threads })
      : null,
    peers: flags.peers ? findPeers((name, why) => note(`${name}: not here (${why})`)) : null,
    repeat: wholeNumber(flags.repeat, "--repeat", 1),
    threads: flags.threads ? flags.threads.split(",").map((count) => wholeNumber(count, "--threads", 1)) : null,
    note,
  };
}

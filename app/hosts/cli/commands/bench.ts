/** gyrus bench [NAME…]: every figure beside the reference engine and the hand-written kernel, in one sitting. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { packageRoot } from "../../paths.ts";
import { type Contenders, type Figure, type Sample, suite } from "../bench/suite.ts";
import { makeEngine } from "../engines.ts";
import { wholeNumber } from "../inputs.ts";
import { print, printJson, printTable, UsageError } from "../output.ts";

export function benchCommand(program: Command): void {
  program
    .command("bench [names...]")
    .description(`time the engines: ${suite.map((figure) => figure.name).join(", ")}`)
    .option("--repeat <n>", "repetitions", "3")
    .option("--json", "one JSON document on standard output")
    .action(async (names: string[], flags: { repeat: string; json?: boolean }) => {
      const figures = names.length === 0 ? suite : suite.filter((figure) => names.some((name) => figure.name.startsWith(name)));
      if (figures.length === 0) throw new UsageError(`no such figure; there are ${suite.map((figure) => figure.name).join(", ")}`);
      const contenders = findContenders(wholeNumber(flags.repeat, "--repeat", 1));
      const machine = { cpu: os.cpus()[0]?.model ?? "unknown", cores: os.availableParallelism() };
      const results = [];
      for (const figure of figures) {
        const rows = rowsOf(figure, await figure.measure(contenders));
        results.push(...rows);
        if (flags.json) continue;
        print(`\n${figure.name}: ${figure.metric}`);
        printTable(
          ["engine", "min ms", "median ms", "max ms", "n", "÷ reference", "÷ floor"],
          rows.map((row) => [
            row.engine,
            digits(row.min),
            digits(row.median),
            digits(row.max),
            row.n,
            digits(row.ratioTo.reference),
            digits(row.ratioTo.floor),
          ]),
        );
      }
      if (flags.json) return printJson({ machine, results });
      print(`\n${machine.cpu}, ${machine.cores} threads; ratios are of minima, below 1 is faster. brian2, nest, feagi: not run here.`);
    });
}

function rowsOf(figure: Figure, samples: Sample[]) {
  const least = (name: string) => {
    const ms = samples.find((sample) => sample.engine === name)?.ms;
    return ms && ms.length > 0 ? Math.min(...ms) : null;
  };
  const ratio = (ms: number, base: number | null) => (base === null || base === 0 ? null : ms / base);
  return samples.map(({ engine, ms }) => {
    const sorted = ms.toSorted((a, b) => a - b);
    const min = sorted[0] ?? 0;
    return {
      name: figure.name,
      engine,
      threads: 1,
      metric: figure.metric,
      unit: "ms",
      min,
      median: sorted[Math.floor(sorted.length / 2)] ?? 0,
      max: sorted.at(-1) ?? 0,
      n: ms.length,
      ratioTo: { reference: ratio(min, least("reference")), floor: ratio(min, least("floor")), brian2: null, nest: null, feagi: null },
    };
  });
}

function findContenders(repeat: number): Contenders {
  const engines = [{ name: "reference", make: () => makeEngine("reference", 1) }];
  const native = makeEngine("auto", 1);
  if (native.kind === "native") engines.push({ name: "native", make: () => makeEngine("native", 1) });
  native.dispose();
  const program = path.join(
    packageRoot(),
    "native",
    `floor.${process.platform}-${process.arch}${process.platform === "win32" ? ".exe" : ""}`,
  );
  return { engines, floor: existsSync(program) ? (workload, bursts) => runFloor(program, workload, bursts) : null, repeat };
}

/** The kernel prints the milliseconds of every burst as one JSON list. */
function runFloor(program: string, workload: string, bursts: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [workload, String(bursts)], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(text) as number[]) : reject(new Error(`the hand-written kernel ended with ${code}`)),
    );
  });
}

function digits(value: number | null): string {
  return value === null ? "–" : value.toPrecision(3);
}

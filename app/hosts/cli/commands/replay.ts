/** gyrus replay NETWORK [--engine E] [--threads T] */
import type { Command } from "commander";
import { engineDynamics, lifDynamics } from "#contracts/network.ts";
import { modelOf } from "#core/engine/network-document.ts";
import { replayDocument } from "#core/engine/replay-document.ts";
import { engineChoices, makeEngine } from "../engines.ts";
import { feagiDynamics, oneOf, readJson, wholeNumber } from "../inputs.ts";
import { print, printJson } from "../output.ts";

export function replayCommand(program: Command): void {
  program
    .command("replay <network>")
    .description("run a recorded network and compare everything it recorded")
    .option("--engine <engine>", engineChoices.join(", "), "auto")
    .option("--threads <n>", "threads of the native engine", "1")
    .option("--dynamics <mode>", "standard or feagi-strict; lif-delta: a network of it is asked for", "feagi-strict")
    .option("--json", "one JSON document on standard output")
    .action(async (path: string, flags: { engine: string; threads: string; dynamics: string; json?: boolean }) => {
      const threads = wholeNumber(flags.threads, "--threads", 1);
      const choice = oneOf(flags.engine, engineChoices, "--engine");
      const dynamics = oneOf(flags.dynamics, engineDynamics, "--dynamics");
      const document = await readJson(path);
      const engine = makeEngine(choice, threads);
      const isLif = dynamics === lifDynamics && modelOf(document) === lifDynamics;
      const result = replayDocument(engine, document, isLif ? undefined : feagiDynamics(dynamics, path));
      const kind = choice === "shadow" ? "shadow" : engine.kind;
      engine.dispose();
      if (result.match === false) process.exitCode = 1;
      if (flags.json) return printJson({ engine: kind, threads, ...result });
      const verdict = result.match === null ? "nothing recorded to compare with" : result.match ? "everything matches" : "DIFFERS";
      print(`${path}: ${result.bursts} bursts on ${kind}: ${verdict}`);
      const first = result.firstMismatch;
      if (first)
        print(`  burst ${first.burst}, ${first.what}: expected ${JSON.stringify(first.expected)}, got ${JSON.stringify(first.got)}`);
    });
}

/**
 * An evaluator that dies: of a genome `die` always, of `once FILE` if FILE is not there yet. Everything else is worth its length, after
 * a while that grows with it.
 */
import { existsSync, writeFileSync } from "node:fs";
import type { EvaluatorAnswer, EvaluatorRequest } from "../evaluation-pool.ts";

process.on("message", (message) => {
  const { at, job } = message as EvaluatorRequest;
  const [word, file] = job.genome.split(" ");
  if (word === "die") process.kill(process.pid, "SIGKILL");
  if (word === "once" && !existsSync(file!)) {
    writeFileSync(file!, "");
    process.exit(7);
  }
  setTimeout(
    () => process.send?.({ at, outcome: { score: job.genome.length, values: [process.pid] } } satisfies EvaluatorAnswer),
    job.genome.length,
  );
});

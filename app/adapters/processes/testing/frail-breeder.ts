/**
 * A breeder that dies: of a parent `die` when there is a trial, of `never` always, of `once FILE` if FILE is not there yet. Everything else is
 * worth its length, after a while that grows with it.
 */
import { existsSync, writeFileSync } from "node:fs";
import type { Born } from "#core/evolution/birth.ts";
import type { BreederRequest } from "../breeder-pool.ts";

process.on("message", (message) => {
  const request = message as BreederRequest;
  if ("experiment" in request) return;
  const { birth, isToBeJudged } = request;
  const genome = birth.parents[0]!;
  const [word, file] = genome.split(" ");
  if (word === "never" || (word === "die" && isToBeJudged)) process.kill(process.pid, "SIGKILL");
  if (word === "once" && !existsSync(file!)) {
    writeFileSync(file!, "");
    process.exit(7);
  }
  const outcome = isToBeJudged ? { score: genome.length, values: [process.pid] } : null;
  setTimeout(() => process.send?.({ genome, sha256: "", changes: [], outcome } satisfies Born), genome.length);
});

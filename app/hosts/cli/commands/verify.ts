/** gyrus verify EXPORT: the files of an export as they lie on disk, beside what its sidecar says of them. */
import type { Command } from "commander";
import { verifyWritten } from "#adapters/exchange/verify-written.ts";
import { print, printJson } from "../output.ts";

export function verifyCommand(program: Command): void {
  program
    .command("verify <export>")
    .description("read the files of an export again: lengths, checksums, counts and sums as its provenance.json has them")
    .option("--json", "one JSON document on standard output")
    .action(async (place: string, flags: { json?: boolean }) => {
      const found = await verifyWritten(place);
      if (!found.isGood) process.exitCode = 1;
      if (flags.json) return printJson(found);
      for (const { path, problem } of found.files) print(`${problem === null ? "ok " : "no "}  ${path}${problem ? `  ${problem}` : ""}`);
      for (const { what, expected, found: held, isSame } of found.counts)
        print(`${isSame ? "ok " : "no "}  ${what.padEnd(10)} ${held}${isSame ? "" : `, not ${expected}`}`);
    });
}

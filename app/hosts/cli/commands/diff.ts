/** gyrus diff A B */
import type { Command } from "commander";
import type { GenomeDiff, Hunk } from "#contracts/genome-edit.ts";
import type { Genome } from "#core/genome/genome.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { genomeDiff } from "#core/genome/structural-diff.ts";
import { readText, refusal } from "../inputs.ts";
import { print, printJson, reportFailure, UsageError } from "../output.ts";

export function diffCommand(program: Command): void {
  program
    .command("diff <a> <b>")
    .description("what two genomes differ in, whatever their dialects; ends with 0 the same, 1 different, 2 trouble")
    .option("--json", "one JSON document on standard output")
    .action(async (a: string, b: string, flags: { json?: boolean }) => {
      let diff: GenomeDiff;
      try {
        if (a === "-" && b === "-") throw new UsageError("only one of the two genomes can come from standard input");
        diff = genomeDiff(await readGenome(a), await readGenome(b));
      } catch (error) {
        // 1 says that they differ.
        reportFailure(error);
        process.exitCode = 2;
        return;
      }
      process.exitCode = diff.identical ? 0 : 1;
      if (flags.json) return printJson(diff);
      for (const hunk of diff.hunks) printHunk(hunk);
      print(summaryOf(diff));
    });
}

async function readGenome(path: string): Promise<Genome> {
  const parsed = parseGenome(await readText(path));
  if (!parsed.ok) throw refusal(path, parsed.problems);
  return parsed.genome;
}

const signs = { added: "+", removed: "-", changed: "~" } as const;

function printHunk({ kind, title, changes }: Hunk): void {
  print(`${signs[kind]} ${title}`);
  if (kind === "changed") for (const { what, from, to } of changes) print(`    ${what}: ${valueText(from)} → ${valueText(to)}`);
}

/** At most so many characters of a value are shown; --json has all of it. */
const SHOWN = 80;

function valueText(value: unknown): string {
  const text = value === null ? "none" : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

function summaryOf({ hunks, identical, byteIdentical }: GenomeDiff): string {
  if (identical) return byteIdentical ? "the same genome, byte for byte" : "the same genome, written differently";
  const count = (kind: Hunk["kind"]) => hunks.filter((hunk) => hunk.kind === kind).length;
  return `${count("added")} added, ${count("removed")} removed, ${count("changed")} changed`;
}

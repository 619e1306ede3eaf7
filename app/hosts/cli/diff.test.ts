/** `gyrus diff` as scripts use it: exit codes, one line a difference, one JSON document. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { GenomeDiff } from "#contracts/genome-edit.ts";
import { packageRoot } from "../paths.ts";

const root = packageRoot();
const essential = path.join(root, "resources/genomes/essential.json");
const scratch = mkdtempSync(path.join(os.tmpdir(), "gyrus-diff-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function diff(args: string[], input = ""): { code: number | null; out: string; err: string } {
  const command = [path.join(root, "app/hosts/cli/index.ts"), "diff", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", input });
  return { code: status, out: stdout, err: stderr };
}

test("genomes that mean the same end with 0, and it is said whether they are the same bytes", () => {
  expect(diff([essential, essential])).toMatchObject({ code: 0, out: "the same genome, byte for byte\n" });
  const spaced = path.join(scratch, "spaced.json");
  writeFileSync(spaced, `${readFileSync(essential, "utf8")}\n\n`);
  expect(diff([essential, spaced])).toMatchObject({ code: 0, out: "the same genome, written differently\n" });
});

test("genomes that differ end with 1, with a line for each difference and its fields below it", () => {
  const text = readFileSync(essential, "utf8");
  const changed = text.replace(/("_____10c-c__lef-cx-___bbx-i": )\d+/, "$1 7").replace('"genome_title": "', '"genome_title": "Another ');
  const { code, out } = diff([essential, "-"], changed);
  expect(code).toBe(1);
  expect(out.split("\n")).toEqual([
    "~ Area turn_left (custom, 7 × 1 × 1)",
    "    dimensions: [1,1,1] → [7,1,1]",
    "~ Genome",
    '    title: "The Essential Genome" → "Another The Essential Genome"',
    "0 added, 0 removed, 2 changed",
    "",
  ]);
  const json = GenomeDiff.parse(JSON.parse(diff([essential, "-", "--json"], changed).out));
  expect(json).toMatchObject({ identical: false, byteIdentical: false, hunks: [{ kind: "changed" }, { id: "genome" }] });
});

test("what cannot be read, or is asked for wrongly, ends with 2 and one line", () => {
  for (const args of [[essential, path.join(scratch, "none.json")], [essential, "-"], ["-", "-"], [essential]]) {
    const { code, out, err } = diff(args, "{");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^error: .+\n$/);
  }
});

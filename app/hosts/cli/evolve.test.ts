/** `gyrus evolve` as a person and a script use it, on the worked experiment, shortened. */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { validateGenome } from "#core/genome/validate.ts";
import { packageRoot } from "../paths.ts";

const root = packageRoot();
const scratch = mkdtempSync(path.join(os.tmpdir(), "gyrus-evolve-"));
const experiment = path.join(scratch, "rhythm.json");
/** Of an unbroken run; written by the first test. */
const champion = path.join(scratch, "champion.json");
const program = path.join(root, "app/hosts/cli/index.ts");
const env = { ...process.env, GYRUS_STATE_DIR: path.join(scratch, "state") };

beforeAll(() => {
  const folder = path.join(root, "resources/experiments");
  copyFileSync(path.join(folder, "rhythm-seed.json"), path.join(scratch, "rhythm-seed.json"));
  const whole = JSON.parse(readFileSync(path.join(folder, "rhythm.json"), "utf8"));
  writeFileSync(experiment, JSON.stringify({ ...whole, population: 8, generations: 3 }));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function evolve(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "evolve", ...args], { encoding: "utf8", env });
  return { code: status, out: stdout, err: stderr };
}

test("prints a line a generation, then the champion and its lineage, and writes a valid genome", () => {
  const { code, out, err } = evolve(experiment, "--out", champion, "--workers", "1");
  expect(code, err).toBe(0);
  const lines = out.trimEnd().split("\n");
  expect(lines.slice(0, 3).map((line) => line.replace(/best.*evaluations/, "…"))).toEqual([
    "generation 1  … 8",
    "generation 2  … 14",
    "generation 3  … 20",
  ]);
  expect(lines[3]).toMatch(/^champion \d-\d+ {2}score \d\.\d{4} {2}sha256 [0-9a-f]{64}$/);
  expect(lines.at(-1)).toMatch(/from the seed/);
  expect(validateGenome(readFileSync(champion, "utf8")).errors).toEqual([]);
});

test("interrupted, it says how to go on, and goes on to the same champion", async () => {
  const resumed = path.join(scratch, "resumed.json");
  const child = spawn(process.execPath, [program, "evolve", experiment], { env, stdio: ["ignore", "pipe", "pipe"] });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdout.once("data", () => child.kill("SIGINT"));
  expect(await new Promise((done) => child.once("close", done))).toBe(1);
  expect(err).toMatch(/^error: rhythm was interrupted .*--resume/);
  const { out } = evolve(experiment, "--resume", "--out", resumed, "--workers", "2", "--json");
  expect(JSON.parse(out)).toMatchObject({ name: "rhythm", seed: 1, generations: { length: 3 }, champion: { failure: null } });
  expect(readFileSync(resumed)).toEqual(readFileSync(champion));
  const again = evolve(experiment, "--resume");
  expect([again.code, again.err]).toEqual([1, expect.stringMatching(/^error: No run of rhythm .* was left unfinished/)]);
});

test("beside random search it tells who was better, and draws the curve", () => {
  const file = path.join(scratch, "curve.svg");
  const { code, out } = evolve(experiment, "--compare-random", "--curve", file, "--json");
  expect(code).toBe(0);
  const { evaluations, seeds, runs } = JSON.parse(out);
  expect(evaluations).toBe(20);
  expect(seeds).toEqual([{ seed: 1, evolution: expect.any(Number), random: expect.any(Number), wins: expect.any(Boolean) }]);
  expect(runs.map(({ points }: { points: unknown[] }) => points.length)).toEqual([3, 3]);
  expect(readFileSync(file, "utf8")).toMatch(/^<svg[\s\S]*random search[\s\S]*<\/svg>\n$/);
});

test.each([
  [["nowhere.json"], 1, /^error: There is no such file \(.*nowhere\.json\): .+\n$/],
  [["EXPERIMENT", "--workers", "0"], 2, /^error: --workers takes a whole number.*\n$/],
  [["AGENT"], 1, /^error: There is no area Nobody \(trial\.fitness\.0\.senses\): .+\n$/],
])("%j fails in one line", (args, code, line) => {
  const agent = path.join(scratch, "agent.json");
  const whole = JSON.parse(readFileSync(experiment, "utf8"));
  writeFileSync(
    agent,
    JSON.stringify({
      ...whole,
      trial: { ...whole.trial, fitness: [{ kind: "agent", agent: "tracker", senses: "Nobody", acts: "Nobody" }] },
    }),
  );
  const result = evolve(...args.map((arg) => ({ EXPERIMENT: experiment, AGENT: agent })[arg] ?? arg));
  expect(result.err).toMatch(line);
  expect([result.code, result.out]).toEqual([code, ""]);
});

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Trial } from "#contracts/evolution.ts";
import { beatText } from "#core/evolution/testing/little-experiment.ts";
import type { EvaluationPool } from "#services/ports.ts";
import { createEvaluators } from "./evaluation-pool.ts";

const frailProgram = new URL("testing/frail-evaluator.ts", import.meta.url);
const realProgram = new URL("../../hosts/evaluator/index.ts", import.meta.url);
const trial = Trial.parse({ bursts: 40, fitness: "rate(Echo, 20) + synchrony(Beat, 9)" });
const jobs = (...genomes: string[]) => genomes.map((genome) => ({ genome, trial }));

let folder: string;
const pools: EvaluationPool[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-pool-"));
});
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
  rmSync(folder, { recursive: true, force: true });
});

function opened(program: URL, workers: number): EvaluationPool {
  const pool = createEvaluators({ program: fileURLToPath(program), cores: 2, availableMemory: () => 2 ** 33 }).open({
    workers,
    brainBytes: 1e6,
    memoryBytes: undefined,
  });
  pools.push(pool);
  return pool;
}

describe("with an evaluator that dies", () => {
  const frail = (workers = 2) => opened(frailProgram, workers);

  test("outcomes come in the order of the jobs, whoever is done first", async () => {
    const outcomes = await frail().evaluate(jobs("a".repeat(200), "bb", "ccc", "d"));
    expect(outcomes.map((one) => "score" in one && one.score)).toEqual([200, 2, 3, 1]);
    expect(new Set(outcomes.map((one) => "values" in one && one.values[0])).size).toBe(2);
  });

  test("a job whose process died is done again by another", async () => {
    const file = path.join(folder, "died");
    const outcomes = await frail().evaluate(jobs("a", `once ${file}`, "b"));
    expect(existsSync(file)).toBe(true);
    expect(outcomes[1]).toMatchObject({ score: `once ${file}`.length });
  });

  test("a job that fells two processes has failed, and the others are done", async () => {
    const pool = frail(1);
    expect(await pool.evaluate(jobs("a", "die", "bb"))).toMatchObject([
      { score: 1 },
      { failure: "its evaluator ended twice (SIGKILL)" },
      { score: 2 },
    ]);
    expect(await pool.evaluate(jobs("ccc"))).toMatchObject([{ score: 3 }]);
  });

  test("a pool that is closed gives up what it does", async () => {
    const pool = frail();
    const working = pool.evaluate(jobs("a".repeat(60_000)));
    pool.close();
    await expect(working).rejects.toMatchObject({ code: "E_CANCELLED" });
    await expect(pool.evaluate(jobs("a"))).rejects.toMatchObject({ code: "E_CANCELLED" });
  });
});

describe("the memory", () => {
  const supply = (availableMemory: number) => createEvaluators({ program: "none", cores: 8, availableMemory: () => availableMemory });

  test("decides how many processes there are, and refuses where there is no room for one", () => {
    const asked = { workers: undefined, brainBytes: 80e6, memoryBytes: undefined };
    expect(supply(2 ** 40).open(asked).workers).toBe(8);
    expect(supply(2 ** 40).open({ ...asked, workers: 3 }).workers).toBe(3);
    expect(supply(1e9).open(asked).workers).toBe(2);
    expect(supply(2 ** 40).open({ ...asked, memoryBytes: 6e8 }).workers).toBe(3);
    expect(() => supply(2 ** 40).open({ ...asked, memoryBytes: 1e8 })).toThrow(expect.objectContaining({ code: "E_INVALID" }));
  });
});

test("the real evaluator tells the same on the native engine and on the reference", async () => {
  const genomes = jobs(beatText({ "nx-refrac-i": 3 }), beatText({ "nx-excite-f": 50 }), beatText().slice(0, 40));
  const native = await opened(realProgram, 1).evaluate(genomes);
  process.env.GYRUS_FORCE_REFERENCE = "1";
  try {
    expect(await opened(realProgram, 2).evaluate(genomes)).toEqual(native);
  } finally {
    delete process.env.GYRUS_FORCE_REFERENCE;
  }
  expect(native[0]).toMatchObject({ values: [expect.closeTo(0.25, 5)] });
  expect(native[2]).toMatchObject({ failure: expect.any(String) });
});

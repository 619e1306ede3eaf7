import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { firstStep } from "#core/evolution/generation.ts";
import { beatText, littleExperiment, littlePlan } from "#core/evolution/testing/little-experiment.ts";
import type { BreederPool } from "#services/ports.ts";
import { createBreeders } from "./breeder-pool.ts";

const frailProgram = new URL("testing/frail-breeder.ts", import.meta.url);
const realProgram = new URL("../../hosts/breeder/index.ts", import.meta.url);

let folder: string;
const pools: BreederPool[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-pool-"));
});
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
  rmSync(folder, { recursive: true, force: true });
});

function opened(program: URL, workers: number): BreederPool {
  const breeders = createBreeders({ program: fileURLToPath(program), cores: 2, availableMemory: () => 2 ** 33 });
  const pool = breeders.open(littleExperiment({ workers }), [beatText()]);
  pools.push(pool);
  return pool;
}

describe("with a breeder that dies", () => {
  const frail = (workers = 2) => opened(frailProgram, workers);
  const orders = (...parents: string[]) =>
    parents.map((parent, i) => ({ birth: { id: `1-${i}`, kind: "child" as const, parents: [parent] }, isToBeJudged: true }));

  test("children come in the order of their births, whoever is done first", async () => {
    const born = await frail().bear(orders("a".repeat(200), "bb", "ccc", "d"));
    const outcomes = born.map(({ outcome }) => (outcome && "score" in outcome ? outcome : { score: null, values: [] }));
    expect(outcomes.map(({ score }) => score)).toEqual([200, 2, 3, 1]);
    expect(new Set(outcomes.map(({ values }) => values[0])).size).toBe(2);
  });

  test("a birth whose process died is done again by another", async () => {
    const file = path.join(folder, "died");
    const born = await frail().bear(orders("a", `once ${file}`, "b"));
    expect(existsSync(file)).toBe(true);
    expect(born[1]).toMatchObject({ outcome: { score: `once ${file}`.length } });
  });

  test("a child whose trial fells two processes is born without one and has failed; the others are judged", async () => {
    const pool = frail(1);
    expect(await pool.bear(orders("a", "die", "bb"))).toMatchObject([
      { outcome: { score: 1 } },
      { genome: "die", outcome: { failure: "its trial ended two breeders (SIGKILL)" } },
      { outcome: { score: 2 } },
    ]);
    expect(await pool.bear(orders("ccc"))).toMatchObject([{ outcome: { score: 3 } }]);
  });

  test("a child that cannot be born at all is a fault, and is told", async () => {
    await expect(frail(1).bear(orders("never"))).rejects.toMatchObject({ code: "E_ENGINE", message: expect.stringContaining("1-0") });
  });

  test("a pool that is closed gives up what it does", async () => {
    const pool = frail();
    const working = pool.bear(orders("a".repeat(60_000)));
    pool.close();
    await expect(working).rejects.toMatchObject({ code: "E_CANCELLED" });
    await expect(pool.bear(orders("a"))).rejects.toMatchObject({ code: "E_CANCELLED" });
  });
});

test("memory decides how many processes there are, and refuses where there is no room for one", () => {
  const workers = (availableMemory: number, changes: object = {}) => {
    const breeders = createBreeders({ program: "none", cores: 8, availableMemory: () => availableMemory });
    const trial = { bursts: 1, fitness: "fires(Echo)", brainMegabytes: 80 };
    return breeders.open(littleExperiment({ trial, ...changes }), [beatText()]).workers;
  };
  expect(workers(2 ** 40)).toBe(8);
  expect(workers(2 ** 40, { workers: 3 })).toBe(3);
  expect(workers(1.6e9)).toBe(2);
  expect(workers(2 ** 40, { memoryMegabytes: 1200 })).toBe(3);
  expect(() => workers(2 ** 40, { memoryMegabytes: 100 })).toThrow(expect.objectContaining({ code: "E_INVALID" }));
});

test("the real breeder bears and judges alike on the native engine and on the reference", async () => {
  const births = firstStep(littlePlan()).births.map((birth) => ({ birth, isToBeJudged: true }));
  const native = await opened(realProgram, 1).bear(births);
  process.env.GYRUS_FORCE_REFERENCE = "1";
  try {
    expect(await opened(realProgram, 2).bear(births)).toEqual(native);
  } finally {
    delete process.env.GYRUS_FORCE_REFERENCE;
  }
  expect(new Set(native.map(({ sha256 }) => sha256)).size).toBe(8);
  expect(native[0]!.outcome).toMatchObject({ score: expect.any(Number) });
});

/**
 * The folder for NEST, read back, and its program as two processes run it. NEST itself builds the folder in hosts/cli/nest.test.ts; no
 * NEST with MPI is to be had from a package registry, so what is checked here is what each process would tell it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seeded } from "#core/engine/testing/seeded.ts";
import { nestExport } from "#core/exchange/nest.ts";
import { verifyTally } from "./verify.ts";

const python = fileURLToPath(new URL("../../../node_modules/.cache/gyrus/venv/bin/python", import.meta.url));
const hasNumpy = existsSync(python) && spawnSync(python, ["-c", "import numpy"]).status === 0;
const random = seeded(3);
const [neurons, synapses, ranks] = [40, 400, 2];
const drawn = (most: number) => Array.from({ length: synapses }, () => random.int(0, most));
const document = {
  format: "gyrus-network/1",
  model: { name: "lif-delta", step_ms: 1, seed: 1 },
  neurons: { count: neurons, area: Array.from({ length: neurons }, (_, id) => 1 + (id % 2)), tau_m: 20, C_m: 250, t_ref: 2, V_th: -50 },
  synapses: {
    count: synapses,
    source: drawn(neurons - 1),
    target: drawn(neurons - 1),
    weight: drawn(8).map((weight) => weight / 8),
    delay: drawn(14).map((delay) => delay + 1),
  },
  plasticity: [{ src_area: 1, dst_area: 2, lambda: 0.01, alpha: 1, mu_plus: 0, mu_minus: 0, Wmax: 2, tau_plus: 20, tau_minus: 30 }],
  bursts: [{ burst: 1 }, { burst: 2, inject: [[0, 3]] }],
};

let folder: string;
let files: { name: string; path: string }[];
let expected: { neurons: number; synapses: number; weights: number };
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-nest-folder-"));
  const { parts, ...told } = nestExport(document);
  expected = told;
  files = parts.map(({ name, pieces }) => {
    const file = path.join(folder, name);
    writeFileSync(file, Buffer.concat([...pieces].map((piece) => Buffer.from(piece))));
    return { name, path: file };
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

test("is read back and compared; one that lacks something does not pass", async () => {
  await verifyTally("nest", expected, files);
  await expect(verifyTally("nest", { ...expected, synapses: synapses + 1 }, files)).rejects.toMatchObject({
    details: { what: "synapses" },
  });
  const weights = path.join(folder, "weight.npy");
  const whole = readFileSync(weights);
  truncateSync(weights, whole.length - 4);
  await expect(verifyTally("nest", expected, files)).rejects.toMatchObject({ code: "E_IO" });
  writeFileSync(weights, whole);
});

describe.skipIf(!hasNumpy)("run as two processes (skipped where Python lacks NumPy)", () => {
  test("each makes all neurons and the synapses of its own targets; together they make every synapse once", () => {
    const told = Array.from({ length: ranks }, (_, rank) => {
      const TOLD = path.join(folder, `told-${rank}.json`);
      const env = {
        ...process.env,
        RANKS: String(ranks),
        RANK: String(rank),
        TOLD,
        PYTHONPATH: fileURLToPath(new URL("testing", import.meta.url)),
      };
      const { status, stderr } = spawnSync(python, [path.join(folder, "run.py"), "10"], { env, encoding: "utf8" });
      expect(status, stderr).toBe(0);
      return JSON.parse(readFileSync(TOLD, "utf8")) as { connected: [string, number, number, number, number][]; nodes: unknown[] };
    });
    // Nodes have to be made alike by all, or their numbers would differ.
    expect(told[1]!.nodes).toEqual(told[0]!.nodes);
    for (const [rank, { connected }] of told.entries()) {
      expect(connected.length).toBeGreaterThan(synapses / 3);
      expect(connected.every(([, , target]) => target % ranks === rank)).toBe(true);
    }
    const { source, target, weight, delay } = document.synapses;
    const isPlastic = (slot: number) => source[slot]! % 2 === 0 && target[slot]! % 2 === 1;
    const all = source.map((from, slot) =>
      [isPlastic(slot) ? "stdp_synapse" : "static_synapse", from + 1, target[slot]! + 1, weight[slot]!, delay[slot]!].join(),
    );
    expect(told.flatMap(({ connected }) => connected.map((row) => row.join())).sort()).toEqual(all.sort());
  });
});

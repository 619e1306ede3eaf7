/** A small brain in the brain host as it is, run by its clock: how late bursts start, as the host itself counts it. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { startBrainHost } from "../../brain/start-brain-host.ts";
import { packageRoot } from "../../paths.ts";
import type { Row, Sitting } from "./suite.ts";

const RATES_HZ = [30, 1000];
const SECONDS = 5;

export async function measureLoop(_: Sitting): Promise<Row[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gyrus-bench-"));
  const quiet = { info() {}, warn() {} };
  const host = await startBrainHost({ stateDir: folder, log: quiet });
  const call = (name: string, input: object = {}) => host.lab.call(name, input, { source: "bench", signal: { aborted: false } });
  const rows: Row[] = [];
  try {
    await call("genome.load", { path: path.join(packageRoot(), "resources/genomes/essential.json") });
    for (const rateHz of RATES_HZ) {
      await call("brain.run", { rateHz });
      await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
      const { lateMs, engine, achievedHz } = (await call("brain.status")) as BrainStatus;
      await call("brain.pause");
      const row = (metric: string, unit: string, value: number, isRate = false) =>
        rows.push({ metric: `${metric} at ${rateHz} Hz`, unit, engine, threads: 1, values: [value], isRate });
      row("late, p50", "ms", lateMs.p50);
      row("late, p99", "ms", lateMs.p99);
      row("late, worst", "ms", lateMs.max);
      row("rate", "Hz", achievedHz, true);
    }
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

/** What this process takes of the machine: memory, processor, how long its event loop is held up, and the files of its folder. */
import { statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { SystemUse } from "#contracts/commands/session.ts";

/** The figures are of the time since they were last asked for. */
export function createSystemUse(folder: string): () => SystemUse {
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  let [cpu, atMs] = [process.cpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    const elapsedMs = Math.max(1, performance.now() - atMs);
    [cpu, atMs] = [process.cpuUsage(), performance.now()];
    const { rss, heapUsed, external } = process.memoryUsage();
    const loopDelayMs = Math.max(0, delays.percentile(99) / 1e6 - 20);
    delays.reset();
    return {
      uptimeSeconds: process.uptime(),
      process: {
        pid: process.pid,
        rssBytes: rss,
        heapBytes: heapUsed,
        externalBytes: external,
        cpuShare: (user + system) / 1000 / elapsedMs,
        loopDelayMs: Number.isFinite(loopDelayMs) ? loopDelayMs : 0,
      },
      machine: { cores: os.availableParallelism(), totalBytes: os.totalmem(), availableBytes: process.availableMemory() },
      stores: [{ name: "database", bytes: sizeOf(path.join(folder, "lab.db")) + sizeOf(path.join(folder, "lab.db-wal")), where: "disk" }],
    };
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

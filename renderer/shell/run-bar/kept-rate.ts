/** The rate that a brain over budget would keep: nineteen of twenty bursts fit, with a tenth to spare. In whole Hz, at least 1. */
import type { BrainStatus } from "#contracts/commands/brain.ts";

const share = 0.9;

export function keptRate({ burstMs, achievedHz }: Pick<BrainStatus, "burstMs" | "achievedHz">): number {
  const byTime = burstMs.p95 > 0 ? 1000 / burstMs.p95 : achievedHz;
  // What is achieved now is the proof where the bursts are not what takes the time.
  const rate = achievedHz > 0 ? Math.min(byTime, achievedHz) : byTime;
  return Math.max(1, Math.floor(rate * share));
}

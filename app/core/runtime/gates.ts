/** What has to hold before the rollout may go one stage further. Source: spec/router-and-rollout.md section 9.2. */
import { z } from "zod";
import { rolloutStages } from "#contracts/rollout.ts";

export const GateSettings = z.object({
  executions: z.int().min(0).default(1000),
  minutes: z.number().min(0).default(10),
  errorRate: z.number().min(0).default(0.001),
  parityBursts: z.int().min(0).default(1000),
  /** Reference p50 ÷ native p50 that is wanted, asked for only where a burst takes `speedFloorMs` or more. */
  speedup: z.number().min(0).default(1),
  speedFloorMs: z.number().min(0).default(1),
});
export type GateSettings = z.infer<typeof GateSettings>;

/** Figures since the last change of stage. */
export interface GateFacts {
  executions: number;
  minutes: number;
  errorRate: number;
  controlErrorRate: number;
  parityBursts: number;
  mismatches: number;
  referenceP50Ms: number;
  speedup: number | null;
  openAlerts: number;
}

export interface Gate {
  name: string;
  ok: boolean;
  detail: string;
}

export function gatesOf(facts: GateFacts, wanted: GateSettings): Gate[] {
  const slow = facts.referenceP50Ms >= wanted.speedFloorMs;
  return [
    {
      name: "Executions",
      ok: facts.executions >= wanted.executions,
      detail: `${facts.executions} of ${wanted.executions} native bursts since the last change`,
    },
    {
      name: "Time",
      ok: facts.minutes >= wanted.minutes,
      detail: `${facts.minutes.toFixed(1)} of ${wanted.minutes} minutes since the last change`,
    },
    {
      name: "Errors",
      ok: facts.errorRate <= wanted.errorRate && facts.errorRate <= facts.controlErrorRate,
      detail: `${(facts.errorRate * 100).toFixed(2)} % failed, the reference ${(facts.controlErrorRate * 100).toFixed(2)} %`,
    },
    {
      name: "Parity",
      ok: facts.mismatches === 0 && facts.parityBursts >= wanted.parityBursts,
      detail: `${facts.mismatches} mismatches in ${facts.parityBursts} of ${wanted.parityBursts} compared bursts`,
    },
    {
      name: "Speed",
      ok: !slow || (facts.speedup ?? 0) >= wanted.speedup,
      detail: facts.speedup === null ? "Not measured yet" : `${facts.speedup.toFixed(2)} times the reference, ${wanted.speedup} are wanted`,
    },
    { name: "Alerts", ok: facts.openAlerts === 0, detail: facts.openAlerts === 0 ? "None open" : `${facts.openAlerts} open` },
  ];
}

export type RolloutStage = (typeof rolloutStages)[number];

/** The stage after `percent`, or null at the last one. */
export function stageAfter(percent: number): RolloutStage | null {
  return rolloutStages.find((stage) => stage > percent) ?? null;
}

/** The stage before `percent`, or null at the first one. */
export function stageBefore(percent: number): RolloutStage | null {
  return rolloutStages.findLast((stage) => stage < percent) ?? null;
}

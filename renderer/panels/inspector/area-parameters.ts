/** The membrane parameters of an area as the inspector lists them: order, unit and limits in one table. */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { MessageId } from "../../ui/messages.ts";

type Parameters = CorticalArea["parameters"];
type KeysOf<T> = { [K in keyof Parameters]: Parameters[K] extends T ? K : never }[keyof Parameters];

interface NumberParameter {
  key: KeysOf<number>;
  unit?: MessageId;
  minValue?: number;
  maxValue?: number;
  step?: number;
  integer?: boolean;
  note?: MessageId;
}

export const firingParameters: readonly NumberParameter[] = [
  { key: "firingThreshold" },
  { key: "firingThresholdLimit", minValue: 0, note: "parameter.limitNote" },
  { key: "excitability", minValue: 0, maxValue: 100, unit: "unit.percent" },
  { key: "refractoryPeriod", minValue: 0, maxValue: 65535, integer: true, unit: "unit.bursts" },
  { key: "consecutiveFireLimit", minValue: 0, maxValue: 65535, integer: true, note: "parameter.fireLimitNote" },
  { key: "snoozePeriod", minValue: 0, maxValue: 65535, integer: true, unit: "unit.bursts" },
];

export const membraneParameters: readonly NumberParameter[] = [
  { key: "leak", minValue: 0, maxValue: 1, step: 0.01, note: "parameter.leakNote" },
  { key: "leakVariability", minValue: 0, note: "parameter.leakVariabilityNote" },
  { key: "postsynapticCurrent" },
  { key: "postsynapticCurrentMax" },
  { key: "degeneration", minValue: 0 },
];

/** Of memory areas. */
export const memoryParameters: readonly NumberParameter[] = [
  { key: "temporalDepth", minValue: 1, maxValue: 255, integer: true, unit: "unit.bursts" },
  { key: "initialLifespan", minValue: 0, unit: "unit.bursts" },
  { key: "lifespanGrowthRate" },
  { key: "longtermMemoryThreshold", minValue: 0, unit: "unit.bursts" },
];

export const switches: readonly KeysOf<boolean>[] = ["mpChargeAccumulation", "mpDrivenPsp", "pspUniform"];

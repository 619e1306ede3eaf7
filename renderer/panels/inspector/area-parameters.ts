/** The membrane parameters of an area as the inspector lists them: order, unit and limits in one table; what each does is `hint.<key>`. */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { MessageId } from "../../ui/messages.ts";
import type { NumberLimits } from "../../ui/NumberField.tsx";

type Parameters = CorticalArea["parameters"];
type KeysOf<T> = { [K in keyof Parameters]: Parameters[K] extends T ? K : never }[keyof Parameters];

export interface NumberParameter extends NumberLimits {
  key: KeysOf<number>;
  unit?: MessageId;
}

const bursts = { minValue: 0, maxValue: 65535, integer: true, unit: "unit.bursts" } as const;

export const firingParameters: readonly NumberParameter[] = [
  { key: "firingThreshold" },
  { key: "firingThresholdLimit", minValue: 0 },
  { key: "excitability", minValue: 0, maxValue: 100, unit: "unit.percent" },
  { key: "refractoryPeriod", ...bursts },
  { key: "consecutiveFireLimit", ...bursts },
  { key: "snoozePeriod", ...bursts },
];

export const membraneParameters: readonly NumberParameter[] = [
  { key: "leak", minValue: 0, maxValue: 1, step: 0.01 },
  { key: "leakVariability", minValue: 0, step: 0.01 },
  { key: "postsynapticCurrent" },
  { key: "postsynapticCurrentMax" },
  { key: "degeneration", minValue: 0, step: 0.1 },
];

/** Of memory areas. */
export const memoryParameters: readonly NumberParameter[] = [
  { key: "temporalDepth", minValue: 1, maxValue: 255, integer: true, unit: "unit.bursts" },
  { key: "initialLifespan", minValue: 0, unit: "unit.bursts" },
  { key: "lifespanGrowthRate" },
  { key: "longtermMemoryThreshold", minValue: 0, unit: "unit.bursts" },
];

export const switches: readonly KeysOf<boolean>[] = ["mpChargeAccumulation", "mpDrivenPsp", "pspUniform"];

/** What several things have in common; null where they differ. */
export function common<T, V>(things: readonly T[], read: (thing: T) => V): V | null {
  const [first, ...others] = things;
  if (first === undefined) return null;
  const value = read(first);
  return others.every((other) => Object.is(read(other), value)) ? value : null;
}

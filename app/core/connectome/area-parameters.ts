/** From changed parameters of an area to the operations that bring its living neurons and synapses to them. */
import type { AreaParameters, CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { PatchOp, PatchWriter } from "#contracts/patch.ts";
import { excitabilityFraction } from "../development/excitability.ts";
import { hasGradient } from "../development/neurogenesis.ts";

/** Parameters that travel as one number, with the kind of word the engine reads. Thresholds are told apart below. */
const singleOps: Partial<Record<keyof AreaParameters, { op: PatchOp; as: "f32" | "u32"; value(p: AreaParameters): number }>> = {
  firingThresholdLimit: { op: "areaThresholdLimit", as: "f32", value: (p) => p.firingThresholdLimit },
  leak: { op: "areaLeak", as: "f32", value: (p) => p.leak },
  refractoryPeriod: { op: "areaRefractory", as: "u32", value: (p) => p.refractoryPeriod },
  consecutiveFireLimit: { op: "areaConsecutiveFireLimit", as: "u32", value: (p) => p.consecutiveFireLimit },
  snoozePeriod: { op: "areaSnooze", as: "u32", value: (p) => p.snoozePeriod },
  excitability: { op: "areaExcitability", as: "f32", value: (p) => excitabilityFraction(p.excitability) },
  mpChargeAccumulation: { op: "areaAccumulation", as: "u32", value: (p) => Number(p.mpChargeAccumulation) },
  mpDrivenPsp: { op: "areaMpDrivenPsp", as: "u32", value: (p) => Number(p.mpDrivenPsp) },
  pspUniform: { op: "areaPspUniform", as: "u32", value: (p) => Number(p.pspUniform) },
  postsynapticCurrent: { op: "areaPostsynapticCurrent", as: "f32", value: (p) => p.postsynapticCurrent },
  degeneration: { op: "areaDegeneration", as: "f32", value: (p) => p.degeneration },
};

/** Settings an engine keeps by area, which neurons do not bring along. */
const areaSettings = ["mpDrivenPsp", "pspUniform", "degeneration"] as const;

/** What an engine must know of an area that is new to it. `baseline`: the postsynaptic current counts as what wear is reset to. */
export function writeNewArea(patch: PatchWriter, { index, parameters }: CorticalArea, baseline: boolean): void {
  for (const parameter of [...areaSettings, ...(baseline ? (["postsynapticCurrent"] as const) : [])])
    write(patch, index, parameter, parameters);
}

export function changedParameters(before: AreaParameters, after: AreaParameters): (keyof AreaParameters)[] {
  return (Object.keys(after) as (keyof AreaParameters)[]).filter((name) => !isSameValue(before[name], after[name]));
}

/** Writes the changed parameters. E_INVALID for a number that no engine can hold. */
export function writeParameters(patch: PatchWriter, changed: readonly (keyof AreaParameters)[], area: CorticalArea): void {
  for (const name of changed) refuseUnless32Bit(name, area.parameters[name]);
  if (changed.includes("firingThreshold") || changed.includes("firingThresholdIncrement")) writeThreshold(patch, area);
  for (const name of changed) write(patch, area.index, name, area.parameters);
}

function write(patch: PatchWriter, index: number, name: keyof AreaParameters, parameters: AreaParameters): void {
  const single = singleOps[name];
  if (single) patch.op(single.op, [index, single.value(parameters)], single.as === "f32" ? [1] : []);
}

/** A threshold alone would flatten a gradient, so both always travel together. */
function writeThreshold(patch: PatchWriter, area: CorticalArea): void {
  const { firingThreshold, firingThresholdIncrement } = area.parameters;
  if (hasGradient(area)) patch.op("areaThresholdGradient", [area.index, firingThreshold, ...firingThresholdIncrement], [1, 2, 3, 4]);
  else patch.op("areaThreshold", [area.index, firingThreshold], [1]);
}

/** E_INVALID for a number that no engine can hold. */
export function refuseUnless32Bit(name: string, value: unknown): void {
  if (![value].flat().some((one) => typeof one === "number" && !Number.isFinite(Math.fround(one)))) return;
  const details = { issues: [{ path: `parameters.${name}`, message: "too large" }] };
  throw new LabError("E_INVALID", `${name} must be a 32-bit number`, details, "Give a number an engine can hold.");
}

export function isSameValue(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.every((value, i) => Object.is(value, b[i])) : Object.is(a, b);
}

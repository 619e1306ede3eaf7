/** From a connectome diff to the engine patch that brings a living brain to the same state. */
import type { AreaParameters, CorticalArea } from "#contracts/connectome.ts";
import { type PatchOp, PatchWriter } from "#contracts/patch.ts";
import { excitabilityFraction } from "../development/excitability.ts";
import { hasGradient } from "../development/neurogenesis.ts";
import type { Connectome } from "./connectome.ts";
import { type ConnectomeDiff, needsRebuild } from "./diff.ts";

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

/** `connectome` is the one before the diff. Empty: nothing of it concerns an engine. `rebuild`: the connectome must be grown anew. */
export function patchOf(connectome: Connectome, diff: ConnectomeDiff): Uint32Array | "rebuild" {
  if (needsRebuild(diff)) return "rebuild";
  const patch = new PatchWriter();
  for (const { id, to } of diff.areas) {
    const before = connectome.areas.get(id)!;
    const after = { ...before, parameters: { ...before.parameters, ...to.parameters } as AreaParameters };
    const changed = Object.keys(to.parameters ?? {}) as (keyof AreaParameters)[];
    if (changed.includes("firingThreshold") || changed.includes("firingThresholdIncrement")) writeThreshold(patch, after);
    for (const parameter of changed) {
      const single = singleOps[parameter];
      if (single) patch.op(single.op, [after.index, single.value(after.parameters)], single.as === "f32" ? [1] : []);
    }
  }
  return patch.take();
}

/** A threshold alone would flatten a gradient, so both always travel together. */
function writeThreshold(patch: PatchWriter, area: CorticalArea): void {
  const { firingThreshold, firingThresholdIncrement } = area.parameters;
  if (hasGradient(area)) patch.op("areaThresholdGradient", [area.index, firingThreshold, ...firingThresholdIncrement], [1, 2, 3, 4]);
  else patch.op("areaThreshold", [area.index, firingThreshold], [1]);
}

/** Schedules on a living brain: without areas that are gone, and as forced fires an engine takes before its next burst. */
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { SCHEDULED_POTENTIAL, type ScheduleEntry, type Schedules, withoutAreas } from "./schedule.ts";

/** The schedules without what was meant for areas that are gone. */
export function livingSchedules(schedules: Schedules, { areas }: Pick<Connectome, "areas">): Schedules {
  return withoutAreas(schedules, (area) => !areas.has(area));
}

/** `due` of areas that live; the engine passes over voxels without a neuron. */
export function forcedPatch(due: readonly ScheduleEntry[], connectome: Pick<Connectome, "areas">): Uint32Array {
  const patch = new PatchWriter();
  for (const { area, voxels } of due.flatMap(({ areas }) => areas)) {
    patch.begin("forceFire", 1 + 4 * voxels.length).u32(connectome.areas.get(area)!.index);
    for (const [x, y, z] of voxels) patch.u32(x).u32(y).u32(z).f32(SCHEDULED_POTENTIAL);
  }
  return patch.take();
}

/**
 * Sensory hold: the last frame of a held area acts once more in a burst that brings none, so that a sensor slower than the brain by
 * up to half does not flicker. A gap of two bursts is silent from its second. Source: spec/burst-engine-extensions.md 5.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { decodeId } from "../genome/cortical-id.ts";
import { laterProperty } from "../genome/later-properties.ts";
import type { SensoryFrame } from "./sensory-frame.ts";

/** Sensor units held unless their area says otherwise: percentages, positions, inertia, miscellaneous. */
const heldUnits: ReadonlySet<string> = new Set([...["inf", "pro", "shk", "bat", "svm", "agp", "cnt"], ...["cpo", "rim", "sim", "mis"]]);

/** Whether the last frame of an area is held: as its genome says, else as its sensor unit wants. Only that of inputs is. */
export function isHeld({ id, properties }: { id: CorticalId; properties: Readonly<Record<string, unknown>> }): boolean {
  const bytes = decodeId(id);
  if (bytes?.[0] !== "i") return false;
  const said = laterProperty(properties, "sensory_hold_last_frame");
  return typeof said === "boolean" ? said : heldUnits.has(bytes.slice(1, 4));
}

export interface LastFrame {
  burst: number;
  frame: SensoryFrame;
}

/** Notes the last frames of a burst, and returns those of the burst before that act again, by area id. */
export function repeatLast(
  last: readonly LastFrame[],
  { burst, frames, held }: { burst: number; frames: readonly SensoryFrame[]; held: ReadonlySet<CorticalId> },
): { again: LastFrame[]; last: LastFrame[] } {
  const noted = new Map<CorticalId, LastFrame>();
  for (const frame of frames) if (held.has(frame.area) && frame.voxels.length > 0) noted.set(frame.area, { burst, frame });
  const again = last
    .filter((one) => one.burst === burst - 1 && held.has(one.frame.area) && !noted.has(one.frame.area))
    .sort((a, b) => (a.frame.area < b.frame.area ? -1 : 1));
  return { again, last: [...noted.values()] };
}

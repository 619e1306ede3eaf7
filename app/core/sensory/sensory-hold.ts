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

/** Whether an area is held: as its genome says, else as its sensor unit wants. Only inputs are. */
export function isHeld({ id, properties }: { id: CorticalId; properties: Readonly<Record<string, unknown>> }): boolean {
  const bytes = decodeId(id);
  if (bytes?.[0] !== "i") return false;
  const said = laterProperty(properties, "sensory_hold_last_frame");
  return typeof said === "boolean" ? said : heldUnits.has(bytes.slice(1, 4));
}

export class SensoryHold {
  #held: ReadonlySet<CorticalId> = new Set();
  readonly #last = new Map<CorticalId, { burst: number; frame: SensoryFrame }>();

  /** From now on holds exactly these areas; what it knew of others is forgotten. */
  hold(areas: Iterable<CorticalId>): void {
    this.#held = new Set(areas);
    for (const area of this.#last.keys()) if (!this.#held.has(area)) this.#last.delete(area);
  }

  /** Notes the frames of a burst and returns those of the burst before that act again, by area id. */
  step(burst: number, batches: readonly (readonly SensoryFrame[])[]): SensoryFrame[] {
    for (const frame of batches.flat()) {
      if (this.#held.has(frame.area) && frame.voxels.length > 0) this.#last.set(frame.area, { burst, frame });
    }
    return [...this.#last.values()]
      .filter((last) => last.burst === burst - 1)
      .map(({ frame }) => frame)
      .sort((a, b) => (a.area < b.area ? -1 : 1));
  }
}

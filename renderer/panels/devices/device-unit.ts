/**
 * What the id of an input or output area says of its unit: direction and three letters, which of several units of that kind, and which
 * part of it. Devices of a unit stand side by side on the x axis, so the width of a part is devices times the width of one.
 */
import type { CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";

export interface DeviceUnit {
  /** Such as `omot`. */
  unit: string;
  index: number;
  part: number;
}

/** Null where the area is of no device. */
export function unitOf({ id, kind }: Pick<CorticalArea, "id" | "kind">): DeviceUnit | null {
  if (kind !== "input" && kind !== "output") return null;
  const bytes = atob(id);
  const at = (i: number) => bytes.charCodeAt(i);
  return { unit: bytes.slice(0, 4), index: at(6) | (at(7) << 8), part: (at(4) >> 4) | ((at(5) & 15) << 4) };
}

/** All parts of the unit an area is of, in order. */
export function partsOf<A extends Pick<CorticalArea, "id" | "kind">>(areas: readonly A[], id: CorticalId): A[] {
  const area = areas.find((one) => one.id === id);
  const own = area && unitOf(area);
  if (!own) return [];
  return areas
    .flatMap((one) => {
      const unit = unitOf(one);
      return unit && unit.unit === own.unit && unit.index === own.index ? [{ one, part: unit.part }] : [];
    })
    .sort((a, b) => a.part - b.part)
    .map(({ one }) => one);
}

/** Of one device; the width is not whole where the genome's own does not fit its devices. */
export function sizePerDevice([width, height, depth]: readonly number[], devices: number): Vec3 {
  return [width! / devices, height!, depth!];
}

export function sizeOfAll([width, height, depth]: readonly number[], devices: number): Vec3 {
  return [width! * devices, height!, depth!];
}

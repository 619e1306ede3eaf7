/** Voxels of one area as text: JSON with the area's id and local coordinates, as `stimulus.paint` takes them. */
import { z } from "zod";
import type { CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { mostVoxels } from "../scene/marquee.ts";
import { t } from "../ui/messages.ts";

const At = z.int().min(0);
const Voxels = z.object({
  area: z.string(),
  voxels: z
    .array(z.tuple([At, At, At]))
    .min(1)
    .max(mostVoxels),
});

export function voxelsText(area: CorticalId, voxels: readonly Vec3[]): string {
  return JSON.stringify({ area, voxels });
}

/** Throws what is wrong and where. */
export function readVoxels(text: string, areas: ReadonlyMap<CorticalId, CorticalArea>): { area: CorticalArea; voxels: Vec3[] } {
  const parsed = Voxels.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(t("voxels.misfit", { where: whereOf(issue?.path ?? []), what: issue?.message ?? "" }));
  }
  const { area: id, voxels } = parsed.data;
  const area = areas.get(id);
  if (!area) throw new Error(t("voxels.noArea", { id }));
  const outside = voxels.findIndex((voxel) => voxel.some((at, axis) => at >= area.dimensions[axis]!));
  if (outside < 0) return { area, voxels };
  const [voxel, size] = [voxels[outside]!.join(", "), area.dimensions.join(" × ")];
  throw new Error(t("voxels.outside", { where: `voxels[${outside}]`, voxel, name: area.name, size }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(t("voxels.noJson", { what: error instanceof Error ? error.message : "" }));
  }
}

/** `voxels[2][1]`; of the text as a whole nothing. */
function whereOf(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return steps.length === 0 ? t("voxels.whole") : steps.join("").replace(/^\./, "");
}

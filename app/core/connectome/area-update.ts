/** One edit of one area as the genome after it. */
import type { z } from "zod";
import type { commandGroups } from "#contracts/commands.ts";
import type { AreaParametersPatch, CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { type AreaEdit, applyAreaEdits } from "../genome/edit.ts";
import type { Genome } from "../genome/genome.ts";
import { isSameValue, refuseUnless32Bit } from "./area-parameters.ts";
import type { Connectome } from "./connectome.ts";

type AreaUpdate = z.infer<(typeof commandGroups)["connectome"]["updateArea"]["input"]>;

/** Null when nothing changes. Genomes know whole positions only. */
export function areaUpdate({ areas, genome }: Connectome, edit: AreaUpdate): { genome: Genome; group: string } | null {
  const area = areas.get(edit.id);
  if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id: edit.id }, "connectome.listAreas lists the areas.");
  const to: Omit<AreaEdit, "area"> = {};
  if (edit.name !== undefined && edit.name !== area.name) to.name = edit.name;
  const position = edit.position?.map((coordinate) => Math.round(coordinate) + 0) as Vec3 | undefined;
  if (position && !isSameValue(position, area.position)) to.position = position;
  if (edit.dimensions && !isSameValue(edit.dimensions, area.dimensions)) to.dimensions = edit.dimensions;
  const parameters = Object.entries(edit.parameters ?? {}).filter(
    ([name, value]) => value !== undefined && !isSameValue(value, area.parameters[name as keyof AreaParametersPatch]),
  );
  for (const [name, value] of parameters) refuseUnless32Bit(name, value);
  if (parameters.length > 0) to.parameters = Object.fromEntries(parameters);
  if (Object.keys(to).length === 0) return null;
  return { genome: applyAreaEdits(genome, [{ area: edit.id, ...to }]), group: groupName(area, to) };
}

function groupName({ name }: CorticalArea, to: Omit<AreaEdit, "area">): string {
  if (to.dimensions) return `Resize ${name}`;
  if (to.parameters) return `Change parameters of ${name}`;
  if (to.position) return `Move ${name}`;
  return `Rename ${name}`;
}

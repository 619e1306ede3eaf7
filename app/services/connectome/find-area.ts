/** Looking up a cortical area by its id; one that is not there is E_NOT_FOUND. */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { Genome } from "#core/genome/genome.ts";
import type { LabState } from "../lab-state.ts";

export function areaOf(state: LabState, id: CorticalId): CorticalArea {
  const area = state.living.connectome.areas.get(id);
  if (!area) throw unknownArea(id);
  return area;
}

export function nameIn({ areas }: Genome, id: CorticalId): string {
  const area = areas.get(id);
  if (!area) throw unknownArea(id);
  return area.name;
}

function unknownArea(id: CorticalId): LabError {
  return new LabError("E_NOT_FOUND", "No such cortical area", { id }, "connectome.listAreas lists the areas.");
}

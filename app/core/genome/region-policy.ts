/**
 * Designated inputs and outputs of a region are a contract about what reaches in and out of it.
 * Source: spec/development.md section 8.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { Genome, GenomeRegion } from "./genome.ts";

type Regions = Pick<Genome, "areas" | "regions">;

/** Refuses a mapping that would leave a region by one of its designated inputs, or enter one by a designated output. */
export function checkMappingPolicy(genome: Regions, src: CorticalId, dst: CorticalId): void {
  const [from, to] = [regionOf(genome, src), regionOf(genome, dst)];
  if (!from || !to || from === to) return;
  const fix = "Map from or to another area of the region, or change what it designates.";
  if (from.designatedInputs.includes(src)) {
    throw new LabError(
      "E_CONFLICT",
      `${nameOf(genome, src)} is a designated input of ${from.name} and leads into it only`,
      { src, dst },
      fix,
    );
  }
  if (to.designatedOutputs.includes(dst)) {
    throw new LabError(
      "E_CONFLICT",
      `${nameOf(genome, dst)} is a designated output of ${to.name} and leads out of it only`,
      { src, dst },
      fix,
    );
  }
}

/** Refuses lists that contradict each other, the members of the region, or the mappings there are. */
export function checkDesignations(
  genome: Regions,
  region: GenomeRegion,
  inputs: readonly CorticalId[],
  outputs: readonly CorticalId[],
): void {
  const refuse = (area: CorticalId, reason: string) => {
    throw new LabError("E_CONFLICT", `${nameOf(genome, area)} ${reason}`, { area, region: region.id }, "Leave it out of the list.");
  };
  for (const area of [...inputs, ...outputs]) {
    if (!region.areas.includes(area)) refuse(area, `is not contained in brain region ${region.name}`);
  }
  for (const area of inputs) {
    if (outputs.includes(area)) refuse(area, "cannot appear in both lists, designated inputs and outputs");
    const leaves = [...(genome.areas.get(area)?.mappings.keys() ?? [])].find((dst) => regionOf(genome, dst) !== region);
    if (leaves) refuse(area, `maps to ${nameOf(genome, leaves)} outside of ${region.name} and cannot be a designated input`);
  }
  for (const area of outputs) {
    const enters = [...genome.areas.values()].find((other) => other.mappings.has(area) && regionOf(genome, other.id) !== region);
    if (enters) refuse(area, `is mapped to from ${enters.name} outside of ${region.name} and cannot be a designated output`);
  }
}

export function regionOf({ regions }: Pick<Genome, "regions">, area: CorticalId): GenomeRegion | undefined {
  return [...regions.values()].find(({ areas }) => areas.includes(area));
}

const nameOf = ({ areas }: Pick<Genome, "areas">, id: CorticalId) => areas.get(id)?.name ?? id;

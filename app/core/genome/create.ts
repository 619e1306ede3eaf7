/** A new genome: a template with a name of its own, and the devices it shall have. */
import { LabError } from "#contracts/errors.ts";
import type { Genome, GenomeDialect } from "./genome.ts";
import { writeGenome } from "./save.ts";
import { unitAreas, unitTemplates } from "./unit-templates.ts";

export interface NewGenome {
  id: string;
  title: string;
  /** Unix seconds. */
  timestamp: number;
  /** Units that are added to those of the template. */
  units: readonly { unit: string; devices: number }[];
  dialect: GenomeDialect;
}

/** The text of the new genome. */
export function createGenome(template: Genome, { id, title, timestamp, units, dialect }: NewGenome): string {
  const areas = new Map(template.areas);
  const devices = units.flatMap(({ unit, devices }) => {
    const made = unitAreas(unit, devices);
    if (made) return made;
    throw new LabError("E_INVALID", `No device unit is called ${unit}`, { unit }, `Known are ${Object.keys(unitTemplates).join(", ")}.`);
  });
  for (const area of devices) {
    if (areas.has(area.id)) {
      throw new LabError("E_CONFLICT", `The template has the device ${area.name} already`, { id: area.id }, "Leave the unit out.");
    }
    areas.set(area.id, area);
  }
  // The outermost region is where devices belong (spec/genome.md section 8).
  const regions = new Map(
    [...template.regions].map(([key, region]) => [
      key,
      region.parent === null ? { ...region, areas: [...region.areas, ...devices.map((area) => area.id)] } : region,
    ]),
  );
  return writeGenome({ ...template, id, title, areas, regions, extras: { ...template.extras, timestamp } }, dialect);
}

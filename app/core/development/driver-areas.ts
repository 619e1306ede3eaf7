/** Driver areas that were made for a modulator: some of their parameters are the modulator's. Source: spec/burst-engine-extensions.md 11.1. */
import type { AreaParameters } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { lockedBy, type ModulatorDefinition } from "../genome/modulators.ts";

/** An adopted area, one of another kind, keeps its own parameters. */
export function isLockedDriver(genome: Genome, gene: GenomeArea): boolean {
  return ownerOf(genome, gene) !== undefined;
}

/** What of its parameters a driver area does not choose itself; nothing for other areas. */
export function lockedParameters(genome: Genome, gene: GenomeArea): Partial<AreaParameters> {
  const owner = ownerOf(genome, gene);
  if (!owner) return {};
  return lockedBy(owner);
}

function ownerOf({ modulators }: Genome, { id, kind }: GenomeArea): ModulatorDefinition | undefined {
  return kind === "modulator" ? [...modulators.values()].find(({ driver }) => driver === id) : undefined;
}

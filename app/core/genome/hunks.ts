/** From chosen hunks to edits in an order in which they can be made. */
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit, Hunk } from "#contracts/genome-edit.ts";

/**
 * Edits of the chosen hunks and of all they need. On the way in regions, morphologies, areas, mappings; on the way out the reverse.
 * Throws E_NOT_FOUND where an id names no hunk.
 */
export function editsOfHunks(hunks: readonly Hunk[], chosenIds: readonly string[]): GenomeEdit[] {
  const byId = new Map(hunks.map((hunk) => [hunk.id, hunk]));
  const chosen = new Set<string>();
  const waiting = [...chosenIds];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const hunk = byId.get(id);
    if (!hunk) throw new LabError("E_NOT_FOUND", "No such difference", { id }, "Compare the genomes again and choose from what is listed.");
    if (!chosen.has(id)) waiting.push(...hunk.needs);
    chosen.add(id);
  }
  // Sorting is stable: within a step the edits stay in the order of the hunks.
  return hunks
    .filter(({ id }) => chosen.has(id))
    .flatMap(({ edits }) => edits)
    .sort((a, b) => stepOf(a) - stepOf(b));
}

/** Old mappings go before designations forbid or need them, new ones come after. */
function stepOf(edit: GenomeEdit): number {
  switch (edit.kind) {
    case "setMapping":
      return edit.rules.length === 0 ? 5 : 9;
    case "createRegion":
      return 1;
    case "updateRegion":
      return edit.designatedInputs || edit.designatedOutputs ? 8 : 1;
    case "setMorphology":
      return 2;
    case "changeAreaId":
      return 3;
    case "createArea":
      return 4;
    case "updateArea":
    case "moveArea":
      return 6;
    case "removeArea":
      return 7;
    case "removeMorphology":
      return 10;
    case "removeRegion":
      return 11;
    case "setModulator":
    case "renameModulator":
    case "removeModulator":
    case "setClassifier":
    case "removeClassifier":
    case "updatePhysiology":
    case "updateGenome":
      return 12;
  }
}

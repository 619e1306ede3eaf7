/** What the wiring of a brain gives away without running it: mappings that grew nothing, outputs that nothing can reach, unused inputs. */
import type { CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import { isRelationOnly } from "../genome/memory-rules.ts";

export interface StructureFinding {
  severity: "warning" | "info";
  code: "MAPPING_EMPTY" | "OUTPUT_UNREACHED" | "INPUT_UNUSED";
  message: string;
  fix: string;
  area: CorticalId;
}

/** Areas and mappings with the counts that live. */
export function structureFindings(areas: readonly CorticalArea[], mappings: readonly CorticalMapping[]): StructureFinding[] {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const found: StructureFinding[] = [];
  for (const { src, dst, rules, synapses } of mappings) {
    const [from, to] = [byId.get(src), byId.get(dst)];
    if (!from || !to || synapses > 0 || rules.every(({ morphology }) => isRelationOnly(morphology))) continue;
    const message = `${from.name} maps to ${to.name} and no synapse came of it`;
    const fix = "Choose a rule that reaches voxels of both areas, or remove the mapping.";
    found.push({ severity: "warning", code: "MAPPING_EMPTY", message, fix, area: src });
  }
  const reached = reachedFrom(
    areas.filter(({ kind }) => kind === "input" || kind === "core").map(({ id }) => id),
    mappings,
  );
  for (const { id, name, kind, outgoingSynapses } of areas) {
    if (kind === "output" && !reached.has(id)) {
      const message = `No way leads from an input or core area to the output ${name}`;
      found.push({ severity: "warning", code: "OUTPUT_UNREACHED", message, fix: "Map an area to it, or remove it.", area: id });
    }
    if (kind === "input" && outgoingSynapses === 0) {
      const message = `The input ${name} leads nowhere`;
      found.push({ severity: "info", code: "INPUT_UNUSED", message, fix: "Map it to an area, or leave it for later.", area: id });
    }
  }
  return found;
}

function reachedFrom(sources: readonly CorticalId[], mappings: readonly CorticalMapping[]): Set<CorticalId> {
  const next = Map.groupBy(
    mappings.filter(({ synapses }) => synapses > 0),
    ({ src }) => src,
  );
  const reached = new Set(sources);
  // A set is walked in the order in which it grows.
  for (const id of reached) for (const { dst } of next.get(id) ?? []) reached.add(dst);
  return reached;
}

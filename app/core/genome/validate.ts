/**
 * Everything a person should know about a genome before growing it, at its place in their own file. Nothing is changed: what the
 * loader would repair or leave out is reported. Source: spec/genome.md section 9, with its dead mapping checks alive.
 */

import type { Morphology } from "#contracts/connectome.ts";
import type { GenomeProblem, GenomeReport } from "#contracts/genome.ts";
import { readableId } from "./cortical-id.ts";
import type { Findings } from "./findings.ts";
import type { Genome } from "./genome.ts";
import type { JsonNode } from "./json.ts";
import type { MigratedDocument } from "./migrate.ts";
import { type LoadedGenome, loadGenome } from "./parse.ts";
import { signaturesOf } from "./signatures.ts";

/** What the loader lets pass with a warning or a repair, and an author must mend. */
const errorCodes: ReadonlySet<string> = new Set([
  ...["AREA_ID_UNREADABLE", "DESTINATION_MISSING", "RULE_MORPHOLOGY_UNKNOWN", "REGION_AREA_MISSING", "MORPHOLOGY"],
  ...["TIMESTEP_RANGE", "PRECISION_UNKNOWN"],
]);

/** A brain area of more voxels is a mistake more often than a wish. */
const manyVoxels = 1_000_000;

export function validateGenome(text: string): GenomeReport {
  return reportOn(loadGenome(text));
}

/** The same of a genome that was just loaded; the findings of the report are added to its own. */
export function reportOn(loaded: LoadedGenome): GenomeReport {
  const { findings, document, genome } = loaded;
  const isReadable = findings.errors.length === 0;
  if (document && genome) {
    checkDocument(document, genome, findings);
    checkMorphologies(document, genome, findings);
  }
  const soft = [...findings.repairs, ...findings.warnings];
  const errors = [...findings.errors, ...soft.filter(isError)];
  return {
    valid: errors.length === 0,
    version: versionOf(loaded),
    areas: document?.areas.length ?? 0,
    errors,
    warnings: soft.filter((problem) => !isError(problem)),
    signatures: genome && isReadable ? signaturesOf(genome.source) : null,
  };
}

const isError = ({ code }: GenomeProblem) => errorCodes.has(code);

/** As the document says it, also where it says something unknown. */
function versionOf({ document, root }: LoadedGenome): string {
  const written = root?.kind === "object" ? root.members.get("version") : undefined;
  return document?.version ?? (written?.kind === "string" ? written.value : "");
}

function checkDocument(document: MigratedDocument, genome: Genome, findings: Findings): void {
  const { members } = document.root;
  const id = members.get("genome_id");
  if (id?.kind === "string" && id.value === "") {
    findings.refuse(id, { code: "GENOME_ID_EMPTY", message: "The genome id is empty.", expected: "text", fix: "Give the genome an id." });
  }
  if (document.areas.length === 0) {
    findings.warn("blueprint", { code: "NO_AREAS", message: "The genome has no cortical areas.", expected: "at least one area" });
  }
  if (document.morphologies.size === 0) {
    const message = "The genome defines no morphologies; only the core ones are there.";
    findings.warn("neuron_morphologies", { code: "NO_MORPHOLOGIES", message, expected: "at least one morphology" });
  }
  for (const area of document.areas) {
    const name = area.properties.get("cortical_name");
    if (name?.kind !== "string" || name.value === "") {
      const message = `The area ${readableId(area.documentId)} has no name.`;
      findings.warn(name && name.start >= 0 ? name : area.place, { code: "AREA_NAME_EMPTY", message, expected: "text" });
    }
    const read = genome.areas.get(area.id);
    const voxels = read ? read.dimensions[0] * read.dimensions[1] * read.dimensions[2] : 0;
    if (voxels <= manyVoxels) continue;
    const message = `The area ${readableId(area.documentId)} has ${voxels} voxels.`;
    findings.warn(area.place, { code: "VOXELS_MANY", message, expected: `at most ${manyVoxels} voxels`, found: String(voxels) });
  }
  if (genome.physiology.simulationTimestep > 1) {
    const message = `A burst of ${genome.physiology.simulationTimestep} seconds is very slow.`;
    const found = String(genome.physiology.simulationTimestep);
    findings.warn("physiology.simulation_timestep", { code: "TIMESTEP_SLOW", message, expected: "at most 1 second", found });
  }
  if (genome.physiology.plasticityQueueDepth === 0) {
    const message = "With a plasticity queue depth of 0 nothing is learned.";
    findings.warn("physiology.plasticity_queue_depth", { code: "QUEUE_DEPTH_ZERO", message, expected: "at least 1", found: "0" });
  }
}

function checkMorphologies(document: MigratedDocument, genome: Genome, findings: Findings): void {
  for (const name of ["block_to_block", "projector"]) {
    if (document.morphologies.has(name)) continue;
    const message = `The morphology ${name} is not defined; the core one is used.`;
    findings.warn("neuron_morphologies", { code: "MORPHOLOGY_CORE_MISSING", message, expected: `a definition of ${name}` });
  }
  for (const [id, node] of document.morphologies) {
    const morphology = genome.morphologies.get(id);
    if (morphology) checkMorphology(morphology, node, genome, findings);
  }
}

function checkMorphology(morphology: Morphology, node: JsonNode, genome: Genome, findings: Findings): void {
  const { id } = morphology;
  if (morphology.type === "vectors") {
    if (morphology.vectors.length === 0) empty(id, node, "vectors", findings);
    // block_to_block is the zero vector by definition.
    if (id !== "block_to_block" && morphology.vectors.some((vector) => vector.every((step) => step === 0))) {
      const message = `Morphology ${id} has a vector [0, 0, 0], which connects each voxel to its own place.`;
      findings.warn(node, { code: "VECTOR_ZERO", message, expected: "a vector with a direction" });
    }
  } else if (morphology.type === "patterns") {
    if (morphology.patterns.length === 0) empty(id, node, "patterns", findings);
  } else if (morphology.type === "composite") {
    if (!genome.morphologies.has(morphology.mapper)) {
      const message = `Morphology ${id} maps by ${JSON.stringify(morphology.mapper)}, which is not defined.`;
      findings.refuse(node, { code: "MAPPER_UNKNOWN", message, expected: "the name of a morphology", found: morphology.mapper });
    }
    if (morphology.seed.includes(0)) {
      const message = `Morphology ${id} has a seed with a size of 0.`;
      findings.warn(node, { code: "SEED_ZERO", message, expected: "sizes of at least 1", found: morphology.seed.join(", ") });
    }
  }
}

function empty(id: string, node: JsonNode, what: string, findings: Findings): void {
  findings.refuse(node, { code: "MORPHOLOGY_EMPTY", message: `Morphology ${id} has no ${what}.`, expected: `at least one of its ${what}` });
}

/**
 * Edits of a genome. The document text is the truth: an edit replaces, adds or takes away what it concerns in the text, and the genome
 * is read anew. So saving needs no second path, and what was not edited keeps its spelling, order and spaces.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import type { Genome, GenomeArea, GenomeRegion } from "../genome.ts";
import { parseGenome } from "../parse.ts";
import { changeAreaId, createArea, removeArea, updateArea } from "./area-edits.ts";
import { BlueprintText } from "./area-text.ts";
import { type EditOf, GenomeDraft, invalid } from "./draft.ts";
import { RuleReading, removeMorphology, setMapping, setMorphology } from "./mapping-edits.ts";
import { removeClassifier, removeModulator, renameModulator, setClassifier, setModulator } from "./modulator-edits.ts";
import { createRegion, moveArea, removeRegion, updateRegion } from "./region-edits.ts";
import { pinCircuits } from "./region-text.ts";
import { differenceOf, isSame } from "./same.ts";

/**
 * The genome after the edits, in order; its `source` differs from the old one only in what they concern. Throws a LabError and changes
 * nothing where an edit names what is not there, is not allowed, or asks for what the document would not be read as.
 */
export function applyGenomeEdits(genome: Genome, edits: readonly GenomeEdit[]): Genome {
  if (edits.length === 0) return genome;
  const draft = new GenomeDraft(genome);
  const blueprint = new BlueprintText(draft);
  const reading = new RuleReading(genome);
  for (const edit of edits) applyEdit(draft, blueprint, reading, edit);
  const source = draft.text.text();
  const edited = source === genome.source ? genome : read(source, genome.strict);
  checkOutcome(draft, edited);
  return edited;
}

function applyEdit(draft: GenomeDraft, blueprint: BlueprintText, reading: RuleReading, edit: GenomeEdit): void {
  switch (edit.kind) {
    case "updateArea":
      updateArea(draft, blueprint, edit);
      break;
    case "createArea":
      createArea(draft, blueprint, edit);
      break;
    case "removeArea":
      removeArea(draft, blueprint, edit);
      break;
    case "changeAreaId":
      changeAreaId(draft, blueprint, edit);
      break;
    case "moveArea":
      moveArea(draft, edit);
      break;
    case "setMapping":
      setMapping(draft, blueprint, reading, edit);
      break;
    case "setMorphology":
      setMorphology(draft, edit);
      break;
    case "removeMorphology":
      removeMorphology(draft, edit);
      break;
    case "createRegion":
      createRegion(draft, edit);
      break;
    case "updateRegion":
      updateRegion(draft, edit);
      break;
    case "removeRegion":
      removeRegion(draft, edit);
      break;
    case "updatePhysiology":
      updatePhysiology(draft, edit);
      break;
    case "updateGenome":
      updateGenome(draft, edit);
      break;
    case "setModulator":
      setModulator(draft, edit);
      break;
    case "renameModulator":
      renameModulator(draft, blueprint, reading, edit);
      break;
    case "removeModulator":
      removeModulator(draft, edit);
      break;
    case "setClassifier":
      setClassifier(draft, edit);
      break;
    case "removeClassifier":
      removeClassifier(draft, edit);
      break;
  }
}

const physiologyKeys = {
  simulationTimestep: "simulation_timestep",
  maxAge: "max_age",
  evolutionBurstCount: "evolution_burst_count",
  ipuIdleThreshold: "ipu_idle_threshold",
  plasticityQueueDepth: "plasticity_queue_depth",
  lifespanManagementInterval: "lifespan_mgmt_interval",
  quantizationPrecision: "quantization_precision",
} as const;

function updatePhysiology(draft: GenomeDraft, edit: EditOf<"updatePhysiology">): void {
  for (const [field, key] of Object.entries(physiologyKeys) as [keyof typeof physiologyKeys, string][]) {
    const value = edit[field];
    if (value === undefined || value === draft.physiology[field]) continue;
    draft.physiology = { ...draft.physiology, [field]: value };
    draft.text.set(draft.section("physiology"), key, value);
  }
}

function updateGenome(draft: GenomeDraft, { title, description }: EditOf<"updateGenome">): void {
  const { text } = draft;
  if (title !== undefined && title !== draft.title) {
    pinCircuits(draft);
    draft.title = title;
    text.set(text.root, "genome_title", title);
  }
  if (description === undefined || description === draft.description) return;
  draft.description = description;
  text.set(text.root, "genome_description", description);
}

function read(source: string, strict: boolean): Genome {
  const parsed = parseGenome(source, { strict });
  if (parsed.ok) return parsed.genome;
  const [first] = parsed.problems;
  throw invalid(`The edit is refused: ${first?.message ?? "the genome would not load"}`, { problems: parsed.problems }, first?.fix);
}

/** The text must be read as exactly what was asked: a value that the loader would mend or leave out is refused. */
function checkOutcome(draft: GenomeDraft, edited: Genome): void {
  const expected = meaningOf(draft, draft);
  const found = meaningOf(edited, draft);
  const path = differenceOf(expected, found) ?? propertyDifference(draft, edited);
  if (!path) return;
  const at = (value: unknown) =>
    path.reduce((inside, key) => (inside instanceof Map ? inside.get(key) : (inside as Record<string, unknown>)?.[key]), value);
  const details = { path: path.join("."), asked: at(expected), found: at(found) };
  throw invalid(`The edit is refused: ${details.path} would not be read as it was asked for`, details, "Give a value a genome can hold.");
}

type Content = Pick<Genome, "areas" | "regions" | "morphologies" | "modulators" | "classifiers" | "physiology" | "title" | "description">;

/** Without whose twin an area is: where that area is missing, what its old id becomes depends on the other ids. */
function meaningOf({ areas, regions, ...rest }: Content, draft: GenomeDraft) {
  const { morphologies, modulators, classifiers, physiology, title, description } = rest;
  const area = ({ properties, documentId: _id, added: _added, ...one }: GenomeArea) =>
    draft.edited.has(one.id) ? one : { ...one, properties: { ...properties, memory_twin_of: undefined } };
  const region = (one: GenomeRegion) => ({ ...one, areas: new Set(one.areas) });
  return {
    areas: new Map([...areas.values()].map((one) => [one.id, area(one)])),
    regions: new Map([...regions].map(([id, one]) => [id, region(one)])),
    ...{ morphologies, modulators, classifiers, physiology, title, description },
  };
}

/** Stored properties that were asked for by name; what was taken away may have a default. */
function propertyDifference({ edited: asked }: GenomeDraft, { areas }: Genome): string[] | undefined {
  for (const [id, properties] of asked as Map<CorticalId, Record<string, unknown>>) {
    const area = areas.get(id);
    for (const [name, value] of Object.entries(properties)) {
      const stored = { ...area?.properties, ...area?.extras };
      if (value !== null && !isSame(stored[name], value)) return ["areas", id, name];
    }
  }
  return undefined;
}

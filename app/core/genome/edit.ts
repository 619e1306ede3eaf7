/**
 * Edits of a genome. The document text is the truth: an edit replaces the changed values in it, byte for byte where they stand, and
 * the genome is read anew. So saving needs no second path, and what was not edited keeps its spelling, order and spaces.
 */
import type { AreaParametersPatch, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { areaRows, areaValues, parameterProperties } from "./area-rows.ts";
import type { Genome, GenomeArea } from "./genome.ts";
import { type JsonNode, type JsonObject, readJson } from "./json.ts";
import { parseGenome } from "./parse.ts";
import { formOfTail, listForms, newerNames, propertyForms } from "./properties.ts";

export interface AreaEdit {
  area: CorticalId;
  name?: string;
  position?: Vec3;
  dimensions?: Vec3;
  neuronsPerVoxel?: number;
  parameters?: AreaParametersPatch;
}

type Value = string | number | boolean;

/** One entry to write: a property, or one entry of a property that is a list. */
interface Change {
  property: string;
  axis?: number;
  value: Value;
}

interface Patch {
  start: number;
  end: number;
  text: string;
}

/** The genome after the edits; its `source` differs from the old one only in the edited values. */
export function applyAreaEdits(genome: Genome, edits: readonly AreaEdit[]): Genome {
  let source = genome.source;
  for (const edit of edits) {
    const area = genome.areas.get(edit.area);
    if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id: edit.area }, "connectome.listAreas lists the areas.");
    source = editText(source, genome, area, changesOf(edit));
  }
  if (source === genome.source) return genome;
  const parsed = parseGenome(source, { strict: genome.strict });
  if (parsed.ok) return parsed.genome;
  const message = `The edit is refused: ${parsed.problems[0]?.message ?? "the genome would not load"}`;
  throw new LabError("E_INVALID", message, { problems: parsed.problems }, parsed.problems[0]?.fix);
}

function changesOf(edit: AreaEdit): Change[] {
  const changes: Change[] = [];
  const list = (property: string, values: Vec3 | undefined) => {
    values?.forEach((value, axis) => {
      changes.push({ property, axis, value });
    });
  };
  if (edit.name !== undefined) changes.push({ property: "cortical_name", value: edit.name });
  list("block_boundaries", edit.dimensions);
  list("relative_coordinate", edit.position);
  if (edit.neuronsPerVoxel !== undefined) changes.push({ property: "per_voxel_neuron_cnt", value: edit.neuronsPerVoxel });
  const { firingThresholdIncrement, ...parameters } = edit.parameters ?? {};
  firingThresholdIncrement?.forEach((value, axis) => {
    changes.push({ property: `firing_threshold_increment_${"xyz"[axis]}`, value });
  });
  for (const [parameter, value] of Object.entries(parameters)) {
    if (value !== undefined) changes.push({ property: parameterProperties[parameter as keyof typeof parameters], value });
  }
  return changes;
}

/** The text was read before, so it is JSON with a blueprint object. */
function editText(source: string, genome: Genome, area: GenomeArea, changes: readonly Change[]): string {
  const root = readJson(source) as JsonObject;
  const blueprint = root.members.get("blueprint") as JsonObject;
  const hierarchical = blueprint.members.get(area.documentId);
  const flat = hierarchical?.kind !== "object" && (genome.dialect !== "hierarchical-2" || !area.added);
  const written = flat ? [...blueprint.members].filter(([key]) => key.startsWith(`_____10c-${area.documentId}-`)) : [];
  if (hierarchical?.kind !== "object" && written.length === 0) return addArea(source, blueprint, genome, area, flat, changes);
  const patches =
    hierarchical?.kind === "object" ? patchHierarchical(source, hierarchical, changes) : patchFlat(source, area, written, changes);
  return applyPatches(source, patches);
}

function patchFlat(source: string, area: GenomeArea, written: readonly [string, JsonNode][], changes: readonly Change[]): Patch[] {
  const last = written.at(-1);
  const insert = inserter(source, last?.[1], last?.[1].end ?? 0);
  return changes.flatMap(({ property, axis, value }) => {
    const form = propertyForms.find((one) => one.property === property && one.axis === axis);
    if (!form) return [];
    const candidates = written.filter(([key]) => formOfTail(key.slice(`_____10c-${area.documentId}-`.length))?.form === form);
    const exact = candidates.find(([key]) => key.endsWith(`-${form.letter}`));
    const node = (exact ?? candidates[0])?.[1];
    const key = `_____10c-${area.documentId}-${form.scope}-${form.exon}-${form.letter}`;
    return node ? replace(source, node, value) : [insert(key, valueText(value))];
  });
}

function patchHierarchical(source: string, node: JsonObject, changes: readonly Change[]): Patch[] {
  const last = [...node.members.values()].at(-1);
  const insert = inserter(source, last, last?.end ?? node.start + 1);
  const patches: Patch[] = [];
  for (const { property, axis, value } of changes) {
    const other = newerNames[property];
    const found = node.members.get(property) ?? (other === undefined ? undefined : node.members.get(other));
    const entry = axis === undefined ? found : found?.kind === "array" ? found.items[axis] : undefined;
    if (entry) patches.push(...replace(source, entry, value));
    else if (axis === undefined)
      patches.push(found ? { start: found.start, end: found.end, text: valueText(value) } : insert(property, valueText(value)));
    else if (axis === 0) {
      const whole = changes.filter((change) => change.property === property).map((change) => change.value);
      const text = `[${whole.map((one) => valueText(one)).join(", ")}]`;
      patches.push(found ? { start: found.start, end: found.end, text } : insert(property, text));
    }
  }
  return patches;
}

/** Writes an area that the loader had added (a core area) with all it has, so that it reads back the same. */
function addArea(
  source: string,
  blueprint: JsonObject,
  genome: Genome,
  area: GenomeArea,
  flat: boolean,
  changes: readonly Change[],
): string {
  const documentId = genome.dialect === "feagi-3" ? area.id : area.idText;
  const values = areaValues(area);
  const rows = areaRows(area).map(([suffix, value]): [string, unknown] => {
    const form = formOfTail(suffix)?.form;
    const change = changes.find((one) => one.property === form?.property && one.axis === form?.axis);
    return [`_____10c-${documentId}-${suffix}`, change?.value ?? value];
  });
  for (const { property, axis, value } of changes) {
    const list = listForms.has(property) ? [...(values.get(property) as Value[])] : undefined;
    if (list && axis !== undefined) list[axis] = value;
    values.set(property, list ?? value);
  }
  const entries = flat ? rows : [[documentId, Object.fromEntries(values)] as [string, unknown]];
  const last = [...blueprint.members.values()].at(-1);
  const insert = inserter(source, last, last?.end ?? blueprint.start + 1);
  return applyPatches(
    source,
    entries.map(([key, value]) => insert(key, JSON.stringify(value))),
  );
}

function replace(source: string, node: JsonNode, value: Value): Patch[] {
  if (node.kind !== "object" && node.kind !== "array" && node.kind !== "null" && node.value === value) return [];
  const fraction = node.kind === "number" && !node.integer;
  const text =
    fraction && typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : valueText(value);
  return source.slice(node.start, node.end) === text ? [] : [{ start: node.start, end: node.end, text }];
}

const valueText = (value: Value) => JSON.stringify(value);

/** Puts members after the last one, with its indentation and spacing; or first into an empty object. */
function inserter(source: string, sibling: JsonNode | undefined, at: number): (key: string, text: string) => Patch {
  let first = sibling === undefined;
  let before = "";
  let colon = ": ";
  if (sibling) {
    let quote = source.lastIndexOf('"', source.lastIndexOf(":", sibling.start - 1));
    colon = source.slice(quote + 1, sibling.start);
    do quote = source.lastIndexOf('"', quote - 1);
    while (isEscaped(source, quote));
    before = /\s*$/.exec(source.slice(0, quote))?.[0] ?? "";
  }
  return (key, text) => {
    const comma = first ? "" : ",";
    first = false;
    return { start: at, end: at, text: `${comma}${before}${JSON.stringify(key)}${colon}${text}` };
  };
}

function isEscaped(source: string, quote: number): boolean {
  let slashes = 0;
  while (source[quote - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

function applyPatches(source: string, patches: readonly Patch[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text } of [...patches].sort((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(source.slice(at, start), text);
    at = end;
  }
  return pieces.join("") + source.slice(at);
}

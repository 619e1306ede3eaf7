/** Changes of structure: mappings, morphologies and areas that come, go or lead elsewhere. Each says what it did, or null. */
import type { CorticalId, MappingRule, Morphology, PatternToken, PatternTokens } from "#contracts/connectome.ts";
import { encodeId } from "../genome/cortical-id.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { isCoreMorphology } from "../genome/morphologies.ts";
import { copyOfArea, copyOfRule, takeOut } from "./copy.ts";
import type { Draw } from "./draw.ts";
import type { Scope } from "./operators.ts";

/** Core morphologies that mean something between any two areas. */
const common = [
  "block_to_block",
  "projector",
  "all_to_0-0-0",
  "0-0-0_to_all",
  ...["x", "y", "z"].flatMap((a) => [`lateral_+${a}`, `lateral_-${a}`]),
];
/** The only one that leads into memory. */
const intoMemory = "episodic_memory";

interface Use {
  source: GenomeArea;
  destination: CorticalId;
  rules: MappingRule[];
  at: number;
}

export function addMapping(genome: Genome, { open }: Scope, draw: Draw): string | null {
  // A core area that leads nowhere yet has nothing to say.
  const sources = [...genome.areas.values()].filter((area) => open(area) && (area.kind !== "core" || area.mappings.size > 0));
  const destinations = [...genome.areas.values()].filter(isDestination);
  if (sources.length === 0 || destinations.length === 0) return null;
  const [source, destination] = [draw.pick(sources), draw.pick(destinations)];
  const rule: MappingRule = {
    morphology: destination.kind === "memory" ? intoMemory : draw.pick(usable(genome)),
    scalar: [1, 1, 1],
    multiplier: draw.chance(0.5) ? 1 : -1,
    plastic: false,
    plasticityConstant: 1,
    ltpMultiplier: 1,
    ltdMultiplier: 1,
    plasticityWindow: 1,
    delayBursts: 1,
    attractivity: 100,
  };
  source.mappings.set(destination.id, [...(source.mappings.get(destination.id) ?? []), rule]);
  return `addMapping from ${source.name} to ${destination.name} by ${rule.morphology}`;
}

export function removeMapping(genome: Genome, scope: Scope, draw: Draw): string | null {
  const use = pickUse(uses(genome, scope), draw);
  if (!use) return null;
  removeRule(use);
  return `removeMapping ${placeOf(genome, use)}`;
}

/** The rule leads to another area. */
export function redirectMapping(genome: Genome, scope: Scope, draw: Draw): string | null {
  const use = pickUse(ordinary(genome, scope), draw);
  if (!use) return null;
  const others = [...genome.areas.values()].filter((area) => isDestination(area) && area.kind !== "memory" && area.id !== use.destination);
  if (others.length === 0) return null;
  const to = draw.pick(others);
  const [rule] = removeRule(use);
  use.source.mappings.set(to.id, [...(use.source.mappings.get(to.id) ?? []), rule!]);
  return `redirectMapping ${placeOf(genome, use)}: now to ${to.name}`;
}

export function swapMorphology(genome: Genome, scope: Scope, draw: Draw): string | null {
  const use = pickUse(ordinary(genome, scope), draw);
  if (!use) return null;
  const rule = use.rules[use.at]!;
  rule.morphology = draw.pick(usable(genome).filter((name) => name !== rule.morphology));
  return `swapMorphology ${placeOf(genome, use)}: ${rule.morphology}`;
}

/** A new vector, and a rule that uses it. */
export function addMorphology(genome: Genome, scope: Scope, draw: Draw): string | null {
  const use = pickUse(ordinary(genome, scope), draw);
  if (!use) return null;
  const id = unused("evolved", (name) => genome.morphologies.has(name));
  const step = () => draw.below(5) - 2;
  genome.morphologies.set(id, { id, class: "custom", type: "vectors", vectors: [[step(), step(), step()]] });
  use.rules[use.at]!.morphology = id;
  return `addMorphology ${id} ${placeOf(genome, use)}`;
}

/** Rules that used it go straight from voxel to voxel. */
export function removeMorphology(genome: Genome, { open }: Scope, draw: Draw): string | null {
  const all = [...genome.morphologies.values()];
  const mappers = new Set(all.flatMap((one) => (one.type === "composite" ? [one.mapper] : [])));
  const closed = [...genome.areas.values()].filter((area) => !open(area));
  const used = new Set(closed.flatMap((area) => [...area.mappings.values()].flat().map(({ morphology }) => morphology)));
  const free = all.filter(({ id }) => !isCoreMorphology(id) && !mappers.has(id) && !used.has(id));
  if (free.length === 0) return null;
  const { id } = draw.pick(free);
  genome.morphologies.delete(id);
  for (const area of genome.areas.values()) {
    for (const rule of [...area.mappings.values()].flat()) if (rule.morphology === id) rule.morphology = "block_to_block";
  }
  return `removeMorphology ${id}`;
}

/** Another of an area, with its mappings both ways, as genes are duplicated. */
export function addArea(genome: Genome, { open }: Scope, draw: Draw): string | null {
  const originals = [...genome.areas.values()].filter((area) => area.kind === "custom" && open(area));
  if (originals.length === 0) return null;
  const original = draw.pick(originals);
  const number = [...genome.areas.values()].length;
  const bytes = unused("ce", (text) => genome.areas.has(encodeId(text.padEnd(8, "_"))), number).padEnd(8, "_");
  const id = encodeId(bytes);
  const names = new Set([...genome.areas.values()].map(({ name }) => name));
  const name = unused(`${original.name} `, (text) => names.has(text), 2);
  const [x, y, z] = original.position;
  const twin: GenomeArea = { ...copyOfArea(original), id, idText: bytes, documentId: id, name, added: false };
  twin.position = [x, y + original.dimensions[1] + 1, z];
  for (const area of [...genome.areas.values()]) {
    const rules = area.mappings.get(original.id);
    if (rules) area.mappings.set(id, rules.map(copyOfRule));
  }
  genome.areas.set(id, twin);
  const region = [...genome.regions.values()].find(({ areas }) => areas.includes(original.id));
  region?.areas.push(id);
  return `addArea ${name}`;
}

export function removeArea(genome: Genome, { open, kept }: Scope, draw: Draw): string | null {
  const free = [...genome.areas.values()].filter((area) => ["custom", "memory"].includes(area.kind) && open(area) && !kept(area));
  if (free.length === 0) return null;
  const { id, name } = draw.pick(free);
  takeOut(genome, id);
  return `removeArea ${name}`;
}

const someTokens: readonly PatternToken[] = [
  ...(["any", "same", "others", "above", "below", "atLeast", "atMost"] as const).map((type) => ({ type })),
  ...[0, 1, 2, 3].map((value) => ({ type: "exactly" as const, value })),
  ...[-2, -1, 1, 2].map((by) => ({ type: "offset" as const, by })),
];

/** One of the six tokens of a pattern becomes another. */
export function changeToken(morphologies: readonly Extract<Morphology, { type: "patterns" }>[], draw: Draw): string | null {
  const places = morphologies.flatMap(({ id, patterns }) => patterns.map((pattern) => ({ id, pattern })));
  if (places.length === 0) return null;
  const { id, pattern } = draw.pick(places);
  const side = draw.pick(["source", "target"] as const);
  const axis = draw.below(3);
  const old = JSON.stringify(pattern[side][axis]);
  const token = draw.pick(someTokens.filter((one) => JSON.stringify(one) !== old));
  pattern[side] = pattern[side].map((one, i) => (i === axis ? token : one)) as unknown as PatternTokens;
  return `morphologyPatterns of ${id}, ${side} ${"xyz"[axis]}: ${token.type}`;
}

/** Signals end in what can carry them on: core areas and inputs belong to the host. */
function isDestination({ kind }: GenomeArea): boolean {
  return kind === "custom" || kind === "output" || kind === "memory";
}

function usable({ morphologies }: Genome): string[] {
  const named = common.filter((id) => morphologies.has(id));
  return [...named, ...[...morphologies.values()].filter((one) => one.class === "custom" && one.type !== "functions").map(({ id }) => id)];
}

function uses(genome: Genome, { open }: Scope): Use[] {
  return [...genome.areas.values()]
    .filter(open)
    .flatMap((source) =>
      [...source.mappings].flatMap(([destination, rules]) => rules.map((_, at) => ({ source, destination, rules, at }))),
    );
}

/** Of morphologies that are not bound to the kind of their areas, as memory's are. */
function ordinary(genome: Genome, scope: Scope): Use[] {
  return uses(genome, scope).filter(({ source, destination, rules, at }) => {
    const isOfMemory = source.kind === "memory" || genome.areas.get(destination)?.kind === "memory";
    return !isOfMemory && genome.morphologies.get(rules[at]!.morphology)?.id !== intoMemory;
  });
}

const pickUse = (all: readonly Use[], draw: Draw) => (all.length === 0 ? undefined : draw.pick(all));

function removeRule({ source, destination, rules, at }: Use): MappingRule[] {
  const rest = rules.filter((_, i) => i !== at);
  if (rest.length === 0) source.mappings.delete(destination);
  else source.mappings.set(destination, rest);
  return rules.slice(at, at + 1);
}

function placeOf(genome: Genome, { source, destination }: Use): string {
  return `from ${source.name} to ${genome.areas.get(destination)?.name ?? destination}`;
}

/** The first of stem1, stem2 … that is free. */
function unused(stem: string, isTaken: (text: string) => boolean, from = 1): string {
  for (let n = from; ; n++) if (!isTaken(`${stem}${n}`)) return `${stem}${n}`;
}

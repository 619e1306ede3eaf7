/** Morphology definitions, typed, and the core set every genome has. Sources: spec/genome.md section 10, spec/development.md section 5.3. */
import type { Morphology, PatternToken, PatternTokens } from "#contracts/connectome.ts";
import type { Findings } from "./findings.ts";
import { describeNode, type JsonNode, type JsonObject } from "./json.ts";
import type { MigratedArea, MigratedDocument } from "./migrate.ts";

type Vector = [number, number, number];

const any: PatternToken = { type: "any" };
const zero: PatternToken = { type: "exactly", value: 0 };
const coreFunctions = [
  ...["projector", "episodic_memory", "memory_replay", "associative_memory", "centered_projector"],
  ...["transpose_xy", "transpose_yz", "transpose_xz", "sweeper", "last_to_first", "first_to_last", "rotator_z", "episodic_scan"],
  ...["bitmask_encoder_x", "bitmask_encoder_y", "bitmask_encoder_z", "bitmask_decoder_x", "bitmask_decoder_y", "bitmask_decoder_z"],
];

function coreMorphologies(): Morphology[] {
  const vectors = (id: string, vector: Vector): Morphology => ({ id, class: "core", type: "vectors", vectors: [vector] });
  const pattern = (id: string, source: PatternTokens, target: PatternTokens): Morphology => {
    return { id, class: "core", type: "patterns", patterns: [{ source, target }] };
  };
  return [
    vectors("block_to_block", [0, 0, 0]),
    vectors("lateral_+x", [1, 0, 0]),
    vectors("lateral_-x", [-1, 0, 0]),
    vectors("lateral_+y", [0, 1, 0]),
    vectors("lateral_-y", [0, -1, 0]),
    vectors("lateral_+z", [0, 0, 1]),
    vectors("lateral_-z", [0, 0, -1]),
    pattern("all_to_0-0-0", [any, any, any], [zero, zero, zero]),
    pattern("0-0-0_to_all", [zero, zero, zero], [any, any, any]),
    ...coreFunctions.map((id): Morphology => ({ id, class: "core", type: "functions" })),
    {
      id: "tile",
      class: "core",
      type: "composite",
      seed: [16, 16, 1],
      pattern: [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      mapper: "projector",
    },
  ];
}

const coreNames: ReadonlySet<string> = new Set(coreMorphologies().map(({ id }) => id));

/** Whether every genome has a morphology of this name, defined or not. */
export const isCoreMorphology = (id: string): boolean => coreNames.has(id);

/** Where any core morphology is missing, FEAGI writes all of them anew, over the user's own; only the strict reading does too. */
export function readMorphologies(
  { morphologies: definitions, areas }: MigratedDocument,
  strict: boolean,
  findings: Findings,
): Map<string, Morphology> {
  const morphologies = new Map<string, Morphology>();
  for (const [id, definition] of definitions) {
    const morphology = readMorphology(id, definition, strict, findings);
    if (morphology) morphologies.set(id, morphology);
  }
  const core = coreMorphologies();
  const isRewritten = core.some(({ id }) => !definitions.has(id));
  const used = isRewritten && !strict ? usedMorphologies(areas) : new Set<string>();
  for (const morphology of core) {
    const own = morphologies.get(morphology.id);
    if (!own || (strict && isRewritten)) morphologies.set(morphology.id, morphology);
    else if (used.has(own.id) && !growAlike(own, morphology)) {
      const message = `The genome's own definition of ${own.id} is kept; FEAGI writes its core one over it.`;
      const expected = "a name of its own, or definitions of all core morphologies";
      findings.repair(definitions.get(own.id) ?? "neuron_morphologies", { code: "MORPHOLOGY_KEPT", message, expected });
    }
  }
  return morphologies;
}

function usedMorphologies(areas: readonly MigratedArea[]): Set<string> {
  const used = new Set<string>();
  for (const rule of areas.flatMap(({ mappings }) => [...mappings.values()].flat())) {
    const name = rule.members.get("morphology_id");
    if (name?.kind === "string") used.add(name.value);
  }
  return used;
}

/** The parameters of a composite that is called tile are never looked at. */
export function growAlike(own: Morphology, core: Morphology): boolean {
  const { class: _own, ...definition } = own;
  const { class: _core, ...coreDefinition } = core;
  const isTile = own.id === "tile" && (own.type === "composite" || own.type === "functions");
  return isTile || JSON.stringify(definition) === JSON.stringify(coreDefinition);
}

function readMorphology(id: string, node: JsonNode, strict: boolean, findings: Findings): Morphology | undefined {
  const refuse = (at: JsonNode, message: string, expected: string): undefined => {
    findings.refuse(at, { code: "MORPHOLOGY", message: `Morphology ${id}: ${message}`, expected, found: describeNode(at) });
    return undefined;
  };
  if (node.kind !== "object") return refuse(node, "not an object.", "an object with type and parameters");
  const written = node.members.get("parameters");
  if (written && written.kind !== "object" && written.kind !== "null") return refuse(written, "parameters are not an object.", "an object");
  const parameters = written?.kind === "object" ? written : undefined;
  const typeNode = node.members.get("type");
  const type = typeNode?.kind === "string" ? typeNode.value : inferredType(parameters);
  const classNode = node.members.get("class");
  const head = { id, class: classNode?.kind === "string" && classNode.value === "core" ? "core" : "custom" } as const;
  switch (type) {
    case "functions":
      return { ...head, type };
    case "vectors": {
      const list = parameters?.members.get("vectors");
      if (list?.kind !== "array") return refuse(list ?? node, "vectors are missing or not a list.", "a list of [x, y, z]");
      const vectors = list.items.map((item) => integersOf(item, 3));
      const wrong = vectors.indexOf(undefined);
      if (wrong !== -1) return refuse(list.items[wrong] ?? list, "a vector needs three integers.", "[x, y, z] of integers");
      return { ...head, type, vectors: vectors as Vector[] };
    }
    case "patterns": {
      const list = parameters?.members.get("patterns");
      if (list?.kind !== "array") return refuse(list ?? node, "patterns are missing or not a list.", "a list of [source, target]");
      return { ...head, type, patterns: list.items.flatMap((item) => readPattern(id, item, strict, findings)) };
    }
    case "composite": {
      const seed = integersOf(parameters?.members.get("src_seed"), 3);
      const steps = parameters?.members.get("src_pattern");
      const pattern = steps?.kind === "array" && steps.items.length === 3 ? steps.items.map((item) => integersOf(item, 2)) : [undefined];
      const mapper = parameters?.members.get("mapper_morphology");
      if (!seed || pattern.includes(undefined) || mapper?.kind !== "string") {
        return refuse(
          parameters ?? node,
          "a composite is incomplete.",
          "src_seed [x, y, z], src_pattern 3 × [choose, skip], mapper_morphology",
        );
      }
      const [x, y, z] = pattern as [number, number][];
      return { ...head, type, seed: seed as Vector, pattern: [x!, y!, z!], mapper: mapper.value };
    }
    default:
      return refuse(typeNode ?? node, `the type ${JSON.stringify(type)} is not known.`, "vectors, patterns, functions or composite");
  }
}

function inferredType(parameters: JsonObject | undefined): string {
  if (parameters?.members.has("vectors")) return "vectors";
  if (parameters?.members.has("patterns")) return "patterns";
  return parameters?.members.has("src_seed") ? "composite" : "functions";
}

function integersOf(node: JsonNode | undefined, length: number): number[] | undefined {
  if (node?.kind !== "array" || node.items.length !== length) return undefined;
  const numbers: number[] = [];
  for (const item of node.items) {
    if (item.kind !== "number" || !item.integer || Math.abs(item.value) > 2147483647) return undefined;
    numbers.push(item.value);
  }
  return numbers;
}

/** One [source, target] pair. FEAGI accepts pairs without three axes, which can never be used; its strict reading leaves those out. */
function readPattern(id: string, node: JsonNode, strict: boolean, findings: Findings): { source: PatternTokens; target: PatternTokens }[] {
  const refuse = (at: JsonNode, message: string, expected: string): [] => {
    findings.refuse(at, { code: "MORPHOLOGY", message: `Morphology ${id}: ${message}`, expected, found: describeNode(at) });
    return [];
  };
  const sides = node.kind === "array" ? node.items : [];
  if (sides.length !== 2) {
    if (strict) return refuse(node, "a pattern is not a pair.", "[source, target]");
    // A shipped genome has one such slip among good pairs.
    const message = `Morphology ${id}: a pattern that is not a pair is left out.`;
    findings.repair(node, { code: "MORPHOLOGY", message, expected: "[source, target]" });
    return [];
  }
  const read: PatternToken[][] = [];
  for (const side of sides) {
    if (side.kind !== "array") return refuse(side, "half of a pattern is not a list.", "three tokens");
    const tokens: PatternToken[] = [];
    for (const item of side.items) {
      const token = readToken(item);
      if (!token) return refuse(item, "a pattern token is not known.", "*, ?, !, an integer, ?+ ?- ?+= ?-=, ?+n, ?-n, ?±a:?±b or n..m");
      if (!strict && token.type === "exactly" && token.value < 0) {
        return refuse(item, "a pattern names a negative voxel coordinate.", "an integer of at least 0");
      }
      tokens.push(token);
    }
    if (tokens.length !== 3) {
      const expected = "three tokens, one per axis";
      if (!strict) return refuse(side, "a pattern needs three axes.", expected);
      findings.repair(side, { code: "MORPHOLOGY", message: `Morphology ${id}: a pattern without three axes has no effect.`, expected });
      return [];
    }
    read.push(tokens);
  }
  return [{ source: read[0] as unknown as PatternTokens, target: read[1] as unknown as PatternTokens }];
}

const fixedTokens: Readonly<Record<string, PatternToken>> = {
  "*": any,
  "?": { type: "same" },
  "!": { type: "others" },
  "?+": { type: "above" },
  "?-": { type: "below" },
  "?+=": { type: "atLeast" },
  "?-=": { type: "atMost" },
};

function readToken(node: JsonNode): PatternToken | undefined {
  if (node.kind === "number") {
    return node.integer && Math.abs(node.value) <= 2147483647 ? { type: "exactly", value: node.value } : undefined;
  }
  if (node.kind !== "string") return undefined;
  const text = node.value.trim();
  if (Object.hasOwn(fixedTokens, text)) return fixedTokens[text];
  const offset = /^\?([+-]\d{1,9})$/.exec(text);
  if (offset) return { type: "offset", by: Number(offset[1]) };
  const offsets = /^\?([+-]\d{1,9})?:\?([+-]\d{1,9})?$/.exec(text);
  if (offsets) return { type: "offsetRange", from: Number(offsets[1] ?? 0), to: Number(offsets[2] ?? 0) };
  const range = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text);
  if (range) return { type: "range", from: Number(range[1]), to: Number(range[2]) };
  return /^\d{1,9}$/.test(text) ? { type: "exactly", value: Number(text) } : undefined;
}

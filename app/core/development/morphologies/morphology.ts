/**
 * From a morphology and two areas to a voxel rule, or to the reason why there is none.
 * To add a morphology: a row in `functions.ts` and a case in the tests.
 */
import type { AreaKind, MappingRule, Morphology } from "#contracts/connectome.ts";
import { isRelationOnly } from "../../genome/memory-rules.ts";
import type { Random } from "../random.ts";
import { boxOf, compositeRule } from "./composite.ts";
import { functionMorphologies } from "./functions.ts";
import { patternRule } from "./patterns.ts";
import { RuleRefusal } from "./refusal.ts";
import { reachOtherVoxels, scaledVectors, vectorRule } from "./vectors.ts";
import type { Shape, UnionScratch, VoxelRule } from "./voxel-rule.ts";

export interface MorphologyUse {
  shape: Shape;
  kinds: { source: AreaKind; target: AreaKind };
  scalar: MappingRule["scalar"];
  development: "standard" | "feagi-strict";
  morphologies: ReadonlyMap<string, Morphology>;
  random: Random;
  scratch: UnionScratch;
}

interface GrowingRule {
  voxels: VoxelRule;
  neuronInVoxel: "first" | "last";
  perNeuron: boolean;
  /** Standard grows this rule and FEAGI does not: why, and whether that shows only once the rule reaches a voxel. */
  mended?: { code: string; message: string; onceReached: boolean };
}

/** `none`: the morphology grows no synapses, because that is its meaning (a relation) or because nobody knows its law. */
export type PreparedMorphology = GrowingRule | { none: "relation" | "unknown" };

export function prepareMorphology(morphology: Morphology, use: MorphologyUse): PreparedMorphology {
  const strict = use.development === "feagi-strict";
  switch (morphology.type) {
    case "vectors":
      return strict ? growing(vectorRule(use.shape.target, morphology.vectors)) : prepareVectors(morphology, use);
    case "patterns":
      return growing(patternRule(use.shape.target, morphology.patterns, use.scratch));
    case "functions":
      return prepareFunction(morphology.id, use);
    case "composite":
      if (morphology.id === "tile") return prepareFunction("tile", use);
      return strict ? { none: "unknown" } : prepareComposite(morphology, use);
  }
}

function prepareVectors({ id, vectors }: Extract<Morphology, { type: "vectors" }>, use: MorphologyUse): PreparedMorphology {
  const scaled = scaledVectors(vectors, use.scalar);
  const rule = growing(vectorRule(use.shape.target, scaled));
  if (!reachOtherVoxels(use.shape, vectors, scaled)) return rule;
  const message = `the scalar ${JSON.stringify(use.scalar)} stretches the vectors of "${id}"; FEAGI ignores it`;
  return { ...rule, mended: { code: "MORPHOLOGY_SCALAR", message, onceReached: false } };
}

function prepareFunction(id: string, use: MorphologyUse): PreparedMorphology {
  if (isRelationOnly(id)) return { none: "relation" };
  if (id === "associative_memory") {
    const bothMemory = use.kinds.source === "memory" && use.kinds.target === "memory";
    return bothMemory ? prepareFunction("projector", use) : { none: "relation" };
  }
  const row = Object.hasOwn(functionMorphologies, id) ? functionMorphologies[id] : undefined;
  if (!row || (row.origin === "python" && use.development === "feagi-strict")) return { none: "unknown" };
  return {
    voxels: row.rule(use.shape, use.random),
    neuronInVoxel: row.neuronInVoxel ?? "last",
    perNeuron: row.perNeuron ?? false,
    ...(row.origin === "python" ? { mended: pythonLaw(id) } : {}),
  };
}

function prepareComposite(composite: Extract<Morphology, { type: "composite" }>, use: MorphologyUse): PreparedMorphology {
  const mapper = use.morphologies.get(composite.mapper);
  if (!mapper) throw new RuleRefusal("RULE_MORPHOLOGY_UNKNOWN", `the mapper "${composite.mapper}" of "${composite.id}" is not defined`);
  if (mapper.type === "composite") throw new RuleRefusal("MORPHOLOGY_MALFORMED", "the mapper of a composite cannot be a composite");
  const prepared = prepareMorphology(mapper, { ...use, shape: { source: boxOf(composite), target: use.shape.target } });
  if ("none" in prepared) return prepared;
  return { ...prepared, voxels: compositeRule(composite, prepared.voxels), mended: pythonLaw(composite.id) };
}

function pythonLaw(id: string): NonNullable<GrowingRule["mended"]> {
  const message = `"${id}" grows by the law of Python FEAGI; FEAGI grows nothing by it`;
  return { code: "MORPHOLOGY_PYTHON", message, onceReached: true };
}

function growing(voxels: VoxelRule): GrowingRule {
  return { voxels, neuronInVoxel: "last", perNeuron: false };
}

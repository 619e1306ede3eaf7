/**
 * A strand is one mapping rule made ready to grow: its voxel rule, where its synapses end, and what they all share.
 *
 * A rule that cannot grow is skipped with a problem in standard; feagi-strict gives up everything that its source area
 * would have grown after it, as FEAGI does. Source: spec/development.md section 6.
 */
import type { CorticalMapping, MappingRule } from "#contracts/connectome.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import { isRelationOnly } from "../genome/memory-rules.ts";
import { ASSOCIATIVE_RULE, modulatorsOf } from "../genome/rule-learning.ts";
import { documentPath, type GrowingArea, type Growth } from "./growth.ts";
import { prepareMorphology } from "./morphologies/morphology.ts";
import { RuleRefusal } from "./morphologies/refusal.ts";
import { VoxelList, type VoxelRule, voxelRule } from "./morphologies/voxel-rule.ts";
import { Random } from "./random.ts";
import { checkPlasticity, learnsByFractions, parametersOf } from "./rule-checks.ts";
import type { Bundle } from "./synapse-rows.ts";

/** `reached` holds the destination voxels of the source voxel at hand. */
export interface Strand extends Bundle {
  mapping: CorticalMapping;
  /** Place of its rule in the list of the mapping. */
  place: number;
  target: GrowingArea;
  voxels: VoxelRule;
  /** Each neuron of a source voxel asks the rule anew. */
  perNeuron: boolean;
  /** Modulation group of its synapses, 0: none. */
  group: number;
  associative: boolean;
}

/** All strands out of one area: destinations by ascending id, rules in list order. Adds its mapping rows and problems to the growth. */
export function strandsFrom(growth: Growth, source: GrowingArea): Strand[] {
  const strands: Strand[] = [];
  let isGivenUp = false;
  for (const [destination, rules] of [...source.gene.mappings].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!growth.areaById.has(destination)) {
      growth.problems.push(missingDestination(growth, source, destination));
      continue;
    }
    const mapping: CorticalMapping = { src: source.gene.id, dst: destination, rules, synapses: 0 };
    growth.mappings.push(mapping);
    for (const [place, rule] of rules.entries()) {
      if (isGivenUp) break;
      try {
        const strand = strandOf(growth, source, mapping, rule, place);
        if (strand) strands.push(strand);
      } catch (refusal) {
        if (!(refusal instanceof RuleRefusal)) throw refusal;
        isGivenUp = growth.development === "feagi-strict";
        growth.problems.push(skippedRule(growth, source, mapping, place, refusal));
      }
    }
  }
  return strands;
}

function strandOf(growth: Growth, source: GrowingArea, mapping: CorticalMapping, rule: MappingRule, place: number): Strand | undefined {
  const target = growth.areaById.get(mapping.dst)!;
  checkPlasticity(rule, growth.development);
  if (growth.development === "standard" && learnsByFractions(rule)) {
    const message = "the rule learns by fractions; FEAGI takes whole numbers and gives up the rest of the source area";
    growth.problems.push(mendedRule(growth, source, mapping, place, { code: "PLASTICITY_FRACTION", message }));
  }
  const morphology = growth.genome.morphologies.get(rule.morphology);
  if (!morphology) {
    if (growth.development === "standard" && isRelationOnly(rule.morphology)) return undefined;
    throw new RuleRefusal("RULE_MORPHOLOGY_UNKNOWN", `the morphology "${rule.morphology}" is not defined`);
  }
  const made = parametersOf(rule, source, growth.development);
  const key = `${growth.seed}/${mapping.src}/${mapping.dst}/${place}`;
  const prepared = prepareMorphology(morphology, {
    shape: { source: source.area.dimensions, target: target.area.dimensions },
    kinds: { source: source.gene.kind, target: target.gene.kind },
    scalar: rule.scalar,
    development: growth.development,
    morphologies: growth.genome.morphologies,
    random: new Random(`${key}/voxels`),
    scratch: growth.scratch,
  });
  if ("none" in prepared) {
    if (prepared.none === "unknown") growth.problems.push(withoutLaw(rulePath(growth, source, mapping.dst, place), rule));
    return undefined;
  }
  const { mended } = prepared;
  const report = () => mended && growth.problems.push(mendedRule(growth, source, mapping, place, mended));
  if (mended && !mended.onceReached) report();
  const { firstNeuron, neuronsPerVoxel } = target.area;
  const neuronInVoxel = prepared.neuronInVoxel === "last" ? neuronsPerVoxel - 1 : 0;
  return {
    mapping,
    place,
    target,
    voxels: mended?.onceReached && made.attractivity > 0 ? reportedOnce(prepared.voxels, report) : prepared.voxels,
    perNeuron: prepared.perNeuron,
    group: growth.names.group(modulatorsOf(rule)),
    associative: rule.morphology === ASSOCIATIVE_RULE,
    toNeuron: { first: firstNeuron + neuronInVoxel, perVoxel: neuronsPerVoxel },
    made,
    chance: new Random(`${key}/attractivity`),
    reached: new VoxelList(growth.memory),
  };
}

/** The same rule, which says when it first reaches a voxel. */
function reportedOnce(rule: VoxelRule, report: () => void): VoxelRule {
  let isReported = false;
  return voxelRule(rule.pairs, (x, y, z, targets) => {
    const before = targets.length;
    rule(x, y, z, targets);
    if (isReported || targets.length === before) return;
    isReported = true;
    report();
  });
}

function rulePath(growth: Growth, source: GrowingArea, destination: string, place: number): string {
  return `${destinationPath(growth, source, destination)}[${place}]`;
}

/** Where the document holds the rules of a mapping. */
export function destinationPath({ genome }: Growth, source: GrowingArea, destination: string): string {
  const asWritten = genome.areas.get(destination)?.documentId ?? destination;
  return `${documentPath(genome, source.gene, { flat: "cx-dstmap-d", hierarchical: "cortical_mapping_dst" })}.${asWritten}`;
}

function missingDestination(growth: Growth, source: GrowingArea, destination: string): GenomeProblem {
  return {
    path: destinationPath(growth, source, destination),
    code: "DESTINATION_MISSING",
    message: `${source.gene.name} maps to an area that is not in the genome; the mapping is skipped`,
    expected: "the id of an area of this genome",
    found: destination,
  };
}

/** A rule that standard grows otherwise than FEAGI does. */
function mendedRule(
  growth: Growth,
  source: GrowingArea,
  { dst, rules }: CorticalMapping,
  place: number,
  { code, message }: { code: string; message: string },
): GenomeProblem {
  return {
    path: rulePath(growth, source, dst, place),
    code,
    message: `${source.gene.name} to ${growth.areaById.get(dst)!.gene.name}: ${message}`,
    expected: "a rule that FEAGI grows alike",
    found: rules[place]!.morphology,
  };
}

function skippedRule(
  growth: Growth,
  source: GrowingArea,
  { dst, rules }: CorticalMapping,
  place: number,
  refusal: RuleRefusal,
): GenomeProblem {
  const consequence =
    growth.development === "feagi-strict" ? "the rest of this source area is given up, as FEAGI does" : "the rule is skipped";
  return {
    path: rulePath(growth, source, dst, place),
    code: refusal.code,
    message: `${source.gene.name} to ${growth.areaById.get(dst)!.gene.name}: ${refusal.message}; ${consequence}`,
    expected: "a rule that can grow",
    found: rules[place]!.morphology,
  };
}

function withoutLaw(path: string, rule: MappingRule): GenomeProblem {
  return {
    path,
    code: "MORPHOLOGY_WITHOUT_LAW",
    message: `no law is known for the morphology "${rule.morphology}"; the rule grows no synapses`,
    expected: "a morphology of vectors or patterns, or a function that is known here",
    found: rule.morphology,
  };
}

/** A genome that may be changed without the one it came from noticing. Changed drafts are written and read again, so a draft's text is old. */
import type { CorticalId, MappingRule, Morphology } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";

export function copyOf(genome: Genome): Genome {
  return {
    ...genome,
    areas: new Map([...genome.areas].map(([id, area]) => [id, copyOfArea(area)])),
    morphologies: new Map([...genome.morphologies].map(([id, morphology]) => [id, copyOfMorphology(morphology)])),
    regions: new Map(
      [...genome.regions].map(([id, region]) => [
        id,
        {
          ...region,
          areas: [...region.areas],
          designatedInputs: [...region.designatedInputs],
          designatedOutputs: [...region.designatedOutputs],
        },
      ]),
    ),
    physiology: { ...genome.physiology },
  };
}

export function copyOfArea(area: GenomeArea): GenomeArea {
  const { parameters } = area;
  return {
    ...area,
    dimensions: [...area.dimensions],
    position: [...area.position],
    parameters: { ...parameters, firingThresholdIncrement: [...parameters.firingThresholdIncrement] },
    mappings: new Map([...area.mappings].map(([destination, rules]) => [destination, rules.map(copyOfRule)])),
    properties: { ...area.properties },
  };
}

export function copyOfRule(rule: MappingRule): MappingRule {
  return { ...rule, scalar: Array.isArray(rule.scalar) ? [...rule.scalar] : rule.scalar };
}

export function copyOfMorphology(morphology: Morphology): Morphology {
  switch (morphology.type) {
    case "vectors":
      return { ...morphology, vectors: morphology.vectors.map(([x, y, z]) => [x, y, z]) };
    case "patterns":
      return { ...morphology, patterns: morphology.patterns.map(({ source, target }) => ({ source, target })) };
    case "composite": {
      const [x, y, z] = morphology.pattern;
      return { ...morphology, seed: [...morphology.seed], pattern: [[...x], [...y], [...z]] };
    }
    case "functions":
      return { ...morphology };
  }
}

/** Takes an area out, with its mappings both ways and its place in regions. */
export function takeOut(genome: Genome, id: CorticalId): void {
  genome.areas.delete(id);
  for (const area of genome.areas.values()) area.mappings.delete(id);
  const others = (ids: CorticalId[]) => ids.filter((one) => one !== id);
  for (const region of genome.regions.values()) {
    region.areas = others(region.areas);
    region.designatedInputs = others(region.designatedInputs);
    region.designatedOutputs = others(region.designatedOutputs);
  }
}

/** The first part of a transition: genomes are compared and what is new grows. What takes long is here, and no engine is needed. */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import type { NeuronColumns, SynapseColumns } from "#contracts/network.ts";
import { corticogenesis } from "../development/corticogenesis.ts";
import { emptyGrowth } from "../development/grow.ts";
import { type Growth, type GrowthOptions, refused } from "../development/growth.ts";
import { renamed, renamesBetween } from "../development/modulation.ts";
import { neurogenesis } from "../development/neurogenesis.ts";
import { destinationPath } from "../development/strands.ts";
import { synaptogenesis } from "../development/synaptogenesis.ts";
import type { Genome } from "../genome/genome.ts";
import { type AreaChanges, settleAreas } from "./area-changes.ts";
import { type Concern, concernOf } from "./concern.ts";
import type { Connectome } from "./connectome.ts";
import type { Kept } from "./kept.ts";
import { pairKey, type Regrowth, regrowths } from "./mapping-changes.ts";
import { regrouped } from "./synapse-groups.ts";
import type { Work } from "./work.ts";

export interface TransitionOptions extends Pick<GrowthOptions, "seed" | "memory" | "capacities" | "development"> {
  /** What the edit that is taken back took out. */
  kept?: Kept;
}

/** Everything of a transition that follows from the genomes and the number of ids alone. */
export interface Prepared {
  before: Connectome;
  growth: Growth;
  changes: AreaChanges;
  regrowths: Map<string, Regrowth>;
  /** Neurons of the new blocks, block after block. */
  neurons: NeuronColumns;
  /** All rules of the regrown mappings, grown. */
  grown: SynapseColumns;
  /** Pairs whose synapses get other modulation groups. */
  regrouped: ReadonlySet<string>;
  isStructural: boolean;
  firstFreeId: number;
  concern: Concern;
}

export function* prepareTransition(
  before: Connectome,
  after: Genome,
  firstFreeId: number,
  options: TransitionOptions = {},
): Work<Prepared> {
  const renames = renamesBetween(before, after);
  const growth = emptyGrowth(after, { ...options, ...(before.modulation ? { modulation: renamed(before.modulation, renames) } : {}) });
  for (const [from, to] of renames) growth.names.alias(from, to);
  yield* corticogenesis(growth);
  const changes = settleAreas(before, growth, firstFreeId, options.kept);
  const fresh = [...changes.moved.map((one) => one.after), ...changes.added].sort((a, b) => a.firstNeuron - b.firstNeuron);
  refuseTooMany(growth, fresh, firstFreeId);
  const oldGrowth = growthOf(before, options);
  const regrown = regrowths(oldGrowth, growth, changes);
  const groups = regrouped(oldGrowth, growth, changes);
  const isRenamed = changes.kept.some((one) => one.before.id !== one.after.id);
  const isStructural = isRenamed || regrown.size + fresh.length + changes.removed.length > 0;
  const grown = yield* synaptogenesis(growth, ({ src, dst }) => regrown.has(pairKey(src, dst)) || groups.has(pairKey(src, dst)));
  growth.problems.push(...standingProblems(before, growth, regrown));
  return {
    before,
    growth,
    changes,
    regrowths: regrown,
    neurons: yield* grownNeurons(growth, fresh, firstFreeId),
    grown,
    regrouped: groups,
    isStructural,
    firstFreeId,
    concern: concernOf({ before, changes, regrowths: regrown, regrouped: groups, firstFreeId }),
  };
}

/** The growth that stands at what has grown. */
function growthOf({ genome, areas }: Connectome, options: TransitionOptions): Growth {
  const growth = emptyGrowth(genome, options);
  for (const area of areas.values()) {
    const gene = genome.areas.get(area.id);
    if (gene) growth.areas.push({ gene, area });
  }
  growth.areaById = new Map(growth.areas.map((one) => [one.area.id, one]));
  return growth;
}

function* grownNeurons(growth: Growth, fresh: readonly CorticalArea[], firstFreeId: number): Work<NeuronColumns> {
  const areas = fresh.map((area) => ({
    gene: growth.areaById.get(area.id)!.gene,
    area: { ...area, firstNeuron: area.firstNeuron - firstFreeId },
  }));
  const part: Growth = { ...growth, areas, neuronsGrown: 0 };
  yield* neurogenesis(part);
  return part.neurons;
}

function refuseTooMany({ capacities }: Growth, fresh: readonly CorticalArea[], firstFreeId: number): void {
  const ids = fresh.reduce((sum, { neurons }) => sum + neurons, firstFreeId);
  if (ids <= capacities.neurons) return;
  const largest = fresh.reduce((a, b) => (b.neurons > a.neurons ? b : a));
  throw refused({
    path: `blueprint.${largest.id}`,
    code: "NEURON_CAPACITY",
    message: `${largest.name} and what else is new need ids up to ${ids}, and there are ${capacities.neurons}`,
    expected: `at most ${capacities.neurons - firstFreeId} neurons in new and resized areas`,
    found: `${ids - firstFreeId} neurons`,
    fix: "Make it smaller, or save the genome and open it anew: ids are not used again while a brain lives",
  });
}

/** Findings about mappings that did not grow anew, which only growing them would find again. */
function standingProblems({ problems }: Connectome, growth: Growth, regrown: ReadonlyMap<string, Regrowth>): GenomeProblem[] {
  const known = new Set(growth.problems.map(({ code, path }) => code + path));
  const untouched = growth.areas.flatMap((source) =>
    [...source.gene.mappings.keys()]
      .filter((dst) => !regrown.has(pairKey(source.area.id, dst)))
      .map((dst) => destinationPath(growth, source, dst)),
  );
  const paths = new Set(untouched);
  return problems.filter(({ code, path }) => paths.has(path.replace(/\[\d+\]$/, "")) && !known.has(code + path));
}

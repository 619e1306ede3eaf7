/** Rules that mean a relation to a memory area and grow nothing. Source: spec/burst-engine-extensions.md 8 and 14. */
import type { CorticalId, MappingRule } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "./genome.ts";
import type { ClassifierDefinition } from "./modulators.ts";

/** Relations of areas to the memories of a classifier. */
export const SAMPLE_RULE = "classifier_sample";
export const CLASS_RULE = "classifier_class";

/** The source is an area whose activity the destination remembers. */
const episodicRules: ReadonlySet<string> = new Set(["episodic_memory", SAMPLE_RULE, CLASS_RULE]);
/** The destination is a twin on which the source is replayed. */
const replayRules: ReadonlySet<string> = new Set(["memory_replay", "episodic_memory"]);

export const isEpisodic = ({ morphology }: MappingRule): boolean => episodicRules.has(morphology);

/** The areas that a memory area leads to by a rule of replay, and what each is the twin of. */
export function twinsOf({ areas }: Pick<Genome, "areas">, memory: GenomeArea): { upstream: CorticalId; twin: GenomeArea }[] {
  return [...memory.mappings].flatMap(([id, rules]) => {
    const twin = areas.get(id);
    const upstream = twin?.properties.memory_twin_of;
    const isTwin = twin !== undefined && twin.kind !== "memory" && rules.some(({ morphology }) => replayRules.has(morphology));
    return isTwin && typeof upstream === "string" ? [{ upstream, twin }] : [];
  });
}

/** Ids that name a relation between areas (memory, replay, classifiers): no synapses, and nothing amiss. */
export function isRelationOnly(id: string): boolean {
  return ["episodic_memory", "memory", "memory_replay", "episodic_scan"].includes(id) || id.startsWith("classifier_");
}

/** Bursts from a class memory's firing to the answer of a class output, beside the delay of the input's synapses. */
const ANSWER_BURSTS = 2;

/** Bursts after a class input at which its output is compared with it. `mapping`: one that is about to be set so. */
export function answerDelayOf(
  { areas }: Pick<Genome, "areas">,
  { classMemory, bindings }: Pick<ClassifierDefinition, "classMemory" | "bindings">,
  mapping?: { src: CorticalId; dst: CorticalId; rules: readonly MappingRule[] },
): number {
  const rulesOf = (input: CorticalId) =>
    mapping?.src === input && mapping.dst === classMemory ? mapping.rules : (areas.get(input)?.mappings.get(classMemory) ?? []);
  const rules = bindings.flatMap(({ input }) => rulesOf(input));
  return rules.reduce((longest, { delayBursts }) => Math.max(longest, Math.min(255, delayBursts)), 1) + ANSWER_BURSTS;
}

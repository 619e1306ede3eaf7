/** Cortical mappings and the morphologies their rules name. Source: spec/development.md section 7. */
import type { ServiceOf } from "#contracts/command.ts";
import type { mappingCommands } from "#contracts/commands/connectome/mappings.ts";
import type { CorticalId, MappingRule, Morphology } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { toyReach } from "#core/development/morphologies/toy-pair.ts";
import { classifierEdits } from "#core/genome/edit/classifiers.ts";
import { twinEdits } from "#core/genome/edit/twins.ts";
import { usersOf } from "#core/genome/edit/uses.ts";
import type { Genome } from "#core/genome/genome.ts";
import { checkMappingPolicy } from "#core/genome/region-policy.ts";
import type { Editor } from "../editor.ts";
import type { LabState } from "../lab-state.ts";
import { areaOf, nameIn } from "./find-area.ts";
import type { TakeRequest } from "./request.ts";

const ASSOCIATIVE = "associative_memory";
const UNBUILT = "episodic_scan";

export function createMappingService(state: LabState, editor: Editor, take: TakeRequest): ServiceOf<typeof mappingCommands> {
  const mappings = async () => (await state.counts()).mappings;
  const genome = () => state.living.connectome.genome;
  const morphologies = () => [...genome().morphologies.values()];
  return {
    listMappings: mappings,
    async getMapping({ src, dst }) {
      areaOf(state, src);
      areaOf(state, dst);
      return (await mappings()).find((one) => one.src === src && one.dst === dst) ?? null;
    },
    async upstream({ id }) {
      areaOf(state, id);
      return (await mappings()).filter(({ dst }) => dst === id);
    },
    setMapping: ({ src, dst, rules, dryRun }, context) =>
      take(
        (now) => ({ group: `Map ${nameIn(now, src)} to ${nameIn(now, dst)}`, edits: mappingEdits(now, src, dst, rules) }),
        context,
        dryRun,
      ),
    async regrowMapping({ src, dst }, context) {
      const { name } = areaOf(state, src);
      const { mappings: all } = genome().areas.get(src)!;
      const pairs = dst === undefined ? [...all.keys()] : [dst];
      const rulesOf = pairs.map((to) => ({ dst: to, rules: all.get(to) ?? [] }));
      const bare = rulesOf.find(({ rules }) => rules.length === 0);
      if (bare || pairs.length === 0)
        throw new LabError("E_NOT_FOUND", `${name} has no such mapping`, { src, dst }, "connectome.listMappings lists them.");
      const group = `Grow the synapses of ${name} anew`;
      const set = (rules: (one: (typeof rulesOf)[number]) => MappingRule[]) =>
        take(() => ({ group, edits: rulesOf.map((one) => ({ kind: "setMapping", src, dst: one.dst, rules: rules(one) })) }), context);
      // Two edits, one step: without the mapping, and with it again.
      await editor.beginGroup(group);
      try {
        await set(() => []);
        await set(({ rules }) => rules);
      } finally {
        await editor.endGroup();
      }
      return { summary: editor.history().findLast(({ undone }) => !undone)!.summary };
    },
    listMorphologies: async () =>
      morphologies().map(({ id, type, class: kind }) => ({ id, type, class: kind, users: usersOf(genome(), id).mappings })),
    async getMorphology({ id }) {
      return { morphology: morphologyOf(genome(), id), users: usersOf(genome(), id).mappings };
    },
    async previewMorphology({ morphology, source, target, scalar }) {
      const { genome: known } = state.brain?.connectome ?? {};
      const development = known?.strict ? "feagi-strict" : "standard";
      return toyReach(morphology, { source, target, scalar, development, morphologies: known?.morphologies ?? new Map() });
    },
    createMorphology: ({ morphology }, context) =>
      take((now) => {
        if (now.morphologies.has(morphology.id)) {
          throw new LabError(
            "E_CONFLICT",
            `There is a morphology ${morphology.id} already`,
            { id: morphology.id },
            "Choose another id, or update it.",
          );
        }
        return { group: `Add morphology ${morphology.id}`, edits: [{ kind: "setMorphology", morphology }] };
      }, context),
    updateMorphology: ({ morphology, dryRun }, context) =>
      take(
        (now) => {
          morphologyOf(now, morphology.id);
          return { group: `Change morphology ${morphology.id}`, edits: [{ kind: "setMorphology", morphology }] };
        },
        context,
        dryRun,
      ),
    removeMorphology: ({ id }, context) =>
      take((now) => {
        morphologyOf(now, id);
        return { group: `Remove morphology ${id}`, edits: [{ kind: "removeMorphology", id }] };
      }, context),
  };
}

/** An association leads both ways: what is set on one side is set or taken away on the other. Twins of memory areas and parts of classifiers follow. */
function mappingEdits(genome: Genome, src: CorticalId, dst: CorticalId, rules: readonly MappingRule[]): GenomeEdit[] {
  if (rules.length > 0) checkMappingPolicy(genome, src, dst);
  const [old, unbuilt] = [genome.areas.get(src)?.mappings.get(dst) ?? [], rules.find(({ morphology }) => morphology === UNBUILT)];
  if (unbuilt && !old.some(({ morphology }) => morphology === UNBUILT)) {
    const message = `The rule ${UNBUILT} has no effect here, nor in FEAGI: nothing scans episodes`;
    throw new LabError("E_UNSUPPORTED", message, { src, dst }, "Use episodic_memory; a genome that has the rule keeps it.");
  }
  const edits: GenomeEdit[] = [
    { kind: "setMapping", src, dst, rules: [...rules] },
    ...twinEdits(genome, src, dst, rules),
    ...classifierEdits(genome, src, dst, rules),
  ];
  if (src === dst) return edits;
  const back = genome.areas.get(dst)?.mappings.get(src) ?? [];
  const asked = rules.filter(({ morphology }) => morphology === ASSOCIATIVE);
  const there = back.filter(({ morphology }) => morphology === ASSOCIATIVE);
  if ((asked.length === 0 && there.length === 0) || isOfClassifier(genome, src, dst)) return edits;
  if (asked.length > 0 && there.length > 0) return edits;
  if (asked.length > 0) checkMappingPolicy(genome, dst, src);
  const others = back.filter(({ morphology }) => morphology !== ASSOCIATIVE);
  return [...edits, { kind: "setMapping", src: dst, dst: src, rules: [...others, ...asked] }];
}

/** The association of a classifier leads from samples to classes only. */
function isOfClassifier({ classifiers }: Genome, src: CorticalId, dst: CorticalId): boolean {
  return [...classifiers.values()].some(({ sampleMemory, classMemory }) => sampleMemory === src && classMemory === dst);
}

function morphologyOf({ morphologies }: Genome, id: string): Morphology {
  const morphology = morphologies.get(id);
  if (!morphology) throw new LabError("E_NOT_FOUND", `Morphology not found: ${id}`, { id }, "connectome.listMorphologies lists them.");
  return morphology;
}

/** Edits that add, change and take away a modulator with what belongs to it. Source: spec/burst-engine-extensions.md 11.1. */
import type { CorticalId } from "#contracts/connectome.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import type { Genome } from "../genome.ts";
import { laterName } from "../later-properties.ts";
import { lockedBy, type ModulatorDefinition } from "../modulators.ts";
import { placementPreview } from "../placement.ts";
import { modulatorsOf } from "../rule-learning.ts";
import { conflict, invalid } from "./draft.ts";
import { freshDriverId } from "./fresh-ids.ts";
import { listeningAreas, listeningMappings, modulatorOf, withModulators } from "./modulator-edits.ts";

/** Without a driver: one of its own, in a new modulator; the one it has, in another. */
export type ModulatorValues = Omit<ModulatorDefinition, "driver"> & { driver?: CorticalId | undefined };

/** Who listens to a modulator. */
export function usageOf(
  genome: Genome,
  id: string,
): { areas: CorticalId[]; mappings: { src: CorticalId; dst: CorticalId }[]; classifiers: string[] } {
  return {
    areas: listeningAreas(genome, id).map(({ area }) => area),
    mappings: listeningMappings(genome, id).map(({ src, dst }) => ({ src, dst })),
    classifiers: [...genome.classifiers].filter(([, { rewardModulators }]) => rewardModulators.includes(id)).map(([key]) => key),
  };
}

/** Adds a modulator, or changes one: not its driver, and its type only while nobody listens. */
export function setModulatorEdits(genome: Genome, id: string, { driver, ...values }: ModulatorValues): GenomeEdit[] {
  if (values.graded && !(values.fullScalePotential > 0)) throw invalid("A graded modulator has a full scale potential above 0", { id });
  const given = { ...values, fullScalePotential: values.graded ? values.fullScalePotential : 0 };
  const old = genome.modulators.get(id);
  if (!old) return newModulator(genome, id, given, driver);
  if (driver !== undefined && driver !== old.driver)
    throw conflict(`The driver of ${id} cannot change`, { id, driver: old.driver }, "Make another modulator.");
  const { areas, mappings, classifiers } = usageOf(genome, id);
  if (given.type !== old.type && areas.length + mappings.length + classifiers.length > 0)
    throw conflict(`${id} is listened to, so its type cannot change`, { id, areas, mappings, classifiers }, "Make another modulator.");
  const area = genome.areas.get(old.driver);
  const modulator = { ...given, driver: old.driver };
  if (area?.kind !== "modulator") return [{ kind: "setModulator", id, modulator: adopted(modulator) }];
  return [
    { kind: "setModulator", id, modulator },
    { kind: "updateArea", area: area.id, parameters: lockedBy(modulator) },
  ];
}

function newModulator(
  genome: Genome,
  id: string,
  values: Omit<ModulatorDefinition, "driver">,
  driver: CorticalId | undefined,
): GenomeEdit[] {
  if (driver !== undefined) return [{ kind: "setModulator", id, modulator: adopted({ ...values, driver }) }];
  const own = freshDriverId(genome);
  const modulator = { ...values, driver: own };
  const [place] = placementPreview(genome, [{ position: [0, 0, 0], dimensions: [1, 1, 1] }]);
  return [
    {
      ...{
        kind: "createArea",
        area: own,
        areaKind: "modulator",
        name: id,
        position: place!.free,
        dimensions: [1, 1, 1],
        neuronsPerVoxel: 1,
      },
      parameters: lockedBy(modulator),
    },
    { kind: "setModulator", id, modulator },
  ];
}

/** An area that is something else besides fires as it likes. */
const adopted = (modulator: ModulatorDefinition): ModulatorDefinition => ({ ...modulator, effectDurationBursts: 1, restBursts: 0 });

/** Nobody listens to it any more; a driver of its own goes with it. `force`: also where somebody listens. */
export function removeModulatorEdits(genome: Genome, id: string, force: boolean): GenomeEdit[] {
  const { driver } = modulatorOf(genome, id);
  const usage = usageOf(genome, id);
  const users = usage.areas.length + usage.mappings.length + usage.classifiers.length;
  if (users > 0 && !force)
    throw conflict(`${users} areas, mappings and classifiers listen to ${id}`, { id, ...usage }, "Remove it with force.");
  const without = (names: readonly string[]) => names.filter((name) => name !== id);
  return [
    ...listeningAreas(genome, id).map(({ area, listed }) => listeningEdit(genome, area, without(listed))),
    ...listeningMappings(genome, id).map(({ src, dst, rules }): GenomeEdit => {
      return { kind: "setMapping", src, dst, rules: rules.map((rule) => withModulators(rule, without(modulatorsOf(rule)))) };
    }),
    ...usage.classifiers.map((key): GenomeEdit => {
      const { ignored: _, ...classifier } = genome.classifiers.get(key)!;
      return { kind: "setClassifier", id: key, classifier: { ...classifier, rewardModulators: without(classifier.rewardModulators) } };
    }),
    { kind: "removeModulator", id },
    ...(genome.areas.get(driver)?.kind === "modulator" ? [{ kind: "removeArea", area: driver } as const] : []),
  ];
}

/** What an area listens to, in order; none: to nothing. */
export function listeningEdit(genome: Genome, area: CorticalId, modulators: readonly string[]): GenomeEdit {
  const value = modulators.length > 0 ? [...modulators] : null;
  return { kind: "updateArea", area, properties: { [laterName(genome, "modulators")]: value } };
}

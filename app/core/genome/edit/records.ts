/** Modulators and classifiers name areas; another id of an area is another name there. */
import type { CorticalId } from "#contracts/connectome.ts";
import type { GenomeDraft } from "./draft.ts";

/** Another id of an area, in what the records are read as. */
export function renameInRecords(draft: GenomeDraft, from: CorticalId, to: CorticalId): void {
  const renamed = (id: CorticalId) => (id === from ? to : id);
  for (const [id, one] of [...draft.modulators]) draft.modulators.set(id, { ...one, driver: renamed(one.driver) });
  for (const [id, one] of [...draft.classifiers]) {
    draft.classifiers.set(id, {
      ...one,
      ...{ sampleMemory: renamed(one.sampleMemory), classMemory: renamed(one.classMemory), errorArea: renamed(one.errorArea) },
      correctArea: one.correctArea === null ? null : renamed(one.correctArea),
      samples: one.samples.map(renamed),
      bindings: one.bindings.map(({ input, output }) => ({ input: renamed(input), output: renamed(output) })),
    });
  }
}

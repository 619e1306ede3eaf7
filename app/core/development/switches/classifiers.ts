/** Classifier watches: whose outputs are judged by which inputs, and who is told. Source: spec/burst-engine-extensions.md 14. */
import type { CorticalId } from "#contracts/connectome.ts";
import { answerDelayOf } from "../../genome/memory-rules.ts";
import { report, type Source } from "./reading.ts";
import type { ClassifierWatch } from "./shape.ts";

export function classifierWatches(source: Source): ClassifierWatch[] {
  const watches: ClassifierWatch[] = [];
  for (const [id, classifier] of source.genome.classifiers) {
    const indexOf = (member: string, area: CorticalId): number | undefined => {
      const index = source.areas.get(area)?.index;
      if (index !== undefined) return index;
      const message = `The classifier ${classifier.name}: ${member} is no area of this genome.`;
      report(source, `classifiers.${id}.${member}`, { code: "CLASSIFIER_AREA", message, expected: "the id of an area", found: area });
      return undefined;
    };
    for (const member of classifier.ignored) {
      const message = `The classifier ${classifier.name} has ${member}, which has no effect; it stays in the genome.`;
      report(source, `classifiers.${id}.${member}`, {
        code: "FEATURE_WITHOUT_EFFECT",
        message,
        expected: "nothing, or an empty value",
        found: member,
      });
    }
    const errorArea = indexOf("error_area_id", classifier.errorArea);
    const correctArea = classifier.correctArea === null ? null : indexOf("correct_area_id", classifier.correctArea);
    const pairs = classifier.bindings.flatMap(({ input, output }, place) => {
      const [from, to] = [
        indexOf(`class_bindings[${place}].class_area_id`, input),
        indexOf(`class_bindings[${place}].class_output_area_id`, output),
      ];
      return from === undefined || to === undefined ? [] : [{ input: from, output: to }];
    });
    if (errorArea === undefined || pairs.length === 0) continue;
    watches.push({ errorArea, correctArea: correctArea ?? null, answerDelay: answerDelayOf(source.genome, classifier), pairs });
  }
  return watches;
}

/** What newer genomes may hold and no engine does: named, kept in the genome, without effect. Source: spec/burst-engine-extensions.md 9, 16, 17. */
import { laterProperty } from "../../genome/later-properties.ts";
import { propertyPath, report, rulePathOf, type Source, told } from "./reading.ts";

/** Values that ask for nothing. */
const idle = { min_window_activity: 1, scan_skip_density: 1 } as const;
const flatNames = { min_window_activity: "mnwin-i", scan_skip_density: "scnsk-f" } as const;

export function reportUnsupported(source: Source): void {
  const say = (path: string, what: string, found: unknown) => {
    const message = `${what} has no effect; it stays in the genome.`;
    report(source, path, { code: "FEATURE_WITHOUT_EFFECT", message, expected: "a brain that does without it", found: told(found) });
  };
  for (const one of source.living) {
    for (const property of ["min_window_activity", "scan_skip_density"] as const) {
      const value = laterProperty(one.gene.properties, property);
      if (value === undefined || value === idle[property]) continue;
      say(propertyPath(source, one, property, flatNames[property]), `${property} of ${one.area.name}`, value);
    }
    for (const [dst, rules] of one.gene.mappings) {
      rules.forEach(({ morphology }, place) => {
        if (morphology === "episodic_scan")
          say(rulePathOf(source, one, dst, place), `The rule episodic_scan from ${one.area.name}`, morphology);
      });
    }
  }
  const { physiology } = source.genome.extras as { physiology?: Record<string, unknown> };
  if (physiology?.sleep !== undefined) say("physiology.sleep", "Sleep", physiology.sleep);
}

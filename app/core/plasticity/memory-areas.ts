/** Which areas of a connectome remember, and at what they look. Source: spec/burst-engine-extensions.md 8, 9, 14. */
import type { Connectome } from "../connectome/connectome.ts";
import { memoryAreaOf } from "./memory-settings.ts";
import type { MemoryArea } from "./pattern-memory.ts";

/** Rules by which a memory area looks at another; none of them grows a synapse. */
const looking: ReadonlySet<string> = new Set(["episodic_memory", "classifier_sample", "classifier_class"]);

/** Ascending index. An area whose settings have no meaning is left out and told to `refused`. */
export function memoryAreasOf({ areas, genome, mappings }: Connectome, refused: (error: unknown) => void = () => {}): MemoryArea[] {
  const remembering = [...areas.values()].filter(({ kind }) => kind === "memory").sort((a, b) => a.index - b.index);
  return remembering.flatMap(({ id, name, index, parameters }) => {
    const upstream = mappings
      .filter(({ dst, rules }) => dst === id && rules.some(({ morphology }) => looking.has(morphology)))
      .map(({ src }) => areas.get(src)!.index);
    const properties = genome.areas.get(id)?.properties ?? {};
    try {
      return [memoryAreaOf({ name, index, parameters, properties }, upstream)];
    } catch (error) {
      refused(error);
      return [];
    }
  });
}

/** Rules that mean a relation to a memory area and grow nothing. Source: spec/burst-engine-extensions.md 8 and 14. */
import type { MappingRule } from "#contracts/connectome.ts";

/** The source is an area whose activity the destination remembers. */
export const episodicRules: ReadonlySet<string> = new Set(["episodic_memory", "classifier_sample", "classifier_class"]);
/** The destination is a twin on which the source is replayed. */
export const replayRules: ReadonlySet<string> = new Set(["memory_replay", "episodic_memory"]);

export const isEpisodic = ({ morphology }: MappingRule): boolean => episodicRules.has(morphology);

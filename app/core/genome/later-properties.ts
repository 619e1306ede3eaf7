/**
 * Area properties that newer genomes have and development has no use for: memory, sensor hold, homeostasis, modulators.
 *
 * A hierarchical document has them by name, a flat one by the short name it is kept under. Source: spec/burst-engine-extensions.md.
 */
import type { GenomeDialect } from "./genome.ts";

const shortNames = {
  rate_modulated_leak: "hmlk",
  mp_learning_enabled: "mplrn",
  mp_change_mode: "mpchg",
  mp_delta_quantization: "mpdlq",
  mp_ratio_quantization: "mprtq",
  min_window_activity: "mnwin",
  scan_skip_density: "scnsk",
  memory_neuron_cap: "memcap",
  ltm_eviction: "ltmevc",
  spike_train: "spktrn",
  modulators: "modls",
  sensory_hold_last_frame: "snhold",
} as const;

/** The name under which an area of a document of this kind has the property. */
export function laterName({ dialect }: { dialect: GenomeDialect }, name: keyof typeof shortNames): string {
  return dialect === "hierarchical-2" ? name : shortNames[name];
}

/** The value as the document has it; undefined where it says nothing, or null. */
export function laterProperty(properties: Readonly<Record<string, unknown>>, name: keyof typeof shortNames): unknown {
  return properties[name] ?? properties[shortNames[name]] ?? undefined;
}

/** How a mapping rule learns and what modulates it, read from what newer genomes say of a rule. Source: spec/burst-engine-extensions.md 12. */
import type { MappingRule } from "#contracts/connectome.ts";

export const plasticityModes = ["off", "stdp", "rstdp"] as const;
export type PlasticityMode = (typeof plasticityModes)[number];

export interface RuleLearning {
  /** Null: the rule does not learn. */
  mode: PlasticityMode | null;
  /** Scales each change of weight. */
  eta: number;
  /** Null: none. */
  maxWeight: number | null;
  /** Time constant of the eligibility trace; 0: it lasts one burst. */
  decayBursts: number;
  frozen: boolean;
  /** Ids as listed, each once. */
  modulators: string[];
  /** What a member must be and is not. */
  wrong: { member: string; expected: string; found: unknown }[];
}

/** The rule that links two memory areas; it always learns. */
export const ASSOCIATIVE_RULE = "associative_memory";

export function learningOf(rule: MappingRule): RuleLearning {
  const { plastic, morphology, extras = {} } = rule;
  const wrong: RuleLearning["wrong"] = [];
  const read = <T>(member: string, fallback: T, is: (value: unknown) => boolean, expected: string): T => {
    const value = extras[member] ?? null;
    if (value === null) return fallback;
    if (is(value)) return value as T;
    wrong.push({ member, expected, found: value });
    return fallback;
  };
  const learns = plastic || morphology === ASSOCIATIVE_RULE;
  const isMode = (value: unknown) => plasticityModes.includes(value as PlasticityMode);
  const isAboveZero = (value: unknown) => typeof value === "number" && Math.fround(value) > 0 && Number.isFinite(Math.fround(value));
  const given = read<PlasticityMode>("plasticity_mode", "stdp", isMode, `one of ${plasticityModes.join(", ")}`);
  const eta = read("plasticity_eta", 1, isAboveZero, "a number above 0");
  const maxWeight = read<number | null>("max_weight", null, isAboveZero, "a number above 0");
  const decayBursts = read("eligibility_decay_bursts", 0, isWholeNumber, "a whole number of bursts of at least 0");
  const frozen = read("plasticity_frozen", false, (value) => typeof value === "boolean", "true or false");
  const listed = read<string[]>("modulators", [], isTexts, "a list of ids of modulators");
  const only = (member: string, of: string) =>
    wrong.push({ member, expected: `absent, as it has a meaning only ${of}`, found: extras[member] });
  if (learns && given === "off" && maxWeight !== null) only("max_weight", "for a rule that learns");
  if (learns && given === "off" && eta !== 1) only("plasticity_eta", "for a rule that learns");
  if (learns && given !== "rstdp" && decayBursts > 0) only("eligibility_decay_bursts", "in the mode rstdp");
  return { mode: learns ? given : null, eta, maxWeight, decayBursts, frozen, modulators: [...new Set(listed)], wrong };
}

/** What a rule lists, whether or not it exists. */
export function modulatorsOf({ extras }: MappingRule): string[] {
  const listed = extras?.modulators;
  return isTexts(listed) ? [...new Set(listed)] : [];
}

const isWholeNumber = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === "string");

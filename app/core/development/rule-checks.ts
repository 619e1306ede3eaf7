/** What a mapping rule must be for it to grow and to learn. Source: spec/development.md section 6. */
import type { MappingRule } from "#contracts/connectome.ts";
import { ASSOCIATIVE_RULE } from "../genome/rule-learning.ts";
import type { Development, GrowingArea } from "./growth.ts";
import { RuleRefusal } from "./morphologies/refusal.ts";
import type { SynapseParameters } from "./synapse-rows.ts";

/** FEAGI reads every learning parameter as a whole number; standard takes fractions where they have a meaning. */
export function checkPlasticity(rule: MappingRule, development: Development): void {
  if (!rule.plastic && rule.morphology !== ASSOCIATIVE_RULE) return;
  const { plasticityWindow, plasticityConstant, ltpMultiplier, ltdMultiplier } = rule;
  if (!Number.isInteger(plasticityWindow) || plasticityWindow < 1) {
    throw new RuleRefusal("PLASTICITY_WINDOW", `plasticity window must be a whole number of at least 1, found ${plasticityWindow}`);
  }
  const isUsable = development === "feagi-strict" ? Number.isInteger : Number.isFinite;
  if (![plasticityConstant, ltpMultiplier, ltdMultiplier].every(isUsable)) {
    throw new RuleRefusal("PLASTICITY_PARAMETER", "plasticity constant, LTP and LTD multiplier must be numbers");
  }
}

export function learnsByFractions({ plastic, morphology, plasticityConstant, ltpMultiplier, ltdMultiplier }: MappingRule): boolean {
  if (!plastic && morphology !== ASSOCIATIVE_RULE) return false;
  return ![plasticityConstant, ltpMultiplier, ltdMultiplier].every(Number.isInteger);
}

export function parametersOf(rule: MappingRule, source: GrowingArea, development: Development): SynapseParameters {
  const { multiplier, delayBursts, attractivity } = rule;
  const weight = Math.fround(Math.abs(multiplier));
  if (!Number.isFinite(weight) && development === "standard") {
    throw new RuleRefusal("MULTIPLIER", `the multiplier ${multiplier} is no 32-bit number`);
  }
  if (!Number.isInteger(delayBursts) || delayBursts < 1) {
    throw new RuleRefusal("DELAY_RANGE", `the synaptic delay must be a whole number of bursts of at least 1, found ${delayBursts}`);
  }
  return {
    weight,
    psp: source.area.parameters.postsynapticCurrent,
    kind: multiplier < 0 ? 1 : 0,
    delay: delayBursts > 255 ? 1 : delayBursts,
    attractivity,
  };
}

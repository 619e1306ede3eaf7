/**
 * Plastic mappings: one registration a pair of areas, and the fires that must be kept for them to learn from.
 *
 * Of several rules that learn the last one counts for the whole pair. Source: spec/burst-engine-extensions.md 12, spec/burst-engine.md 7.2.
 */
import type { CorticalId, MappingRule } from "#contracts/connectome.ts";
import { NO_MAX_WEIGHT } from "#contracts/patch.ts";
import { ASSOCIATIVE_RULE, learningOf, type RuleLearning } from "../../genome/rule-learning.ts";
import type { GrowingArea } from "../growth.ts";
import { RuleRefusal } from "../morphologies/refusal.ts";
import { checkPlasticity, parametersOf } from "../rule-checks.ts";
import { hasSynaptic } from "./modulators.ts";
import { report, rulePathOf, type Source, told } from "./reading.ts";
import type { BoundModulator, PlasticMapping, TrackedArea } from "./shape.ts";

export function plasticMappings(source: Source, modulators: readonly BoundModulator[]): PlasticMapping[] {
  const found = source.living.flatMap((one) => mappingsFrom(source, one)).sort((a, b) => a.source - b.source || a.target - b.target);
  return withoutWireheads(source, found, modulators);
}

/** The longest window that a mapping of the area needs; of memory areas in associations the fires by injection, too. */
export function trackedAreas({ living }: Source, mappings: readonly PlasticMapping[]): TrackedArea[] {
  return living.flatMap(({ area: { index, kind } }) => {
    const own = mappings.filter(({ source, target }) => source === index || target === index);
    const longest = (of: readonly PlasticMapping[]) => of.reduce((most, { window }) => Math.max(most, window), 0);
    const tracks = [{ area: index, episodic: false, window: longest(own) }];
    if (kind === "memory") tracks.push({ area: index, episodic: true, window: longest(own.filter(({ associative }) => associative)) });
    return tracks.filter(({ window }) => window > 0);
  });
}

function mappingsFrom(source: Source, one: GrowingArea): PlasticMapping[] {
  const development = source.genome.strict ? "feagi-strict" : "standard";
  const found = new Map<CorticalId, PlasticMapping>();
  for (const [dst, rules] of [...one.gene.mappings].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const target = source.areas.get(dst);
    if (!target) continue;
    for (const [place, rule] of rules.entries()) {
      try {
        checkPlasticity(rule, development);
        const isGrown = source.genome.morphologies.has(rule.morphology);
        // FEAGI registers a rule before it looks for its morphology.
        if (development === "feagi-strict" || isGrown) {
          const mapping = mappingOf(source, one, { dst, target: target.index, rule, place });
          if (mapping) found.set(dst, mapping);
        }
        if (!isGrown) throw new RuleRefusal("RULE_MORPHOLOGY_UNKNOWN", "");
        parametersOf(rule, one, development);
      } catch (refusal) {
        // Growth has said why; in strict it gives up the rest of the source area here.
        if (!(refusal instanceof RuleRefusal)) throw refusal;
        if (development === "feagi-strict") return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

interface PlacedRule {
  dst: CorticalId;
  target: number;
  rule: MappingRule;
  place: number;
}

function mappingOf(source: Source, one: GrowingArea, { dst, target, rule, place }: PlacedRule): PlasticMapping | undefined {
  const learning = learningOf(rule);
  const { mode, eta, maxWeight, decayBursts, frozen, modulators, wrong } = learning;
  const path = rulePathOf(source, one, dst, place);
  const names = `${one.area.name} to ${source.areas.get(dst)!.name}`;
  for (const { member, expected, found } of wrong) {
    const message = `${names}: ${member} of the rule must be ${expected}; the mapping does not learn by it.`;
    report(source, `${path}.${member}`, { code: "RULE_LEARNING", message, expected, found: told(found) });
  }
  if (mode === null || wrong.length > 0) return undefined;
  if (modulators.length > 0 && !hasSynaptic(source, rule)) {
    const message = `${names}: the rule learns and lists only modulators that do not act on synapses; the mapping does not learn by it.`;
    report(source, `${path}.modulators`, {
      code: "RULE_MODULATOR",
      message,
      expected: "a modulator of a kind synaptic.*",
      found: told(modulators),
    });
    return undefined;
  }
  if (mode === "rstdp" && !isRewarded(source, learning)) {
    const message = `${names}: the rule learns by reward (rstdp) and lists no reward; its weights never change.`;
    report(source, `${path}.modulators`, {
      code: "RSTDP_WITHOUT_REWARD",
      message,
      expected: "a modulator of the kind synaptic.reward",
      found: told(modulators),
    });
  }
  const associative = rule.morphology === ASSOCIATIVE_RULE;
  return {
    source: one.area.index,
    target,
    mode,
    window: Math.min(65535, rule.plasticityWindow),
    ...stepsOf(rule, Math.fround(eta), associative),
    maxWeight: maxWeight === null ? NO_MAX_WEIGHT : Math.fround(maxWeight),
    decay: decayBursts === 0 ? 0 : Math.fround(Math.exp(Math.fround(-1 / decayBursts))),
    bidirectional: false,
    associative,
    psp: Math.fround(one.area.parameters.postsynapticCurrent),
    kind: rule.multiplier < 0 ? 1 : 0,
    delay: delayOf(rule.delayBursts),
    modulators,
    frozen,
  };
}

const isRewarded = ({ genome }: Source, { modulators }: RuleLearning) =>
  modulators.some((name) => genome.modulators.get(name)?.type === "synaptic.reward");

const delayOf = (bursts: number) => (Number.isInteger(bursts) && bursts >= 1 && bursts <= 255 ? bursts : 1);

/**
 * What co-activity adds to a trace and one-sided activity takes from it, whole numbers up to 255. Steps that are fractions are stretched to
 * that range and eta shrinks by as much; a link that is created starts at the step itself, so for associations it is rounded.
 */
function stepsOf({ plasticityConstant, ltpMultiplier, ltdMultiplier }: MappingRule, eta: number, associative: boolean) {
  const step = (by: number) => Math.min(255, Math.max(0, plasticityConstant * by));
  const [rise, fall] = [step(ltpMultiplier), step(ltdMultiplier)];
  const areWhole = Number.isInteger(rise) && Number.isInteger(fall);
  if (areWhole || associative) return { rise: Math.round(rise), fall: Math.round(fall), eta };
  const scale = Math.max(rise, fall) / 255;
  return { rise: Math.round(rise / scale), fall: Math.round(fall / scale), eta: Math.fround(eta * scale) };
}

/** The engine refuses, without a word, a mapping by which the brain would reward itself. */
function withoutWireheads(source: Source, mappings: readonly PlasticMapping[], bound: readonly BoundModulator[]): PlasticMapping[] {
  const drivers = ({ modulators }: PlasticMapping) =>
    bound.filter(({ name, kind }) => kind === "synaptic.reward" && modulators.includes(name)).map(({ driver }) => driver);
  const kept: PlasticMapping[] = [];
  for (const mapping of mappings) {
    const other = kept.find(
      (one) => one.mode !== "off" && (drivers(one).includes(mapping.target) || drivers(mapping).includes(one.target)),
    );
    if (mapping.mode === "off" || !other) kept.push(mapping);
    else reportWirehead(source, mapping, other);
  }
  return kept;
}

function reportWirehead(source: Source, mapping: PlasticMapping, other: PlasticMapping): void {
  const nameOf = (index: number) => source.living.find(({ area }) => area.index === index)!;
  const [from, to] = [nameOf(mapping.source), nameOf(mapping.target)];
  const pair = (one: PlasticMapping) => `${nameOf(one.source).area.name} to ${nameOf(one.target).area.name}`;
  report(source, rulePathOf(source, from, to.area.id, 0), {
    code: "REWARD_LOOP",
    message: `${pair(mapping)} does not learn: with ${pair(other)} the brain could learn to reward itself.`,
    expected: "no plastic mapping onto the driver of a reward that plastic mappings use",
    found: pair(mapping),
    fix: "Make one of the two mappings plain, or drive the reward from another area.",
  });
}

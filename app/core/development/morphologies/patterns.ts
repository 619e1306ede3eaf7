/**
 * Pattern morphologies: pairs of three tokens. A source token says which coordinates match; a destination token says what
 * a matching coordinate reaches on that axis. Meanings: spec/development.md section 5.3.
 */
import type { PatternToken, PatternTokens, Vec3 } from "#contracts/connectome.ts";
import { span, where, within } from "./axes.ts";
import { RuleRefusal } from "./refusal.ts";
import { type AxisRule, product, union, type VoxelRule } from "./voxel-rule.ts";

export function patternRule(target: Vec3, patterns: readonly { source: PatternTokens; target: PatternTokens }[]): VoxelRule {
  const alternatives = patterns.map((pattern) => {
    const axis = (a: 0 | 1 | 2) => alongAxis(pattern.source[a], pattern.target[a], target[a]);
    return product(target, [axis(0), axis(1), axis(2)]);
  });
  return union(target, alternatives);
}

function alongAxis(source: PatternToken, target: PatternToken, to: number): AxisRule {
  refuseNegative(source);
  refuseNegative(target);
  const all = target.type === "any" ? span(0, to - 1, to) : [];
  return (s) => {
    if (!matches(source, s)) return [];
    return target.type === "any" ? all : reachedBy(target, s, to);
  };
}

/** Relative tokens do not filter: on the source side they match every coordinate. */
function matches(token: PatternToken, s: number): boolean {
  switch (token.type) {
    case "exactly":
      return s === token.value;
    case "range":
      return s >= token.from && s <= token.to;
    default:
      return true;
  }
}

function reachedBy(token: PatternToken, s: number, to: number): readonly number[] {
  switch (token.type) {
    case "any":
      return span(0, to - 1, to);
    case "exactly":
      return within(token.value, to);
    case "same":
      return within(s, to);
    case "others":
      return where(to, (d) => d !== s);
    case "above":
      return span(s + 1, to - 1, to);
    case "below":
      return span(0, s - 1, to);
    case "atLeast":
      return span(s, to - 1, to);
    case "atMost":
      return span(0, s, to);
    case "offset":
      return within(s + token.by, to);
    case "offsetRange":
      return span(s + token.from, s + token.to, to);
    case "range":
      return span(token.from, token.to, to);
  }
}

function refuseNegative(token: PatternToken): void {
  if (token.type === "exactly" && token.value < 0) throw new RuleRefusal("MORPHOLOGY_MALFORMED", "negative voxel coordinate in a pattern");
}

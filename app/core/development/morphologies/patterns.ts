/**
 * Pattern morphologies: pairs of three tokens. A source token says which coordinates match; a destination token says what
 * a matching coordinate reaches on that axis. Meanings: spec/development.md section 5.3.
 */
import type { PatternToken, PatternTokens, Vec3 } from "#contracts/connectome.ts";
import { span } from "./axes.ts";
import { RuleRefusal } from "./refusal.ts";
import { type AxisRule, axisRule, product, type UnionScratch, union, type VoxelRule, voxelRule } from "./voxel-rule.ts";

interface Pattern {
  source: PatternTokens;
  target: PatternTokens;
}

export function patternRule(target: Vec3, patterns: readonly Pattern[], scratch: UnionScratch): VoxelRule {
  const alternatives = patterns.map((pattern) => {
    const axis = (a: 0 | 1 | 2) => alongAxis(pattern.source[a], pattern.target[a], target[a]);
    return product(target, [axis(0), axis(1), axis(2)]);
  });
  const rule = union(target, alternatives, scratch);
  const [xs, ys, zs] = [0, 1, 2].map((axis) => matched(patterns.map(({ source }) => source[axis as 0 | 1 | 2]))) as [Span, Span, Span];
  const isIn = (s: number, [first, last]: Span) => s >= first && s <= last;
  // Most genomes have many patterns of single voxels: a source voxel outside of all is not asked for each.
  return voxelRule(rule.pairs, (x, y, z, targets) => {
    if (isIn(x, xs) && isIn(y, ys) && isIn(z, zs)) rule(x, y, z, targets);
  });
}

type Span = [first: number, last: number];

/** The first and last coordinate that any of these source tokens matches. */
function matched(tokens: readonly PatternToken[]): Span {
  const spans = tokens.map((token): Span => {
    if (token.type === "exactly") return [token.value, token.value];
    return token.type === "range" ? [token.from, token.to] : [0, Number.POSITIVE_INFINITY];
  });
  return [Math.min(...spans.map(([first]) => first)), Math.max(...spans.map(([, last]) => last))];
}

function alongAxis(source: PatternToken, target: PatternToken, to: number): AxisRule {
  refuseNegative(source);
  refuseNegative(target);
  let all: readonly number[] | undefined;
  return axisRule(
    (from) => totalReached(source, target, from, to),
    (s) => {
      if (!matches(source, s)) return [];
      if (target.type === "others") return [...span(0, s - 1, to), ...span(s + 1, to - 1, to)];
      const [first, last] = reachOf(target, s, to);
      if (target.type !== "any") return span(first, last, to);
      all ??= span(first, last, to);
      return all;
    },
  );
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

/** First and last coordinate that a token reaches, which may lie outside the axis; `others` leaves `s` out of its reach. */
function reachOf(token: PatternToken, s: number, to: number): [first: number, last: number] {
  switch (token.type) {
    case "any":
    case "others":
      return [0, to - 1];
    case "exactly":
      return [token.value, token.value];
    case "same":
      return [s, s];
    case "above":
      return [s + 1, to - 1];
    case "below":
      return [0, s - 1];
    case "atLeast":
      return [s, to - 1];
    case "atMost":
      return [0, s];
    case "offset":
      return [s + token.by, s + token.by];
    case "offsetRange":
      return [s + token.from, s + token.to];
    case "range":
      return [token.from, token.to];
  }
}

/** Source coordinates that are looked at for a total; on longer axes each stands for its neighbours. */
const LOOKED_AT = 65_536;

function totalReached(source: PatternToken, target: PatternToken, from: number, to: number): number {
  const [first, last] = source.type === "exactly" || source.type === "range" ? reachOf(source, 0, from) : [0, from - 1];
  const [start, end] = [Math.max(0, first), Math.min(last + 1, from)];
  const stride = Math.max(1, Math.ceil((end - start) / LOOKED_AT));
  let total = 0;
  for (let s = start; s < end; s += stride) {
    const [low, high] = reachOf(target, s, to);
    const leftOut = target.type === "others" && s < to ? 1 : 0;
    total += (Math.max(0, Math.min(high, to - 1) - Math.max(low, 0) + 1) - leftOut) * Math.min(stride, end - s);
  }
  return total;
}

function refuseNegative(token: PatternToken): void {
  if (token.type === "exactly" && token.value < 0) throw new RuleRefusal("MORPHOLOGY_MALFORMED", "negative voxel coordinate in a pattern");
}

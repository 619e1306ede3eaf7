/**
 * An account as bars, each from where the sum stood to where it stands: what was carried, each contribution in the engine's order,
 * what of the sum does not count, and the membrane potential. Ends are the engine's own partial sums; nothing is added up again.
 * Where there are many, runs of small ones are one bar, with how many they are.
 */
import type { Account, Contribution, Real } from "#contracts/debug.ts";

export type Bar =
  | { kind: "carried" | "drive" | "notCounted" | "potential"; value: Real; from: number; to: number }
  | { kind: "contribution"; value: Real; from: number; to: number; contribution: Contribution; index: number }
  | { kind: "smaller"; value: Real; from: number; to: number; count: number };

/** Contributions shown each by itself. */
const mostSingle = 24;

export function barsOf(account: Account): Bar[] {
  const { carried, contributions, sum, input, potential } = account;
  const left = Number(carried.left);
  const base = left + Number(carried.drive);
  const bars: Bar[] = [{ kind: "carried", value: carried.left, from: 0, to: left }];
  if (Number(carried.drive) !== 0) bars.push({ kind: "drive", value: carried.drive, from: left, to: base });
  const least = leastShown(contributions);
  let before = 0;
  let run: { from: number; count: number } | null = null;
  const endRun = () => {
    if (run === null) return;
    bars.push({ kind: "smaller", value: before - run.from, from: base + run.from, to: base + before, count: run.count });
    run = null;
  };
  contributions.forEach((contribution, index) => {
    const after = Number(contribution.sum);
    if (Math.abs(Number(contribution.value)) < least) {
      run ??= { from: before, count: 0 };
      run.count++;
    } else {
      endRun();
      bars.push({ kind: "contribution", value: contribution.value, from: base + before, to: base + after, contribution, index });
    }
    before = after;
  });
  endRun();
  const lost = Number(input) - Number(sum);
  if (lost !== 0) bars.push({ kind: "notCounted", value: lost, from: base + Number(sum), to: base + Number(input) });
  bars.push({ kind: "potential", value: potential, from: 0, to: Number(potential) });
  return bars;
}

/** Smallest and largest place on the scale, the threshold included; never empty. */
export function scaleOf(bars: readonly Bar[], threshold: number | null): [number, number] {
  const places = bars
    .flatMap(({ from, to }) => [from, to])
    .concat(threshold ?? [], 0)
    .filter(Number.isFinite);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return high > low ? [low, high] : [low, low + 1];
}

/** The firing threshold it was tested against; null where the test was not reached or there is none. */
export function thresholdOf({ tests }: Account): number | null {
  const bound = tests.find(({ name }) => name === "threshold")?.bound;
  return bound === undefined || !Number.isFinite(Number(bound)) ? null : Number(bound);
}

/** Size from which a contribution has a bar of its own. */
function leastShown(contributions: readonly Contribution[]): number {
  if (contributions.length <= mostSingle) return 0;
  const sizes = contributions.map(({ value }) => Math.abs(Number(value))).sort((a, b) => b - a);
  return sizes[mostSingle - 1]!;
}

/**
 * The account of a FEAGI neuron: reference/burst.ts for one neuron, with every step kept. Each f32 step is rounded by itself, in the
 * engine's order. Source: spec/burst-engine.md 3, 6.1 to 6.3, 7.5.
 */
import { type Account, type FiringTest, real } from "#contracts/debug.ts";
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { caughtUp, firesByChance, firingDraw, INT8_NO_LIMIT, int8Charge } from "#core/engine/membrane.ts";
import { isMemoryId } from "#core/engine/reference/id-ranges.ts";
import { type Addend, type Dynamics, fromSpikes, residualOf, type Shown, type Spike, summed } from "./dynamics.ts";
import { type Eve, placeOf } from "./eve.ts";
import { sentenceOf } from "./sentence.ts";

/** FEAGI takes its batch path from this many candidates on. */
const BATCH_CANDIDATES = 10_000;
const MAX_U16 = 65_535;
const FATIGUE_AREA = 2;
/** What becomes of a replayed voxel. */
const FORCED = 0;
const STAGED = 1;

export const feagiDynamics: Dynamics = {
  spike({ slot, source, delay, weight, psp, kind, divisor, factor, mpDriven }, at, firedAt, firedPotential) {
    const isDriven = mpDriven[at] === 1;
    const driven = Number.isFinite(firedPotential) ? Math.max(firedPotential, 0) : 0;
    const strength = isDriven ? driven : psp[at]!;
    const isInhibitory = kind[at] !== 0;
    const product = Math.fround(weight[at]! * strength);
    return {
      value: Math.fround(Math.fround((isInhibitory ? -product : product) / divisor[at]!) * factor[at]!),
      synapse: {
        ...{ slot: slot[at]!, source: source[at]!, firedAt, delay: delay[at]!, weight: real(weight[at]!), psp: real(strength) },
        ...{ mpDriven: isDriven, inhibitory: isInhibitory, divisor: divisor[at]!, factor: real(factor[at]!) },
      },
    };
  },
  account: (eve, neuron, arrived, shown) =>
    isMemoryId(neuron) ? memoryAccount(eve, neuron, arrived, shown) : neuronAccount(eve, neuron, arrived, shown),
};

function inputsOf(eve: Eve, neuron: number, arrived: readonly Spike[]): Addend[] {
  const addends = fromSpikes(arrived);
  const add = (origin: Addend["origin"], value: number) => addends.push({ origin, value, synapse: null });
  const [ids, potentials] = [eve.u32("stagedId"), eve.f32("stagedPotential")];
  ids.forEach((id, at) => {
    if (id === neuron) add("input", potentials[at]!);
  });
  if (eve.u8("replayKind").length > 0) for (const potential of replayedAt(eve, neuron, STAGED)) add("memory", potential);
  const globals = eve.u32("globals");
  const amount = eve.f32("globals")[0]!;
  if (globals[2] === neuron) add("power", amount);
  if (globals[1] === 1 && eve.u32("area")[neuron] === FATIGUE_AREA && isAlive(eve, neuron)) add("fatigue", amount);
  const [injected, injectedPotential] = [eve.u32("injectedId"), eve.f32("injectedPotential")];
  injected.forEach((id, at) => {
    if (id === neuron) add("memory", injectedPotential[at]!);
  });
  return addends;
}

const sumOf = (addends: readonly Addend[]) => summed(addends, 0, (sum, value) => Math.fround(sum + value));

function isAlive(eve: Eve, neuron: number): boolean {
  return (eve.u8("neuronFlags")[neuron]! & 1) !== 0;
}

function neuronAccount(eve: Eve, neuron: number, arrived: readonly Spike[], shown: Shown): Account {
  const burst = eve.burst + 1;
  const addends = inputsOf(eve, neuron, arrived);
  const { contributions, sum } = sumOf(addends);
  const alive = isAlive(eve, neuron);
  const accumulates = (eve.u8("neuronFlags")[neuron]! & 2) !== 0;
  const countdown = eve.u16("countdown")[neuron]!;
  const stored = eve.f32("potential")[neuron]!;
  const leak = eve.f32("leak")[neuron]!;
  const elapsed = burst - eve.u32("lastUpdate")[neuron]!;
  const firedBefore = placeOf(eve.u32("firedId"), neuron) >= 0;
  const wasCandidate = placeOf(eve.u32("candidateId"), neuron) >= 0;
  const forgotten = alive && wasCandidate && !accumulates && !firedBefore && countdown === 0;
  const left = caughtUp(forgotten ? 0 : stored, leak, elapsed);

  const isCandidate = addends.length > 0;
  const processed = alive && isCandidate && countdown === 0;
  const input = !processed ? 0 : sum < 0 && accumulates ? 0 : sum;
  const whole = Math.fround(left + input);
  const plain = processed && Number.isFinite(input) ? whole : left;
  const potential = processed && eve.int8 ? int8Charge(plain) : plain;
  const tests = testsOf(eve, neuron, { alive, isCandidate, countdown, potential, whole, processed: shown.processed, burst });
  const blocked = tests.find(({ passed }) => !passed);
  const fires = blocked === undefined;

  // A forced fire changes nothing of the neuron.
  const expected = !alive ? Number.NaN : fires ? 0 : potential;
  const residual = {
    sum: isCandidate ? residualOf(shown.sum ?? Number.NaN, sum) : shown.sum === null ? 0 : Number.NaN,
    potential: residualOf(shown.potential, expected),
  };
  const cause = fires ? "dynamics" : shown.fired ? forcedBy(eve, neuron) : null;
  const account: Account = {
    ...{ neuron, burst, area: eve.u32("area")[neuron]!, fired: shown.fired, cause, sentence: "" },
    carried: { stored: real(stored), elapsed, leak: real(leak), forgotten, left: real(left), drive: 0 },
    ...{ contributions, sum: real(sum), input: real(input), potential: real(potential), tests, blockedBy: blocked?.name ?? null },
    engine: {
      sum: shown.sum === null ? null : real(shown.sum),
      potential: real(shown.potential),
      firedPotential: shown.firedPotential === null ? null : real(shown.firedPotential),
    },
    residual: { sum: real(residual.sum), potential: real(residual.potential) },
    exact: residual.sum === 0 && residual.potential === 0 && shown.fired === (cause !== null),
  };
  account.sentence = sentenceOf(account);
  return account;
}

interface Standing {
  alive: boolean;
  isCandidate: boolean;
  countdown: number;
  /** With the input. */
  potential: number;
  /** The same before INT8 confines it. */
  whole: number;
  /** Candidates of the burst. */
  processed: number;
  burst: number;
}

/** Up to the first that fails. */
function testsOf(eve: Eve, neuron: number, standing: Standing): FiringTest[] {
  const { alive, isCandidate, countdown, potential, whole, processed, burst } = standing;
  const threshold = eve.f32("threshold")[neuron]!;
  const limit = eve.f32("thresholdLimit")[neuron]!;
  const fires = eve.u16("consecutiveFires")[neuron]!;
  const fireLimit = eve.u16("consecutiveFireLimit")[neuron]!;
  const excitability = eve.f32("excitability")[neuron]!;
  const isLimited = fireLimit !== 0 && fireLimit !== NO_FIRE_LIMIT;
  const batch = eve.strict && processed >= BATCH_CANDIDATES;
  const noLimit = limit === (eve.int8 ? INT8_NO_LIMIT : Math.fround(NO_THRESHOLD_LIMIT));
  // The batch path compares the sum as it was before INT8 confined it, and lets NaN pass.
  const [top, isBelow] = batch ? [whole, !(whole > limit)] : [potential, potential <= limit];
  const most = isLimited ? fireLimit : MAX_U16;
  const isCounted = isLimited || eve.strict;
  const draw = firingDraw(neuron, burst);
  const steps: (() => FiringTest)[] = [
    () => test("alive", alive, alive ? 1 : 0, 1, alive ? "it is alive" : "it was deleted"),
    () => test("input", isCandidate, isCandidate ? 1 : 0, 1, isCandidate ? "something was added for it" : "nothing was added for it"),
    () =>
      test(
        "refractory",
        countdown === 0,
        countdown,
        0,
        countdown === 0 ? "it is not refractory" : `it is refractory, ${countdown} bursts left`,
      ),
    () =>
      test(
        "threshold",
        potential >= threshold,
        potential,
        threshold,
        `potential ${potential} ${potential >= threshold ? "≥" : "<"} threshold ${threshold}`,
      ),
    () => {
      if (noLimit) return test("limit", true, top, Number.POSITIVE_INFINITY, "its firing window has no upper end");
      return test("limit", isBelow, top, limit, `potential ${top} ${isBelow ? "≤" : ">"} limit ${limit}`);
    },
    () => {
      if (!isCounted)
        return test("consecutive fires", true, fires, Number.POSITIVE_INFINITY, "it may fire in any number of bursts in a row");
      return test("consecutive fires", fires < most, fires, most, `${fires} fires in a row of at most ${most}`);
    },
    () => {
      const passes = firesByChance(excitability, neuron, burst);
      return test("chance", passes, draw, excitability, `draw ${draw} against excitability ${excitability}`);
    },
  ];
  const tests: FiringTest[] = [];
  for (const step of steps) {
    tests.push(step());
    if (!tests.at(-1)!.passed) break;
  }
  return tests;
}

function test(name: FiringTest["name"], passed: boolean, value: number, bound: number, text: string): FiringTest {
  return { name, passed, value: real(value), bound: real(bound), text };
}

/** Forced from outside, or by the replay of a memory; null: neither, which cannot be. */
function forcedBy(eve: Eve, neuron: number): "forced" | "replay" | null {
  if (eve.u32("forcedId").includes(neuron)) return "forced";
  return replayedAt(eve, neuron, FORCED).length > 0 ? "replay" : null;
}

/** Potentials that the replay of a memory gives a neuron in this burst. */
function replayedAt(eve: Eve, neuron: number, wanted: typeof FORCED | typeof STAGED): number[] {
  const [bursts, areas, potentials, kinds] = [
    eve.u32("replayBurst"),
    eve.u32("replayArea"),
    eve.f32("replayPotential"),
    eve.u8("replayKind"),
  ];
  const place = (["x", "y", "z"] as const).map((axis) => eve.u32(axis)[neuron]!);
  const [x, y, z] = [eve.u32("replayX"), eve.u32("replayY"), eve.u32("replayZ")];
  const isHere = (at: number) => areas[at] === eve.u32("area")[neuron] && x[at] === place[0] && y[at] === place[1] && z[at] === place[2];
  const isDue = (at: number) => bursts[at] === eve.burst + 1 && (kinds[at] ?? FORCED) === wanted;
  return [...bursts.keys()].filter((at) => isDue(at) && isHere(at)).map((at) => potentials[at]!);
}

/** A memory neuron has no potential: it fires when a pattern is recalled, or, in `standard`, when its spikes sum above zero. */
function memoryAccount(eve: Eve, neuron: number, arrived: readonly Spike[], shown: Shown): Account {
  const addends = inputsOf(eve, neuron, arrived);
  const { contributions, sum } = sumOf(addends);
  const injection = eve.u32("injectedId").lastIndexOf(neuron);
  const mapped = placeOf(eve.u32("memoryId"), neuron);
  const area = injection >= 0 ? eve.u32("injectedArea")[injection] : mapped >= 0 ? eve.u32("memoryArea")[mapped] : undefined;
  const isCandidate = addends.length > 0;
  const isEnough = injection >= 0 || eve.strict || sum > 0;
  const tests = [
    test(
      "memory area",
      area !== undefined,
      area ?? -1,
      0,
      area === undefined ? "it belongs to no memory area" : `it belongs to area ${area}`,
    ),
    test("input", isCandidate, isCandidate ? 1 : 0, 1, isCandidate ? "something was added for it" : "nothing was added for it"),
    test("threshold", isEnough, sum, 0, injection >= 0 ? "its pattern was recalled" : `sum ${sum}, which must be above 0`),
  ];
  const at = tests.findIndex(({ passed }) => !passed);
  const blocked = tests[at];
  const residual = isCandidate ? residualOf(shown.sum ?? Number.NaN, sum) : shown.sum === null ? 0 : Number.NaN;
  const account: Account = {
    ...{ neuron, burst: eve.burst + 1, area: area ?? 0, fired: shown.fired, cause: shown.fired ? "memory" : null, sentence: "" },
    carried: { stored: 0, elapsed: 0, leak: 0, forgotten: false, left: 0, drive: 0 },
    ...{ contributions, sum: real(sum), input: real(sum), potential: real(sum) },
    ...{ tests: at < 0 ? tests : tests.slice(0, at + 1), blockedBy: blocked?.name ?? null },
    engine: {
      sum: shown.sum === null ? null : real(shown.sum),
      potential: real(shown.firedPotential ?? 0),
      firedPotential: shown.firedPotential === null ? null : real(shown.firedPotential),
    },
    residual: { sum: real(residual), potential: 0 },
    exact: residual === 0 && shown.fired === (blocked === undefined),
  };
  account.sentence = sentenceOf(account);
  return account;
}

/**
 * The account of a FEAGI neuron: reference/burst.ts for one neuron, with every step kept. Each f32 step is rounded by itself, in the
 * engine's order. Source: spec/burst-engine.md 3, 6.1 to 6.3, 7.5.
 */
import { type Account, real } from "#contracts/debug.ts";
import { NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { caughtUp, INT8_NO_LIMIT, int8Charge } from "#core/engine/membrane.ts";
import { isMemoryId } from "#core/engine/reference/id-ranges.ts";
import { type Dynamics, residualOf, type Shown, type Spike } from "./dynamics.ts";
import { type Eve, placeOf } from "./eve.ts";
import { type Standing, testsOf } from "./firing-tests.ts";
import { influencesOn } from "./influences.ts";
import { inputsOf, isAlive, replayed, replayedAt, sumOf } from "./inputs.ts";
import { memoryAccount, memoryBounds } from "./memory-neuron.ts";
import { sentenceOf } from "./sentence.ts";

/** FEAGI takes its batch path from this many candidates on. */
const BATCH_CANDIDATES = 10_000;

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
  add: (sum, value) => Math.fround(sum + value),
  bounds: (eve, neuron) =>
    isMemoryId(neuron) ? memoryBounds(eve, neuron) : { threshold: eve.f32("threshold")[neuron]!, countdown: eve.u16("countdown")[neuron]! },
};

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
  const tests = testsOf(standingOf(eve, neuron, { burst, alive, isCandidate, countdown, potential, whole, processed: shown.processed }));
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
  const influences = influencesOn(eve, neuron);
  if (influences.length > 0) account.influences = influences;
  account.sentence = sentenceOf(account);
  return account;
}

/** What of a neuron's standing the account has found out; `whole`: the potential before INT8 confines it. */
type Found = Pick<Standing, "burst" | "alive" | "isCandidate" | "countdown" | "potential"> & { whole: number; processed: number };

function standingOf(eve: Eve, neuron: number, { whole, processed, ...found }: Found): Standing {
  const limit = eve.f32("thresholdLimit")[neuron]!;
  const batch = eve.strict && processed >= BATCH_CANDIDATES;
  const isNone = limit === (eve.int8 ? INT8_NO_LIMIT : Math.fround(NO_THRESHOLD_LIMIT));
  // The batch path compares the sum as it was before INT8 confined it, and lets NaN pass.
  const [top, isBelow] = batch ? [whole, !(whole > limit)] : [found.potential, found.potential <= limit];
  return {
    ...{ ...found, neuron, window: isNone ? null : { limit, top, isBelow }, countsUnlimited: eve.strict },
    threshold: eve.f32("threshold")[neuron]!,
    fires: eve.u16("consecutiveFires")[neuron]!,
    fireLimit: eve.u16("consecutiveFireLimit")[neuron]!,
    excitability: eve.f32("excitability")[neuron]!,
  };
}

/** Forced from outside, or by the replay of a memory; null: neither, which cannot be. */
function forcedBy(eve: Eve, neuron: number): "forced" | "replay" | null {
  if (eve.u32("forcedId").includes(neuron)) return "forced";
  return replayedAt(eve, neuron, replayed.forced).length > 0 ? "replay" : null;
}

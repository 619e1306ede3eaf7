/**
 * The account of a memory neuron. It fires when a pattern is recalled, and else at any sum (in `standard` above zero), until
 * associative input has given it a potential. Source: spec/burst-engine.md 7.5, burst-engine-extensions.md 10.2.
 */
import { type Account, type FiringTest, real } from "#contracts/debug.ts";
import { NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { plainSettings } from "#core/engine/reference/sparse-memory.ts";
import { residualOf, type Shown, type Spike } from "./dynamics.ts";
import { type Eve, placeOf } from "./eve.ts";
import { test, testsOf } from "./firing-tests.ts";
import { inputsOf, sumOf } from "./inputs.ts";
import { sentenceOf } from "./sentence.ts";

export function memoryAccount(eve: Eve, neuron: number, arrived: readonly Spike[], shown: Shown): Account {
  const addends = inputsOf(eve, neuron, arrived);
  const { contributions, sum } = sumOf(addends);
  const injection = eve.u32("injectedId").lastIndexOf(neuron);
  const area = areaOf(eve, neuron, injection);
  const isCandidate = addends.length > 0;
  const belongs = test(
    "memory area",
    area !== undefined,
    area ?? -1,
    0,
    area === undefined ? "it belongs to no memory area" : `it belongs to area ${area}`,
  );
  const charged = injection < 0 && area !== undefined && isCandidate ? chargedTests(eve, neuron, area, sum) : null;
  const { tests, stored, potential } = charged ?? { tests: plainTests(eve, isCandidate, injection >= 0, sum), stored: 0, potential: sum };
  const all = [belongs, ...tests];
  const at = all.findIndex(({ passed }) => !passed);
  const blocked = all[at];
  const residual = isCandidate ? residualOf(shown.sum ?? Number.NaN, sum) : shown.sum === null ? 0 : Number.NaN;
  const account: Account = {
    ...{ neuron, burst: eve.burst + 1, area: area ?? 0, fired: shown.fired, cause: shown.fired ? "memory" : null, sentence: "" },
    carried: { stored: real(stored), elapsed: 0, leak: 0, forgotten: false, left: real(stored), drive: 0 },
    ...{ contributions, sum: real(sum), input: real(sum), potential: real(potential) },
    ...{ tests: at < 0 ? all : all.slice(0, at + 1), blockedBy: blocked?.name ?? null },
    engine: {
      sum: shown.sum === null ? null : real(shown.sum),
      potential: real(shown.firedPotential ?? 0),
      firedPotential: shown.firedPotential === null ? null : real(shown.firedPotential),
    },
    residual: { sum: real(residual), potential: 0 },
    exact: residual === 0 && shown.fired === (blocked === undefined),
  };
  if (injection >= 0) account.influences = [{ kind: "pattern met" }];
  else if (charged && arrived.length > 0) account.influences = [{ kind: "associated", links: arrived.length }];
  account.sentence = sentenceOf(account);
  return account;
}

/** One that has no potential of its own has no threshold but 0. */
export function memoryBounds(eve: Eve, neuron: number): { threshold: number; countdown: number } {
  const area = areaOf(eve, neuron, eve.u32("injectedId").lastIndexOf(neuron));
  const state = placeOf(eve.u32("sparseId"), neuron);
  return {
    threshold: state < 0 || area === undefined ? 0 : settingsOf(eve, area).threshold,
    countdown: state < 0 ? 0 : eve.u16("sparseCountdown")[state]!,
  };
}

/** `injection`: its last place among those that patterns bring up, or -1. */
function areaOf(eve: Eve, neuron: number, injection: number): number | undefined {
  if (injection >= 0) return eve.u32("injectedArea")[injection];
  const mapped = placeOf(eve.u32("memoryId"), neuron);
  return mapped >= 0 ? eve.u32("memoryArea")[mapped] : undefined;
}

function plainTests(eve: Eve, isCandidate: boolean, isRecalled: boolean, sum: number): FiringTest[] {
  const isEnough = isRecalled || eve.strict || sum > 0;
  return [
    test("input", isCandidate, isCandidate ? 1 : 0, 1, isCandidate ? "something was added for it" : "nothing was added for it"),
    test("threshold", isEnough, sum, 0, isRecalled ? "its pattern was recalled" : `sum ${sum}, which must be above 0`),
  ];
}

/** Of a neuron that has, or now gets, a potential of its own; null: it has none. */
function chargedTests(eve: Eve, neuron: number, area: number, sum: number) {
  const burst = eve.burst + 1;
  const [bursts, targets] = [eve.u32("associativeBurst"), eve.u32("associativeTarget")];
  const arrival = bursts.findIndex((due, at) => due === burst && targets[at] === neuron);
  const associative = arrival < 0 ? 0 : eve.f32("associativeSum")[arrival]!;
  const state = placeOf(eve.u32("sparseId"), neuron);
  if (state < 0 && associative === 0) return null;
  const stored = state < 0 ? 0 : eve.f32("sparsePotential")[state]!;
  const countdown = state < 0 ? 0 : eve.u16("sparseCountdown")[state]!;
  const { threshold, limit, excitability, fireLimit } = settingsOf(eve, area);
  const charge = Math.fround(stored + Math.fround(associative + Math.fround(sum - associative)));
  const potential = countdown > 0 ? stored : charge;
  const window = limit === Math.fround(NO_THRESHOLD_LIMIT) ? null : { limit, top: potential, isBelow: potential <= limit };
  const fires = state < 0 ? 0 : eve.u16("sparseFires")[state]!;
  const standing = { ...{ neuron, burst, alive: true, isCandidate: true, countdown, potential }, ...{ threshold, window, fires } };
  return { tests: testsOf({ ...standing, fireLimit, excitability, countsUnlimited: false }), stored, potential };
}

function settingsOf(eve: Eve, area: number) {
  const at = placeOf(eve.u32("sparseArea"), area);
  if (at < 0) return plainSettings;
  return {
    threshold: eve.f32("sparseThreshold")[at]!,
    limit: eve.f32("sparseLimit")[at]!,
    excitability: eve.f32("sparseExcitability")[at]!,
    fireLimit: eve.u16("sparseFireLimit")[at]!,
  };
}

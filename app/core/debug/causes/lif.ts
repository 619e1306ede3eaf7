/** The account of a lif-delta neuron: lif/lif-burst.ts for one neuron, with every step kept, in f64. Every neuron is updated in every burst. */
import { type Account, type FiringTest, real } from "#contracts/debug.ts";
import { pcg } from "#core/engine/membrane.ts";
import { type Addend, type Dynamics, fromSpikes, residualOf, type Spike, summed } from "./dynamics.ts";
import type { Eve } from "./eve.ts";
import { sentenceOf } from "./sentence.ts";

export const lifDynamics: Dynamics = {
  /** A plastic synapse learns and then sends, so its weight is that after the burst. */
  spike: ({ slot, source, delay, psp, divisor }, at, firedAt, _, weightAfter) => ({
    value: weightAfter,
    synapse: {
      ...{ slot: slot[at]!, source: source[at]!, firedAt, delay: delay[at]!, weight: real(weightAfter), psp: real(psp[at]!) },
      ...{ mpDriven: false, inhibitory: weightAfter < 0, divisor: divisor[at]!, factor: 1 },
    },
  }),
  account(eve, neuron, arrived, shown) {
    const { contributions, sum } = summed(inputsOf(eve, neuron, arrived), -0, (before, value) => before + value);
    const set = eve.lifU16("parameterSet")[neuron]!;
    const of = (name: Parameters<Eve["lifF64"]>[0]) => eve.lifF64(name)[set]!;
    const alive = (eve.lifU8("neuronFlags")[neuron]! & 1) !== 0;
    const countdown = eve.lifU16("countdown")[neuron]!;
    const stored = eve.lifF64("potential")[neuron]!;
    const [decay, drive, threshold, reset] = [of("setDecay"), of("setDrive"), of("setThreshold"), of("setReset")];
    const isRefractory = countdown > 0;
    const left = isRefractory || !alive ? stored : decay * stored;
    const potential = isRefractory || !alive ? stored : drive + decay * stored + sum;
    const isOver = potential >= threshold;
    const fires = alive && isOver;
    const tests = testsOf({ alive, countdown, isOver, potential, threshold });
    const blocked = tests.find(({ passed }) => !passed);
    const expected = fires ? reset : potential;
    const shownPotential = shown.after().lifF64("potential")[neuron]!;
    const residual = residualOf(shownPotential, expected);
    const account: Account = {
      ...{ neuron, burst: eve.burst + 1, area: eve.lifU32("area")[neuron]!, fired: shown.fired },
      ...{ cause: fires ? "dynamics" : shown.fired ? "forced" : null, sentence: "" },
      carried: {
        ...{ stored: real(stored), elapsed: 1, leak: real(1 - decay), forgotten: false, left: real(left) },
        drive: real(isRefractory ? 0 : drive),
      },
      ...{ contributions, sum: real(sum + 0), input: real(isRefractory || !alive ? 0 : sum + 0), potential: real(potential), tests },
      blockedBy: blocked?.name ?? null,
      engine: {
        sum: null,
        potential: real(shownPotential),
        firedPotential: shown.firedPotential === null ? null : real(shown.firedPotential),
      },
      residual: { sum: 0, potential: real(residual) },
      exact: residual === 0 && shown.fired === (fires || eve.lifU32("forcedId").includes(neuron)),
    };
    account.sentence = sentenceOf(account);
    return account;
  },
  add: (sum, value) => sum + value,
  bounds(eve, neuron) {
    const set = eve.lifU16("parameterSet")[neuron]!;
    const threshold = eve.lifF64("setThreshold")[set]! + eve.lifF64("setRestingPotential")[set]!;
    return { threshold, countdown: eve.lifU16("countdown")[neuron]! };
  },
};

function inputsOf(eve: Eve, neuron: number, arrived: readonly Spike[]): Addend[] {
  const addends = fromSpikes(arrived);
  const potentials = eve.lifF32("stagedPotential");
  eve.lifU32("stagedId").forEach((id, at) => {
    if (id === neuron) addends.push({ origin: "input", value: potentials[at]!, synapse: null });
  });
  const events = poissonEvents(eve, neuron);
  const weight = eve.lifF64("setPoissonWeight")[eve.lifU16("parameterSet")[neuron]!]!;
  if (events > 0) addends.push({ origin: "poisson", value: events * weight, synapse: null });
  return addends;
}

function poissonEvents(eve: Eve, neuron: number): number {
  const set = eve.lifU16("parameterSet")[neuron]!;
  const entries = eve.lifU32("setPoissonEntries");
  const start = entries.subarray(0, set).reduce((sum, count) => sum + count, 0);
  const table = eve.lifU32("poissonTable").subarray(start, start + entries[set]!);
  const draw = pcg(pcg(eve.lifU32("seed")[0]! + Math.imul(eve.burst + 1, 0x9e3779b9)) ^ neuron);
  let events = 0;
  while (events < table.length && table[events]! <= draw) events++;
  return events;
}

function testsOf({
  alive,
  countdown,
  isOver,
  potential,
  threshold,
}: {
  alive: boolean;
  countdown: number;
  isOver: boolean;
  potential: number;
  threshold: number;
}): FiringTest[] {
  const tests: FiringTest[] = [
    { name: "alive", passed: alive, value: alive ? 1 : 0, bound: 1, text: alive ? "it is alive" : "it was deleted" },
    {
      name: "refractory",
      // A refractory neuron takes no input, yet one that was put over its threshold fires.
      passed: countdown === 0 || isOver,
      value: countdown,
      bound: 0,
      text: countdown === 0 ? "it is not refractory" : `it is refractory, ${countdown} steps left`,
    },
    {
      name: "threshold",
      passed: isOver,
      value: real(potential),
      bound: real(threshold),
      text: `potential ${potential} ${isOver ? "≥" : "<"} threshold ${threshold}`,
    },
  ];
  const at = tests.findIndex(({ passed }) => !passed);
  return at < 0 ? tests : tests.slice(0, at + 1);
}

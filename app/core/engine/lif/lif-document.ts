/**
 * Reads the networks of `lif-delta` in `gyrus-network/1`: columns under NEST's names and in its units, an array or one value for all.
 *
 * `model`: step_ms (1), seed (1). `neurons`: count, area (0), x, y, z (0); of `iaf_psc_delta` with its defaults tau_m (10 ms), C_m (250 pF),
 * t_ref (2 ms), E_L (-70 mV), V_th (-55 mV), V_reset (-70 mV), I_e (0 pA), V_m (E_L); poisson_rate (0 Hz), poisson_weight (0 mV).
 * `synapses`: count, source, target, weight (mV, to single precision), delay (1 step). `plasticity[]`: src_area, dst_area and the parameters of
 * `stdp_synapse` lambda, alpha, mu_plus, mu_minus, Wmax, tau_plus, with tau_minus of its target. `bursts[]`: as in recorded networks.
 *
 * The exact form, which is written, says what an image holds: sets of propagators in `model.parameters`, `parameter_set` and `potential` (relative to
 * rest) of the neurons, and `decay` tables in place of the time constants of plasticity.
 */
import { DECAY_STEPS, type LifNetworkImage, type LifParameters, lifDynamics, type StdpProjection } from "#contracts/network.ts";
import { decayTables } from "#core/plasticity/pair-rule.ts";
import { type GoldenNetwork, goldenColumn, MAX_NEURONS, MAX_SYNAPSES, optionalList, readRun, writtenColumn } from "../golden-network.ts";
import type { JsonPlace } from "../json-place.ts";
import { MAX_POISSON_MEAN, poissonTable } from "../poisson.ts";
import { faultOfParameters, faultOfProjections } from "./lif-image.ts";
import { projectionIndex } from "./lif-synapses.ts";

const MAX_SETS = 65_536;
const MAX_REFRACTORY = 65_535;

export function readLifDocument(root: JsonPlace): GoldenNetwork<LifNetworkImage> {
  const model = root.at("model");
  const stepMs = orElse(model.at("step_ms"), 1, positive);
  const image: LifNetworkImage = {
    dynamics: lifDynamics,
    stepMs,
    seed: orElse(model.at("seed"), 1, (at) => at.u32()),
    ...readNeurons(root.at("neurons"), model.at("parameters"), stepMs),
    synapses: readSynapses(root.at("synapses"), root.at("neurons").at("count").u32()),
    projections: readPlasticity(root.at("plasticity"), stepMs),
  };
  if (model.at("parameters").isAbsent) checkSigns(root, image);
  return { ...readRun(root), image };
}

/** Equal tuples of parameters become one set, in order of their first neuron. */
function readNeurons(place: JsonPlace, exact: JsonPlace, stepMs: number): Pick<LifNetworkImage, "neurons" | "parameters"> {
  const count = place.at("count").int(0, MAX_NEURONS);
  const whole = (name: string) => column(place.at(name), new Uint32Array(count), 0, (at) => at.u32());
  const voxels = { count, area: whole("area"), x: whole("x"), y: whole("y"), z: whole("z") };
  if (!exact.isAbsent) {
    const parameters = readParameters(exact);
    const parameterSet = column(place.at("parameter_set"), new Uint16Array(count), 0, (at) => at.int(0, parameters.length - 1));
    return {
      parameters,
      neurons: { ...voxels, parameterSet, potential: column(place.at("potential"), new Float64Array(count), 0, (at) => at.number()) },
    };
  }
  const real = (name: string, otherwise: number, value = (at: JsonPlace) => at.number()) =>
    column(place.at(name), new Float64Array(count), otherwise, value);
  const columns: ParameterColumns = {
    tau_m: real("tau_m", 10, positive),
    C_m: real("C_m", 250, positive),
    t_ref: real("t_ref", Math.round(2 / stepMs), (at) => refractorySteps(at, stepMs)),
    E_L: real("E_L", -70),
    V_th: real("V_th", -55),
    V_reset: real("V_reset", -70),
    I_e: real("I_e", 0),
    poisson_rate: real("poisson_rate", 0, (at) => meanOfStep(at, stepMs)),
    poisson_weight: real("poisson_weight", 0),
  };
  const potential = columns.E_L.slice();
  if (!place.at("V_m").isAbsent) goldenColumn(place.at("V_m"), potential, (at) => at.number());
  columns.E_L.forEach((rest, id) => {
    potential[id]! -= rest;
  });

  const parameters: LifParameters[] = [];
  const parameterSet = new Uint16Array(count);
  const sets = new Map<string, number>();
  const all = Object.values(columns);
  for (let id = 0; id < count; id++) {
    const tuple = all.map((values) => values[id]).join();
    let set = sets.get(tuple);
    if (set === undefined) {
      if (parameters.length === MAX_SETS) place.refuse(`has more than ${MAX_SETS} different sets of parameters`);
      if (columns.V_reset[id]! >= columns.V_th[id]!) place.at("V_reset").refuse(`is not below V_th in neuron ${id}`);
      set = parameters.push(parametersOf(columns, id, stepMs)) - 1;
      sets.set(tuple, set);
    }
    parameterSet[id] = set;
  }
  return { parameters, neurons: { ...voxels, potential, parameterSet } };
}

function readParameters(place: JsonPlace): LifParameters[] {
  return place.list().map((at) => {
    const set: LifParameters = {
      threshold: at.at("threshold").number(),
      reset: at.at("reset").number(),
      decay: at.at("decay").number(),
      drive: at.at("drive").number(),
      refractorySteps: at.at("refractory_steps").int(0, MAX_REFRACTORY),
      poissonWeight: at.at("poisson_weight").number(),
      poissonTable: Uint32Array.from(at.at("poisson_table").list(), (entry) => entry.u32()),
      restingPotential: at.at("resting_potential").number(),
    };
    const fault = faultOfParameters(set);
    return fault === undefined ? set : at.refuse(`cannot stand: ${fault}`);
  });
}

/** By NEST's names; t_ref in steps, poisson_rate in events a step. */
type ParameterColumns = Record<
  "tau_m" | "C_m" | "t_ref" | "E_L" | "V_th" | "V_reset" | "I_e" | "poisson_rate" | "poisson_weight",
  Float64Array
>;

/** The propagators of exact integration, worked out by the operations of NEST in their order. */
function parametersOf(columns: ParameterColumns, id: number, stepMs: number): LifParameters {
  const { tau_m, C_m, t_ref, E_L, V_th, V_reset, I_e, poisson_rate, poisson_weight } = columns;
  const decay = Math.exp(-stepMs / tau_m[id]!);
  return {
    threshold: V_th[id]! - E_L[id]!,
    reset: V_reset[id]! - E_L[id]!,
    decay,
    drive: (1 / C_m[id]!) * (1 - decay) * tau_m[id]! * I_e[id]!,
    refractorySteps: t_ref[id]!,
    poissonWeight: poisson_weight[id]!,
    poissonTable: poissonTable(poisson_rate[id]!),
    restingPotential: E_L[id]!,
  };
}

function readSynapses(place: JsonPlace, neurons: number): LifNetworkImage["synapses"] {
  const count = place.isAbsent ? 0 : place.at("count").int(0, MAX_SYNAPSES);
  const synapses = {
    count,
    source: new Uint32Array(count),
    target: new Uint32Array(count),
    weight: new Float32Array(count),
    delay: new Uint8Array(count).fill(1),
  };
  if (count === 0) return synapses;
  goldenColumn(place.at("source"), synapses.source, (at) => at.int(0, neurons - 1));
  goldenColumn(place.at("target"), synapses.target, (at) => at.int(0, neurons - 1));
  goldenColumn(place.at("weight"), synapses.weight, (at) => at.f32());
  if (!place.at("delay").isAbsent) goldenColumn(place.at("delay"), synapses.delay, (at) => at.int(1, 255));
  return synapses;
}

function readPlasticity(place: JsonPlace, stepMs: number): StdpProjection[] {
  const projections = optionalList(place).map(
    (at): StdpProjection => ({
      sourceArea: at.at("src_area").u32(),
      targetArea: at.at("dst_area").u32(),
      lambda: at.at("lambda").number(),
      alpha: at.at("alpha").number(),
      maxWeight: at.at("Wmax").number(),
      muPlus: exponent(at.at("mu_plus")),
      muMinus: exponent(at.at("mu_minus")),
      ...readDecay(at, stepMs),
    }),
  );
  const fault = faultOfProjections(projections);
  if (fault !== undefined) place.refuse(`cannot stand: ${fault}`);
  return projections;
}

function readDecay(place: JsonPlace, stepMs: number): Pick<StdpProjection, "plusLow" | "plusHigh" | "minusLow" | "minusHigh"> {
  const decay = place.at("decay");
  if (decay.isAbsent) {
    const plus = decayTables(stepMs, positive(place.at("tau_plus")));
    const minus = decayTables(stepMs, positive(place.at("tau_minus")));
    return { plusLow: plus.low, plusHigh: plus.high, minusLow: minus.low, minusHigh: minus.high };
  }
  const table = (name: string) => Float64Array.from(decay.at(name).tuple(DECAY_STEPS), (share) => share.number());
  return { plusLow: table("plus_low"), plusHigh: table("plus_high"), minusLow: table("minus_low"), minusHigh: table("minus_high") };
}

/** As in NEST, the weights of a projection have the sign of its maximum. */
function checkSigns(root: JsonPlace, { projections, neurons, synapses }: LifNetworkImage): void {
  if (projections.length === 0) return;
  const ruleOf = projectionIndex(projections);
  for (let slot = 0; slot < synapses.count; slot++) {
    const rule = ruleOf(neurons.area[synapses.source[slot]!]!, neurons.area[synapses.target[slot]!]!);
    if (rule !== undefined && synapses.weight[slot]! * projections[rule]!.maxWeight < 0) {
      root.at("synapses").at("weight").refuse(`has another sign than Wmax of its projection in synapse ${slot}`);
    }
  }
}

function column<T extends Float64Array | Uint32Array | Uint16Array>(
  place: JsonPlace,
  into: T,
  otherwise: number,
  value: (at: JsonPlace) => number,
): T {
  return place.isAbsent ? (into.fill(otherwise) as T) : goldenColumn(place, into, value);
}

function orElse(place: JsonPlace, otherwise: number, value: (at: JsonPlace) => number): number {
  return place.isAbsent ? otherwise : value(place);
}

function positive(place: JsonPlace): number {
  const value = place.number();
  return value > 0 ? value : place.refuse("is not above 0");
}

function refractorySteps(place: JsonPlace, stepMs: number): number {
  const steps = Math.round(place.number() / stepMs);
  if (!(Math.abs(steps * stepMs - place.number()) <= 1e-9 * stepMs)) place.refuse(`is no whole number of steps of ${stepMs} ms`);
  return steps >= 0 && steps <= MAX_REFRACTORY ? steps : place.refuse(`lies outside 0..${MAX_REFRACTORY} steps`);
}

function meanOfStep(place: JsonPlace, stepMs: number): number {
  const mean = place.number() * (stepMs / 1000);
  return mean >= 0 && mean <= MAX_POISSON_MEAN ? mean : place.refuse(`does not lie between 0 and ${MAX_POISSON_MEAN} events a step`);
}

function exponent(place: JsonPlace): 0 | 1 {
  const mu = place.number();
  return mu === 0 || mu === 1 ? mu : place.unsupported("an exponent of 0 or 1, because other powers differ between machines");
}

/** The fields of an image in the exact form, without its bursts. */
export function lifFields({ stepMs, seed, parameters, neurons, synapses, projections }: LifNetworkImage): Record<string, unknown> {
  const sets = parameters.map((set) => ({
    threshold: set.threshold,
    reset: set.reset,
    decay: set.decay,
    drive: set.drive,
    refractory_steps: set.refractorySteps,
    poisson_weight: set.poissonWeight,
    poisson_table: Array.from(set.poissonTable),
    resting_potential: set.restingPotential,
  }));
  return {
    model: { name: lifDynamics, step_ms: stepMs, seed, parameters: sets },
    neurons: {
      count: neurons.count,
      area: writtenColumn(neurons.area),
      x: writtenColumn(neurons.x),
      y: writtenColumn(neurons.y),
      z: writtenColumn(neurons.z),
      potential: writtenColumn(neurons.potential),
      parameter_set: writtenColumn(neurons.parameterSet),
    },
    synapses: {
      count: synapses.count,
      source: writtenColumn(synapses.source),
      target: writtenColumn(synapses.target),
      weight: writtenColumn(synapses.weight),
      delay: writtenColumn(synapses.delay),
    },
    plasticity: projections.map((rule) => ({
      src_area: rule.sourceArea,
      dst_area: rule.targetArea,
      lambda: rule.lambda,
      alpha: rule.alpha,
      Wmax: rule.maxWeight,
      mu_plus: rule.muPlus,
      mu_minus: rule.muMinus,
      decay: {
        plus_low: Array.from(rule.plusLow),
        plus_high: Array.from(rule.plusHigh),
        minus_low: Array.from(rule.minusLow),
        minus_high: Array.from(rule.minusHigh),
      },
    })),
  };
}

/** Networks of lif-delta as other simulators take them: in the units of NEST, every value of every neuron said. */
import { LabError } from "#contracts/errors.ts";
import { type LifNetworkImage, lifDynamics } from "#contracts/network.ts";
import { JsonPlace } from "../engine/json-place.ts";
import { modelOf, readNetworkDocument } from "../engine/network-document.ts";
import type { ExportPart } from "./exchange.ts";

/** Of NEST's iaf_psc_delta, and the two of its Poisson input. */
export const lifColumns = {
  E_L: -70,
  V_m: Number.NaN,
  tau_m: 10,
  C_m: 250,
  t_ref: 2,
  V_th: -55,
  V_reset: -70,
  I_e: 0,
  poisson_rate: 0,
  poisson_weight: 0,
};

type Table = Record<string, number | readonly number[] | undefined>;
interface LifDocument {
  model: { step_ms?: number; seed?: number; parameters?: unknown };
  neurons: Table;
  synapses?: Table;
  plasticity?: Record<string, number>[];
  bursts?: { burst: number; inject?: [number, number][]; ops?: unknown[] }[];
}

/** What such a network becomes in a format that has its neurons. */
export interface LifExport {
  parts: ExportPart[];
  neurons: number;
  synapses: number;
  /** Sum of the weights, in mV. */
  weights: number;
  lost: string[];
}

/** A network file of lif-delta in the units of NEST, with what it leaves out filled in. */
export interface LifNetwork {
  image: LifNetworkImage;
  area: Uint32Array;
  /** Values of every neuron. */
  column(name: string): Float64Array;
  seed: number;
  plasticity: Record<string, number>[];
  /** Burst, neuron, mV. */
  inputs: (readonly [number, number, number])[];
  isNoisy: boolean;
}

/** Refuses what its columns do not say exactly. */
export function readLif(document: unknown): LifNetwork {
  if (modelOf(document) !== lifDynamics)
    throw new LabError(
      "E_UNSUPPORTED",
      `Only networks of ${lifDynamics} have neurons that other simulators have`,
      {},
      `Give a network file whose model is ${lifDynamics}.`,
    );
  const { image } = readNetworkDocument(new JsonPlace(document, ""));
  if (image.dynamics !== lifDynamics) throw new Error("the model of a document is the dynamics of its image");
  const { model, neurons, plasticity = [], bursts = [] } = document as LifDocument;
  refuseUnknown(model, bursts);
  const { count, area } = image.neurons;
  const column = (name: string): Float64Array => {
    const given = neurons[name] ?? (name === "V_m" ? column("E_L") : lifColumns[name as keyof typeof lifColumns]);
    return typeof given === "number" ? new Float64Array(count).fill(given) : Float64Array.from(given);
  };
  return {
    ...{ image, area, column, seed: image.seed, plasticity },
    inputs: bursts.flatMap(({ burst, inject = [] }) => inject.map(([neuron, mV]) => [burst, neuron, mV] as const)),
    isNoisy: image.parameters.some(({ poissonTable, poissonWeight }) => poissonTable.length > 0 && poissonWeight !== 0),
  };
}

function refuseUnknown(model: LifDocument["model"], bursts: NonNullable<LifDocument["bursts"]>): void {
  const refuse = (what: string, advice: string): never => {
    throw new LabError("E_UNSUPPORTED", `This network cannot be told in the units of NEST: ${what}`, {}, advice);
  };
  if (model.parameters !== undefined)
    refuse(
      "its file holds propagators, from which time constants cannot be told exactly",
      "Give the file with tau_m, C_m, V_th … it was made from.",
    );
  for (const { burst, inject = [], ops = [] } of bursts) {
    if (ops.length > 0) refuse(`burst ${burst} has operations on the network`, "Leave them out of the file.");
    if (burst === 1 && inject.length > 0)
      refuse("input arrives in burst 1, and nothing arrives in NEST's first step", "Begin the input in burst 2.");
  }
}

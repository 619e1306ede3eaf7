/**
 * A network of lif-delta as a folder that NEST builds by itself: arrays, a program and a README. What NEST has no equal for is
 * refused, not imitated; for FEAGI's neurons `feagiDifferences` says what that is.
 */
import { LabError } from "#contracts/errors.ts";
import { lifDynamics, NO_FIRE_LIMIT } from "#contracts/network.ts";
import { JsonPlace } from "../engine/json-place.ts";
import { modelOf, readNetworkDocument } from "../engine/network-document.ts";
import type { ExportPart } from "./exchange.ts";
import { nestProgram, nestReadme } from "./nest-program.ts";
import type { ExportNetwork, ExportSource } from "./network.ts";
import { npy } from "./npy.ts";

/** Of NEST's iaf_psc_delta, and the two of its Poisson input. */
const neuronColumns = {
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

export interface NestExport {
  parts: ExportPart[];
  neurons: number;
  synapses: number;
  lost: string[];
}

/** `document` is a network file of lif-delta in the units of NEST. */
export function nestExport(document: unknown): NestExport {
  if (modelOf(document) !== lifDynamics)
    throw new LabError(
      "E_UNSUPPORTED",
      `NEST has neurons for networks of ${lifDynamics} only`,
      {},
      `Give a network file whose model is ${lifDynamics}.`,
    );
  const { image } = readNetworkDocument(new JsonPlace(document, ""));
  if (image.dynamics !== lifDynamics) throw new Error("the model of a document is the dynamics of its image");
  const { model, neurons, plasticity = [], bursts = [] } = document as LifDocument;
  refuseUnknown(model, bursts);
  const { count, area } = image.neurons;
  const { source, target, weight, delay, count: synapses } = image.synapses;
  const column = (name: string, otherwise: number | Float64Array) => {
    const given = neurons[name] ?? otherwise;
    return typeof given === "number" ? new Float64Array(count).fill(given) : Float64Array.from(given);
  };
  const rest = column("E_L", neuronColumns.E_L);
  const columns = Object.entries(neuronColumns).map(
    ([name, otherwise]) => [name, column(name, name === "V_m" ? rest : otherwise)] as const,
  );
  const inputs = bursts.flatMap(({ burst, inject = [] }) => inject.map(([neuron, mV]) => [burst, neuron, mV] as const));
  const settings = { step_ms: image.stepMs, seed: image.seed, neurons: count, synapses, plasticity };
  const arrays: (readonly [string, Parameters<typeof npy>[0]])[] = [
    ["area", area],
    ...columns,
    ["source", source],
    ["target", target],
    ["weight", weight],
    ["delay", delay],
    ["input_burst", Uint32Array.from(inputs, ([burst]) => burst)],
    ["input_neuron", Uint32Array.from(inputs, ([, neuron]) => neuron)],
    ["input_mV", Float32Array.from(inputs, ([, , mV]) => mV)],
  ];
  const isNoisy = image.parameters.some(({ poissonTable, poissonWeight }) => poissonTable.length > 0 && poissonWeight !== 0);
  const lost = isNoisy ? ["The very draws of Poisson input: NEST has its own, so rasters agree in their statistics only."] : [];
  return {
    parts: [
      ...arrays.map(([name, array]) => ({ name: `${name}.npy`, pieces: npy(array) })),
      { name: "network.json", pieces: [`${JSON.stringify(settings, null, 2)}\n`] },
      { name: "run.py", pieces: [nestProgram] },
      { name: "README.md", pieces: [nestReadme(count, synapses, lost)] },
    ],
    neurons: count,
    synapses,
    lost,
  };
}

function refuseUnknown(model: LifDocument["model"], bursts: NonNullable<LifDocument["bursts"]>): void {
  const refuse = (what: string, advice: string): never => {
    throw new LabError("E_UNSUPPORTED", `NEST cannot run this network alike: ${what}`, {}, advice);
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

/** What of a brain of FEAGI's neurons NEST would do otherwise, counted where it is used. */
export function feagiDifferences({ connectome, neurons: n }: ExportSource, { ids, areas }: ExportNetwork): string[] {
  const count = (holds: (id: number) => boolean) => ids.reduce((sum, id) => sum + (holds(id) ? 1 : 0), 0);
  const inAreas = (holds: (area: (typeof areas)[number]) => boolean) => areas.filter(holds).length;
  const found: [number, string][] = [
    [ids.length, "neurons lose a share of a single precision potential per burst; iaf_psc_delta decays to E_L in double precision"],
    [count((id) => n.accumulates[id] !== 1), "neurons clear what did not make them fire after each burst"],
    [count((id) => n.excitability[id]! < 0.999), "neurons fire by chance above the threshold (excitability)"],
    [
      count((id) => n.consecutiveFireLimit[id] !== 0 && n.consecutiveFireLimit[id] !== NO_FIRE_LIMIT),
      "neurons snooze after spikes in a row",
    ],
    [count((id) => n.thresholdLimit[id]! < 3e38), "neurons have an upper end of the firing window"],
    [inAreas(({ parameters }) => !parameters.pspUniform), "areas share a spike's potential out among its synapses"],
    [inAreas(({ parameters }) => parameters.mpDrivenPsp), "areas send their membrane potential in place of a weight"],
    [inAreas(({ parameters }) => parameters.degeneration !== 0), "areas lose postsynaptic potential with every spike"],
    [inAreas(({ kind }) => kind === "memory"), "memory areas make neurons of patterns"],
    [
      connectome.mappings.filter(({ rules }) => rules.some((rule) => rule.plastic)).length,
      "plastic mappings learn by FEAGI's windows, not by traces",
    ],
  ];
  return found.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}.`);
}

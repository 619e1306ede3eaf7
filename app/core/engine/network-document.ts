/**
 * Network files, format `gyrus-network/1`: the columns of recorded networks with a `model` block that names the neurons they are for.
 *
 * `feagi`: every field as in `burst-golden/2`, values as an image holds them. `lif-delta`: lif/lif-document.ts. Operations of a burst may also be
 * given as the words of a patch, `["words", [opcode, n, arguments…]]`, so a file can say whatever an engine can be told. Only
 * what a burst records is compared, `synapses_after` too.
 */
import { dynamicsModes, type EngineImage, lifDynamics, type NetworkImage, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { patchOp } from "#contracts/patch.ts";
import { type GoldenNetwork, type GoldenRecord, readFeagiNetwork, writtenColumn } from "./golden-network.ts";
import { goldenOperation, isPlainReal, operationsOf } from "./golden-operations.ts";
import type { JsonPlace } from "./json-place.ts";
import { lifFields, readLifDocument } from "./lif/lif-document.ts";

export const NETWORK_FORMAT = "gyrus-network/1";

/** The model that a document names; undefined where it names none. */
export function modelOf(document: unknown): unknown {
  const { format, model } = (document ?? {}) as { format?: unknown; model?: { name?: unknown } };
  return format === NETWORK_FORMAT ? model?.name : undefined;
}

export function readNetworkDocument(root: JsonPlace): GoldenNetwork<EngineImage> {
  const model = root.at("model");
  const name = model.at("name");
  if (name.value === lifDynamics) return readLifDocument(root);
  if (name.value !== "feagi") return name.refuse(`is neither feagi nor ${lifDynamics}`);
  const dynamics = model.at("dynamics");
  const known = dynamicsModes.find((mode) => mode === dynamics.value);
  return readFeagiNetwork(root, known ?? dynamics.refuse(`is none of ${dynamicsModes.join(", ")}`), false);
}

/** A burst to be written: what is applied before it, and what is to be compared after it. */
export interface DocumentBurst extends GoldenRecord {
  patch: Uint32Array;
}

/** A network with what was done to it, as a document that reads back to the same image and patches. */
export function writeNetworkDocument(image: EngineImage, bursts: readonly DocumentBurst[], name = ""): Record<string, unknown> {
  const fields = image.dynamics === lifDynamics ? lifFields(image) : feagiFields(image);
  return { format: NETWORK_FORMAT, name, ...fields, bursts: bursts.map(writtenBurst) };
}

function feagiFields(image: NetworkImage): Record<string, unknown> {
  const { neurons, synapses, areas } = image;
  return {
    model: { name: "feagi", dynamics: image.dynamics },
    precision: image.precision,
    power_amount: image.powerAmount,
    areas: areas.map((area) => ({
      idx: area.index,
      psp_uniform: area.pspUniform,
      mp_driven_psp: area.mpDrivenPsp,
      degeneration: area.degeneration,
      baseline_psp: area.baselinePsp,
    })),
    flag_maps_empty: areas.every((area) => area.pspUniform === null && area.mpDrivenPsp === null),
    neurons: {
      count: neurons.count,
      area: writtenColumn(neurons.area),
      x: writtenColumn(neurons.x),
      y: writtenColumn(neurons.y),
      z: writtenColumn(neurons.z),
      threshold: writtenColumn(neurons.threshold),
      threshold_limit: writtenColumn(neurons.thresholdLimit, (limit) => (limit === Math.fround(NO_THRESHOLD_LIMIT) ? null : limit)),
      leak: writtenColumn(neurons.leak),
      excitability: writtenColumn(neurons.excitability),
      refractory_period: writtenColumn(neurons.refractoryPeriod),
      consecutive_fire_limit: writtenColumn(neurons.consecutiveFireLimit),
      snooze_period: writtenColumn(neurons.snoozePeriod),
      mp_charge_accumulation: writtenColumn(neurons.accumulates, (accumulates) => accumulates === 1),
    },
    synapses: {
      count: synapses.count,
      source: writtenColumn(synapses.source),
      target: writtenColumn(synapses.target),
      weight: writtenColumn(synapses.weight),
      psp: writtenColumn(synapses.psp),
      type: writtenColumn(synapses.kind),
      delay: writtenColumn(synapses.delay),
      flags: writtenColumn(synapses.flags),
    },
  };
}

function writtenBurst({ patch, ...recorded }: DocumentBurst, i: number): Record<string, unknown> {
  const operations = [...operationsOf(patch)];
  const last = operations.at(-1);
  const injects =
    last?.code === patchOp.stageInput && last.words.length > 0 && last.reals.every((real, at) => at % 2 === 0 || isPlainReal(real));
  if (injects) operations.pop();
  const pairs = Array.from({ length: injects ? last.words.length / 2 : 0 }, (_, at) => [last!.words[at * 2], last!.reals[at * 2 + 1]]);
  return {
    burst: i + 1,
    ...(operations.length > 0 && { ops: operations.map(({ code, words, reals }) => goldenOperation(code, words, reals)) }),
    ...(injects && { inject: pairs }),
    ...recordedFields(recorded),
  };
}

function recordedFields({ fired, firedPotentials, processed, refractory, candidates, states, synapses }: GoldenRecord) {
  return {
    ...(fired && { fired }),
    ...(firedPotentials && { fired_mp: firedPotentials }),
    ...(processed !== undefined && { processed }),
    ...(refractory !== undefined && { refractory }),
    ...(candidates && { candidates }),
    ...(states && { state: states.map((state) => [state.neuron, state.potential, state.countdown, state.consecutiveFires]) }),
    ...(synapses && { synapses_after: synapses }),
  };
}

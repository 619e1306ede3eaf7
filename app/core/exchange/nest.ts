/**
 * A network of lif-delta as a folder that NEST builds by itself: arrays, a program and a README. What NEST has no equal for is
 * refused, not imitated; for FEAGI's neurons `feagiDifferences` says what that is.
 */
import { NO_FIRE_LIMIT } from "#contracts/network.ts";
import { type LifExport, lifColumns, readLif } from "./lif-network.ts";
import { nestProgram, nestReadme } from "./nest-program.ts";
import type { ExportNetwork, ExportSource } from "./network.ts";
import { npy } from "./npy.ts";

export function nestExport(document: unknown): LifExport {
  const { image, area, column, seed, plasticity, inputs, isNoisy } = readLif(document);
  const { count } = image.neurons;
  const { source, target, weight, delay, count: synapses } = image.synapses;
  const columns = Object.keys(lifColumns).map((name) => [name, column(name)] as const);
  const settings = { step_ms: image.stepMs, seed, neurons: count, synapses, plasticity };
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
    weights: weight.reduce((sum, one) => sum + one, 0),
    lost,
  };
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

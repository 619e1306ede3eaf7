/** What `--stimulate` means: seeded Poisson input on an area, or a table of inputs, as one patch before each burst. */
import { LabError } from "#contracts/errors.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { findArea } from "#core/development/listing.ts";
import { poissonCount } from "#core/engine/poisson.ts";
import { isNetwork, type OpenedBrain, type OpenedNetwork, readText } from "./inputs.ts";
import { UsageError } from "./output.ts";

export interface Stimulation {
  /** Input to stage before this burst. */
  patchFor(burst: number): Uint32Array;
}

export async function readStimulation(text: string, opened: OpenedBrain | OpenedNetwork, seed: number): Promise<Stimulation> {
  return text.startsWith("poisson:") ? poisson(text, opened, seed) : table(text);
}

/** poisson:AREA:HZ[:POTENTIAL] — events a neuron and second of brain time; the potential defaults to the area's firing threshold. */
function poisson(text: string, opened: OpenedBrain | OpenedNetwork, seed: number): Stimulation {
  const [, name = "", hz, potentialText] = text.split(":");
  const rate = Number(hz);
  if (hz === undefined || !(rate > 0)) throw new UsageError(`--stimulate poisson:AREA:HZ takes a positive rate, not "${text}"`);
  if (isNetwork(opened))
    throw new UsageError("--stimulate poisson: needs a genome or brain; a network file has its own inputs, or give a CSV");
  const area = findArea(opened.connectome, name);
  if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { area: name }, "gyrus develop lists the areas of a genome.");
  const mean = rate * opened.connectome.genome.physiology.simulationTimestep;
  const potential = potentialText === undefined ? Math.max(area.parameters.firingThreshold, 1) : Number(potentialText);
  if (!Number.isFinite(potential)) throw new UsageError(`"${potentialText}" is no potential`);
  const patch = new PatchWriter();
  return {
    patchFor(burst) {
      for (let id = area.firstNeuron; id < area.firstNeuron + area.neurons; id++) {
        const count = poissonCount(mean, seed, id, burst);
        if (count > 0)
          patch
            .begin("stageInput", 2)
            .u32(id)
            .f32(count * potential);
      }
      return patch.take();
    },
  };
}

/** CSV rows burst,neuron,potential; a header row is skipped. */
async function table(path: string): Promise<Stimulation> {
  const byBurst = new Map<number, [number, number][]>();
  for (const [index, line] of (await readText(path)).split(/\r?\n/).entries()) {
    if (line.trim() === "" || (index === 0 && /[a-z]/i.test(line))) continue;
    const [burst, neuron, potential] = line.split(",").map(Number) as [number, number, number];
    if (![burst, neuron, potential].every(Number.isFinite)) {
      throw new LabError("E_INVALID", `Not a row of burst,neuron,potential: ${line}`, { path: `${path}:${index + 1}` }, "Mend the row.");
    }
    const rows = byBurst.get(burst) ?? [];
    rows.push([neuron, potential]);
    byBurst.set(burst, rows);
  }
  const patch = new PatchWriter();
  return {
    patchFor(burst) {
      for (const [neuron, potential] of byBurst.get(burst) ?? []) patch.begin("stageInput", 2).u32(neuron).f32(potential);
      return patch.take();
    },
  };
}

/** Brains grown from genome texts of a few areas, for tests of what a genome switches on. */
import type { CorticalId } from "#contracts/connectome.ts";
import { readFrameSections } from "#contracts/frame.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { Living } from "../../connectome/testing/living.ts";
import { encodeId } from "../../genome/cortical-id.ts";
import type { Genome } from "../../genome/genome.ts";
import { parseGenome } from "../../genome/parse.ts";

export const A = "cAAAAAAA";
export const B = "cBBBBBBB";
export const C = "cCCCCCCC";
export const DRIVER = "g___\u0000\u0000\u0000\u0000";
export const MEMORY = "mMMMMMMM";
export const MEMORY_2 = "mNNNNNNN";

export const idOf = (letters: string): CorticalId => encodeId(letters);

interface AreaText {
  size?: [number, number, number];
  to?: Record<string, Record<string, unknown>[]>;
  [property: string]: unknown;
}

/** A hierarchical genome of schema 7; areas are named by the eight letters of their ids. */
export function switchedGenome(areas: Record<string, AreaText>, top: Record<string, unknown> = {}, strict = false): Genome {
  const blueprint = Object.entries(areas).map(([letters, { size = [2, 1, 1], to = {}, ...properties }]) => {
    const mappings = Object.entries(to).map(([dst, rules]) => [idOf(dst), rules.map((rule) => ({ ...plain, ...rule }))]);
    const box = { block_boundaries: size, relative_coordinate: [0, 0, 0], per_voxel_neuron_cnt: 1 };
    const values = { cortical_name: letters, ...box, firing_threshold: 1, neuron_excitability: 100, leak_coefficient: 1 };
    return [idOf(letters), { ...values, ...properties, cortical_mapping_dst: Object.fromEntries(mappings) }];
  });
  const text = JSON.stringify({
    ...{ genome_id: "switched", version: "3.0", genome_schema_version: 7, neuron_morphologies: {}, physiology: {}, modulators: {} },
    ...top,
    blueprint: Object.fromEntries(blueprint),
  });
  const parsed = parseGenome(text, { strict });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}

const plain = {
  ...{ morphology_id: "projector", morphology_scalar: [1, 1, 1], postSynapticCurrent_multiplier: 1, plasticity_flag: false },
  ...{ plasticity_constant: 0, ltp_multiplier: 0, ltd_multiplier: 0, plasticity_window: 0, synaptic_delay_bursts: 1 },
};
/** Learns 1 per co-activity within a burst. */
export const plastic = { plasticity_flag: true, plasticity_constant: 1, ltp_multiplier: 1, ltd_multiplier: 1, plasticity_window: 1 };

export const modulator = (type: string, driver: string, more: Record<string, unknown> = {}) => ({
  ...{ type, magnitude_percent: 100, effect_duration_bursts: 1, rest_bursts: 0, graded: false, driver_cortical_id: idOf(driver) },
  ...more,
});

/** What is fired together and what came of it. */
export class Switched extends Living {
  #lastFired: number[] = [];

  override burst(count: number): void {
    for (let i = 0; i < count; i++) {
      const frame = new Uint32Array(this.engine.frameWords);
      this.engine.burstIntoSync(frame);
      this.#lastFired = [...readFrameSections(frame)].flatMap(({ ids }) => [...ids]);
    }
  }

  /** Makes all neurons of these areas fire in the next burst, and runs it. */
  fire(...areas: string[]): void {
    const patch = new PatchWriter();
    for (const letters of areas) {
      const { index, dimensions } = this.area(letters);
      const voxels = Array.from({ length: dimensions[0] }, (_, x) => [x, 0, 0, 1]);
      patch.op(
        "forceFire",
        [index, ...voxels.flat()],
        voxels.map((_, i) => 4 + 4 * i),
      );
    }
    this.engine.apply(patch.take());
    this.burst(1);
  }

  area(letters: string) {
    const area = this.connectome.areas.get(idOf(letters));
    if (!area) throw new Error(`no area ${letters}`);
    return area;
  }

  weights(from: string, to: string): number[] {
    const [source, target] = [this.area(from), this.area(to)];
    const isIn = ({ firstNeuron, neurons }: typeof source, id: number) => id >= firstNeuron && id < firstNeuron + neurons;
    const rows = this.engine.synapses();
    return [...rows.weight].filter((_, i) => isIn(source, rows.source[i]!) && isIn(target, rows.target[i]!));
  }

  /** Neurons of an area that fired in the last burst, counted inside it. */
  fired(letters: string): number[] {
    const { firstNeuron, neurons } = this.area(letters);
    return this.#lastFired.map((id) => id - firstNeuron).filter((place) => place >= 0 && place < neurons);
  }

  problems(): string[] {
    return this.connectome.problems.map(({ code, path }) => `${code} ${path.replace(/^blueprint\.[^.]*\./, "")}`);
  }
}

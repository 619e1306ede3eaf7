/**
 * Stimuli: input to a running brain, as plain definitions from which the input of any burst follows.
 *
 * Nothing is drawn and nothing is remembered between bursts: a Poisson count depends on seed, neuron and burst alone. So the
 * definition, its first burst and its end are the complete record of an input, and a run can be repeated from it. A voxel is
 * its neuron of the highest id (spec/burst-engine.md section 2.2).
 */
import type { Stimulus } from "#contracts/commands/stimulus.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import { poissonCount } from "#core/engine/poisson.ts";
import { dueEntries, noSchedules, type ScheduleEntry, type Schedules } from "#core/stimulation/schedule.ts";
import { forcedPatch, livingSchedules } from "#core/stimulation/schedule-patch.ts";

export interface StimulusDefinition extends Omit<Stimulus, "remaining"> {
  /** First burst it acts in. */
  from: number;
  /** How many bursts it lasts, null = until removed. */
  bursts: number | null;
}

/** What is recorded of a schedule: enough to accept it again. */
export interface ScheduleRecord {
  entries: ScheduleEntry[];
  period: number | null;
}

export class Stimuli {
  #active: readonly StimulusDefinition[];
  /** Replaced as a whole, never changed. */
  schedules: Schedules;

  constructor(active: readonly StimulusDefinition[] = [], schedules: Schedules = noSchedules) {
    this.#active = active;
    this.schedules = schedules;
  }

  get definitions(): readonly StimulusDefinition[] {
    return this.#active;
  }

  /** As people see them after `burst`. */
  list(burst: number): Stimulus[] {
    return this.#active.map(({ from, bursts, ...stimulus }) => ({
      ...stimulus,
      remaining: bursts === null ? null : bursts - (burst + 1 - from),
    }));
  }

  add(definition: StimulusDefinition): void {
    this.#active = [...this.#active, definition];
  }

  remove(id: string): StimulusDefinition | undefined {
    const found = this.#active.find((stimulus) => stimulus.id === id);
    this.#active = this.#active.filter((stimulus) => stimulus !== found);
    return found;
  }

  /** Puts earlier ones back in place of the present ones. */
  putBack(definitions: readonly StimulusDefinition[], schedules: Schedules): void {
    this.#active = definitions;
    this.schedules = schedules;
  }

  /** The input of a burst as an engine patch; takes what is scheduled for it. Of areas that are gone, the schedules are gone too. */
  patchOf(burst: number, connectome: Connectome): Uint32Array {
    const { due, schedules } = dueEntries(livingSchedules(this.schedules, connectome), burst);
    this.schedules = schedules;
    const [staged, forced] = [stimulusPatch(this.#active, connectome, burst), forcedPatch(due, connectome)];
    if (forced.length === 0) return staged;
    const patch = new Uint32Array(staged.length + forced.length);
    patch.set(staged);
    patch.set(forced, staged.length);
    return patch;
  }

  /** Takes out and returns those whose last burst was `burst`. */
  takeEnded(burst: number): StimulusDefinition[] {
    const ended = this.#active.filter(({ from, bursts }) => bursts !== null && burst >= from + bursts - 1);
    if (ended.length > 0) this.#active = this.#active.filter((stimulus) => !ended.includes(stimulus));
    return ended;
  }
}

/** The engine patch that stages the input of one burst; empty without any. */
export function stimulusPatch(stimuli: readonly StimulusDefinition[], connectome: Connectome, burst: number): Uint32Array {
  const patch = new PatchWriter();
  for (const { area: id, kind, voxels, amplitude, probability, seed, every, from, bursts } of stimuli) {
    const area = connectome.areas.get(id);
    if (!area || burst < from || (bursts !== null && burst >= from + bursts) || (burst - from) % every !== 0) continue;
    if (kind === "voxels") {
      const neurons = voxels.map((voxel) => neuronAt(area, voxel)).filter((neuron) => neuron !== null);
      patch.begin("stageInput", 2 * neurons.length);
      for (const neuron of neurons) patch.u32(neuron).f32(amplitude);
      continue;
    }
    const end = area.firstNeuron + area.neurons;
    for (let neuron = area.firstNeuron + area.neuronsPerVoxel - 1; neuron < end; neuron += area.neuronsPerVoxel) {
      const count = poissonCount(probability, seed, neuron, burst);
      if (count > 0)
        patch
          .begin("stageInput", 2)
          .u32(neuron)
          .f32(count * amplitude);
    }
  }
  return patch.take();
}

/** The neuron a voxel stands for, null outside the area. */
export function neuronAt(area: CorticalArea, [x, y, z]: readonly [number, number, number]): number | null {
  const [width, height, depth] = area.dimensions;
  const inside = [x, y, z].every((at, axis) => Number.isInteger(at) && at >= 0 && at < [width, height, depth][axis]!);
  if (!inside || area.neurons === 0) return null;
  return area.firstNeuron + ((x * height + y) * depth + z) * area.neuronsPerVoxel + area.neuronsPerVoxel - 1;
}

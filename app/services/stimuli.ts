/**
 * Stimuli: input to a running brain, as plain definitions from which the input of any burst follows.
 *
 * Nothing is drawn and nothing is remembered between bursts: a Poisson count depends on seed, neuron and burst alone. So the
 * definition, its first burst and its end are the complete record of an input, and a run can be repeated from it. A voxel is
 * its neuron of the highest id (spec/burst-engine.md section 2.2).
 */
import type { Stimulus } from "#contracts/commands/stimulus.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { StimulusDefinition } from "#core/engine/stimulus.ts";
import { stimulusPatch } from "#core/engine/stimulus.ts";
import { dueEntries, noSchedules, type ScheduleEntry, type Schedules } from "#core/stimulation/schedule.ts";
import { forcedPatch, livingSchedules } from "#core/stimulation/schedule-patch.ts";

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

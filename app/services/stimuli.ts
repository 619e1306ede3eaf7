/**
 * Stimuli: input to a running brain, as plain definitions from which the input of any burst follows.
 *
 * Nothing is drawn and nothing is remembered between bursts: a Poisson count depends on seed, neuron and burst alone. So the
 * definition, its first burst and its end are the complete record of an input, and a run can be repeated from it. A voxel is
 * its neuron of the highest id (spec/burst-engine.md section 2.2).
 */
import type { Stimulus } from "#contracts/commands/stimulus.ts";
import type { StimulusDefinition } from "#core/engine/stimulus.ts";

export { neuronAt, type StimulusDefinition, stimulusPatch } from "#core/engine/stimulus.ts";

export class Stimuli {
  #active: readonly StimulusDefinition[];

  constructor(active: readonly StimulusDefinition[] = []) {
    this.#active = active;
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

  /** Puts earlier definitions back in place of the present ones. */
  putBack(definitions: readonly StimulusDefinition[]): void {
    this.#active = definitions;
  }

  /** Takes out and returns those whose last burst was `burst`. */
  takeEnded(burst: number): StimulusDefinition[] {
    const ended = this.#active.filter(({ from, bursts }) => bursts !== null && burst >= from + bursts - 1);
    if (ended.length > 0) this.#active = this.#active.filter((stimulus) => !ended.includes(stimulus));
    return ended;
  }
}

/**
 * Stimuli: input to a running brain, as plain definitions from which the input of any burst follows.
 *
 * Nothing is drawn and nothing is remembered between bursts: a Poisson count depends on seed, neuron and burst alone. So the
 * definition, its first burst and its end are the complete record of an input, and a run can be repeated from it. A voxel is
 * its neuron of the highest id (spec/burst-engine.md section 2.2). Beside them stands what is scheduled and what is sensed.
 */
import type { Stimulus } from "#contracts/commands/stimulus.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { StimulusDefinition } from "#core/engine/stimulus.ts";
import { stimulusPatch } from "#core/engine/stimulus.ts";
import { sensoryPatch } from "#core/sensory/sensory-patch.ts";
import { type BrainInput, inputAt, noInput } from "#core/stimulation/brain-input.ts";
import type { ScheduleEntry } from "#core/stimulation/schedule.ts";
import { forcedPatch } from "#core/stimulation/schedule-patch.ts";

/** What is recorded of a schedule: enough to accept it again. */
export interface ScheduleRecord {
  entries: ScheduleEntry[];
  period: number | null;
}

export class Stimuli {
  input: BrainInput;

  constructor(input: Partial<BrainInput> = {}) {
    this.input = { ...noInput, ...input };
  }

  /** Replaces some of its parts. */
  update(parts: Partial<BrainInput>): void {
    this.input = { ...this.input, ...parts };
  }

  /** Stimuli as people see them after `burst`. */
  list(burst: number): Stimulus[] {
    return this.input.stimuli.map(({ from, bursts, ...stimulus }) => ({
      ...stimulus,
      remaining: bursts === null ? null : bursts - (burst + 1 - from),
    }));
  }

  add(definition: StimulusDefinition): void {
    this.update({ stimuli: [...this.input.stimuli, definition] });
  }

  remove(id: string): StimulusDefinition | undefined {
    const found = this.input.stimuli.find((stimulus) => stimulus.id === id);
    if (found) this.update({ stimuli: this.input.stimuli.filter((stimulus) => stimulus !== found) });
    return found;
  }

  /** The input of a burst as an engine patch; takes what is scheduled and sensed for it. */
  patchOf(burst: number, connectome: Connectome): Uint32Array {
    const { due, acting, left } = inputAt(this.input, burst, connectome);
    this.input = left;
    return joined([stimulusPatch(left.stimuli, connectome, burst), sensoryPatch(acting, connectome), forcedPatch(due, connectome)]);
  }

  /** Takes out and returns those whose last burst was `burst`. */
  takeEnded(burst: number): StimulusDefinition[] {
    const ended = this.input.stimuli.filter(({ from, bursts }) => bursts !== null && burst >= from + bursts - 1);
    if (ended.length > 0) this.update({ stimuli: this.input.stimuli.filter((stimulus) => !ended.includes(stimulus)) });
    return ended;
  }
}

function joined(patches: readonly Uint32Array[]): Uint32Array {
  const filled = patches.filter(({ length }) => length > 0);
  if (filled.length <= 1) return filled[0] ?? new Uint32Array(0);
  const whole = new Uint32Array(filled.reduce((words, { length }) => words + length, 0));
  let at = 0;
  for (const patch of filled) {
    whole.set(patch, at);
    at += patch.length;
  }
  return whole;
}

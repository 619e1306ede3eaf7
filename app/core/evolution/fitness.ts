/**
 * What a brain that runs is worth. Observables look at firing frames and, where an expression asks for potentials or weights, at the
 * engine; everything they tell repeats with the brain, on every engine.
 */

import type { Condition } from "#contracts/conditions.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { Observable, Trial } from "#contracts/evolution.ts";
import { frameWord, readFrameSections } from "#contracts/frame.ts";
import { areaFinder, type Connectome } from "../connectome/connectome.ts";
import { areaNamed, bindCondition, isReplayable, type Names } from "../debug/conditions/bind.ts";
import { parseCondition } from "../debug/conditions/parse.ts";
import { Watch } from "../debug/conditions/watch.ts";
import type { Engine } from "../engine/engine.ts";
import { neuronAt } from "../engine/stimulus.ts";
import { tracker } from "./agents.ts";
import { namesOf } from "./names.ts";

export interface Worth {
  score: number;
  /** Of each observable, before its weight. */
  values: number[];
}

/** A text alone is one expression. */
export function observablesOf({ fitness }: Pick<Trial, "fitness">): Observable[] {
  return typeof fitness === "string" ? [{ kind: "expression", expression: fitness, weight: 1 }] : fitness;
}

interface Observer {
  /** Input it gives to the next burst. */
  sense?(): Uint32Array;
  observe(frame: Uint32Array, engine: Engine): void;
  /** NaN: not known. */
  value(): number;
}

/** Looks at one brain from its first burst to its last. */
export class Fitness {
  readonly #observables: Observable[];
  readonly #observers: Observer[];

  constructor(trial: Pick<Trial, "fitness" | "bursts">, connectome: Connectome) {
    const areaOf = areaFinder(connectome);
    const names = namesOf([...connectome.areas.values()], (neuron) => areaOf(neuron)?.index ?? -1);
    this.#observables = observablesOf(trial);
    this.#observers = this.#observables.map((observable) => {
      if (observable.kind === "expression") return expressionObserver(observable, trial.bursts, names);
      const areaOfName = (name: string) => connectome.areas.get(areaNamed(names, name).id)!;
      if (observable.kind === "agent") return agentObserver(observable, areaOfName);
      return patternObserver(observable, trial.bursts, areaOfName(observable.area));
    });
  }

  /** Before every burst: what bodies sense. */
  sense(): Uint32Array[] {
    return this.#observers.flatMap((observer) => observer.sense?.() ?? []);
  }

  /** After every burst, in order. */
  observe(frame: Uint32Array, engine: Engine): void {
    for (const observer of this.#observers) observer.observe(frame, engine);
  }

  /** Throws E_INVALID where an observable is not known, as a rate over more bursts than there were. */
  worth(): Worth {
    const values = this.#observers.map((observer) => observer.value());
    const unknown = values.findIndex((value) => !Number.isFinite(value));
    if (unknown >= 0) {
      const place = `trial.fitness.${unknown}`;
      throw new LabError("E_INVALID", `${textOf(this.#observables[unknown]!)} has no value (${values[unknown]})`, { place });
    }
    return { score: values.reduce((sum, value, i) => sum + value * this.#observables[i]!.weight, 0), values };
  }
}

/** An expression that can be asked of a brain and gives the same again; areas as ids. */
export function readExpression(expression: string, names: Names): Condition {
  const condition = bindCondition(parseCondition(expression), names);
  if (isReplayable(condition)) return condition;
  const advice = "Leave burst_ms() and diverged() out: they are about this machine.";
  throw new LabError("E_INVALID", "Fitness must not depend on the machine", { place: "trial.fitness", expression }, advice);
}

function textOf(observable: Observable): string {
  if (observable.kind === "expression") return observable.expression;
  return observable.kind === "pattern" ? `the pattern of ${observable.area}` : observable.agent;
}

function expressionObserver({ expression, at, meanFrom }: Observable & { kind: "expression" }, bursts: number, names: Names): Observer {
  const watch = new Watch([readExpression(expression, names)], names, { diverged: () => 0 });
  const [first, last] = meanFrom === undefined ? [at ?? bursts, at ?? bursts] : [meanFrom, bursts];
  let sum = 0;
  let count = 0;
  return {
    observe(frame, engine) {
      watch.observe(frame, engine);
      const burst = frame[frameWord.burst]!;
      if (burst < first || burst > last) return;
      sum += watch.value(0);
      count++;
    },
    value: () => sum / count,
  };
}

function agentObserver(observable: Observable & { kind: "agent" }, areaOf: (name: string) => CorticalArea): Observer {
  const agent = tracker(observable, areaOf(observable.senses), areaOf(observable.acts));
  return { sense: () => agent.sense(), observe: (frame) => agent.act(frame), value: () => agent.value() };
}

function patternObserver({ from, period, raster }: Observable & { kind: "pattern" }, bursts: number, area: CorticalArea): Observer {
  // A spike is a voxel at a place in the period: its neuron of the highest id.
  const wanted = new Map<number, Set<number>>();
  for (const [i, [burst, ...voxel]] of raster.entries()) {
    // A voxel that evolution took away is still wanted.
    const neuron = neuronAt(area, voxel) ?? -1 - i;
    wanted.set(burst, (wanted.get(burst) ?? new Set()).add(neuron));
  }
  let wantedSpikes = 0;
  let spikes = 0;
  let hits = 0;
  return {
    observe(frame) {
      const burst = frame[frameWord.burst]!;
      if (burst < from || burst > bursts) return;
      const place = period === undefined ? burst - from : (burst - from) % period;
      const now = wanted.get(place);
      wantedSpikes += now?.size ?? 0;
      for (const section of readFrameSections(frame)) {
        if (section.area !== area.index) continue;
        spikes += section.ids.length;
        if (now) for (const id of section.ids) if (now.has(id)) hits++;
      }
    },
    value: () => (wantedSpikes + spikes === 0 ? 1 : (2 * hits) / (wantedSpikes + spikes)),
  };
}

/** What the phase of a burst that somebody steps through touched, as marks for the scene: while that burst is the one shown. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { VoxelMarks } from "../scene/scene-types.ts";
import type { BrainStore } from "./brain-store.ts";
import type { PhaseName, Phases } from "./phases-store.ts";
import type { SelectionStore } from "./selection-store.ts";

/** What was done to these neurons. */
export interface PhaseMark extends VoxelMarks {
  what: "given" | "integrated" | "refractory" | "fired" | "excited" | "inhibited" | "stronger" | "weaker";
}
export interface PhaseTouch {
  burst: number;
  phase: PhaseName;
  marks: readonly PhaseMark[];
  /** Rows that were read, of those that there are. */
  shown: number;
  of: number;
}

type Data = NonNullable<ReturnType<Phases["store"]["getState"]>["phases"]>;

export function createPhaseMarks(phases: Phases, brain: BrainStore, selection: SelectionStore): StoreApi<PhaseTouch | null> {
  const store = createStore<PhaseTouch | null>(() => null);
  const follow = () => {
    const { phases: data, phase } = phases.store.getState();
    const { status } = brain.getState();
    const shown = selection.getState().cursor ?? status?.burst;
    const isShown = data !== null && status?.state === "paused" && data.burst === shown;
    const before = store.getState();
    if (!isShown) {
      if (before !== null) store.setState(null, true);
    } else if (before?.burst !== data.burst || before.phase !== phase) store.setState(touchOf(data, phase), true);
  };
  phases.store.subscribe(follow);
  brain.subscribe(follow);
  selection.subscribe(follow);
  return store;
}

export function touchOf({ burst, inject, integrate, fire, propagate, learn }: Data, phase: PhaseName): PhaseTouch {
  const neurons = (rows: readonly { neuron: number }[]) => rows.map(({ neuron }) => neuron);
  const targets = (rows: readonly { target: number }[]) => rows.map(({ target }) => target);
  const fired: PhaseMark = { what: "fired", shape: "fill", colour: "text", neurons: neurons(fire.rows) };
  const touch = (marks: readonly PhaseMark[], shown: number, of: number): PhaseTouch => ({
    ...{ burst, phase, shown, of },
    marks: marks.filter((mark) => mark.neurons.length > 0),
  });
  switch (phase) {
    case "inject":
      return touch(
        [{ what: "given", shape: "diamond", colour: "excitatory", neurons: neurons(inject.rows) }],
        inject.rows.length,
        inject.candidates,
      );
    case "integrate": {
      const { rows } = integrate;
      // Told as they stand after the burst: who fired in it counts down too, and was not refractory.
      const hasFired = new Set(fired.neurons);
      const isRefractory = ({ neuron, refractoryCountdown }: (typeof rows)[number]) => refractoryCountdown > 0 && !hasFired.has(neuron);
      const waiting = rows.filter(isRefractory);
      const open = rows.filter((row) => !isRefractory(row));
      const marks: PhaseMark[] = [
        { what: "integrated", shape: "diamond", colour: "excitatory", neurons: neurons(open) },
        { what: "refractory", shape: "cross", colour: "inhibitory", neurons: neurons(waiting) },
      ];
      return touch(marks, rows.length, inject.candidates);
    }
    case "fire":
      return touch([fired], fire.rows.length, fire.fired);
    case "propagate": {
      const { rows } = propagate;
      const marks: PhaseMark[] = [
        fired,
        { what: "excited", shape: "ring", colour: "excitatory", neurons: targets(rows.filter(({ inhibitory }) => !inhibitory)) },
        { what: "inhibited", shape: "cross", colour: "inhibitory", neurons: targets(rows.filter(({ inhibitory }) => inhibitory)) },
      ];
      return touch(marks, rows.length, propagate.synapses);
    }
    case "learn": {
      const { rows } = learn;
      const marks: PhaseMark[] = [
        { what: "stronger", shape: "ring", colour: "high", neurons: targets(rows.filter(({ before, after }) => after > before)) },
        { what: "weaker", shape: "cross", colour: "low", neurons: targets(rows.filter(({ before, after }) => after < before)) },
      ];
      return touch(marks, rows.length, learn.changed);
    }
  }
}

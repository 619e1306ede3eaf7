/**
 * Figures of single voxels, while a colouring asks for them: the membrane potentials of the cells of the selected areas, or of all in the
 * picture; who fired in this timeline or in the other one alone; on which neurons the engines disagreed. Read at most twice a second.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { type ColourBy, isVoxelMarks, type VoxelLayer } from "../scene/scene-types.ts";
import { mostVoxels } from "../scene/voxel-layer.ts";
import type { LabStores } from "./lab-stores.ts";
import { createReader } from "./reader.ts";

/** What a badge says of them. */
export type VoxelsAbout =
  | { of: "potential"; burst: number; shown: number; charged: number; read: number; cells: number }
  | { of: "difference"; burst: number; name: string; here: number; there: number; shown: number }
  | { of: "noTimeline" | "noNative" | "notCompared" }
  | { of: "notShared"; burst: number; name: string }
  | { of: "agreement"; bursts: number }
  | { of: "disagreement"; burst: number; what: string; count: number; shown: number };

interface VoxelFiguresState {
  layer: VoxelLayer | null;
  about: VoxelsAbout | null;
  problem: string | null;
}
export interface VoxelFigures {
  store: StoreApi<VoxelFiguresState>;
  follow(status: BrainStatus): void;
  close(): void;
}
type Around = Pick<LabStores, "scene" | "selection" | "brain" | "rollout" | "timelines">;

const periodMs = 500;
const nothing: VoxelFiguresState = { layer: null, about: null, problem: null };

export function createVoxelFigures(bridge: LabBridge, { scene, selection, brain, rollout, timelines }: Around): VoxelFigures {
  const store = createStore<VoxelFiguresState>(() => nothing);
  const by = () => scene.getState().colourBy;
  /** Only while it is still what is asked for. */
  const show = (of: ColourBy, next: Omit<VoxelFiguresState, "problem">) => {
    if (by() === of) store.setState({ ...next, problem: null }, true);
  };

  const reader = createReader(bridge, {
    periodMs,
    tell: (problem) => {
      if (problem !== null) store.setState({ layer: null, about: null, problem }, true);
    },
    async read({ burst }) {
      if (by() === "potential") await readPotentials();
      if (by() === "difference") await readDifference(selection.getState().cursor ?? burst);
    },
  });

  async function readPotentials(): Promise<void> {
    const { areas, cursor } = selection.getState();
    const { hidden, isolated } = scene.getState();
    const isShown = (id: string) => !hidden.has(id) && (isolated === null || isolated.has(id));
    const all = areas.length > 0 ? areas : brain.getState().areas.map(({ id }) => id);
    const wanted = all.filter(isShown);
    if (wanted.length === 0) return show("potential", { layer: null, about: null });
    const told = await bridge.call("connectome.potentials", {
      areas: wanted,
      limit: mostVoxels,
      ...(cursor === null || cursor < 1 ? {} : { burst: cursor }),
    });
    const { neurons, potentials, burst, charged, read, cells } = told;
    show("potential", {
      layer: { marks: [], values: neurons.length === 0 ? null : { neurons, values: potentials, ...limitsOf(potentials) } },
      about: { of: "potential", burst, shown: neurons.length, charged, read, cells },
    });
  }

  async function readDifference(burst: number): Promise<void> {
    const all = await bridge.call("timeline.list", {});
    const others = all.filter(({ isCurrent }) => !isCurrent);
    const { chosen } = timelines.store.getState();
    const other = others.find(({ id }) => id === chosen) ?? others.at(-1);
    if (!other) return show("difference", { layer: null, about: { of: "noTimeline" } });
    const isShared = [other, all.find(({ isCurrent }) => isCurrent)].every((one) => one && burst >= one.first && burst <= one.last);
    if (!isShared) return show("difference", { layer: null, about: { of: "notShared", burst, name: other.name } });
    const told = await bridge.call("timeline.difference", { id: other.id, burst, limit: mostVoxels / 2 });
    const { onlyHere: here, onlyThere: there } = told;
    const ids = (rows: readonly { neuron: number }[]) => rows.map(({ neuron }) => neuron);
    const marks = [
      { neurons: ids(told.onlyHereNeurons), shape: "cross", colour: "high" },
      { neurons: ids(told.onlyThereNeurons), shape: "ring", colour: "low" },
    ] as const;
    const shown = marks[0].neurons.length + marks[1].neurons.length;
    show("difference", { layer: { marks, values: null }, about: { of: "difference", burst, name: other.name, here, there, shown } });
  }

  function showDisagreement(): void {
    const status = rollout.getState().status;
    if (by() !== "disagreement" || status === null) return;
    const { bursts, firstMismatch } = status.parity;
    if (firstMismatch) {
      const { burst, what, reference, native } = firstMismatch;
      const marks = [
        { neurons: reference.neurons, shape: "ring", colour: "low" },
        { neurons: native.neurons, shape: "cross", colour: "high" },
      ] as const;
      const shown = reference.neurons.length + native.neurons.length;
      const about = { of: "disagreement", burst, what, count: reference.count + native.count, shown } as const;
      show("disagreement", { layer: { marks, values: null }, about });
    } else {
      const none = status.native.available ? "notCompared" : "noNative";
      show("disagreement", { layer: null, about: bursts > 0 ? { of: "agreement", bursts } : { of: none } });
    }
  }

  let stopWatching: (() => void) | null = null;
  const begin = (colouring: ColourBy) => {
    stopWatching?.();
    stopWatching = null;
    store.setState(nothing, true);
    if (colouring === "potential" || colouring === "difference") stopWatching = reader.watch();
    if (isVoxelMarks(colouring)) showDisagreement();
  };
  begin(by());
  const stops = [
    scene.subscribe((now, before) => {
      if (now.colourBy !== before.colourBy) begin(now.colourBy);
      else if (now.hidden !== before.hidden || now.isolated !== before.isolated) reader.again();
    }),
    selection.subscribe((now, before) => {
      if (now.areas !== before.areas || now.cursor !== before.cursor) reader.again();
    }),
    timelines.store.subscribe((now, before) => {
      if (now.chosen !== before.chosen || now.timelines !== before.timelines) reader.again();
    }),
    rollout.subscribe(showDisagreement),
  ];
  return {
    store,
    follow: (status) => reader.follow(status),
    close() {
      for (const stop of stops) stop();
      stopWatching?.();
      reader.close();
    },
  };
}

/** From 0 to the largest; where some are below 0, as far either way. */
export function limitsOf(values: readonly number[]): { low: number; high: number; signed: boolean } {
  let [low, high] = [0, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const most = Math.max(high, -low);
  return low < 0 ? { low: -most, high: most, signed: true } : { low: 0, high, signed: false };
}

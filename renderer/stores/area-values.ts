/**
 * Figures that areas are coloured by, while a colouring asks for them: firings per neuron from the frames that reached this window,
 * how far the mean weights onto an area moved since the colouring was chosen, and which engine computed the burst.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId } from "#contracts/connectome.ts";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import type { AreaValues, ColourBy } from "../scene/scene-types.ts";
import type { BrainStore } from "./brain-store.ts";
import type { SceneStore } from "./scene-store.ts";

const periodMs = 500;
/** Bursts of half a second at the usual rate. */
const lookBack = 15;
/** Of engines, between the limits 0 and 1. */
export const engineValues = { reference: 0, native: 1 } as const;

type Read = () => Promise<AreaValues | null> | AreaValues | null;
interface Source {
  read: Read;
  stop(): void;
}

export function createAreaValues(bridge: LabBridge, brain: BrainStore, scene: SceneStore): StoreApi<AreaValues | null> {
  const store = createStore<AreaValues | null>(() => null);
  let source: Source | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  const start = (by: ColourBy) => {
    clearInterval(timer);
    source?.stop();
    source = sourceOf(by, bridge, brain);
    store.setState(null, true);
    if (!source) return;
    const { read } = source;
    let isReading = false;
    const tick = async () => {
      if (isReading || bridge.connection.phase !== "open") return;
      isReading = true;
      try {
        const values = await read();
        if (values && source?.read === read) store.setState(values, true);
      } catch {
        // The connection went away, which the window says by itself: the colours stay as they were.
      } finally {
        isReading = false;
      }
    };
    timer = setInterval(tick, periodMs);
    void tick();
  };
  start(scene.getState().colourBy);
  scene.subscribe((now, before) => {
    if (now.colourBy !== before.colourBy) start(now.colourBy);
  });
  brain.subscribe((now, before) => {
    // What was measured was of the brain before.
    if (source && now.readGeneration !== before.readGeneration) start(scene.getState().colourBy);
  });
  return store;
}

function sourceOf(by: ColourBy, bridge: LabBridge, brain: BrainStore): Source | null {
  if (by === "rate") return ratesOf(bridge, brain);
  if (by === "weight") return weightsOf(bridge);
  if (by === "engine") return enginesOf(bridge, brain);
  return null;
}

function ratesOf({ frames }: LabBridge, brain: BrainStore): Source {
  const counts = new Map<number, number>();
  let bursts = 0;
  const count = (batch: readonly DecodedFrame[]) => {
    bursts += batch.length;
    for (const { sections } of batch) for (const { area, ids } of sections) counts.set(area, (counts.get(area) ?? 0) + ids.length);
  };
  // A brain at rest sends none: then the newest that the window holds are the figures.
  count(frames.recent.frames.slice(-lookBack));
  const stop = frames.onFrames(count);
  const read = () => {
    if (bursts === 0) return null;
    const { areas } = brain.getState();
    const values = new Map(areas.map(({ id, index, neurons }) => [id, neurons === 0 ? 0 : (counts.get(index) ?? 0) / bursts / neurons]));
    counts.clear();
    bursts = 0;
    return { values, low: 0, high: Math.max(...values.values(), 0), signed: false };
  };
  return { read, stop };
}

function weightsOf(bridge: LabBridge): Source {
  let first: Map<string, number> | null = null;
  const read = async () => {
    const mappings = await bridge.call("learning.mappings", {});
    const means = new Map(mappings.flatMap(({ src, dst, weight }) => (weight ? [[`${src} ${dst}`, weight.mean] as const] : [])));
    first ??= means;
    const values = new Map<CorticalId, number>();
    // Several mappings onto one area: the one that moved farthest.
    for (const { src, dst } of mappings) {
      const now = means.get(`${src} ${dst}`);
      const moved = now === undefined ? 0 : now - (first.get(`${src} ${dst}`) ?? now);
      if (Math.abs(moved) >= Math.abs(values.get(dst) ?? 0)) values.set(dst, moved);
    }
    const most = Math.max(...[...values.values()].map(Math.abs), 0);
    return { values, low: -most, high: most, signed: true };
  };
  return { read, stop: () => {} };
}

function enginesOf({ frames }: LabBridge, brain: BrainStore): Source {
  const read = () => {
    const { areas, status } = brain.getState();
    const engine = frames.recent.latest?.engine ?? status?.engine;
    if (!engine) return null;
    return { values: new Map(areas.map(({ id }) => [id, engineValues[engine]])), low: 0, high: 1, signed: true };
  };
  return { read, stop: () => {} };
}

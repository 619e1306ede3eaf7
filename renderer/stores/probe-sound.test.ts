import { expect, test } from "vitest";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { soundProbes } from "./probe-sound.ts";
import { askedBridge } from "./testing/asked-bridge.ts";
import { createTraces } from "./traces-store.ts";

/** A loudspeaker that keeps what it was given. */
function bench() {
  const traces = createTraces(askedBridge(() => ({ first: 1, last: 1 })).bridge);
  const clicks: { pitch: number; volume: number }[] = [];
  const listeners = new Set<(batch: readonly DecodedFrame[]) => void>();
  const speaker = { opened: 0, closed: 0 };
  let ms = 0;
  const end = soundProbes({
    frames: {
      onFrames(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    traces,
    open() {
      speaker.opened++;
      return { click: (pitch, volume) => clicks.push({ pitch, volume }), close: () => speaker.closed++ };
    },
    volume: () => 50,
    now: () => ms,
  });
  /** Bursts that are drawn at once, `later` after the last; each with who fired. */
  const draw = (bursts: Record<number, number[]>, later = 100) => {
    ms += later;
    const batch = Object.entries(bursts).map(([burst, ids]) => {
      const sections = [
        { area: 0, ids: Uint32Array.from(ids.filter((id) => id < 10)) },
        { area: 1, ids: Uint32Array.from(ids.filter((id) => id >= 10)) },
      ];
      return { burst: Number(burst), sections } as unknown as DecodedFrame;
    });
    for (const listener of listeners) listener(batch);
    return clicks.splice(0);
  };
  const hear = (isHeard: boolean) => traces.store.setState({ isHeard });
  return { traces, hear, draw, speaker, listeners, end };
}

test("nothing is opened or listened to before it is switched on and a neuron is probed", () => {
  const { traces, hear, speaker, listeners, end } = bench();
  traces.add({ kind: "neuron", id: 3 });
  expect([speaker.opened, listeners.size]).toEqual([0, 0]);
  hear(true);
  expect([speaker.opened, listeners.size]).toEqual([1, 1]);
  traces.remove({ kind: "neuron", id: 3 });
  expect([speaker.closed, listeners.size]).toEqual([1, 0]);
  traces.add({ kind: "synapse", id: 3 });
  expect(speaker.opened).toBe(1);
  traces.add({ kind: "neuron", id: 4 });
  hear(false);
  expect([speaker.opened, speaker.closed, listeners.size]).toEqual([2, 2, 0]);
  hear(true);
  end();
  expect([speaker.closed, listeners.size]).toEqual([3, 0]);
});

test("each probe clicks at its own pitch, an octave every four probes", () => {
  const { traces, hear, draw } = bench();
  for (const id of [12, 3, 5, 8, 1]) traces.add({ kind: "neuron", id });
  hear(true);
  expect(draw({ 1: [2, 4, 9, 11] })).toEqual([]);
  const [first, ...others] = draw({ 2: [1, 3, 12] });
  expect(first?.volume).toBe(0.5);
  expect(others.map(({ pitch }) => pitch / first!.pitch)).toEqual([2 ** 0.25, 2]);
});

test("bursts that are drawn at once are one click of a probe, and so are bursts in less than a sixtieth of a second", () => {
  const { traces, hear, draw } = bench();
  traces.add({ kind: "neuron", id: 3 });
  hear(true);
  expect(draw({ 1: [3], 2: [3], 3: [3] })).toHaveLength(1);
  expect(draw({ 4: [3] }, 8)).toHaveLength(0);
  expect(draw({ 5: [3] }, 8)).toHaveLength(1);
});

test("a burst that is gone back to is silent, and what runs on from there is heard", () => {
  const { traces, hear, draw } = bench();
  traces.add({ kind: "neuron", id: 3 });
  hear(true);
  expect(draw({ 40: [3] })).toHaveLength(1);
  expect(draw({ 10: [3] })).toHaveLength(0);
  expect(draw({ 10: [3] })).toHaveLength(0);
  expect(draw({ 11: [3] })).toHaveLength(1);
});

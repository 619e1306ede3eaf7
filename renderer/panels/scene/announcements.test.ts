import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { CorticalArea } from "#contracts/connectome.ts";
import { createBrainStore } from "../../stores/brain-store.ts";
import type { FrameStatsStore } from "../../stores/frame-stats-store.ts";
import type { AreaRates } from "../explorer/area-rates.ts";
import { announceActivity } from "./announcements.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listener() {
  const brain = createBrainStore();
  brain.setState({ areas: ["V1", "V2", "V3", "V4"].map((name, index) => ({ name, index })) as CorticalArea[] });
  const frameStats = createStore(() => ({ burst: null as number | null, fired: 0 })) as FrameStatsStore;
  const rates = createStore<AreaRates>(() => new Map());
  const told: string[] = [];
  const stop = announceActivity({ brain, frameStats, rates }, (text) => told.push(text));
  return { frameStats, rates, told, stop };
}

test("a burst is told with the areas that fire most; in two seconds only once, and the last one is not missed", async () => {
  const { frameStats, rates, told } = listener();
  frameStats.setState({ burst: 10, fired: 1234 });
  // The figures of areas come later than those of the burst.
  await vi.advanceTimersByTimeAsync(500);
  rates.setState(new Map([[0, 2], [1, 9], [2, 5], [3, 7]]), true); // biome-ignore format: a row an area
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(["Burst 10: 1,234 fired, most in V2, V4, V3."]);
  for (let burst = 11; burst <= 50; burst++) {
    frameStats.setState({ burst, fired: burst });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(told.length).toBeLessThanOrEqual(4);
  await vi.advanceTimersByTimeAsync(3000);
  expect(told.at(-1)).toContain("Burst 50:");
});

test("silence is told as such; at rest nothing is repeated; who stopped listening hears no more", async () => {
  const { frameStats, rates, told, stop } = listener();
  frameStats.setState({ burst: 3, fired: 0 });
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(["Burst 3: nothing fired."]);
  rates.setState(new Map(), true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toHaveLength(1);
  stop();
  frameStats.setState({ burst: 4, fired: 2 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toHaveLength(1);
});

import { expect, test } from "vitest";
import { memoryAreaOf } from "./memory-settings.ts";

const parameters = { temporalDepth: 2, initialLifespan: 9, lifespanGrowthRate: 1, longtermMemoryThreshold: 100 };
const settingsOf = (properties: Record<string, unknown>) =>
  memoryAreaOf({ name: "Hippocampus", index: 20, parameters, properties }, [8, 9]);

test("an area that says nothing remembers who fired, without a cap, and gives up the least recent", () => {
  expect(settingsOf({})).toEqual({
    area: 20,
    temporalDepth: 2,
    upstream: [8, 9],
    initialLifespan: 9,
    lifespanGrowthRate: 1,
    longTermThreshold: 100,
    cap: 0,
    eviction: "lru",
    learnsPotentials: false,
  });
});

test("settings are read by their names and by the short names of flat genomes", () => {
  expect(settingsOf({ memory_neuron_cap: 5, ltm_eviction: "none", mp_change_mode: "mp_ratio" })).toMatchObject({
    cap: 5,
    eviction: "none",
    change: { by: "ratio", quantization: 20 },
  });
  expect(settingsOf({ memcap: 7, mpchg: "mp_differential", mpdlq: 0.5, mplrn: null })).toMatchObject({
    cap: 7,
    learnsPotentials: false,
    change: { by: "difference", quantization: 0.5 },
  });
});

test.each([
  [{ ltm_eviction: "fifo" }, "Hippocampus: ltm_eviction must be lru or none"],
  [{ memcap: -1 }, "memory_neuron_cap must be a whole number"],
  [{ mprtq: 0 }, "mp_ratio_quantization must be above 0"],
  [{ mpchg: "mp_sum" }, "mp_change_mode must be none, mp_differential or mp_ratio"],
  [{ mp_learning_enabled: true, mp_change_mode: "mp_ratio" }, "excludes mp_learning_enabled"],
])("what has no meaning is refused: %j", (properties, message) => {
  expect(() => settingsOf(properties)).toThrow(message);
});

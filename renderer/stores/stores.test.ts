import { expect, test } from "vitest";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import type { GrowthProgress } from "#contracts/genome.ts";
import { createBrainStore } from "./brain-store.ts";
import { createGrowthStore, type FinishedArea } from "./growth-store.ts";
import { createNoticeStore } from "./notice-store.ts";
import { createSelectionStore } from "./selection-store.ts";

const area = (id: string, more: Partial<CorticalArea> = {}) =>
  ({ id, name: id, dimensions: [4, 4, 4], firstNeuron: 0, neurons: 64, ...more }) as CorticalArea;
const connectome = (...areas: CorticalArea[]) => ({ areas, regions: [], mappings: [] });
const status = (state: BrainStatus["state"]) => ({ state }) as BrainStatus;
const progress = (stage: GrowthProgress["stage"], more: Partial<GrowthProgress> = {}): GrowthProgress => ({
  stage,
  done: 0.5,
  areas: 1,
  neurons: 2,
  synapses: 3,
  ...more,
});
const finished = (id: string): FinishedArea => ({ id, name: id, kind: "custom", dimensions: [1, 1, 1], position: [0, 0, 0], neurons: 1 });

test("an older connectome that arrives late does not replace the newer", () => {
  const { getState } = createBrainStore();
  getState().setConnectome(connectome(area("new")), 3);
  getState().setConnectome(connectome(area("old")), 2);
  expect(getState().areas.map(({ id }) => id)).toEqual(["new"]);
  expect([...getState().areaById.keys()]).toEqual(["new"]);
});

test("growth shows earlier stages as done and gathers finished areas", () => {
  const { getState } = createGrowthStore();
  getState().progress(progress("corticogenesis", { finishedArea: finished("a") }));
  getState().progress(progress("neurogenesis", { finishedArea: finished("b") }));
  expect(getState()).toMatchObject({ phase: "growing", stage: "neurogenesis", areas: 1, neurons: 2, synapses: 3 });
  expect(getState().done).toEqual({ parse: 1, corticogenesis: 1, voxelogenesis: 1, neurogenesis: 0.5, synaptogenesis: 0 });
  expect(getState().finished.map(({ id }) => id)).toEqual(["a", "b"]);
});

test("a second genome grows from nothing", () => {
  const { getState } = createGrowthStore();
  getState().progress(progress("synaptogenesis", { finishedArea: finished("a") }));
  getState().progress(progress("parse"));
  expect(getState().finished).toEqual([]);
});

test("growth ends when the status says so, and a refusal stays until it was read", () => {
  const { getState } = createGrowthStore();
  getState().follow(status("growing"));
  expect(getState().phase).toBe("growing");
  getState().follow(status("paused"));
  expect(getState().phase).toBe("idle");
  getState().fail("bad.json", []);
  getState().follow(status("paused"));
  expect(getState()).toMatchObject({ phase: "failed", failure: { name: "bad.json" } });
  getState().dismiss();
  expect(getState()).toMatchObject({ phase: "idle", failure: null });
});

test("areas are added and toggled, and the last one is what single views show", () => {
  const { getState } = createSelectionStore();
  getState().selectAreas(["a", "b"]);
  getState().selectAreas(["c"], "add");
  expect(getState()).toMatchObject({ area: "c", areas: ["a", "b", "c"] });
  getState().selectAreas(["c", "a"], "toggle");
  expect(getState()).toMatchObject({ area: "b", areas: ["b"] });
  getState().back();
  expect(getState().areas).toEqual(["a", "b", "c"]);
});

test("voxels are of one area: those of another go, and the area of all is selected", () => {
  const { getState } = createSelectionStore();
  getState().selectVoxel("a", [0, 0, 0], 7);
  getState().selectVoxels(
    "a",
    [
      [1, 0, 0],
      [0, 0, 0],
    ],
    "add",
  );
  expect(getState()).toMatchObject({
    areas: ["a"],
    neuron: null,
    voxels: [
      [1, 0, 0],
      [0, 0, 0],
    ],
  });
  getState().selectVoxels("b", [[2, 2, 2]], "toggle");
  expect(getState()).toMatchObject({ area: "b", areas: ["b"], voxel: [2, 2, 2] });
});

test("an area that went leaves the others selected", () => {
  const { getState } = createSelectionStore();
  getState().selectAreas(["a", "b"]);
  getState().keepWithin(new Map([["a", area("a")]]));
  expect(getState()).toMatchObject({ area: "a", areas: ["a"] });
});

test("escape climbs from voxel to area to nothing, and back returns", () => {
  const { getState } = createSelectionStore();
  getState().selectArea("a");
  getState().selectVoxel("a", [1, 2, 3], 27);
  getState().climb();
  expect(getState()).toMatchObject({ area: "a", voxel: null, neuron: null });
  getState().climb();
  expect(getState().area).toBeNull();
  getState().back();
  getState().back();
  expect(getState()).toMatchObject({ area: "a", voxel: [1, 2, 3], neuron: 27 });
  getState().forward();
  expect(getState()).toMatchObject({ area: "a", voxel: null });
});

test("escape takes the region between the area and nothing, where it has other areas", () => {
  const { getState } = createSelectionStore();
  getState().selectArea("a");
  getState().climb(["a", "b", "c"]);
  expect(getState()).toMatchObject({ area: "a", areas: ["b", "c", "a"] });
  getState().climb(["a", "b", "c"]);
  expect(getState().areas).toEqual([]);
  getState().selectArea("d");
  getState().climb(["d"]);
  expect(getState().areas).toEqual([]);
});

test("selecting the same thing again adds no step to the history", () => {
  const { getState } = createSelectionStore();
  getState().selectArea("a");
  getState().selectArea("a");
  getState().back();
  expect(getState().area).toBeNull();
});

test("a selection lets go of a voxel and an area that are gone", () => {
  const { getState } = createSelectionStore();
  getState().selectVoxel("a", [3, 0, 0], 5);
  getState().keepWithin(new Map([["a", area("a", { dimensions: [2, 4, 4] })]]));
  expect(getState()).toMatchObject({ area: "a", voxel: null, neuron: null });
  getState().keepWithin(new Map());
  expect(getState().area).toBeNull();
});

test("a notice said twice in a row is counted, not repeated", () => {
  const { getState } = createNoticeStore();
  getState().push("warning", "slow disk");
  getState().push("warning", "slow disk");
  getState().push("error", "slow disk");
  expect(getState().notices.map(({ severity, times }) => [severity, times])).toEqual([
    ["warning", 2],
    ["error", 1],
  ]);
});

test("a notice that was read stays in the list; said again, it is unread", () => {
  const { getState } = createNoticeStore();
  getState().push("error", "slow disk");
  getState().push("warning", "slow net");
  getState().read(getState().notices[1]!.id);
  expect(getState().notices.map(({ isRead }) => isRead)).toEqual([false, true]);
  getState().push("warning", "slow net");
  expect(getState().notices.map(({ isRead }) => isRead)).toEqual([false, false]);
  getState().read();
  expect(getState().notices.every(({ isRead }) => isRead)).toBe(true);
  getState().clear();
  expect(getState().notices).toEqual([]);
});

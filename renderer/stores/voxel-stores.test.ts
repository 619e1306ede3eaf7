/** What the scene marks of single voxels: figures of a colouring, and what a phase of a burst touched. */
import { expect, test, vi } from "vitest";
import type { RolloutStatus } from "#contracts/rollout.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createBrainStore } from "./brain-store.ts";
import { createPhaseMarks, touchOf } from "./phase-marks.ts";
import { createPhases } from "./phases-store.ts";
import { createRolloutStore } from "./rollout-store.ts";
import { createSceneStore } from "./scene-store.ts";
import { createSelectionStore } from "./selection-store.ts";
import { createTimelines } from "./timelines-store.ts";
import { createVoxelFigures, limitsOf } from "./voxel-figures.ts";

type Answer = (input: Record<string, unknown>) => unknown;

function bench(answers: Record<string, Answer>) {
  const asked: { name: string; input: Record<string, unknown> }[] = [];
  const bridge = {
    connection: { phase: "open" },
    async call(name: string, input: Record<string, unknown>) {
      asked.push({ name, input });
      return answers[name]?.(input);
    },
  } as unknown as LabBridge;
  const parts = { scene: createSceneStore(), selection: createSelectionStore(), brain: createBrainStore(), rollout: createRolloutStore() };
  const timelines = createTimelines(bridge);
  const figures = createVoxelFigures(bridge, { ...parts, timelines });
  const areas = ["a", "b"].map((id) => ({ id, dimensions: [2, 1, 1], firstNeuron: 0, neurons: 2 }));
  parts.brain.getState().setConnectome({ areas: areas as never, regions: [], mappings: [] }, 1);
  const stand = (burst: number) => {
    const status = { state: "paused", brainId: "b", generation: 1, burst };
    parts.brain.getState().setStatus(status as never);
    figures.follow(status as never);
  };
  return { ...parts, figures, asked, bridge, stand };
}

const phases = {
  burst: 7,
  inject: { candidates: 3, synaptic: 3, power: 0, rows: [{ neuron: 1, sum: 2 }] },
  integrate: {
    refractory: 1,
    rows: [
      { neuron: 1, membranePotential: 2, refractoryCountdown: 2 },
      { neuron: 2, membranePotential: 1, refractoryCountdown: 0 },
      { neuron: 3, membranePotential: 1, refractoryCountdown: 4 },
    ],
  },
  fire: { fired: 1, rows: [{ neuron: 1, membranePotential: 2 }] },
  propagate: {
    synapses: 2,
    arrivals: [],
    rows: [
      { slot: 0, source: 1, target: 4, weight: 1, psp: 1, inhibitory: false, delay: 1 },
      { slot: 1, source: 1, target: 5, weight: 1, psp: 1, inhibitory: true, delay: 1 },
    ],
  },
  learn: { changed: 1, created: 0, rows: [{ slot: 0, source: 1, target: 4, before: 1, after: 2 }] },
};
const said = (phase: Parameters<typeof touchOf>[1]) =>
  touchOf(phases, phase).marks.map(({ what, shape, neurons }) => [what, shape, ...neurons]);

test("each phase marks what it touched, each kind with a shape of its own", () => {
  expect(touchOf(phases, "inject")).toMatchObject({ shown: 1, of: 3, marks: [{ what: "given", neurons: [1] }] });
  expect(said("integrate")).toEqual([
    ["integrated", "diamond", 1, 2],
    ["refractory", "cross", 3],
  ]);
  expect(said("propagate")).toEqual([
    ["fired", "fill", 1],
    ["excited", "ring", 4],
    ["inhibited", "cross", 5],
  ]);
  expect(said("learn")).toEqual([["stronger", "ring", 4]]);
});

test("the marks of a phase are there while its burst is shown, and gone with the next", async () => {
  const { bridge, brain, selection, stand } = bench({ "time.phases": () => phases });
  const stepped = createPhases(bridge);
  const marks = createPhaseMarks(stepped, brain, selection);
  stand(7);
  await stepped.open(7);
  expect(marks.getState()).toMatchObject({ burst: 7, phase: "inject" });
  stepped.choose("fire");
  expect(marks.getState()?.marks).toMatchObject([{ what: "fired" }]);
  stand(8);
  expect(marks.getState()).toBeNull();
  selection.getState().setCursor(7);
  expect(marks.getState()?.phase).toBe("fire");
});

test("potentials are read of the selected areas, else of those in the picture, at the burst shown", async () => {
  const potentials: Answer = ({ burst = 9 }) => ({ burst, cells: 4, read: 4, charged: 2, neurons: [0, 1], potentials: [-1, 3] });
  const { figures, scene, selection, asked, stand } = bench({ "connectome.potentials": potentials });
  stand(9);
  scene.setState({ colourBy: "potential", hidden: new Set(["b"]) });
  await vi.waitFor(() => expect(figures.store.getState().about).toMatchObject({ of: "potential", burst: 9, charged: 2 }));
  expect(figures.store.getState().layer?.values).toMatchObject({ values: [-1, 3], low: -3, high: 3, signed: true });
  expect(asked.at(-1)?.input).toEqual({ areas: ["a"], limit: 20_000 });
  selection.getState().selectArea("a");
  selection.getState().setCursor(4);
  await vi.waitFor(() => expect(figures.store.getState().about).toMatchObject({ burst: 4 }), 2000);
  scene.setState({ colourBy: "activity" });
  expect(figures.store.getState()).toMatchObject({ layer: null, about: null });
  figures.close();
});

test("without another timeline the difference says what it needs; with one it marks who fired in one alone", async () => {
  const timelines: unknown[] = [{ id: "here", isCurrent: true, first: 1, last: 10 }];
  const row = (neuron: number) => ({ neuron, area: "a", areaName: "a" });
  const difference = { burst: 9, here: 4, there: 4, onlyHere: 1, onlyThere: 2, onlyHereNeurons: [row(1)], onlyThereNeurons: [row(0)] };
  const { figures, scene, selection, stand } = bench({ "timeline.list": () => timelines, "timeline.difference": () => difference });
  stand(9);
  scene.setState({ colourBy: "difference" });
  await vi.waitFor(() => expect(figures.store.getState().about).toEqual({ of: "noTimeline" }));
  timelines.push({ id: "there", name: "Fork", isCurrent: false, first: 1, last: 9 });
  stand(10);
  await vi.waitFor(() => expect(figures.store.getState().about).toEqual({ of: "notShared", burst: 10, name: "Fork" }), 2000);
  selection.getState().setCursor(9);
  await vi.waitFor(() => expect(figures.store.getState().about).toMatchObject({ of: "difference", name: "Fork", here: 1, there: 2 }), 2000);
  expect(figures.store.getState().layer?.marks).toMatchObject([
    { neurons: [1], shape: "cross" },
    { neurons: [0], shape: "ring" },
  ]);
  figures.close();
});

test("engines that agree are told with the bursts compared; where they disagreed the neurons of either side are marked", () => {
  const { figures, scene, rollout } = bench({});
  const parity = (more: object) => rollout.getState().set({ native: { available: true }, parity: more } as RolloutStatus);
  parity({ bursts: 0, mismatches: 0, firstMismatch: null });
  scene.setState({ colourBy: "disagreement" });
  expect(figures.store.getState().about).toEqual({ of: "notCompared" });
  parity({ bursts: 64, mismatches: 0, firstMismatch: null });
  expect(figures.store.getState().about).toEqual({ of: "agreement", bursts: 64 });
  const firstMismatch = {
    burst: 12,
    what: "neuron 1 fired on one engine only",
    reference: { count: 1, neurons: [1] },
    native: { count: 0, neurons: [] },
  };
  parity({ bursts: 70, mismatches: 1, firstMismatch });
  expect(figures.store.getState().about).toMatchObject({ of: "disagreement", burst: 12, count: 1 });
  expect(figures.store.getState().layer?.marks[0]).toMatchObject({ neurons: [1], shape: "ring", colour: "low" });
  figures.close();
});

test("potentials run from zero to the largest, or as far either way where some are below zero", () => {
  expect(limitsOf([0.5, 2])).toEqual({ low: 0, high: 2, signed: false });
  expect(limitsOf([-4, 2])).toEqual({ low: -4, high: 4, signed: true });
});

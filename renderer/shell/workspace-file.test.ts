/** A workspace as a window saves it and as another window is put back to it; the host's part is in app/services/workspace-file.test.ts. */
import { expect, test } from "vitest";
import { Workspace } from "#contracts/workspace.ts";
import { createAreaSets } from "../stores/area-sets.ts";
import { createBrainStore } from "../stores/brain-store.ts";
import { createNoticeStore } from "../stores/notice-store.ts";
import { createSceneStore } from "../stores/scene-store.ts";
import { createSelectionStore } from "../stores/selection-store.ts";
import { askedBridge } from "../stores/testing/asked-bridge.ts";
import { createWatches } from "../stores/watch-store.ts";
import { soleLayout } from "./layout.ts";
import { createLayoutStore } from "./layout-store.ts";
import { createShell } from "./shell-store.ts";
import { putBack, workspaceOf } from "./workspace-file.ts";

const area = "aWFiYzAwMDA=";
const settings = { action: "pause" as const, enabled: true, hitCount: 3, coolDown: 0, once: false };

function windowOf(answers: Record<string, unknown>, path: string) {
  const { bridge, asked } = askedBridge(({ name }) => {
    const answer = answers[name];
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const brain = createBrainStore();
  const status = { brainId: "b", title: "Mine", genomePath: path, generation: 1, kept: null };
  brain.setState({
    status: status as never,
    readGeneration: 1,
    areaById: new Map([[area, { dimensions: [4, 4, 1], firstNeuron: 0, neurons: 16 }]]) as never,
  });
  const storage = new Map<string, string>();
  const layouts = createLayoutStore({
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
  } as never);
  const applied: unknown[] = [];
  const shell = createShell();
  shell.setState({ docks: { apply: (layout: unknown) => void applied.push(layout) } as never });
  const stores = {
    ...{
      brain,
      selection: createSelectionStore(),
      scene: createSceneStore(),
      sets: createAreaSets(brain),
      notices: createNoticeStore(),
      watches: createWatches(bridge),
    },
    debug: { read: async () => {} },
  };
  const parts = {
    bridge,
    stores: stores as never,
    layouts,
    shell,
  };
  return { parts, ...stores, layouts, asked, applied };
}

const pose = { target: [1, 2, 3] as [number, number, number], distance: 9, azimuth: 1, elevation: 0 };

test("what is on the bench and how it is looked at is put back in another window", async () => {
  const first = windowOf({ "debug.list": [{ id: "1", text: "fires(V1) > 3", ...settings }] }, "/brains/mine.json");
  first.selection.getState().selectVoxel(area, [1, 2, 0], 9);
  first.watches.set(["rate(V1, 10)"]);
  first.scene.setState({ colourBy: "region", bookmarks: [{ name: "front", pose }], hidden: new Set([area]) });
  first.sets.save("seen", [area]);
  first.layouts.setPreset("debug");
  first.layouts.note(soleLayout("raster"));
  const workspace = await workspaceOf(first.parts);
  expect(workspace.genome).toEqual({ path: "/brains/mine.json", title: "Mine" });

  const second = windowOf({ "debug.list": [{ id: "old" }] }, "/brains/mine.json");
  await putBack(second.parts, Workspace.parse(JSON.parse(JSON.stringify(workspace))));
  expect(second.selection.getState()).toMatchObject({ area, voxel: [1, 2, 0], neuron: 9 });
  expect(second.watches.store.getState().texts).toEqual(["rate(V1, 10)"]);
  expect(second.scene.getState()).toMatchObject({ colourBy: "region", bookmarks: [{ name: "front", pose }] });
  expect(second.sets.store.getState().sets).toEqual([{ name: "seen", areas: [area] }]);
  expect(second.applied).toEqual([soleLayout("raster")]);
  expect(second.layouts.store.getState().preset).toBe("debug");
  const did = second.asked.map(({ name, input }) => [name, input]);
  expect(did).toContainEqual(["debug.remove", { id: "old" }]);
  expect(did).toContainEqual(["debug.add", { condition: "fires(V1) > 3", ...settings }]);
  // The brain is on the bench already.
  expect(did.some(([name]) => name === "genome.load")).toBe(false);
});

test("where the brain's file is refused nothing else is touched", async () => {
  const other = windowOf({ "debug.list": [], "genome.load": new Error("gone") }, "/brains/other.json");
  const workspace = await workspaceOf(windowOf({ "debug.list": [] }, "/brains/mine.json").parts);
  other.watches.set(["mine"]);
  await expect(putBack(other.parts, workspace)).rejects.toThrow("gone");
  expect(other.watches.store.getState().texts).toEqual(["mine"]);
  expect(other.applied).toEqual([]);
});

test("what a window does not know of a workspace is left aside; a breakpoint that this brain refuses is told", async () => {
  const window = windowOf({ "debug.list": [], "debug.add": new Error("no such area") }, "/brains/mine.json");
  const workspace = {
    ...(await workspaceOf(window.parts)),
    window: { docks: { preset: "somewhere", layout: 7 }, scene: { colourBy: "aura", depth: 2 }, music: true },
    breakpoints: [{ condition: "fires(nowhere)", ...settings }],
    selection: { areas: ["bm93aGVyZTA="], area: "bm93aGVyZTA=", voxels: [], voxel: null, neuron: null },
  };
  await putBack(window.parts, workspace);
  expect(window.applied).toEqual([]);
  expect(window.scene.getState()).toMatchObject({ colourBy: "activity", depth: 2 });
  expect(window.selection.getState().area).toBeNull();
  expect(window.notices.getState().notices[0]?.message).toMatch(/fires\(nowhere\).*no such area/);
});

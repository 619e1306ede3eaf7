import { expect, test } from "vitest";
import type { BrainRegion, CorticalArea } from "#contracts/connectome.ts";
import { createBrainStore } from "./brain-store.ts";
import { createEditingStore } from "./editing-store.ts";
import { createSelectionStore } from "./selection-store.ts";

const area = (id: string) => ({ id, dimensions: [4, 4, 1], firstNeuron: 0, neurons: 16 }) as unknown as CorticalArea;

function bench() {
  const brain = createBrainStore();
  const selection = createSelectionStore();
  const editing = createEditingStore(selection, brain);
  const connectome = (ids: string[]) =>
    brain.getState().setConnectome({ areas: ids.map(area), regions: [{ id: "r" } as BrainRegion], mappings: [] }, 1);
  connectome(["a", "b"]);
  return { brain, selection, editing, connectome };
}

test("what is chosen last is in front, and another area lets go of it", () => {
  const { selection, editing } = bench();
  selection.getState().selectArea("a");
  editing.getState().choose({ mapping: { src: "a", dst: "b" } });
  expect(editing.getState()).toMatchObject({ tab: "mapping" });
  selection.getState().selectArea("b");
  expect(editing.getState()).toMatchObject({ tab: "area", mapping: null });
});

test("a voxel brings its neuron to the front; its synapse goes with it", () => {
  const { selection, editing } = bench();
  selection.getState().selectVoxel("a", [1, 0, 0], 4);
  editing.getState().choose({ synapse: { source: 4, target: 5 } });
  expect(editing.getState().tab).toBe("synapse");
  selection.getState().selectVoxel("a", [2, 0, 0], 8);
  expect(editing.getState()).toMatchObject({ tab: "neuron", synapse: null });
});

test("what no longer exists is let go of", () => {
  const { editing, connectome, brain } = bench();
  editing.getState().choose({ mapping: { src: "a", dst: "b" }, region: "r" });
  connectome(["a"]);
  expect(editing.getState()).toMatchObject({ mapping: null, region: "r" });
  brain.getState().setConnectome({ areas: [area("a")], regions: [], mappings: [] }, 1);
  expect(editing.getState().region).toBeNull();
});

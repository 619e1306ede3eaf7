import { expect, test } from "vitest";
import type { CorticalArea } from "#contracts/connectome.ts";
import { createBrainStore } from "./brain-store.ts";
import { createPlacing } from "./placing-store.ts";
import { askedBridge } from "./testing/asked-bridge.ts";

const area = { id: "a", name: "A", position: [1, 2, 3], dimensions: [4, 4, 4] } as CorticalArea;

function placingWith(answer: (name: string) => unknown = () => ({ summary: { neuronsAdded: 8 } })) {
  const { bridge, asked, names } = askedBridge(({ name }) => answer(name));
  const brain = createBrainStore();
  brain.getState().setConnectome({ areas: [area], regions: [], mappings: [] }, 1);
  const placing = createPlacing(bridge, brain);
  placing.begin("a");
  return { placing, brain, asked, names, draft: () => placing.store.getState().draft! };
}

test("place and size are one edit, and what did not change is not sent", async () => {
  const { placing, asked, draft } = placingWith();
  placing.change({ ...draft(), position: [9, 2, 3] });
  await placing.apply();
  expect(asked.at(-1)).toMatchObject({ name: "connectome.updateArea", input: { id: "a", position: [9, 2, 3] } });
  expect(asked.at(-1)!.input).not.toHaveProperty("dimensions");
  expect(draft()).toBeNull();
});

test("another size is asked for what it would change, another place is not", async () => {
  const { placing, names, draft } = placingWith();
  placing.change({ ...draft(), position: [0, 0, 0] });
  expect(names()).toEqual([]);
  placing.change({ ...draft(), dimensions: [5, 4, 4] });
  await expect.poll(() => placing.store.getState().plan).toMatchObject({ neuronsAdded: 8 });
  expect(names()).toEqual(["connectome.planArea"]);
});

test("a size that is refused says why, and the next draft is free of it", async () => {
  const { placing, draft } = placingWith(() => {
    throw new Error("Too many neurons");
  });
  placing.change({ ...draft(), dimensions: [9999, 4, 4] });
  await expect.poll(() => placing.store.getState().refusal).toContain("Too many neurons");
  placing.change({ ...draft(), dimensions: [4, 4, 4] });
  expect(placing.store.getState().refusal).toBeNull();
});

test("nothing is sent for a draft that changed nothing, and an area that went takes its draft along", async () => {
  const { placing, brain, names } = placingWith();
  await placing.apply();
  expect(names()).toEqual([]);
  placing.begin("a");
  brain.getState().setConnectome({ areas: [], regions: [], mappings: [] }, 2);
  expect(placing.store.getState().draft).toBeNull();
});

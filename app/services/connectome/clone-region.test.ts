/** Duplicating a region on a brain that is open: one step, planned first, and undone to the byte. */
import { afterEach, expect, test } from "vitest";
import { closeTestLabs, labWith } from "../testing/test-lab.ts";

afterEach(closeTestLabs);

test("a region is duplicated as planned, in one step, and undo brings the genome back to the byte", async () => {
  const { call } = await labWith("vision");
  const text = async () => (await call("genome", "text", {})).text;
  const counts = async () => {
    const { neurons, synapses } = await call("brain", "status", {});
    return { neurons, synapses };
  };
  const [before, had] = [await text(), await counts()];
  const { id } = (await call("connectome", "listRegions", {})).find(({ parent }) => parent !== null)!;
  const plan = await call("connectome", "cloneRegion", { id, name: "Twice", dryRun: true });
  expect([await text(), await counts()]).toEqual([before, had]);
  const made = await call("connectome", "cloneRegion", { id, name: "Twice" });
  expect(made).toEqual(plan);
  expect(made.summary.areas.added).toHaveLength(made.areas);
  expect(await counts()).toEqual({
    neurons: had.neurons + made.summary.neuronsAdded,
    synapses: had.synapses + made.summary.synapsesAdded,
  });
  const clone = await call("connectome", "getRegion", { id: made.id });
  expect([clone.name, clone.areas.length]).toEqual(["Twice", made.areas]);
  expect(await call("connectome", "undo", {})).toMatchObject({ canUndo: null, canRedo: "Duplicate region Autogen Region" });
  expect([await text(), await counts()]).toEqual([before, had]);
});

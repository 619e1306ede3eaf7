import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { applyGenomeEdits } from "#core/genome/edit/apply.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { closeTestLabs, testLab } from "./testing/test-lab.ts";

const probe = readFileSync(new URL("../core/genome/golden/probe-edits.json", import.meta.url), "utf8");
const [A, B, C] = ["Y0FBQUFBX18=", "Y0JCQkJCX18=", "Y0NDQ0NDX18="] as const;

afterEach(closeTestLabs);

async function probeLab() {
  const lab = await testLab();
  await lab.call("genome", "load", { text: probe, name: "probe" });
  return lab;
}

/** The probe with a wider B, and without C. */
function other(): string {
  const parsed = parseGenome(probe);
  if (!parsed.ok) throw new Error("the probe does not parse");
  return applyGenomeEdits(parsed.genome, [
    { kind: "updateArea", area: B, dimensions: [6, 3, 1] },
    { kind: "removeArea", area: C },
  ]).source;
}

test("of two genomes one difference is taken over, the others stay, and undo brings the first text back", async () => {
  const { call } = await probeLab();
  const text = other();
  const { hunks } = await call("genome", "diff", { from: "living", to: { text } });
  const wider = hunks.find(({ id }) => id === `area:${B}`)!;
  const planned = await call("genome", "applyHunks", { from: { text }, hunks: [wider.id], dryRun: true });
  expect(await call("genome", "applyHunks", { from: { text }, hunks: [wider.id] })).toEqual(planned);
  const left = await call("genome", "diff", { from: "living", to: { text } });
  expect(left.hunks.map(({ id }) => id)).toEqual(hunks.map(({ id }) => id).filter((id) => id !== wider.id));
  expect(await call("connectome", "countSynapses", { src: A, dst: B })).toEqual({ synapses: 18 });
  await call("connectome", "undo", {});
  expect(await call("genome", "diff", { from: "living", to: { text: probe } })).toMatchObject({ byteIdentical: true });
  await expect(call("genome", "applyHunks", { from: { text }, hunks: ["area:nobody"] })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("the areas of another genome are listed with how many they map to", async () => {
  const { call } = await probeLab();
  const areas = await call("genome", "areas", { from: { text: probe } });
  expect(areas.find(({ id }) => id === B)).toMatchObject({ name: "B", dimensions: [4, 3, 1], mappings: 2 });
});

test("an area comes over with its mappings beside the one that is there", async () => {
  const { call } = await probeLab();
  const { id, summary, missing } = await call("genome", "copyArea", { from: { text: probe }, area: B, position: [0, 40, 0] });
  expect(missing).toEqual([]);
  expect(id).not.toBe(B);
  expect(summary).toMatchObject({ neuronsAdded: 12, synapsesAdded: 25, synapsesRemoved: 0 });
  expect(await call("connectome", "getMapping", { src: id, dst: id })).toMatchObject({ synapses: 9 });
});

import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { closeTestLabs, testLab } from "./testing/test-lab.ts";

const probe = readFileSync(new URL("../core/genome/golden/probe-edits.json", import.meta.url), "utf8");
const [A, B] = ["Y0FBQUFBX18=", "Y0JCQkJCX18="] as const;

afterEach(closeTestLabs);

async function probeLab(text = probe) {
  const lab = await testLab();
  await lab.call("genome", "load", { text, name: "probe" });
  return lab;
}

test("the text is the one that was opened, and says how it spells the areas", async () => {
  const { call } = await probeLab();
  const { text, areas } = await call("genome", "text", {});
  expect(text).toBe(probe);
  const spelled = areas.find(({ id }) => id === A)!.documentId;
  expect(text).toContain(spelled);
});

test("another text is one edit, keeps its own spacing, and undo brings the first one back", async () => {
  const { call } = await probeLab();
  await call("connectome", "updateArea", { id: B, dimensions: [6, 3, 1] });
  const wider = (await call("genome", "text", {})).text;
  await call("connectome", "undo", {});
  const text = `${wider}\n\n`;
  const plan = await call("genome", "rewrite", { text, dryRun: true });
  expect(plan.summary).toMatchObject({ neuronsAdded: 6 });
  expect(await call("genome", "rewrite", { text })).toEqual(plan);
  expect((await call("genome", "text", {})).text).toBe(text);
  expect(await call("genome", "diff", { from: "opened", to: "living" })).toMatchObject({ identical: false });
  await call("connectome", "undo", {});
  expect((await call("genome", "text", {})).text).toBe(probe);
  expect(await call("genome", "diff", { from: "opened", to: "living" })).toMatchObject({ byteIdentical: true });
});

test("a text that cannot be read is refused with its problems, and nothing changes", async () => {
  const { call } = await probeLab();
  const refusal = await call("genome", "rewrite", { text: probe.replace('"blueprint":{', '"blurprint":{') }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({ code: "E_GENOME", details: { problems: [{ code: "BLUEPRINT_MISSING" }] } });
  expect((await call("genome", "text", {})).text).toBe(probe);
});

test("a quick fix writes its value and nothing else; the problem is gone and undo brings it back", async () => {
  const flawed = probe.replace('"simulation_timestep":0.05', '"simulation_timestep":-1');
  expect(flawed).not.toBe(probe);
  const { call } = await probeLab(flawed);
  const fixable = (await call("connectome", "problems", {})).find(({ quickFix }) => quickFix);
  expect(fixable?.quickFix?.path).toMatch(/simulation_timestep$/);
  const { path, text } = fixable!.quickFix!;
  await call("genome", "mend", { fixes: [{ path, text }] });
  expect((await call("genome", "text", {})).text).toBe(flawed.replace('timestep":-1', `timestep":${text}`));
  expect((await call("connectome", "problems", {})).some(({ quickFix }) => quickFix?.path === path)).toBe(false);
  await call("connectome", "undo", {});
  expect((await call("genome", "text", {})).text).toBe(flawed);
  await expect(call("genome", "mend", { fixes: [{ path: "blueprint.nowhere", text: "1" }] })).rejects.toMatchObject({
    code: "E_NOT_FOUND",
  });
});

test("what the genome says of an area and where the circuit has it follow an edit", async () => {
  const { call } = await probeLab();
  const before = await call("connectome", "describeArea", { id: A });
  expect(before).toMatchObject({ visible: true, defaults: { excitability: 100 } });
  await call("connectome", "updateArea", { id: A, position2d: [7, -3], visible: false, properties: { note: "eye" } });
  expect(await call("connectome", "describeArea", { id: A })).toMatchObject({
    position2d: [7, -3],
    visible: false,
    properties: { note: "eye" },
  });
  expect((await call("connectome", "circuitPlaces", {})).areas).toContainEqual({ id: A, at: [7, -3] });
});

test("a toy pair is wired by the rule that growth uses", async () => {
  const { call } = await probeLab();
  const morphology = { id: "step", class: "custom", type: "vectors", vectors: [[1, 0, 0]] } as const;
  const preview = await call("connectome", "previewMorphology", {
    morphology: { ...morphology, vectors: [[1, 0, 0]] },
    source: [3, 1, 1],
    target: [3, 1, 1],
  });
  expect(preview).toEqual({ reached: [[1], [2], []], synapses: 2, note: null });
});

test("a genome that was refused is opened with its quick fixes; its file and the text that is kept stay as they were", async () => {
  const lab = await probeLab();
  const width = '"_____10c-cAAAAA-cx-___bbx-i":';
  const broken = probe.replace(`${width}4`, `${width}"wide"`);
  expect(broken).not.toBe(probe);
  const refusal = await lab.call("genome", "load", { text: broken, name: "broken.json" }).catch((error: unknown) => error);
  const { problems } = (refusal as { details: { problems: { quickFix?: { path: string; text: string } }[] } }).details;
  const fixes = problems.flatMap(({ quickFix }) => (quickFix ? [{ path: quickFix.path, text: quickFix.text }] : []));
  expect(fixes).toHaveLength(1);
  expect(await lab.call("genome", "refused", {})).toEqual({ name: "broken.json", text: broken });
  expect((await lab.call("genome", "text", {})).text).toBe(probe);

  const status = await lab.call("genome", "loadMended", { fixes });
  expect(status).toMatchObject({ state: "paused", genomePath: null });
  expect((await lab.call("genome", "text", {})).text).toBe(probe.replace(`${width}4`, `${width}null`));
  expect(await lab.call("genome", "refused", {})).toBeNull();
  await expect(lab.call("genome", "loadMended", { fixes })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

/** The way out of the lab: tables, a circuit and potentials as files, read again later; a picture; the door to a graph database. */
import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { ExportPage } from "../pages/export-page.ts";
import { LabPage } from "../pages/lab-page.ts";
import { ScenePage } from "../pages/scene-page.ts";
import { root } from "../root.ts";

test("a brain leaves in the form its next tool wants, and what was written is known to be what was meant", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: exported from once, in the browser");
  const app = await start(join(root, "resources/genomes/learning.json"));
  const lab = new LabPage(app.page);
  const out = new ExportPage(app.page);
  await lab.grown();
  await lab.setRate(200);
  await lab.runFor(30);

  const scan = async (state: string) => {
    const found = (await barriers(app.page, { within: '[role="dialog"]' })).map((barrier) => `${state}: ${barrier}`);
    expect.soft(found).toEqual([]);
  };

  await test.step("a circuit asks what a burst is before it counts milliseconds", async () => {
    await out.open();
    await out.choose("Connectome", "SONATA");
    await expect(out.dialog.getByText("Say how long a burst is.")).toBeVisible();
    await expect(out.dialog.getByText("SONATA counts from 0 by its standard.")).toBeVisible();
    await expect(out.dialog.getByRole("button", { name: "Export now" })).toBeDisabled();
    await out.fill("Length of a burst", "5");
    await expect(out.dialog.getByText("Not in the file")).toBeVisible();
    await scan("before");
    const files = await out.run();
    expect(files.map((file) => basename(file))).toEqual(expect.arrayContaining(["nodes.h5", "edges.h5", "spikes.h5", "provenance.json"]));
    expect(await out.verify()).toMatch(/^\d+ files lie as written\.$/);
    const sidecar = JSON.parse(await readFile(join(dirname(files[0] as string), "provenance.json"), "utf8"));
    expect(sidecar.options).toMatchObject({ format: "sonata", stepMs: 5 });
    await out.another();
  });

  await test.step("tables count from 1 where that is asked for, and are split; a file that was changed is found out", async () => {
    await out.choose("Connectome", "CSV");
    await out.select("Ids count from", "1, as in MATLAB, R and Julia");
    await out.fill("Rows a file", "2000");
    const files = await out.run();
    const [main] = files as [string];
    expect(files.filter((file) => /\.part-\d+\.csv$/.test(file)).length).toBeGreaterThan(1);
    const neurons = await readFile(main.replace(/\.csv$/, ".neurons.csv"), "utf8");
    expect(neurons.split("\n")[1]).toMatch(/^1,/);
    expect(await out.verify()).toMatch(/lie as written/);
    await writeFile(main, `${await readFile(main, "utf8")}1,2,3\n`);
    expect(await out.verify()).toBe("The files are not as they were written.");
    await expect(out.dialog.getByText("has another length")).toBeVisible();
    await scan("a changed file");
    await out.another();
  });

  await test.step("probes need a neuron that the trace follows; their potentials are those of the recording", async () => {
    await out.choose("Probes", "CSV");
    await scan("no probe");
    await out.dialog.getByRole("button", { name: "Show Trace" }).click();
    const trace = await lab.show("Trace");
    await trace.getByRole("textbox", { name: /Neuron N#/ }).fill("N#12");
    await app.page.keyboard.press("Enter");
    await out.open();
    await out.choose("Probes", "CSV");
    await expect(out.dialog.getByText("Followed in the trace: N#12.")).toBeVisible();
    const [main] = (await out.run()) as [string];
    const [header, ...rows] = (await readFile(main, "utf8")).trimEnd().split("\n");
    expect(header).toContain("membrane_potential");
    expect(rows).toHaveLength(await lab.burstNumber());
    await out.another();
  });

  await test.step("everything leaves as one folder", async () => {
    await out.choose("Whole brain", "Bundle");
    const files = await out.run();
    expect(files.map((file) => basename(file))).toEqual(["README.md", "brain.brain", "genome.json", "activity.parquet", "provenance.json"]);
    await out.another();
  });

  await test.step("a picture is made by the dialog of figures, a database is written from its own view", async () => {
    await out.choose("Figure or film", "Picture (PNG)");
    await scan("a door");
    await out.dialog.getByRole("button", { name: "Set up the picture…" }).click();
    const { width } = await new ScenePage(app.page).exportPicture();
    expect(width).toBeGreaterThan(100);
    await out.open();
    await out.choose("Figure or film", "Drawing (SVG)");
    await out.dialog.getByRole("button", { name: "Set up the drawing…" }).click();
    const drawing = await new ScenePage(app.page).exportDrawing();
    expect(drawing.images).toBe(1);
    expect(drawing.width).toBe(Math.round(width / 2));
    expect(drawing.words).toEqual(expect.arrayContaining([expect.stringContaining("voxels"), expect.stringContaining("burst")]));
    await lab.useTheme("light");
    await out.open();
    await out.choose("Connectome", "Neo4j, live");
    await scan("light");
    await out.dialog.getByRole("button", { name: "Show Neo4j" }).click();
    await expect(app.page.getByRole("region", { name: "Neo4j", exact: true })).toBeVisible();
  });

  expect(app.errors).toEqual([]);
  await app.quit();
});

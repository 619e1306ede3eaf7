/** Work in the scene: an area is placed and taken back, many are selected and hidden, a figure is made, the picture survives its driver. */
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { LabPage } from "../pages/lab-page.ts";
import { Picture } from "../pages/picture.ts";
import { ScenePage } from "../pages/scene-page.ts";
import { root } from "../root.ts";

const essential = join(root, "resources/genomes/essential.json");

test("an area is moved and resized as one step, others are boxed in and hidden, a figure is taken", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  await lab.grown();
  await lab.selectArea("vision_LL");
  const x = lab.inspector.getByRole("textbox", { name: "Position x" });
  const before = Number(await x.inputValue());

  await scene.key("g");
  await expect(scene.placing).toBeVisible();
  await scene.key("ArrowRight");
  await scene.key("ArrowRight");
  const width = scene.placing.getByRole("textbox", { name: "Dimensions (voxels) x" });
  await width.fill("20");
  await width.press("Enter");
  await expect(scene.placing.getByText(/Neurons \+/)).toBeVisible();
  await scene.key("Enter");
  await expect(scene.placing).toBeHidden();
  await expect(x).toHaveValue(String(before + 2));
  await expect(lab.inspector.getByRole("textbox", { name: "Dimensions (voxels) x" })).toHaveValue("20");
  await app.page.keyboard.press("ControlOrMeta+z");
  await expect(x).toHaveValue(String(before));
  await expect(lab.inspector.getByRole("textbox", { name: "Dimensions (voxels) x" })).toHaveValue("16");

  await scene.key("Escape");
  await scene.key("b");
  await scene.dragBox(0.7);
  await scene.key("h");
  await expect(app.page.getByText(/\d+ areas hidden/)).toBeVisible();
  await scene.key("Alt+h");
  await expect(app.page.getByText(/\d+ areas hidden/)).toBeHidden();

  const box = await scene.viewport.boundingBox();
  await lab.perform("Export a figure");
  const figure = await scene.exportPicture();
  expect(figure.width).toBe(Math.round(2 * (box?.width ?? 0)));
  expect(figure.height).toBeGreaterThan(2 * (box?.height ?? 0));
  expect(app.errors).toEqual([]);
  await app.quit();
});

test("a lost graphics context comes back as the same picture", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  const picture = new Picture(app.page);
  await lab.grown();
  const burst = await lab.step();
  await picture.drawn(burst);
  const fired = await picture.fired();
  expect(fired?.fired.length).toBeGreaterThan(0);
  const before = await picture.scene();
  await scene.loseContext();
  expect(await picture.largestChange(before, await picture.scene())).toBeLessThan(24);
  // And it goes on from there.
  await picture.drawn(await lab.step());
  await app.quit();
});

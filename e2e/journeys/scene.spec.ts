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

  // Up from the area to its region, then to nothing.
  await scene.key("Escape");
  await expect(lab.inspector.getByRole("heading", { name: /\d+ (cortical )?areas/ })).toBeVisible();
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

test("in a small window the tools take one row, and what is framed keeps clear of tools and legend", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  const picture = new Picture(app.page);
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await lab.grown();
  await scene.key("Home");
  await scene.more("View from the front");
  await scene.key("Home");
  const tools = await scene.toolbar.boundingBox();
  const legend = await scene.legend.boundingBox();
  if (!tools || !legend) throw new Error("the tools or the legend are not in the window");
  expect(tools.height).toBeLessThan(40);
  const neurons = Array.from({ length: 200 }, (_, i) => i * 20);
  await expect
    .poll(async () => Math.min(...(await picture.places(neurons)).map(({ y }) => y)), "the uppermost voxel is below the tools")
    .toBeGreaterThan(tools.y + tools.height);
  const places = await picture.places(neurons);
  expect(places.length).toBeGreaterThan(50);
  expect(Math.max(...places.map(({ y }) => y))).toBeLessThan(legend.y);

  // A wide view has room for the overview; a click in it brings the camera there.
  await app.page.setViewportSize({ width: 2200, height: 1100 });
  const overview = app.page.getByRole("button", { name: /^Overview from above/ });
  await expect(overview).toBeVisible();
  const [before] = await picture.places(neurons);
  await overview.click({ position: { x: 6, y: 6 } });
  await expect.poll(async () => Math.abs(((await picture.places(neurons))[0]?.x ?? 0) - (before?.x ?? 0))).toBeGreaterThan(20);
  await app.quit();
});

test("badges, however many, lie over no tools and no names, in a small window with two viewports", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(join(root, "resources/genomes/learning.json"));
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await lab.grown();
  await lab.step();
  await lab.perform("Viewports: 2");
  await lab.perform("Colour by: Potential");
  await scene.key("`");
  await lab.selectArea("Proximity sensor");
  await scene.key("h");
  await expect(scene.badge(/1 area hidden/)).toBeVisible();
  await expect(scene.badge(/^Flying/)).toBeVisible();
  await expect.poll(() => scene.badges().then(({ length }) => length)).toBeGreaterThanOrEqual(4);
  await expect.poll(() => scene.namesShown().then(({ length }) => length)).toBeGreaterThan(10);
  const highestName = async () => Math.min(...(await scene.namesShown()).map(({ y }) => y));
  const lowestBadge = async () => Math.max(...(await scene.badges()).map(({ y, height }) => y + height));
  await expect.poll(async () => (await highestName()) - (await lowestBadge())).toBeGreaterThanOrEqual(0);
  const tools = await scene.toolbar.boundingBox();
  for (const { x, y } of await scene.badges()) expect(x >= tools!.x + tools!.width || y >= tools!.y + tools!.height).toBe(true);
  await app.quit();
});

test("the card of a voxel says which channel of its device it is, and which values it stands for", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(join(root, "resources/genomes/learning.json"));
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  await lab.grown();
  await lab.selectArea("Proximity sensor");
  await scene.key("3");
  await scene.key("f");
  const card = await scene.hoverMiddle();
  await expect(card).toContainText(/Voxel 2, 0, \d/);
  await expect(card).toContainText("Proximity, channel 2");
  // Ten voxels deep: each is a tenth of the range, the nearest the largest values.
  const z = Number(/Voxel 2, 0, (\d)/.exec(await card.innerText())?.[1]);
  const tenths = (at: number) => String(at / 10);
  await expect(card).toContainText(`fires for ${tenths(9 - z)} to ${tenths(10 - z)}`);
  // The camera goes elsewhere under the resting pointer.
  await scene.key("1");
  await expect(card).toContainText("Voxel 1, 0, 0");
  await app.quit();
});

test("a breakpoint has its mark beside the name of the area, round or hollow, and a press opens it", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  await lab.grown();
  const id = await lab.selectArea("vision_LL");
  await lab.perform("Toggle breakpoint on the selection");
  const mark = scene.breakpointOn(id);
  await expect(mark).toHaveAttribute("data-state", "pause");
  await lab.selectArea("vision_TR");
  await mark.click();
  await expect(lab.inspector.getByRole("heading", { name: "vision_LL" })).toBeVisible();
  const panel = app.page.getByRole("region", { name: "Breakpoints", exact: true });
  await expect(panel.getByRole("textbox", { name: "Condition" }).nth(1)).toHaveValue(/vision_LL/);
  await panel.getByRole("switch", { name: /^Enabled: / }).click();
  await expect(mark).toHaveAttribute("data-state", "off");
  await panel.getByRole("button", { name: /^Remove/ }).click();
  await expect(mark).toHaveCount(0);
  expect(app.errors).toEqual([]);
  await app.quit();
});

test("who turns the flash limiter off is asked once", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  await lab.grown();
  await lab.perform("Settings");
  const limiter = app.page.getByRole("switch", { name: "Limit flashing" });
  const question = app.page.getByRole("dialog", { name: "Show flashes as they come?" });
  await expect(limiter).toBeChecked();
  await app.page.getByText("Limit flashing").click();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(limiter).toBeChecked();
  await app.page.getByText("Limit flashing").click();
  await question.getByRole("button", { name: "Turn off" }).click();
  await expect(limiter).not.toBeChecked();
  await app.page.getByText("Limit flashing").click();
  await expect(limiter).toBeChecked();
  await app.page.getByText("Limit flashing").click();
  await expect(limiter).not.toBeChecked();
  await expect(question).toBeHidden();
  await app.quit();
});

test("single voxels tell of potentials, of the phases of a burst, of both engines and of two timelines", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(join(root, "resources/genomes/learning.json"));
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  const picture = new Picture(app.page);
  await lab.grown();
  await lab.perform("Colour by: Potential");
  await lab.step();
  await expect(scene.badge(/No cell shown has a potential in burst 1/)).toBeVisible();
  await lab.step();
  await lab.step();
  await expect(scene.badge(/potentials of (\d+) of \1 charged cells in burst 3/)).toBeVisible();
  await expect(scene.legend.getByText("membrane potential")).toBeVisible();

  // Fired three times in a row is more than once, and the same again after a look at the first burst. On paper more is darker.
  await lab.perform("Colour by: Recent activity");
  await expect(scene.legend.getByText("recent activity")).toBeVisible();
  await lab.selectArea("Brain_Power");
  await scene.key("f");
  const power = (await picture.fired())?.fired[0] ?? -1;
  await expect(async () => {
    const [at] = await picture.places([power]);
    await app.page.mouse.move(at!.x, at!.y);
    await expect(app.page.getByRole("tooltip")).toContainText("recent activity 2.8", { timeout: 1000 });
  }).toPass();
  const strip = (await lab.show("Timeline")).getByRole("slider", { name: "Recorded bursts" });
  await strip.hover({ position: { x: 4, y: 8 } });
  const [cell] = await picture.places([power]);
  const light = async () => (await picture.brightness([cell!]))[0]!;
  const played = await picture.scene();
  const third = await light();
  await app.page.mouse.down();
  await picture.drawn(1);
  expect(await light()).toBeGreaterThan(third + 10);
  const box = (await strip.boundingBox())!;
  await app.page.mouse.move(box.x + box.width - 4, box.y + 8);
  await app.page.mouse.up();
  await picture.drawn(3);
  await expect.poll(async () => picture.largestChange(played, await picture.scene())).toBeLessThan(24);
  await lab.perform("Colour by: Activity");
  await picture.drawn(3);
  expect(await light()).toBeLessThan(third - 20);

  await app.page.keyboard.press("F11");
  await expect(scene.badge(/Burst \d+, phase 1 of 5: Inject/)).toBeVisible();
  await expect(scene.legend.getByText("given input")).toBeVisible();
  for (let phase = 2; phase <= 4; phase++) await app.page.keyboard.press("F11");
  await expect(scene.badge(/phase 4 of 5: Propagate/)).toBeVisible();
  await expect(scene.legend.getByText("delivered to, excitatory")).toBeVisible();
  await lab.step();
  await expect(scene.badge(/phase \d of 5/)).toBeHidden();
  await expect(scene.legend.getByText("delivered to")).toBeHidden();

  await lab.perform("Compare both engines, and mark where they disagree");
  await expect(scene.badge(/No disagreement in \d+ bursts compared/)).toBeVisible({ timeout: 30_000 });

  await lab.perform("Colour by: Difference of timelines");
  await expect(scene.badge(/No other timeline to compare with/)).toBeVisible();
  await lab.perform("Fork here");
  await expect(scene.badge(/is not in both timelines/)).toBeVisible();
  await lab.step();
  await (await lab.show("Timelines")).getByRole("button", { name: /^Run Original to burst/ }).click();
  await expect(scene.badge(/0 fired here alone, 0 in Original alone/)).toBeVisible();
  expect(app.errors).toEqual([]);
  await app.quit();
});

test("a window without WebGL 2 says so and shows the areas and the raster instead", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  await lab.grown();
  await app.page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind === "webgl2" ? null : (getContext as (...given: unknown[]) => unknown).call(this, kind, ...rest);
    } as typeof getContext;
  });
  await app.page.reload();
  await lab.grown();
  await expect(app.page.getByText("This window cannot draw the scene")).toBeVisible();
  await lab.step();
  const areas = app.page.getByRole("grid", { name: "Most active areas" });
  await expect(areas.getByRole("row").nth(1)).toContainText("Brain_Power");
  // Who listens hears it, by any order of the table, until that is paused.
  const heard = app.page.locator(".scene-table").getByRole("status");
  await expect(heard).toHaveText(/^Burst \d+: 1 fired, most in Brain_Power\.$/);
  await areas.getByRole("columnheader", { name: "Neurons" }).click();
  await expect(areas.getByRole("columnheader", { name: "Neurons" })).toHaveAttribute("aria-sort", "descending");
  await expect(areas.getByRole("row").nth(1)).toContainText("vision_C");
  const announces = app.page.getByRole("button", { name: /^Announce what fires/ });
  await expect(announces).toHaveAttribute("aria-pressed", "true");
  await announces.click();
  await expect(heard).toHaveText("");
  await lab.step();
  await expect(announces).toHaveAttribute("aria-pressed", "false");
  await app.page.getByRole("button", { name: "Show the raster" }).click();
  await expect(app.page.getByRole("tab", { name: "Raster", exact: true })).toHaveAttribute("aria-selected", "true");
  expect(app.errors).toEqual([]);
  await app.quit();
});

test("slow pictures do without something and say so, until the scene is at rest", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: worked in once, in the browser");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  const scene = new ScenePage(app.page);
  await lab.grown();
  // A card on which every picture takes a tenth of a second.
  await app.page.addInitScript(() => {
    const { clear } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.clear = function (mask) {
      const until = performance.now() + 100;
      while (performance.now() < until);
      return clear.call(this, mask);
    };
  });
  await app.page.reload();
  await lab.grown();
  await lab.setRate(30);
  await lab.run();
  await expect(scene.badge(/^Pictures are slow \(\d+ ms\): smaller points/)).toBeVisible({ timeout: 60_000 });
  await lab.pause();
  await expect(scene.badge(/^Pictures are slow/)).toBeHidden();
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

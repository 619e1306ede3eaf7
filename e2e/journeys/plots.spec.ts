/** How an area fires, what a neuron's membrane does, and which areas talk: the plots on a recorded brain, and their numbers taken out. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

test("read the statistics of a recording and take them out", async ({ start, launcher }) => {
  test.skip(launcher === "electron", "the panels are the same window; the browser and the stand-in walk them");
  const app = await start(join(root, "resources/genomes/learning.json"));
  const { page } = app;
  const lab = new LabPage(page);
  await lab.grown();
  await lab.setRate(60);
  await lab.runFor(80);

  await test.step("rates of the selected area, its intervals, spread and spectrum", async () => {
    await lab.selectArea("down_opts");
    const panel = await lab.show("Rates");
    await expect(panel.getByRole("slider", { name: "Firing rates of down_opts" })).toBeVisible();
    await expect(panel.getByRole("slider", { name: "Inter-spike intervals of down_opts" })).toBeVisible();
    await expect(panel.getByRole("slider", { name: "Power spectrum of down_opts" })).toBeVisible();
    await expect(panel.getByText("Synchrony χ²")).toBeVisible();

    // A bar leads to what it counts: neurons by their intervals, bursts by how long they took.
    const pickFirst = async (plot: string, least: number) => {
      const slider = panel.getByRole("slider", { name: plot });
      const first = String(await slider.getAttribute("aria-valuemin"));
      await slider.press("Home");
      await expect(slider).toHaveAttribute("aria-valuenow", first);
      const counted = async () => Number(/[\d,]+$/.exec((await slider.getAttribute("aria-valuetext")) ?? "")?.[0].replaceAll(",", ""));
      while ((await counted()) < least) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
    };
    await pickFirst("Inter-spike intervals of down_opts", 1);
    await expect(panel.getByText(/^[\d,]+ neurons have intervals of 1 burst, [\d,]+ voxels selected$/)).toBeVisible();
    await pickFirst("How long bursts took", 2);
    await expect(panel.getByText(/^[\d,]+ bursts of [\d.]+ to .* · 1 of [\d,]+, burst \d+$/)).toBeVisible();
    await panel.getByRole("button", { name: "Next of these bursts" }).click();
    await expect(panel.getByText(/ · 2 of [\d,]+, burst \d+$/)).toBeVisible();
    const there = await lab.burstNumber();
    await lab.perform("Go to the newest burst");
    await expect.poll(() => lab.burstNumber()).toBeGreaterThan(there);
  });

  await test.step("a window that is opened later shows the bursts from before in the raster, as the recording has them", async () => {
    await page.reload();
    await lab.grown();
    await lab.selectArea("down_opts");
    const panel = await lab.show("Raster");
    const picture = panel.getByRole("img", { name: /down_opts/ });
    const { width } = (await picture.boundingBox())!;
    await expect(async () => {
      await picture.hover({ position: { x: width - 120, y: 60 } });
      await expect(panel.getByText(/· burst [\d,]+$/)).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });

    // Rows by what they fired; who fired is selected by a box, and without a hand on the mouse.
    await panel.getByRole("button", { name: "Rows and columns" }).click();
    await page.getByRole("button", { name: /Order of rows/ }).click();
    await page.getByRole("option", { name: "Most often first" }).click();
    await page.getByRole("button", { name: "Select those that fired" }).click();
    const told = panel.getByText(/fired there, [\d,]+ voxels? selected$/);
    const all = await told.innerText();
    await page.keyboard.press("Escape");
    const box = (await picture.boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 40, box.y + box.height - 22, { steps: 4 });
    await page.mouse.up();
    await expect(told).toHaveText(all);
    await lab.show("Rates");
  });

  await test.step("every row leaves as CSV", async () => {
    const panel = await lab.show("Rates");
    await panel.getByRole("button", { name: "Save as" }).first().click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Values as CSV" }).click()]);
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\n");
    expect(lines[0]).toBe("Burst,down_opts");
    expect(lines.length).toBeGreaterThanOrEqual(81);
  });

  await test.step("a neuron is probed by its number; its potential and spikes are those of the recording", async () => {
    const panel = await lab.show("Trace");
    await panel.getByRole("textbox", { name: /Neuron N#/ }).fill("N#8889");
    await page.keyboard.press("Enter");
    const trace = panel.getByRole("slider", { name: /^Membrane potential of/ });
    await expect(trace).toHaveAttribute(
      "aria-valuetext",
      /Firing threshold .*PSP sum [\d,.]+, External input [\d,.]+, Refractory bursts left \d+$/,
    );
    await trace.focus();
    await page.keyboard.press("Home");
    const first = await trace.getAttribute("aria-valuemin"); // as far back as is traced, where the machine let the brain run on
    await expect(trace).toHaveAttribute("aria-valuenow", String(first));
    // Measuring begins here: what is told further on says how far it is.
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(panel.getByText(`Burst ${Number(first) + 2}, Δ +2`)).toBeVisible();
    await expect(trace).toHaveAttribute("aria-valuetext", /Firing threshold [\d,.]+ \(\+0\)/);
    await panel.getByRole("button", { name: "Stop measuring" }).click();
    await expect(panel.getByText("Δ")).toHaveCount(0);
  });

  await test.step("a second neuron is zoomed with it, and compared with it in one picture", async () => {
    const panel = await lab.show("Trace");
    await panel.getByRole("textbox", { name: /Neuron N#/ }).fill("N#8890");
    await page.keyboard.press("Enter");
    const showAll = panel.getByRole("button", { name: "Show all" });
    await panel.getByRole("slider").first().press("+");
    await expect(showAll).toHaveCount(2);
    await showAll.last().click();
    await expect(showAll).toHaveCount(0);
    await panel.getByText("In one picture").click();
    const both = panel.getByRole("slider", { name: "Membrane potentials of 2 neurons" });
    await expect(both).toHaveAttribute("aria-valuetext", /8,889 [\d,.]+, .*8,890 [\d,.]+$/);
    await expect(panel.getByRole("slider")).toHaveCount(1);
  });

  await test.step("the matrix tells which areas are joined, and selects a pair", async () => {
    const panel = await lab.show("Matrix");
    await panel.getByRole("button", { name: "Read the matrix" }).click();
    const rows = panel.getByRole("table").getByRole("row");
    await expect(rows.nth(1)).toBeVisible();
    await rows.nth(1).getByRole("button", { name: "Select both" }).click();
    await expect(panel.getByRole("img", { name: /^Matrix of \d+ areas/ })).toBeVisible();
  });

  await test.step("areas that are reached and never fire are told among the problems, with the mapping to look at", async () => {
    const panel = await lab.show("Problems");
    await panel.getByRole("searchbox", { name: "Filter problems" }).fill("AREA_DEAD");
    await lab.runFor(120);
    const found = panel
      .getByRole("listitem")
      .filter({ hasText: /^Warning.*right_arr never fired in bursts \d+ to \d+, though right_opts/ });
    await expect(found).toBeVisible({ timeout: 30_000 });
    await found.getByRole("button", { name: "Open the mapping" }).click();
    await expect(lab.inspector.getByRole("tab", { name: "Mapping", selected: true })).toBeVisible();
    await expect(lab.inspector.getByRole("button", { name: "right_arr" })).toBeVisible();
  });

  expect(app.errors).toEqual([]);
  await app.quit();
});

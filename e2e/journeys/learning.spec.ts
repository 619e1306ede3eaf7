/** Watch a brain learn: pair a bell with a food, see the association grow, look at what is remembered, and make it forget. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { LearningPage } from "../pages/learning-page.ts";
import { root } from "../root.ts";

/** Scans what is shown, as it is shown. */
async function scanHere(page: Page, view: string) {
  // What was announced of a dialog that has closed stands for some seconds more, without it.
  await expect(page.locator("[data-live-announcer] [role=img]")).toHaveCount(0);
  expect.soft((await barriers(page)).map((barrier) => `${view}: ${barrier}`)).toEqual([]);
}

/** Scans what is shown, in both themes. */
async function scan(page: Page, view: string) {
  const lab = new LabPage(page);
  // biome-ignore lint/correctness/useHookAtTopLevel: no hook of React
  await lab.useTheme("light");
  await scanHere(page, `${view}, light`);
  // biome-ignore lint/correctness/useHookAtTopLevel: no hook of React
  await lab.useTheme("dark");
  await scanHere(page, `${view}, dark`);
}

test("a person schedules pairings, watches the association grow, and makes the brain forget", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere");
  const app = await start(join(root, "resources/experiments/association-genome.json"));
  const { page } = app;
  const learning = new LearningPage(page);
  const { lab } = learning;
  await lab.grown();

  const schedules = await lab.show("Schedules");
  await schedules.getByRole("button", { name: "New schedule" }).click();
  const save = schedules.getByRole("button", { name: "Schedule", exact: true });
  await learning.writePulses(schedules, [
    { area: "Bell", voxels: "0,1,0 2,2,0", from: 0 },
    { area: "Food", voxels: "3,0-9,0", from: 0 },
  ]);
  await expect(schedules.getByText("“3,0-9,0” lies outside of Food, which is 4 × 4 × 1 voxels.")).toBeVisible();
  await expect(save).toBeDisabled();
  await scan(page, "a schedule that is wrong");
  await schedules.getByRole("group", { name: "Pulse 2" }).getByRole("textbox", { name: "Voxels" }).fill("3,0-1,0");
  await schedules.getByText("Repeat", { exact: true }).click();
  const period = schedules.getByRole("textbox", { name: "Repeats after" });
  await period.fill("8");
  await period.press("Enter");
  await save.click();
  const waiting = schedules.getByRole("list", { name: "Schedules that wait" });
  await expect(waiting.getByText("every 8 bursts · next in burst 1")).toBeVisible();

  await lab.setRate(200);
  await lab.runFor(150);

  const weights = await lab.show("Learning");
  const curve = weights.getByRole("slider", { name: "Weights of Bell memory to Food memory over bursts" });
  await expect(curve).toHaveAttribute("aria-valuetext", /mean [0-9]/);
  const means = await learning.seriesOf(weights, /^Weights of Bell memory/, "mean");
  expect(means.at(-1)).toBeGreaterThan(means[0] as number);
  await curve.focus();
  await curve.press("Home");
  await expect(curve).toHaveAttribute("aria-valuetext", /^Burst 1:/);
  await scan(page, "learning");
  await weights.getByRole("button", { name: /^Freeze weights/ }).click();
  await expect(weights.getByText("frozen").filter({ visible: true }).first()).toBeVisible();

  const memory = await learning.openMemory("Bell memory");
  await expect(memory.getByRole("img", { name: /^Bell .*2 voxels \(0, 1, 0\) \(2, 2, 0\)$/ })).toBeVisible();
  await scan(page, "memory");
  await memory.getByRole("button", { name: "Take its pattern as a schedule" }).click();
  await lab.show("Schedules");
  const draft = schedules.getByRole("form", { name: "New schedule" });
  await expect(draft.getByRole("textbox", { name: "Voxels" })).toHaveValue("0,1,0 2,2,0");
  await scan(page, "a schedule from a memory");
  await draft.getByRole("button", { name: "Discard" }).click();
  await waiting.getByRole("button", { name: "Remove schedule 1" }).click();
  await expect(schedules.getByText(/^Nothing is scheduled/)).toBeVisible();

  await learning.openMemory("Bell memory");
  await memory.getByRole("button", { name: "Why?" }).click();
  const why = page.getByRole("region", { name: "Why", exact: true });
  await expect(why.getByText("Equal to the engine, bit for bit")).toBeVisible();

  await lab.show("Memory");
  await memory.getByRole("button", { name: "Forget…" }).click();
  await page.getByRole("dialog", { name: "Forget 1 memory?" }).getByRole("button", { name: "Forget", exact: true }).click();
  await expect(memory.getByText(/1 were forgotten on request/)).toBeVisible();

  await lab.show("Modulators");
  await expect(page.getByText(/^This brain has no modulator/)).toBeVisible();
  await app.quit();
});

test("a person adds a modulator, lets an area listen to it, and takes it away again; each step can be undone", async ({
  start,
  launcher,
}) => {
  test.skip(launcher !== "browser", "the same window everywhere");
  const app = await start(join(root, "resources/experiments/association-genome.json"));
  const { page } = app;
  const lab = new LabPage(page);
  await lab.grown();
  const panel = await lab.show("Modulators");
  const list = panel.getByRole("list", { name: "Modulators" }).getByRole("listitem");
  const press = (name: string) => panel.getByRole("button", { name, exact: true }).click();
  const dialogOf = (name: string) => page.getByRole("dialog", { name, exact: true });

  await test.step("a new one says what it adds before it is made", async () => {
    await press("New modulator");
    const dialog = dialogOf("Add a modulator");
    await dialog.getByRole("textbox", { name: "Name" }).fill("calm");
    await expect(dialog.getByText(/^Adds 1 area, 1 neuron/)).toBeVisible();
    await scanHere(page, "a new modulator");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(list.filter({ hasText: "calm" }).getByText("50 %", { exact: true })).toBeVisible();
  });

  await test.step("an area listens to it", async () => {
    await lab.selectArea("Food recalled");
    await lab.inspector.getByRole("button", { name: "What the selected area listens to…" }).click();
    const dialog = dialogOf("What Food recalled listens to");
    await dialog.getByText("calm (firing threshold)").click();
    await dialog.getByRole("button", { name: "Apply", exact: true }).click();
    await expect(list.filter({ hasText: "calm" }).getByRole("button", { name: /Food recalled$/ })).toBeVisible();
  });

  await test.step("it is made stronger and renamed", async () => {
    await press("Change calm");
    const magnitude = dialogOf("Change calm").getByRole("textbox", { name: "Magnitude" });
    await magnitude.fill("=50*1.5");
    await magnitude.press("Tab");
    await dialogOf("Change calm").getByRole("button", { name: "Apply", exact: true }).click();
    await expect(list.getByText("75 %", { exact: true })).toBeVisible();
    await press("Rename calm");
    await dialogOf("Rename calm").getByRole("textbox", { name: "Name" }).fill("quiet");
    await dialogOf("Rename calm").getByRole("button", { name: "Rename", exact: true }).click();
    await expect(list.filter({ hasText: "quiet" })).toBeVisible();
  });

  await test.step("a removal tells who listens, and is undone", async () => {
    await press("Remove quiet");
    await expect(dialogOf("Remove quiet").getByText(/^1 area or mapping listens to it/)).toBeVisible();
    await dialogOf("Remove quiet").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(page.getByText(/^This brain has no modulator/)).toBeVisible();
    await page.keyboard.press("ControlOrMeta+z");
    await expect(list.filter({ hasText: "quiet" })).toBeVisible();
  });

  await test.step("a classifier is put together, changed, and taken apart with all its parts", async () => {
    await press("New classifier");
    const dialog = dialogOf("Put a classifier together");
    await dialog.getByRole("textbox", { name: "Name" }).fill("dish");
    await expect(dialog.getByText(/^Adds \d+ areas/)).toBeVisible();
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    const classifiers = panel.getByRole("list", { name: "Classifiers" }).getByRole("listitem");
    await expect(classifiers.filter({ hasText: "dish" })).toContainText("by coincidence");
    await scan(page, "modulators and classifiers");
    await press("Change dish");
    await dialogOf("Change the classifier dish").getByText("Taught by reward").click();
    await dialogOf("Change the classifier dish").getByRole("button", { name: "Apply", exact: true }).click();
    await expect(classifiers.filter({ hasText: "dish" })).toContainText("by reward");
    await press("Remove dish");
    await dialogOf("Remove dish").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(classifiers).toHaveCount(0);
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});

test("a held input is marked where its area is seen, until it is released", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere");
  const app = await start(join(root, "resources/genomes/essential.json"));
  const lab = new LabPage(app.page);
  await lab.grown();
  await lab.selectArea("vision_LM");
  const stimulate = await lab.show("Stimulate");
  await stimulate.getByRole("gridcell").first().focus();
  await app.page.keyboard.press("Space");
  await stimulate.getByRole("button", { name: "Hold", exact: true }).click();
  const row = app.page.getByRole("row", { name: /vision_LM/ }).last();
  await expect(row.getByText("held")).toBeVisible();
  const inspector = await lab.show("Inspector");
  await expect(inspector.getByRole("region", { name: "Held inputs" }).getByText("1 voxel, since burst 1")).toBeVisible();
  await scan(app.page, "held");
  await inspector.getByRole("button", { name: "Release the held input of vision_LM" }).click();
  await expect(row.getByText("held")).toHaveCount(0);
  await app.quit();
});

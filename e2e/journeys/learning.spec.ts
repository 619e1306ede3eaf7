/** Watch a brain learn: pair a bell with a food, see the association grow, look at what is remembered, and make it forget. */
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { LabPage } from "../pages/lab-page.ts";
import { LearningPage } from "../pages/learning-page.ts";
import { root } from "../root.ts";

/** Scans what is shown, in both themes. */
async function scan(page: Page, view: string) {
  const lab = new LabPage(page);
  const barriers = async (theme: string) => {
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${view}, ${theme}: ${id} at ${node.target.join(" ")}`));
  };
  // biome-ignore lint/correctness/useHookAtTopLevel: no hook of React
  await lab.useTheme("light");
  expect.soft(await barriers("light")).toEqual([]);
  // biome-ignore lint/correctness/useHookAtTopLevel: no hook of React
  await lab.useTheme("dark");
  expect.soft(await barriers("dark")).toEqual([]);
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

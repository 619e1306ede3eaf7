/** Fork a brain in its past, change it, and see in which burst the two ways part and who fired in one alone. */
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

test("compare two forks", async ({ start, launcher }) => {
  test.skip(launcher === "electron", "the panel is the same window; the browser and the stand-in walk it");
  const app = await start(join(root, "resources/genomes/learning.json"));
  const { page } = app;
  const lab = new LabPage(page);
  const { keyboard } = page;
  const strip = page.getByRole("slider", { name: "Recorded bursts" });
  await lab.grown();
  await lab.setRate(60);
  await lab.runFor(60);
  const last = await lab.burstNumber();

  await test.step("back in the past, fork: the way so far keeps its later bursts", async () => {
    await lab.show("Timeline");
    await strip.focus();
    for (let n = 0; n < 4; n++) await keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => lab.burstNumber()).toBe(last - 40);
    await lab.perform("Fork here");
    const panel = await lab.show("Timelines");
    const rows = panel.getByRole("list", { name: "Timelines" }).getByRole("listitem");
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText(`bursts 1 to ${last.toLocaleString()}`);
    await expect(rows.last()).toContainText("lives");
  });

  await test.step("a copy to which nothing was done goes the same way", async () => {
    for (let n = 0; n < 5; n++) await lab.step();
    const panel = await lab.show("Timelines");
    await expect(panel.getByText(/^The same neurons fired in all shared bursts/)).toBeVisible();
  });

  await test.step("a higher threshold: they part, and the window tells where and who", async () => {
    await lab.selectArea("down_opts");
    const threshold = lab.inspector.getByRole("textbox", { name: "Firing threshold" }).first();
    await threshold.fill("1000");
    await threshold.press("Enter");
    for (let n = 0; n < 12; n++) await lab.step();
    const panel = await lab.show("Timelines");
    await expect(panel.getByText(/^They part in burst/)).toBeVisible();
    await panel.getByRole("button", { name: "Go there" }).click();
    const at = Number(((await panel.getByText(/^They part in burst/).innerText()).match(/\d+/) ?? [])[0]);
    await expect.poll(() => lab.burstNumber()).toBe(at);
    await expect(panel.getByRole("heading", { name: `In burst ${at}` })).toBeVisible();
    await panel
      .getByRole("button", { name: /^Why did [\d,]+ (not )?fire here\?$/ })
      .first()
      .click();
    await expect(page.getByRole("region", { name: "Why", exact: true }).getByText("Equal to the engine, bit for bit")).toBeVisible();
  });

  for (const theme of launcher === "browser" ? (["dark", "light"] as const) : []) {
    await test.step(`filled, it has no detectable barrier in the ${theme} theme`, async () => {
      await lab.useTheme(theme);
      await lab.show("Timelines");
      expect(await barriers(page)).toEqual([]);
    });
  }

  await test.step("over to the first one, whose past and later bursts are untouched; the fork is given up", async () => {
    const panel = await lab.show("Timelines");
    await panel.getByRole("button", { name: "Go over to Original" }).click();
    await expect.poll(() => lab.burstNumber()).toBe(last - 40);
    await lab.show("Timeline");
    await strip.focus();
    await keyboard.press("End");
    await expect.poll(() => lab.burstNumber()).toBe(last);
    const again = await lab.show("Timelines");
    await again.getByRole("button", { name: /^Give up Fork/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Give it up" }).click();
    await expect(again.getByText(/^There is one timeline/)).toBeVisible();
  });

  expect(app.errors).toEqual([]);
  await app.quit();
});

/** The first minutes without a pointer: the four questions, then the tour, every step done by keys on the real sample brain. */
import { expect, test } from "../fixtures.ts";
import { LabPage } from "../pages/lab-page.ts";

test("the first questions and the whole tour, by keyboard alone", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: walked once, in the browser");
  const app = await start();
  const { page } = app;
  const { keyboard } = page;
  const lab = new LabPage(page);
  await lab.connected();
  const strip = page.getByRole("region", { name: "Tour", exact: true });
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");
  const tabTo = async (name: RegExp) => {
    await expect(page.getByRole("button", { name }).first()).toBeEnabled();
    for (let presses = 0; presses < 80; presses++) {
      if (name.test(await focused())) return;
      await keyboard.press("Tab");
    }
    throw new Error(`Tab never came to ${name}`);
  };
  const step = (number: number) => expect(strip).toContainText(`Step ${number} of 7`, { timeout: 20_000 });

  await test.step("the four questions are answered, and not asked again", async () => {
    await tabTo(/^Keep these$/);
    await keyboard.press("Enter");
    await expect(page.getByText("Before you begin")).toHaveCount(0);
    await tabTo(/^Take the tour/);
    await keyboard.press("Enter");
    await lab.grown();
  });
  await test.step("1, run", async () => {
    await step(1);
    await keyboard.press("F5");
  });
  await test.step("2, select an area", async () => {
    await step(2);
    await keyboard.press("ControlOrMeta+k");
    await keyboard.type("down_opts");
    await expect(page.getByRole("menuitem", { name: /^down_opts/ }).first()).toBeVisible();
    await keyboard.press("Enter");
  });
  await test.step("3, stimulate a voxel", async () => {
    await step(3);
    await lab.perform("Tour: show me where");
    await expect.poll(focused).toMatch(/^0, \d+, \d+$/);
    await keyboard.press("Space");
    await tabTo(/^Stimulate$/);
    await keyboard.press("Enter");
  });
  await test.step("4, pause and step back", async () => {
    await step(4);
    await keyboard.press("F6");
    await expect(lab.runButton).toBeVisible();
    await keyboard.press("Shift+F10");
  });
  await test.step("5, break on a condition", async () => {
    await step(5);
    await lab.perform("Tour: show me where");
    const condition = page.getByRole("textbox", { name: "Condition" });
    await expect(condition).toBeFocused();
    await expect(condition).toHaveValue("fires(down_opts) > 3");
    await keyboard.press("Enter");
  });
  await test.step("6, ask why", async () => {
    await step(6);
    await keyboard.press("ControlOrMeta+k");
    await keyboard.type("down_opts 0,0,0");
    await expect(page.getByRole("menuitem", { name: /^Neuron [\d,]+ · down_opts/ })).toBeVisible();
    await keyboard.press("Enter");
    await keyboard.press("ControlOrMeta+3");
    await expect(page.locator('[data-panel="inspector"] [data-keys]')).toBeFocused();
    await keyboard.press("w");
  });
  await test.step("7, export", async () => {
    await step(7);
    await keyboard.press("ControlOrMeta+e");
    await expect(page.getByRole("dialog", { name: "Export" })).toBeVisible();
    await tabTo(/^Export now$/);
    await keyboard.press("Enter");
    await expect(page.getByRole("list", { name: "Exported files" })).toBeVisible({ timeout: 60_000 });
    await keyboard.press("Escape");
    await expect(strip).toContainText("That was the tour");
  });
  await test.step("the file opened is in the list of recent ones, and the tour is not kept as begun", async () => {
    const kept = await page.evaluate(() => [localStorage.getItem("gyrus.recent"), localStorage.getItem("gyrus.tour")]);
    expect(kept[0]).toContain("learning.json");
    expect(kept[1]).toBeNull();
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});

/** A lab on more than one screen: a view in a window of its own, a further window, one selection and one time cursor in all. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { watchErrors } from "../lab-app.ts";
import type { StandinApp } from "../launchers/standin.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

test("a view is popped out, follows the lab, and is given back", async ({ start, launcher }) => {
  test.skip(launcher === "electron", "the old Electron's windows cannot be driven by clicks");
  const app = await start(join(root, "resources/genomes/essential.json"));
  const lab = new LabPage(app.page);
  await lab.grown();
  const opened = async (open: () => Promise<unknown>): Promise<{ page: Page; errors: string[] }> => {
    const [page] = await Promise.all([app.page.context().waitForEvent("page"), open()]);
    return { page, errors: watchErrors(page) };
  };

  const tab = app.page.getByRole("tab", { name: "Inspector", exact: true });
  const popped = await test.step("the inspector gets a window of its own and leaves the docks", async () => {
    await lab.showView("Inspector");
    const window = await opened(() => app.page.getByRole("button", { name: "Pop out Inspector" }).click());
    await expect(window.page.getByRole("heading", { name: "Inspector", level: 1 })).toBeVisible();
    await expect(tab).toHaveCount(0);
    await expect(window.page).toHaveTitle(/^Inspector · .+ · Gyrus$/);
    await expect(window.page.getByRole("navigation", { name: "Activity bar" })).toHaveCount(0);
    return window;
  });

  await test.step("what is selected in the lab is inspected there, and the brain steps in both", async () => {
    await lab.clickArea("Brain_Power");
    await expect(popped.page.getByRole("textbox", { name: "Name" })).toHaveValue("Brain_Power");
    await popped.page.getByRole("button", { name: "Step", exact: true }).click();
    await expect(lab.burst).toHaveText("1");
    await expect(popped.page.locator(".pop-out-burst")).toHaveText("Burst 1");
  });

  await test.step("an edit over there is an edit here, and theme and scale go along", async () => {
    const name = popped.page.getByRole("textbox", { name: "Name" });
    await name.fill("Power");
    await name.press("Enter");
    await expect(app.page.getByRole("img", { name: "Unsaved changes" })).toBeVisible();
    const scan = async (theme: string) => {
      await expect(popped.page.locator("html")).toHaveAttribute("data-theme", theme);
      if (launcher !== "browser") return;
      expect(await barriers(popped.page)).toEqual([]);
    };
    await lab.useTheme("light");
    await scan("light");
    await lab.useTheme("dark");
    await scan("dark");
    await lab.perform("Larger text and controls");
    await expect(popped.page.locator("html")).toHaveCSS("--scale", "1.1");
  });

  await test.step("a view that the popped-out window has not is shown in the lab", async () => {
    await new LabPage(popped.page).perform("Show Matrix");
    await expect(app.page.locator("[data-panel=matrix]")).toBeVisible();
    await expect(popped.page.locator("[data-panel=matrix]")).toHaveCount(0);
  });

  await test.step("the lab's window read anew knows what it has lent", async () => {
    await app.page.reload();
    await lab.grown();
    await expect(popped.page.getByRole("heading", { name: "Inspector", level: 1 })).toBeVisible();
    await app.page.waitForTimeout(2000); // longer than a lost window is waited for
    await expect(tab).toHaveCount(0);
  });

  await test.step("giving it back closes its window", async () => {
    // Pressed a moment later by the page itself: a click that closes its own page may not be answered.
    const press = (button: HTMLElement) => void setTimeout(() => button.click());
    await Promise.all([popped.page.waitForEvent("close"), popped.page.getByRole("button", { name: "Give back" }).evaluate(press)]);
    await expect(tab).toHaveCount(1);
    expect(popped.errors).toEqual([]);
  });

  await test.step("a further window has a layout of its own and the same selection", async () => {
    const second = await opened(() => lab.perform("New window"));
    const other = new LabPage(second.page);
    await other.grown();
    await other.perform("Layout Build");
    await expect(second.page.locator("[data-panel=circuit]")).toBeVisible();
    await expect(app.page.locator("[data-panel=circuit]")).toHaveCount(0);
    await other.selectArea("Death");
    await expect(app.page.locator("[data-panel=inspector]").getByRole("textbox", { name: "Name" })).toHaveValue("Death");
    expect(second.errors).toEqual([]);
    await second.page.close();
  });

  await test.step("the desktop opens nothing but its own, and asks once when it quits", async () => {
    if (launcher !== "standin") return;
    const { evaluate } = app as StandinApp;
    const before = app.page.context().pages().length;
    await app.page.evaluate(() => {
      const { gyrusDesktop } = window as unknown as { gyrusDesktop: { openWindow(query: unknown): void } };
      for (const query of ["?view=<b>&of=1", "?lab=0", "?lab=2&view=log", "https://elsewhere.example/", 7]) gyrusDesktop.openWindow(query);
    });
    await app.page.waitForTimeout(500);
    expect(app.page.context().pages()).toHaveLength(before);
    const asked = () => evaluate(({ standin }) => standin.record.dialogs.filter(({ kind }) => kind === "message").length, null);
    await evaluate(({ app: electron, standin }) => {
      standin.record.answers.push({ response: 2 });
      electron.quit();
    }, null);
    await expect.poll(asked).toBe(1);
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});

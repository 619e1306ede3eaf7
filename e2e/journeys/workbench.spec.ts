/** The workbench itself: layouts, keys, own selections, history, and the states of a lab in which something is wrong. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

test("layouts change, are undone, kept by name, and a broken one falls back", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: walked once, in the browser");
  const app = await start(join(root, "resources/genomes/barebones.json"));
  const { page } = app;
  const lab = new LabPage(page);
  await lab.grown();
  const tab = (name: string) => page.getByRole("tab", { name, exact: true });

  await test.step("a preset, and back by the layout's own undo", async () => {
    await page.getByRole("button", { name: "Layout Debug" }).click();
    await expect(tab("Breakpoints")).toBeVisible();
    await expect(tab("Explorer")).toHaveCount(0);
    await page.waitForTimeout(600); // a change settles into a step
    await page.keyboard.press("ControlOrMeta+Alt+z");
    await expect(tab("Explorer")).toBeVisible();
    await expect(tab("Breakpoints")).toHaveCount(0);
  });
  await test.step("of more tabs than a dock has room for, the one that is opened is in sight", async () => {
    await page.getByRole("button", { name: "Layout Debug" }).click();
    await lab.show("Mapping");
    await expect(tab("Mapping")).toBeInViewport({ ratio: 0.95 });
    await page.getByRole("button", { name: "Layout Explore" }).click();
  });
  await test.step("docks hide and come back by their keys", async () => {
    await page.keyboard.press("ControlOrMeta+b");
    await expect(tab("Explorer")).toBeHidden();
    await page.keyboard.press("ControlOrMeta+b");
    await expect(tab("Explorer")).toBeVisible();
    await page.keyboard.press("ControlOrMeta+j");
    await expect(tab("Timeline")).toBeHidden();
    await page.keyboard.press("ControlOrMeta+j");
    await expect(tab("Timeline")).toBeVisible();
  });
  await test.step("selected areas are kept as a set: a press selects them, its keys rename and remove it", async () => {
    const explorer = page.getByRole("region", { name: "Explorer", exact: true });
    const chip = (name: string) => explorer.getByRole("button", { name: new RegExp(`^${name}`) });
    await lab.selectArea("Death");
    await lab.clickArea("Brain_Power", "add");
    await lab.perform("Save selection as set…");
    await page.getByRole("textbox", { name: "Name of the set" }).fill("a pair");
    await page.keyboard.press("Enter");
    await expect(chip("a pair")).toHaveAttribute("aria-pressed", "true");
    await lab.selectArea("Death");
    await expect(chip("a pair")).toHaveAttribute("aria-pressed", "false");
    await chip("a pair").click();
    await expect(explorer.locator('[role=row][aria-selected="true"]')).toHaveCount(2);
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Name of the set" }).fill("twins");
    await page.keyboard.press("Enter");
    await chip("twins").focus();
    await page.keyboard.press("Delete");
    await expect(chip("twins")).toHaveCount(0);
  });
  await test.step("a panel floats, and is docked again", async () => {
    await lab.show("Log");
    await lab.perform("Float this panel, or dock it again");
    await expect(page.locator(".dv-resize-container").getByRole("tab", { name: "Log" })).toBeVisible();
    await page.getByRole("button", { name: "Dock Log" }).click();
    await expect(page.locator(".dv-resize-container")).toHaveCount(0);
    await expect(tab("Log")).toBeVisible();
  });
  await test.step("a layout is kept under a name, after a reload too", async () => {
    await page.getByRole("button", { name: "Layout Operate" }).click();
    await page.waitForTimeout(600);
    await lab.perform("Saved layouts");
    await page.getByRole("textbox", { name: "Name" }).fill("night shift");
    await page.keyboard.press("Enter");
    await lab.closeDialog();
    await page.getByRole("button", { name: "Layout Explore" }).click();
    await expect(tab("Rollout")).toHaveCount(0);
    await page.reload();
    await lab.grown();
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("night shift");
    await expect(page.getByRole("menuitem", { name: "night shift" })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(tab("Rollout")).toBeVisible();
  });
  await test.step("the layout for showing has a caption, or words of one's own", async () => {
    await page.getByRole("button", { name: "Layout Present" }).click();
    const caption = page.getByRole("button", { name: /burst \d+, coloured by/ });
    await expect(caption).toBeVisible();
    await lab.perform("Change the caption");
    await page.getByRole("textbox", { name: "Caption" }).fill("Monday, the first run");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Monday, the first run" })).toBeVisible();
    await page.getByRole("button", { name: "Layout Explore" }).click();
    await expect(page.getByText("Monday, the first run")).toHaveCount(0);
  });
  await test.step("a layout that cannot be read falls back to its preset", async () => {
    await page.evaluate(() => localStorage.setItem("gyrus.layout.3", '{"preset":"build","layout":{"version":7}}'));
    await page.reload();
    await lab.grown();
    await expect(page.getByRole("button", { name: "Layout Build" })).toHaveAttribute("aria-pressed", "true");
    await expect(tab("Explorer")).toBeVisible();
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});

test("keys are changed, a panel keeps its own selection, edits are gone back to", async ({ start, launcher }) => {
  test.skip(launcher !== "browser", "the same window everywhere: walked once, in the browser");
  const app = await start(join(root, "resources/genomes/essential.json"));
  const { page } = app;
  const lab = new LabPage(page);
  await lab.grown();

  await test.step("another key for a command, with the one who has it named", async () => {
    await lab.perform("Keyboard shortcuts");
    const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await dialog.getByRole("textbox", { name: "Search the commands" }).fill("step one burst");
    await dialog.getByRole("button", { name: "Add a key to: Step one burst" }).click();
    await page.keyboard.press("F5");
    await expect(dialog.getByRole("alert")).toContainText("F5 already does: Run.");
    await page.keyboard.press("F7");
    await expect(dialog.getByText("F7", { exact: true })).toBeVisible();
    await lab.closeDialog();
    const before = await lab.burstNumber();
    await page.keyboard.press("F7");
    await expect.poll(() => lab.burstNumber()).toBe(before + 1);
  });
  await test.step("a press that lasts selects all the same, two of them go there", async () => {
    const row = await lab.findArea("vision_TL");
    await row.click({ delay: 700 });
    await expect(lab.inspector.getByRole("heading", { name: "vision_TL" })).toBeVisible();
    // The camera went there when the bar stands for another length.
    const scale = page.getByText(/^\d.* voxels?$/);
    const whole = await scale.innerText();
    await row.dblclick();
    await expect(scale).not.toHaveText(whole);
    await lab.perform("Frame all");
    await expect(scale).toHaveText(whole);
    await row.press("Enter");
    await expect(scale).not.toHaveText(whole);
    await page.getByRole("searchbox", { name: "Filter areas" }).fill("");
  });
  await test.step("an unpinned inspector keeps what it shows, and says so", async () => {
    await lab.selectArea("vision_LL");
    await page.getByRole("button", { name: /^Unpin Inspector/ }).click();
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("vision_TR");
    await page
      .getByRole("menuitem", { name: /^vision_TR/ })
      .first()
      .click();
    await expect(lab.inspector.getByText("Own selection: vision_LL")).toBeVisible();
    await expect(lab.inspector.getByRole("heading", { name: "vision_LL" })).toBeVisible();
    await lab.inspector.getByRole("button", { name: "Follow again" }).click();
    await expect(lab.inspector.getByRole("heading", { name: "vision_TR" })).toBeVisible();
  });
  await test.step("the explorer brings what is selected elsewhere into sight: regions open, the focus stays, and its own rows stay put", async () => {
    const tree = page.getByRole("treegrid", { name: "Brain regions and cortical areas" });
    const palette = async (name: string) => {
      await page.keyboard.press("ControlOrMeta+k");
      await page.keyboard.type(name);
      await page
        .getByRole("menuitem", { name: new RegExp(`^${name}`) })
        .first()
        .click();
    };
    // So low that not all rows fit.
    const usual = page.viewportSize()!;
    await page.setViewportSize({ width: 1280, height: 460 });
    const row = tree.getByRole("row", { name: /^vision_LL/ });
    await tree
      .getByRole("button", { name: /^Open or close / })
      .first()
      .click();
    await expect(row).toHaveCount(0);
    const field = page.getByRole("searchbox", { name: "Filter areas" });
    await field.focus();
    await palette("vision_LL");
    await expect(row).toBeInViewport();
    await expect(field).toBeFocused();

    await palette("vision_TR");
    await expect(tree.getByRole("row", { name: /^vision_TR/ })).toBeInViewport();
    await expect(lab.inspector.getByRole("heading", { name: "vision_TR" })).toBeVisible();
    await expect(page.getByRole("dialog", { name: "Command palette" })).toHaveCount(0);
    await tree.evaluate((element) => element.scrollTo(0, 0));
    await expect(tree.getByRole("row", { name: /Root Brain Region/ })).toBeInViewport(); // rows are drawn after the scroll
    const near = tree.getByRole("row", { name: /^backward/ });
    // No row takes a press for a moment after a scroll; a click that has to try again scrolls by itself.
    await expect(near).toHaveCSS("pointer-events", "auto");
    await near.click();
    await expect(lab.inspector.getByRole("heading", { name: "backward" })).toBeVisible();
    await page.waitForTimeout(300);
    expect(await tree.evaluate((element) => element.scrollTop)).toBe(0);
    await palette("vision_TR");
    await page.setViewportSize(usual);
  });
  await test.step("a menu of what is under the pointer, or has the focus, does what can be done with it", async () => {
    const menu = page.getByRole("menu", { name: "What can be done here" });
    const row = await lab.findArea("vision_TR");
    await row.click({ button: "right" });
    await expect(lab.inspector.getByRole("heading", { name: "vision_TR" })).toBeVisible();
    await expect(menu.getByRole("menuitem", { name: /^Remove the selected/ })).toBeVisible();
    await expect(menu.getByRole("menuitem", { name: /^Compare/ })).toHaveCount(0); // one area alone
    expect(await barriers(page, { within: "[role=menu]" })).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
    await page.getByRole("group", { name: "Scene viewport" }).focus();
    await page.keyboard.press("ContextMenu");
    await menu.getByRole("menuitem", { name: /^Rename/ }).click();
    await expect(page.getByRole("dialog", { name: /Rename/ })).toBeVisible();
    await page.keyboard.press("Escape");
  });
  await test.step("an edit is in the history, and the brain before it is one press away", async () => {
    const name = lab.inspector.getByRole("textbox", { name: "Name" });
    await name.fill("upper right");
    await name.press("Enter");
    await lab.perform("Show History");
    const history = page.getByRole("list", { name: "History" });
    await expect(history.getByRole("listitem").first()).toContainText("the brain stands here");
    await history.getByRole("button", { name: "Go to the brain before all edits" }).click();
    await expect(history.getByText("undone")).toBeVisible();
    await page.getByRole("tab", { name: "Inspector", exact: true }).click();
    await expect(lab.inspector.getByRole("heading", { name: "vision_TR" })).toBeVisible();
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});

test("a refused genome, a lost host, another script and direction: each state says what it is", async ({ start, launcher, stateDir }) => {
  test.skip(launcher !== "browser", "the same window everywhere: walked once, in the browser");
  const app = await start(join(root, "resources/genomes/essential.json"));
  const { page } = app;
  const lab = new LabPage(page);
  await lab.grown();
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const broken = join(stateDir, "broken.json");
  const openBroken = async () => {
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("textbox", { name: "Path" }).fill(broken);
    await page.keyboard.press("Enter");
  };

  await test.step("a genome with problems is refused with each of them, and they can be saved", async () => {
    const text = await readFile(join(root, "resources/genomes/essential.json"), "utf8");
    await writeFile(broken, text.replace(/("_____10c-omot00-cx-___bbx-i": )8/, '$1"wide"'));
    await openBroken();
    const refusal = page.getByRole("alertdialog", { name: "The genome was not loaded" });
    await expect(refusal).toContainText("The brain you had is unchanged.");
    const [file] = await Promise.all([page.waitForEvent("download"), refusal.getByRole("button", { name: "Save report" }).click()]);
    const report = JSON.parse(await readFile(await file.path(), "utf8"));
    expect(report.problems).toMatchObject([{ path: "blueprint._____10c-omot00-cx-___bbx-i", found: 'text "wide"' }]);
    await refusal.getByRole("button", { name: "Open read-only" }).click();
    const reading = page.getByRole("dialog", { name: "broken.json, to read only" });
    await reading.getByRole("button", { name: "blueprint._____10c-omot00-cx-___bbx-i" }).click();
    await expect(reading.locator(".cm-activeLine")).toContainText('"wide"');
    await page.keyboard.type("x");
    await expect(reading.locator(".cm-activeLine")).toContainText('"wide"');
    await reading.getByRole("button", { name: "Close" }).click();
    await refusal.getByRole("button", { name: "Close" }).click();
  });
  await test.step("longer sentences from right to left leave nothing outside of the window", async () => {
    const { origin } = new URL(page.url());
    for (const locale of ["pseudo", "pseudo-rtl"]) {
      await page.goto(`${origin}/?locale=${locale}`);
      await expect(page.getByRole("button", { name: /^\[Štép~+\]$/ })).toBeEnabled();
      await expect(page.locator("html")).toHaveAttribute("dir", locale === "pseudo-rtl" ? "rtl" : "ltr");
      await expect.poll(overflow, locale).toBeLessThanOrEqual(0);
    }
    await page.goto(`${origin}/`);
    await lab.grown();
  });
  await test.step("text and controls at 200 % stay in the window", async () => {
    for (let step = 0; step < 5; step++) await page.keyboard.press("ControlOrMeta+=");
    await expect(page.locator("html")).toHaveAttribute("data-scale", "large");
    // The docks follow the room they have a moment later.
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    const bar = page.getByRole("contentinfo");
    const line = (await bar.boundingBox())!;
    for (const item of await bar.getByRole("button").all()) {
      const { x, y, width, height } = (await item.boundingBox())!;
      expect([y >= line.y, y + height <= line.y + line.height, x + width <= line.x + line.width, width >= 24, height >= 24]).not.toContain(
        false,
      );
    }
    await expect(bar.getByRole("button", { name: /Connected .*ms/ })).toBeVisible();
    await page.keyboard.press("ControlOrMeta+0");
  });
  await test.step("when the host is gone every live view says how old it is, and then it is back", async () => {
    await app.killHost();
    await expect(page.getByText(/^\d+ s old$/).first()).toBeVisible();
    await expect(page.getByRole("alert").getByRole("button", { name: "Open the log" })).toBeVisible();
    await lab.grown();
    await expect(page.getByText(/^\d+ s old$/)).toHaveCount(0);
    await expect(page.getByText(/^Recovered at burst/)).toBeVisible();
    await expect(page.getByText("It is the same as its file.")).toBeVisible();
  });
  await test.step("what a quick fix mends is opened with it, and the file stays as it was", async () => {
    await openBroken();
    await page.getByRole("button", { name: "Mend 1 and open" }).click();
    await expect(page.getByRole("alertdialog", { name: "The genome was not loaded" })).toHaveCount(0);
    await lab.grown();
    expect(await readFile(broken, "utf8")).toContain('"wide"');
  });
  await test.step("a new genome is made from a template and grows at once", async () => {
    await lab.perform("New genome from a template…");
    const dialog = page.getByRole("dialog", { name: "New genome from a template" });
    await dialog.getByText("Reflex", { exact: true }).click();
    await dialog.getByRole("textbox", { name: "Name" }).fill("My reflex");
    await dialog.getByRole("button", { name: "Make and open" }).click();
    await expect(page.getByText("My reflex").first()).toBeVisible();
    await lab.grown();
  });
  await app.quit();
});

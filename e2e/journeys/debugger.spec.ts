/** Break on a condition, go back, ask why a neuron fired, and prove the answer by a past without its cause. By keyboard where there are keys. */
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { DebuggerPage } from "../pages/debugger-page.ts";
import { root } from "../root.ts";

const condition = "fires(down_opts) > 3";

test("break on a condition, reverse, ask why, prove it by a counterfactual", async ({ start, launcher }) => {
  test.skip(launcher === "electron", "the panels are the same window; the browser and the stand-in walk them");
  const app = await start(join(root, "resources/genomes/learning.json"));
  const bug = new DebuggerPage(app.page);
  const { lab, page, strip } = bug;
  const { keyboard } = page;
  await lab.grown();
  let first = 0;
  let second = 0;

  await test.step("a condition is tried on the recording before anybody relies on it", async () => {
    await lab.setRate(60);
    for (let burst = 0; burst < 5; burst++) await lab.step();
    expect(await bug.draftBreakpoint(condition)).toContain("Would have hit 0 times in bursts 1 to 5.");
    await bug.addBreakpoint();
  });

  await test.step("the brain pauses on the very burst in which it holds, and on the next one", async () => {
    const paused = async (after: number) => {
      await keyboard.press("F5");
      await expect.poll(async () => (await lab.runButton.isVisible()) && (await lab.burstNumber()) > after).toBe(true);
      return lab.burstNumber();
    };
    first = await paused(5);
    second = await paused(first);
    await expect.poll(() => bug.hits()).toHaveLength(2);
    const [newest, oldest] = await bug.hits();
    expect(oldest).toMatch(new RegExp(`^${first} .*fires\\(down_opts\\) = [4-9]`));
    expect(newest).toMatch(new RegExp(`^${second} `));
  });

  await test.step("reverse continue goes back to the hit before, and says how far behind that is", async () => {
    await keyboard.press("Shift+F8");
    await expect.poll(() => lab.burstNumber()).toBe(first);
    await expect(page.getByRole("button", { name: new RegExp(`${second - first} bursts?$`) })).toBeVisible();
    await lab.show("Timeline");
    await expect(strip).toHaveAttribute("aria-valuenow", String(first));
    await expect(strip).toHaveAttribute("aria-valuetext", `burst ${first} of ${second}, ${second - first} behind live`);
  });

  await test.step("why: bars that equal the engine's number, and the tests it passed", async () => {
    await bug.selectFiring("down_opts");
    const why = await bug.askWhyByKey();
    await expect(why.getByText(new RegExp(`fired at burst ${first}`))).toBeVisible();
    const bars = why.getByRole("list", { name: /membrane potential/ }).getByRole("listitem");
    await expect(bars.first()).toContainText("Carried over");
    await expect(why.getByRole("treegrid", { name: /^Causes/ }).getByRole("row")).not.toHaveCount(0);
    const legend = page.getByRole("list", { name: "Legend" });
    await expect(legend.getByText("the way of these spikes")).toBeVisible();
    await why.getByRole("switch", { name: "Mark these in the scene" }).press("Space");
    await expect(legend.getByText("the way of these spikes")).toHaveCount(0);
  });

  await test.step("the proof: without what reached it it does not fire, with it alone it does", async () => {
    const why = page.getByRole("region", { name: "Why", exact: true });
    const verdict = await bug.proveByLeavingOut(why);
    expect(verdict).not.toContain("Not necessary");
    expect(verdict).toContain("Necessary");
    expect(verdict).toContain("Sufficient");
    const [file] = await Promise.all([page.waitForEvent("download"), why.getByRole("button", { name: "Save as JSON" }).click()]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^why-\\d+-${first}\\.json$`));
  });

  await test.step("asking changed nothing: the later bursts are still there, and repeat exactly", async () => {
    await lab.show("Timeline");
    await strip.focus();
    await keyboard.press("m");
    await expect(page.getByRole("button", { name: `Marker, burst ${first}` })).toBeVisible();
    await keyboard.press("ArrowRight");
    await expect.poll(() => lab.burstNumber()).toBe(first + 1);
    await keyboard.press("End");
    await expect.poll(() => lab.burstNumber()).toBe(second);
    await bug.moreInTimeline("Replay the recording and compare every burst");
    await expect(page.getByText(`${second} bursts replayed, all equal`)).toBeVisible();
  });

  await test.step("the timeline: the next burst with firings, a lane, a looped range, and watched values at its ends", async () => {
    await lab.showView("Explorer");
    await lab.clickArea("down_opts");
    const timeline = await lab.show("Timeline");
    await bug.moreInTimeline("Previous burst with firings");
    await expect.poll(() => lab.burstNumber()).toBe(second - 1);
    await bug.moreInTimeline("Lanes of the selected areas in the timeline");
    const lane = timeline
      .getByRole("list", { name: "Lanes" })
      .getByRole("img", { name: /^Rate of down_opts over bursts 1 to \d+, at most/ });
    await expect(lane).toBeVisible();
    await strip.hover();
    await expect(page.getByRole("tooltip").getByText(/^Burst \d+/)).toBeVisible();
    const scale = page.locator(".strip-scale");
    const box = (await scale.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await lab.show("Watches");
    await page.getByRole("textbox", { name: "Term or condition" }).fill("fires(down_opts)");
    await keyboard.press("Enter");
    const watches = page.getByRole("region", { name: "Watches", exact: true });
    await expect(watches.getByText(/^A \(burst \d+\): \d/)).toBeVisible();
    await expect(watches.getByText(/^B − A: /)).toBeVisible();
    await watches.getByRole("button", { name: /^Break when it is no longer/ }).click();
    const list = page.getByRole("region", { name: "Breakpoints", exact: true }).getByRole("list", { name: "Breakpoints" });
    await expect(list.getByText(/^fires\(down_opts\) != \d+$/)).toBeVisible();
  });

  await test.step("dots beside what fires set and remove the common breakpoints, by pointer and by F9", async () => {
    await lab.showView("Explorer");
    const row = await lab.findArea("down_opts");
    const dot = row.getByRole("button", { name: "Breakpoint where down_opts fires" });
    await row.click();
    await dot.click();
    await expect(dot).toHaveAttribute("aria-pressed", "true");
    await row.click();
    await keyboard.press("F9");
    await expect(dot).toHaveAttribute("aria-pressed", "false");
    await dot.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Set a breakpoint and edit it" }).click();
    const list = (await lab.show("Breakpoints")).getByRole("list", { name: "Breakpoints" });
    await expect(list.getByRole("textbox", { name: "Condition" })).toHaveValue("fires(down_opts) > 0");
    const raster = await lab.show("Raster");
    const same = raster.getByRole("button", { name: "Breakpoint where down_opts fires" });
    await expect(same).toHaveAttribute("aria-pressed", "true");
    await same.click();
    await expect(list.getByRole("textbox", { name: "Condition" })).toHaveCount(0);
    const gutter = raster.getByRole("group", { name: "Breakpoints on neurons" });
    await gutter.click({ position: { x: 12, y: 60 } });
    await expect(gutter.getByRole("button", { name: /^Breakpoint where neuron [0-9,]+ fires$/, pressed: true })).toHaveCount(1);
    await expect(list.getByText(/^fired\(N#\d+\)$/)).toBeVisible();
  });

  // The same window everywhere: scanned once, in the browser.
  for (const theme of launcher === "browser" ? (["dark", "light"] as const) : []) {
    await test.step(`filled, the debugger's panels have no detectable barrier in the ${theme} theme`, async () => {
      await lab.useTheme(theme);
      await lab.show("Watches");
      await expect(page.getByRole("img", { name: /^fires\(down_opts\) over bursts/ })).toBeVisible();
      for (const panel of ["Watches", "Breakpoints", "Phases", "Timeline", "Raster"] as const) {
        await lab.show(panel);
        expect.soft((await barriers(page)).map((barrier) => `${panel}: ${barrier}`)).toEqual([]);
      }
    });
  }

  expect(app.errors).toEqual([]);
  await app.quit();
});

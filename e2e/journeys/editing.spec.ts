/** Editing a running brain: a mapping, a resize, a rule, the text; each with its scale first, each undone. And a scan of what editing shows. */
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

const essential = join(root, "resources/genomes/essential.json");

/** Types a number and takes it over. */
async function enter(panel: Locator, name: string, text: string) {
  const field = panel.getByRole("textbox", { name, exact: true }).first();
  await field.fill(text);
  await field.press("Enter");
}

async function choose(page: Page, button: Locator, option: string) {
  await button.click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("edit a mapping on a running brain and undo", async ({ start, launcher }) => {
  test.skip(launcher === "electron", "Electron 9 lacks checks Playwright clicks by; window.spec.ts covers what it can show");
  const app = await start(essential);
  const lab = new LabPage(app.page);
  await lab.grown();
  await lab.run();
  const undo = lab.inspector.getByRole("button", { name: "Undo", exact: true });
  const stillRuns = async () => {
    const from = await lab.burstNumber();
    await expect.poll(() => lab.burstNumber(), { timeout: 30_000 }).toBeGreaterThan(from);
    await expect(lab.pauseButton).toBeVisible();
  };
  const mappingsOf = async (area: string) => {
    await lab.selectArea(area);
    await lab.inspector.getByRole("tab", { name: "Area" }).click();
    return lab.inspector.getByRole("region", { name: "Mappings" }).getByRole("listitem");
  };

  await test.step("a stronger multiplier is planned, applied while bursts go on, and undone", async () => {
    const mapped = (await mappingsOf("forward")).filter({ hasText: "M1_FW" });
    await expect(mapped).toContainText("projector");
    const [before = ""] = /× [\d.]+/.exec(await mapped.innerText()) ?? [];
    expect(before).not.toBe("× 16");
    await mapped.getByRole("button").click();
    await enter(lab.inspector, "PSP multiplier", "=2*8");
    await expect(lab.inspector.getByText("Dry run")).toBeVisible();
    await lab.inspector.getByRole("button", { name: "Apply", exact: true }).click();
    await expect((await mappingsOf("forward")).filter({ hasText: "M1_FW" })).toContainText("× 16");
    await stillRuns();
    await expect(undo).toBeEnabled();
    await undo.click();
    await expect((await mappingsOf("forward")).filter({ hasText: "M1_FW" })).toContainText(before);
    await stillRuns();
  });

  await test.step("a mapping between two areas is made by choosing its ends, and undone", async () => {
    // The inspector has a tab of this name too.
    await lab.showView("Mapping");
    const panel = app.page.getByRole("region", { name: "Mapping", exact: true });
    await choose(app.page, panel.getByRole("button", { name: /Source area/ }), "turn_left");
    await choose(app.page, panel.getByRole("button", { name: /Target area/ }), "turn_right");
    await panel.getByRole("button", { name: "Add a rule" }).click();
    await expect(panel.getByText(/Adds 1 synapse/)).toBeVisible();
    await panel.getByRole("button", { name: "Apply", exact: true }).click();
    await expect(panel.getByText("1 synapse", { exact: true })).toBeVisible();
    await lab.show("Inspector");
    await undo.click();
    await lab.showView("Mapping");
    await expect(panel.getByText("0 synapses", { exact: true })).toBeVisible();
    await lab.show("Inspector");
  });

  await test.step("a resize says what it adds before it is made; a value out of range is refused where it is typed", async () => {
    await lab.selectArea("M1_FW");
    await enter(lab.inspector, "Dimensions (voxels) x", "=2*4");
    await expect(lab.inspector.getByText(/Adds 7 neurons/)).toBeVisible();
    await lab.inspector.getByRole("button", { name: "Leave as it is" }).click();
    await expect(lab.inspector.getByRole("textbox", { name: "Dimensions (voxels) x" })).toHaveValue("1");
    const leak = lab.inspector.getByRole("textbox", { name: "Leak", exact: true });
    await leak.fill("5");
    await expect(lab.inspector.getByText("Out of range. From 0 to 1.")).toBeVisible();
    await leak.press("Escape");
  });

  await test.step("a device is configured: more of them, with what grows, as one step that is undone", async () => {
    await lab.selectArea("vision_LM");
    const device = lab.inspector.getByRole("region", { name: "Device" });
    await expect(device.getByText("Segmented vision")).toBeVisible();
    await expect(device.getByText("2 of 9")).toBeVisible();
    const width = lab.inspector.getByRole("textbox", { name: "Dimensions (voxels) x" });
    const before = Number(await width.inputValue());
    await device.getByRole("button", { name: "Configure device…" }).click();
    const dialog = app.page.getByRole("dialog", { name: "Configure Segmented vision" });
    const count = dialog.getByRole("textbox", { name: "Devices" });
    await count.fill("2");
    await count.press("Tab");
    await expect(dialog.getByText(/^Adds [\d,.kKM]+ neurons/)).toBeVisible();
    await dialog.getByRole("button", { name: "Apply", exact: true }).click();
    await expect(width).toHaveValue(String(2 * before));
    await stillRuns();
    await undo.click();
    await expect(width).toHaveValue(String(before));
  });

  await test.step("a voxel is pasted into the scene; its neuron is connected to another by hand, and that is undone", async () => {
    const voxels = JSON.stringify({ area: await lab.selectArea("vision_LM"), voxels: [[1, 2, 0]] });
    await app.page.evaluate((text) => navigator.clipboard.writeText(text), voxels);
    await app.page.getByRole("group", { name: "Scene viewport" }).focus();
    await app.page.keyboard.press("ControlOrMeta+v");
    await lab.perform("Connect the selected neuron to another");
    const form = lab.inspector.getByRole("region", { name: "Connect to another neuron" });
    await expect(form.getByRole("textbox", { name: "To neuron" })).toBeFocused();
    await app.page.keyboard.type("forward 0,0,0");
    await expect(form.getByText(/^Adds 1 synapse/)).toBeVisible();
    await form.getByRole("button", { name: "Connect" }).click();
    const made = lab.inspector.getByRole("table", { name: "Synapses of this neuron" }).getByRole("button", { name: /^forward/ });
    await expect(made).toBeVisible();
    await undo.click();
    await expect(made).toHaveCount(0);
  });

  await test.step("two areas are compared; a value that differs is copied to the other, and back by undo", async () => {
    await lab.selectArea("forward");
    await lab.clickArea("vision_LM", "add");
    await lab.perform("Compare the two selected areas");
    const table = lab.inspector.getByRole("table", { name: "Compare two" });
    const uniform = table.getByRole("row", { name: /^Same PSP for all targets/ });
    await expect(uniform).toBeVisible();
    await uniform.getByRole("button", { name: "Copy Same PSP for all targets of forward to vision_LM" }).click();
    await expect(uniform).toHaveCount(0);
    await lab.inspector.getByText("Also what is the same").click();
    await expect(uniform).toBeVisible();
    await expect(uniform.getByText("differs")).toHaveCount(0);
    await undo.click();
    await expect(uniform.getByText("differs")).toBeVisible();
  });

  await test.step("the text refuses what cannot be read, with the place", async () => {
    const panel = await lab.show("Genome");
    const text = panel.getByRole("textbox", { name: "Text of the genome" });
    await expect(text).toContainText("genome_title");
    await text.press("ControlOrMeta+Home");
    await text.press("x");
    await panel.getByRole("button", { name: "Apply the text" }).click();
    await expect(panel.getByText("This cannot be applied")).toBeVisible();
    await expect(panel.getByRole("button", { name: "JSON_SYNTAX" })).toBeVisible();
    await panel.getByRole("button", { name: "Discard changes" }).click();
    await expect(panel.getByText("In step with the brain")).toBeVisible();
    await stillRuns();
  });
  await app.quit();
});

for (const theme of ["dark", "light"] as const) {
  test(`what editing shows has no detectable barrier in the ${theme} theme`, async ({ start, launcher }) => {
    test.skip(launcher !== "browser", "the same window everywhere: scanned once, in the browser");
    test.setTimeout(240_000);
    const app = await start(essential);
    const lab = new LabPage(app.page);
    await lab.grown();
    await lab.useTheme(theme);
    const scan = async (view: string, scope: string) => {
      const found = (await barriers(app.page, { within: scope })).map((barrier) => `${view}: ${barrier}`);
      expect.soft(found).toEqual([]);
    };
    const inspector = '[data-panel="inspector"]';
    await lab.selectArea("forward");
    await scan("area", inspector);
    await lab.clickArea("vision_LM", "add");
    await lab.inspector.getByRole("tab", { name: "Compare" }).click();
    await scan("compare", inspector);
    await lab.selectArea("vision_LM");
    await lab.inspector.getByRole("button", { name: "Configure device…" }).click();
    await expect(app.page.getByRole("dialog", { name: "Configure Segmented vision" })).toBeVisible();
    await scan("device", "[role=dialog]");
    await app.page.keyboard.press("Escape");
    await lab.selectArea("forward");
    await lab.inspector.getByRole("tab", { name: "Region" }).click();
    await scan("region", inspector);
    await lab.inspector.getByRole("tab", { name: "Area" }).click();
    await lab.inspector.getByRole("region", { name: "Mappings" }).getByRole("listitem").first().getByRole("button").click();
    await enter(lab.inspector, "PSP multiplier", "3");
    await expect(lab.inspector.getByText("Dry run")).toBeVisible();
    await scan("mapping", inspector);
    const rules = await lab.show("Rules");
    for (const rule of ["projector", "lateral_+x", "all_to_0-0-0", "tile"]) {
      await rules.getByRole("searchbox").fill(rule);
      await rules.getByRole("option", { name: rule, exact: false }).first().click();
      await expect(rules.getByRole("region", { name: "Toy pair" })).toBeVisible();
      await scan(`rule ${rule}`, '[data-panel="rules"]');
    }
    await lab.show("Circuit");
    await expect(app.page.locator(".react-flow__node").first()).toBeVisible();
    await scan("circuit", '[data-panel="circuit"]');
    const genome = await lab.show("Genome");
    for (const tab of ["Source", "Compare", "Merge"]) {
      await genome.getByRole("tab", { name: tab, exact: true }).click();
      await scan(`genome ${tab}`, '[data-panel="genome"]');
    }
    await app.quit();
  });
}

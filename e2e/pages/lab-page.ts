/** The window as a person finds it: by role and label. One method is one thing a person does or looks for. */
import { expect, type Locator, type Page } from "@playwright/test";

type PanelName =
  | "Mapping"
  | "Rules"
  | "Circuit"
  | "Genome"
  | "Stimulate"
  | "Rollout"
  | "Problems"
  | "Log"
  | "Raster"
  | "Inspector"
  | "Timeline"
  | "Breakpoints"
  | "Watches"
  | "Why"
  | "Phases"
  | "Help"
  | "Jobs"
  | "Notices"
  | "History"
  | "Timelines"
  | "Memory"
  | "Modulators"
  | "Learning"
  | "Schedules"
  | "Rates"
  | "Trace"
  | "Matrix"
  | "Neo4j"
  | "System";

export class LabPage {
  readonly page: Page;
  readonly burst: Locator;
  readonly runButton: Locator;
  readonly pauseButton: Locator;
  readonly stepButton: Locator;
  readonly engineBadge: Locator;

  constructor(page: Page) {
    this.page = page;
    const bar = page.getByRole("toolbar", { name: "Run controls" });
    this.burst = page.getByTestId("burst");
    this.runButton = bar.getByRole("button", { name: "Run", exact: true });
    this.pauseButton = bar.getByRole("button", { name: "Pause", exact: true });
    this.stepButton = bar.getByRole("button", { name: "Step", exact: true });
    this.engineBadge = bar.getByRole("button", { name: /TS|NATIVE/ });
  }

  async connected() {
    await expect(this.page.getByRole("button", { name: "Connected" })).toBeVisible();
  }

  async useTheme(theme: "dark" | "light") {
    const toggle = this.page.getByRole("button", { name: `Use ${theme} theme` });
    if (await toggle.isVisible()) await toggle.click();
    await expect(this.page.getByRole("button", { name: `Use ${theme === "dark" ? "light" : "dark"} theme` })).toBeVisible();
  }

  /** Clicks a sample's card and watches which stages of growth the window shows until the brain stands. */
  async openSample(title: RegExp): Promise<string[]> {
    const stages = await this.watchStages();
    await this.page.getByRole("button", { name: title }).first().click();
    await this.grown();
    return stages();
  }

  async grown() {
    await expect(this.stepButton).toBeEnabled({ timeout: 60_000 });
  }

  async burstNumber(): Promise<number> {
    return Number((await this.burst.innerText()).replaceAll(/[^0-9]/g, ""));
  }

  async step(): Promise<number> {
    const before = await this.burstNumber();
    await this.stepButton.click();
    await expect.poll(() => this.burstNumber()).toBe(before + 1);
    return before + 1;
  }

  async run() {
    await this.runButton.click();
    await expect(this.pauseButton).toBeVisible();
  }

  async pause() {
    await this.pauseButton.click();
    await expect(this.runButton).toBeVisible();
  }

  async runFor(bursts: number) {
    const from = await this.burstNumber();
    await this.run();
    await expect.poll(() => this.burstNumber(), { timeout: 60_000 }).toBeGreaterThanOrEqual(from + bursts);
    await this.pause();
  }

  async setRate(hz: number) {
    const rate = this.page.getByRole("textbox", { name: "Rate" });
    await rate.fill(String(hz));
    await rate.press("Enter");
  }

  /** Finds an area in the explorer and selects it; returns its id. */
  async selectArea(name: string): Promise<string> {
    const id = await this.clickArea(name);
    await expect(this.inspector.getByRole("heading", { name })).toBeVisible();
    return id;
  }

  /** The same where the inspector is in another window; `add` keeps what was selected before. */
  async clickArea(name: string, how: "alone" | "add" = "alone"): Promise<string> {
    const row = await this.findArea(name);
    await row.click(how === "add" ? { modifiers: ["ControlOrMeta"] } : {});
    const id = ((await row.getAttribute("data-key")) ?? "").replace(/^area:/, "");
    await this.areaFilter.fill("");
    return id;
  }

  /** Narrows the explorer to an area; returns its row. */
  async findArea(name: string): Promise<Locator> {
    await this.areaFilter.fill(name);
    const row = this.page.getByRole("treegrid", { name: "Brain regions and cortical areas" }).getByRole("row").last();
    await expect(row).toHaveAccessibleName(new RegExp(name)); // the tree narrows a moment after the text
    return row;
  }

  private get areaFilter(): Locator {
    return this.page.getByRole("searchbox", { name: "Filter areas" });
  }

  get inspector(): Locator {
    return this.page.getByRole("region", { name: "Inspector", exact: true });
  }

  async show(panel: PanelName): Promise<Locator> {
    const region = this.page.getByRole("region", { name: panel, exact: true });
    if (await region.isVisible()) return region;
    const tab = this.page.getByRole("tab", { name: panel, exact: true });
    if (await tab.isVisible()) await tab.click();
    else await this.perform(`Show ${panel}`);
    await expect(region).toBeVisible();
    return region;
  }

  /** The names of all views. */
  async views(): Promise<string[]> {
    await this.page.getByRole("button", { name: "Views", exact: true }).click();
    const items = this.page.getByRole("menu", { name: "Views" }).getByRole("menuitem");
    const names = await Promise.all((await items.all()).map((item) => item.locator("span").first().innerText()));
    await this.page.keyboard.press("Escape");
    return names;
  }

  /** Brings a view to the front by the menu of all views. */
  async showView(name: string) {
    await this.page.getByRole("button", { name: "Views", exact: true }).click();
    await this.page
      .getByRole("menu", { name: "Views" })
      .getByRole("menuitem", { name: new RegExp(`^${name}`) })
      .first()
      .click();
    await expect(
      this.page
        .locator("[data-panel]")
        .filter({ has: this.page.getByRole("heading", { name, exact: true }) })
        .first(),
    ).toBeVisible();
  }

  /** Does a command by its title in the palette. */
  async perform(title: string) {
    await this.page.keyboard.press("ControlOrMeta+k");
    const palette = this.page.getByRole("dialog", { name: "Command palette" });
    await palette.getByRole("searchbox").or(palette.getByRole("textbox")).fill(title);
    await expect(palette.getByRole("menuitem").first()).toContainText(title);
    await this.page.keyboard.press("Enter");
    await expect(palette).toHaveCount(0);
  }

  /** Paints whole rows of the slice in front with the pointer, then presents them for `bursts` bursts. */
  async stimulateRows(rows: readonly number[], columns: number, repeat?: number) {
    const panel = await this.show("Stimulate");
    const grid = panel.getByRole("grid");
    const clear = panel.getByRole("button", { name: "Clear" });
    if (await clear.isEnabled()) await clear.click();
    for (const y of rows) {
      const first = await boxOf(grid.getByRole("gridcell", { name: `0, ${y}, 0`, exact: true }));
      const last = await boxOf(grid.getByRole("gridcell", { name: `${columns - 1}, ${y}, 0`, exact: true }));
      await this.page.mouse.move(first.x, first.y);
      await this.page.mouse.down();
      await this.page.mouse.move(last.x, last.y, { steps: columns * 3 });
      await this.page.mouse.up();
    }
    await expect(grid.getByRole("gridcell", { selected: true })).toHaveCount(rows.length * columns);
    if (repeat !== undefined) {
      const field = panel.getByRole("textbox", { name: "Repeat" });
      await field.fill(String(repeat));
      await field.press("Enter");
    }
    await panel.getByRole("button", { name: "Stimulate", exact: true }).click();
    await expect(panel.getByRole("list", { name: "Running stimuli" }).getByRole("listitem")).not.toHaveCount(0);
  }

  async frameSelection() {
    await this.page.getByRole("button", { name: "Front", exact: true }).click();
    await this.page.getByRole("button", { name: "Frame selection" }).click();
  }

  async setNativeShare(percent: 0 | 10 | 100) {
    const panel = await this.show("Rollout");
    await panel.getByRole("textbox", { name: "Reason" }).fill("a journey"); // gates need bursts; a reason goes before them
    const radio = panel.getByRole("radio", { name: `${percent} %`, exact: true });
    await radio.click({ force: true }); // the visible stop covers the input itself
    await expect(radio).toBeChecked();
  }

  /** Exports in the named form and returns the files' sha256 by path. */
  async export(form: string): Promise<{ path: string; sha256: string; download: Locator }[]> {
    await this.page.getByRole("button", { name: "Export", exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: "Export" });
    await dialog.getByText(form, { exact: true }).click();
    await expect(dialog.getByRole("radio", { name: form, exact: true })).toBeChecked();
    await dialog.getByRole("button", { name: "Export now" }).click();
    const items = dialog.getByRole("list", { name: "Exported files" }).getByRole("listitem");
    await expect(items).not.toHaveCount(0, { timeout: 60_000 });
    return Promise.all(
      (await items.all()).map(async (item) => ({
        path: await item.locator("strong").innerText(),
        sha256: (await item.locator("code").innerText()).replace("sha256 ", "").trim(),
        download: item.getByRole("link", { name: /^Download/ }),
      })),
    );
  }

  async closeDialog() {
    await this.page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Notes every stage of growth that appears, however briefly. */
  private async watchStages(): Promise<() => Promise<string[]>> {
    await this.page.evaluate(() => {
      const seen = new Set<string>();
      const look = () => {
        for (const bar of document.querySelectorAll('[role="progressbar"]')) {
          const name = bar.getAttribute("aria-label") ?? document.getElementById(bar.getAttribute("aria-labelledby") ?? "")?.textContent;
          if (name && bar.getAttribute("aria-valuenow") !== "0") seen.add(name.trim());
        }
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
      Object.assign(window, { stagesSeen: seen });
    });
    return () => this.page.evaluate(() => [...(window as unknown as { stagesSeen: Set<string> }).stagesSeen]);
  }
}

async function boxOf(cell: Locator): Promise<{ x: number; y: number }> {
  await cell.scrollIntoViewIfNeeded();
  const box = await cell.boundingBox();
  if (box === null) throw new Error("the cell is not shown");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** What a brain learns and remembers, as a person finds it. */
import { expect, type Locator, type Page } from "@playwright/test";
import { LabPage } from "./lab-page.ts";

interface Pulse {
  area: string;
  voxels: string;
  from: number;
}

export class LearningPage {
  readonly page: Page;
  readonly lab: LabPage;

  constructor(page: Page) {
    this.page = page;
    this.lab = new LabPage(page);
  }

  /** Writes pulses into the open editor, the first of which is there. */
  async writePulses(panel: Locator, pulses: readonly Pulse[]) {
    for (const [i, { area, voxels, from }] of pulses.entries()) {
      if (i > 0) await panel.getByRole("button", { name: "Add a pulse" }).click();
      const row = panel.getByRole("group", { name: `Pulse ${i + 1}` });
      await row.getByRole("button", { name: /Area/ }).click();
      await this.page.getByRole("option", { name: area, exact: true }).click();
      await row.getByRole("textbox", { name: "Voxels" }).fill(voxels);
      const start = row.getByRole("textbox", { name: "From" });
      await start.fill(String(from));
      await start.press("Enter");
    }
  }

  /** The values of a series from the table beside a plot, oldest first; a gap is left out. */
  async seriesOf(panel: Locator, plot: RegExp, series: string): Promise<number[]> {
    await panel.getByRole("button", { name: "Values as a table" }).first().click();
    const table = panel.getByRole("region", { name: plot }).getByRole("table");
    const heads = await table.getByRole("columnheader").allInnerTexts();
    const at = heads.indexOf(series);
    const rows = await table.getByRole("row").all();
    const cells = await Promise.all(rows.slice(1).map((row) => row.locator("th, td").nth(at).innerText()));
    await panel.getByRole("button", { name: "Values as a table" }).first().click();
    return cells.map(Number).filter((value) => !Number.isNaN(value));
  }

  async openMemory(area: string): Promise<Locator> {
    const panel = await this.lab.show("Memory");
    await panel
      .getByRole("table", { name: `Memories of ${area}` })
      .getByRole("button", { name: /^Show memory/ })
      .first()
      .click();
    await expect(panel.getByRole("region", { name: /^Memory 5/ })).toBeVisible();
    return panel;
  }
}

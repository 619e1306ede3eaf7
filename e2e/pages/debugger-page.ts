/** The debugger as a person finds it: breakpoints, timeline, phases and the question why. */
import { expect, type Locator, type Page } from "@playwright/test";
import { LabPage } from "./lab-page.ts";

export class DebuggerPage {
  readonly page: Page;
  readonly lab: LabPage;
  readonly strip: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lab = new LabPage(page);
    this.strip = page.getByRole("slider", { name: "Recorded bursts" });
  }

  /** A command of the timeline that its row of tools may have no room for. */
  async moreInTimeline(command: string) {
    await this.page.getByRole("button", { name: "More in the timeline" }).click();
    await this.page.getByRole("menu", { name: "More in the timeline" }).getByRole("menuitem", { name: command }).click();
  }

  /** Writes a condition and tells what the window says it would have done. */
  async draftBreakpoint(condition: string): Promise<string> {
    const panel = await this.lab.show("Breakpoints");
    await panel.getByRole("textbox", { name: "Condition" }).fill(condition);
    const preview = panel.getByRole("form", { name: "New breakpoint" }).getByRole("status");
    await expect(preview).toBeVisible();
    return preview.innerText();
  }

  async addBreakpoint() {
    const panel = await this.lab.show("Breakpoints");
    const list = panel.getByRole("list", { name: "Breakpoints" }).getByRole("listitem");
    const before = await list.count();
    await panel.getByRole("button", { name: "Add", exact: true }).click();
    await expect(list).toHaveCount(before + 1);
  }

  /** Bursts and values of the hits, newest first. */
  async hits(): Promise<string[]> {
    const panel = await this.lab.show("Breakpoints");
    const rows = panel.getByRole("table", { name: "Hits" }).getByRole("row");
    return (await rows.allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  /** Looks into the burst the brain stands at and selects the first neuron of an area that fired in it. */
  async selectFiring(area: string) {
    const panel = await this.lab.show("Phases");
    await panel.getByRole("button", { name: /^Look into burst/ }).click();
    await panel.getByRole("tab", { name: "3 Fire" }).click();
    await panel
      .getByRole("button", { name: new RegExp(`^${area} [0-9,]+$`) })
      .first()
      .click();
  }

  /** W with the focus in the scene. */
  async askWhyByKey(): Promise<Locator> {
    await this.page.getByRole("group", { name: "Scene viewport" }).focus();
    await this.page.keyboard.press("w");
    const panel = this.page.getByRole("region", { name: "Why", exact: true });
    await expect(panel.getByText("Equal to the engine, bit for bit")).toBeVisible();
    return panel;
  }

  /** Chooses every contribution and replays without them; tells the verdict. */
  async proveByLeavingOut(panel: Locator): Promise<string> {
    for (const box of await panel.getByRole("checkbox").all()) await box.check();
    await panel.getByRole("button", { name: "Replay without these" }).click();
    const outcome = panel.getByRole("region", { name: "Without these" }).getByRole("status");
    await expect(outcome.getByText(/ecessary/)).toBeVisible();
    return outcome.innerText();
  }
}

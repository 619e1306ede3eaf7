/** The scene as a person works in it: tools by their keys, the card of an area that is being placed, figures. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";

export class ScenePage {
  readonly page: Page;
  readonly viewport: Locator;

  constructor(page: Page) {
    this.page = page;
    this.viewport = page.getByRole("group", { name: "Scene viewport" });
  }

  /** Presses a key with the focus in the picture. */
  async key(key: string) {
    await this.viewport.focus();
    await this.page.keyboard.press(key);
  }

  /** The card of the area that is being moved or resized. */
  get placing(): Locator {
    return this.page.getByRole("region", { name: /^Move or resize/ });
  }

  get toolbar(): Locator {
    return this.page.getByRole("toolbar", { name: "Scene tools" });
  }

  get legend(): Locator {
    return this.page.getByRole("list", { name: "Legend" });
  }

  /** What is said over the picture. */
  badge(text: RegExp): Locator {
    return this.page.locator(".scene-corner").getByText(text);
  }

  /** Rests the pointer on the middle of the picture; returns the card that appears. */
  async hoverMiddle(): Promise<Locator> {
    const box = await this.viewport.boundingBox();
    if (!box) throw new Error("the scene is not in the window");
    await this.page.mouse.move(box.x + box.width / 2, box.y + 4);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    return this.page.getByRole("tooltip");
  }

  /** Where what is said over the picture is, in the window. */
  async badges(): Promise<DOMRect[]> {
    return this.rectsOf(".scene-corner .badge");
  }

  /** The same of the names of areas, in every viewport. */
  async namesShown(): Promise<DOMRect[]> {
    return this.rectsOf("[aria-label='Scene viewport'] span:has(> span)");
  }

  private async rectsOf(selector: string): Promise<DOMRect[]> {
    const all = await this.page
      .locator(selector)
      .evaluateAll((found) => found.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    return all.filter(({ width }) => width > 0);
  }

  /** The mark of a breakpoint in the picture. */
  breakpointOn(area: string): Locator {
    return this.viewport.locator(`[data-area="${area}"]`);
  }

  /** Does something from the menu of all tools. */
  async more(command: string) {
    await this.toolbar.getByRole("button", { name: "More" }).click();
    await this.page.getByRole("menuitem", { name: command }).click();
  }

  /** Draws a box over the middle of the picture, this share of it wide and high. */
  async dragBox(share: number) {
    const box = await this.viewport.boundingBox();
    if (!box) throw new Error("the scene is not in the window");
    const at = (x: number, y: number) => [box.x + box.width * (0.5 + x * share), box.y + box.height * (0.5 + y * share)] as const;
    await this.page.mouse.move(...at(-0.5, -0.5));
    await this.page.mouse.down();
    await this.page.mouse.move(...at(0, 0), { steps: 4 });
    await this.page.mouse.move(...at(0.5, 0.5), { steps: 4 });
    await this.page.mouse.up();
  }

  /** Exports a picture in the dialog that is open; returns its size in pixels. */
  async exportPicture(): Promise<{ width: number; height: number }> {
    const dialog = this.page.getByRole("dialog", { name: "Export a figure" });
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Export", exact: true }).click(),
    ]);
    const png = await readFile(await download.path());
    if (png.toString("latin1", 1, 4) !== "PNG") throw new Error("what was exported is no PNG");
    return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
  }

  /** The same of a drawing: its size, how many pictures of pixels it holds, and its words as the browser reads them. */
  async exportDrawing(): Promise<{ width: number; images: number; words: string[] }> {
    const dialog = this.page.getByRole("dialog", { name: "Export a figure" });
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Export", exact: true }).click(),
    ]);
    const svg = await readFile(await download.path(), "utf8");
    return this.page.evaluate((text) => {
      const read = new DOMParser().parseFromString(text, "image/svg+xml");
      if (read.querySelector("parsererror")) throw new Error("what was exported is no SVG");
      const all = (name: string) => [...read.getElementsByTagName(name)];
      const words = all("text").map(({ textContent }) => textContent ?? "");
      return { width: Number(read.documentElement.getAttribute("width")), images: all("image").length, words };
    }, svg);
  }

  /** Takes the graphics context away from the picture and gives it back, as a driver that restarts does. */
  async loseContext() {
    await this.page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>("[aria-label='Scene viewport'] canvas");
      const lost = canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context");
      if (!canvas || !lost) throw new Error("no context to lose");
      const heard = (name: string) => new Promise((done) => canvas.addEventListener(name, done, { once: true }));
      const gone = heard("webglcontextlost");
      lost.loseContext();
      await gone;
      // Only once everyone has heard of the loss may it come back.
      await new Promise((heardByAll) => setTimeout(heardByAll, 100));
      const back = heard("webglcontextrestored");
      lost.restoreContext();
      await back;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
  }
}

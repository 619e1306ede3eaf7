/** The scene as pixels: what was drawn, and where `window.gyrusProbe` says a neuron's voxel is. */
import { expect, type Page } from "@playwright/test";

/** The inspection object of renderer/scene/probe.ts, as far as journeys use it. */
interface Probe {
  project(neuron: number): { x: number; y: number } | null;
  lastFrame(): { burst: number; fired: number[] } | null;
  neuronsOf(area: string): [number, number] | null;
}
type ProbedWindow = Window & { gyrusProbe?: Probe };

export class Picture {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Neurons that fired in the burst on screen. */
  fired(): Promise<{ burst: number; fired: number[] } | null> {
    return this.page.evaluate(() => (window as ProbedWindow).gyrusProbe?.lastFrame() ?? null);
  }

  /** The neurons of an area: first, and one after the last. */
  async neuronsOf(area: string): Promise<[number, number]> {
    const range = await this.page.evaluate((id) => (window as ProbedWindow).gyrusProbe?.neuronsOf(id) ?? null, area);
    if (range === null) throw new Error(`the scene knows no area ${area}`);
    return range;
  }

  /** Waits until the scene has drawn this burst. */
  async drawn(burst: number) {
    await expect.poll(async () => (await this.fired())?.burst).toBe(burst);
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Where voxels are drawn, in CSS pixels; neurons outside the picture are left out. */
  places(neurons: readonly number[]): Promise<{ neuron: number; x: number; y: number }[]> {
    return this.page.evaluate(
      (ids) =>
        ids.flatMap((neuron) => ((at) => (at ? [{ neuron, x: at.x, y: at.y }] : []))((window as ProbedWindow).gyrusProbe?.project(neuron))),
      [...neurons],
    );
  }

  /** Brightness (0..255) of the screen at each place. */
  async brightness(places: readonly { x: number; y: number }[]): Promise<number[]> {
    const png = (await this.page.screenshot({ animations: "allow" })).toString("base64");
    return this.page.evaluate(
      async ({ png, places }) => {
        const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const canvas = document.createElement("canvas");
        canvas.width = image.width;
        canvas.height = image.height;
        const context = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        const scale = image.width / window.innerWidth;
        return places.map(({ x, y }) => {
          const [red, green, blue] = context.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data;
          return 0.2126 * (red as number) + 0.7152 * (green as number) + 0.0722 * (blue as number);
        });
      },
      { png, places: places.map(({ x, y }) => ({ x, y })) },
    );
  }

  /** The scene's own part of the screen, as bytes to compare. */
  async scene(): Promise<Buffer> {
    return this.page.getByRole("group", { name: "Scene viewport" }).screenshot({ animations: "allow" });
  }

  /**
   * The largest change of any colour channel between two such pictures, 0..255. The browser may raster its own gradients and texts
   * anew with a last bit of difference; a voxel that changes, changes by far more.
   */
  async largestChange(before: Buffer, after: Buffer): Promise<number> {
    return this.page.evaluate(
      async (pictures) => {
        const [a, b] = await Promise.all(
          pictures.map(async (png) => {
            const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
            const context = new OffscreenCanvas(image.width, image.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
            context.drawImage(image, 0, 0);
            return context.getImageData(0, 0, image.width, image.height).data;
          }),
        );
        if (!a || !b || a.length !== b.length) return 255;
        return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
      },
      [before.toString("base64"), after.toString("base64")],
    );
  }
}

/**
 * What any window of the lab must show, old Electron included: it starts with the genome it was given, is cut off from Node and from
 * elsewhere, talks with its brain host, draws pixels, and quits whole. Uses nothing a browser of 2020 lacks.
 */
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { root } from "../root.ts";

test("a window starts, is isolated, hears its host, draws and quits", async ({ start, launcher }) => {
  const app = await start(join(root, "resources/genomes/essential.json"));
  const { page } = app;
  const text = () => page.evaluate(() => document.body.innerText);

  await test.step("isolation: no Node in the page, one narrow desktop object, nothing opens and nothing navigates", async () => {
    const world = await page.evaluate(() => ({
      node: ["require", "process", "module", "Buffer"].filter((name) => name in window),
      desktop: Object.keys((window as { gyrusDesktop?: object }).gyrusDesktop ?? {}),
    }));
    expect(world.node).toEqual([]);
    expect(world.desktop).toEqual(
      launcher === "browser"
        ? []
        : ["nameCommands", "openWindow", "notify", "askPath", "stayAwake", "focusWindow", "reveal", "pathForFile"],
    );
    if (!app.name.startsWith("Electron 9")) expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    if (launcher === "electron") {
      const url = page.url();
      // Electron 9 has no window-open handler of its own: the shim's would only test itself.
      if (!app.name.startsWith("Electron 9")) expect(await page.evaluate(() => window.open("https://example.com"))).toBeNull();
      await page.evaluate(() => void setTimeout(() => location.assign("https://example.com/")));
      await page.waitForTimeout(1000);
      expect(page.url()).toBe(url);
      expect(await page.evaluate(() => document.title)).toMatch(/Gyrus$/);
    }
  });

  await test.step("the window hears of the brain that grew from the genome it was given", async () => {
    await expect.poll(text, { timeout: 60_000 }).toMatch(/essential/i);
    await expect.poll(text, { timeout: 60_000 }).toMatch(/neurons/);
  });

  await test.step("a command goes to the host and its answer comes back", async () => {
    await page.evaluate(() => {
      const step = [...document.querySelectorAll("button")].find((button) => button.textContent?.trim() === "Step");
      step?.click();
    });
    await expect.poll(() => page.evaluate(() => document.querySelector('[data-testid="burst"]')?.textContent)).toBe("1");
  });

  await test.step("pixels: the screen is painted in many colours, the scene too", async () => {
    const colours = async (clip?: { x: number; y: number; width: number; height: number }) => {
      const png = (await page.screenshot(clip ? { clip } : {})).toString("base64");
      return page.evaluate(async (encoded) => {
        const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const canvas = document.createElement("canvas");
        canvas.width = image.width;
        canvas.height = image.height;
        const context = canvas.getContext("2d") as CanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
      }, png);
    };
    expect(await colours()).toBeGreaterThan(200);
    const box = await page.evaluate(() => {
      const { x, y, width, height } = (document.querySelector("canvas") as HTMLCanvasElement).getBoundingClientRect();
      return { x, y, width, height };
    });
    expect(await colours(box)).toBeGreaterThan(20);
  });

  await test.step("quitting leaves nothing", async () => {
    expect(app.errors).toEqual([]);
    await app.quit();
  });
});

/** A lab with a window for measuring: `gyrus serve`, a Chromium over it, and the lab's commands by REST. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CDPSession, chromium, type Page } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../chromium.ts";
import { serveLab } from "../launchers/browser.ts";
import { LabPage } from "../pages/lab-page.ts";

export const picture = { width: 1280, height: 720 };

export interface BenchLab {
  page: Page;
  lab: LabPage;
  cdp: CDPSession;
  browser: string;
  /** ms from asking for the page to the first pixels, and until a burst can be run. */
  start: { firstPaintMs: number; usableMs: number };
  call<T>(name: string, input: object): Promise<T>;
  close(): Promise<void>;
}

export async function openBenchLab(genome: string): Promise<BenchLab> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error("No Chromium here: set CHROMIUM_PATH");
  const stateDir = await mkdtemp(join(tmpdir(), "gyrus-bench-"));
  const { serve, ended, line } = await serveLab({ genome, stateDir });
  const token = new URLSearchParams(new URL(line.url).hash.slice(1)).get("token") ?? "";
  const call = async <T>(name: string, input: object): Promise<T> => {
    const answer = await fetch(`${line.api}/${name.replace(".", "/")}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  // The window is measured with the brain grown; growing has figures of its own.
  while ((await call<{ state: string }>("brain.status", {})).state === "growing") await new Promise((next) => setTimeout(next, 100));
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  const page = await browser.newPage({ viewport: picture });
  const lab = new LabPage(page);
  await page.goto(line.url, { waitUntil: "commit" });
  const usableMs = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const look = () => {
          const buttons = [...document.querySelectorAll<HTMLButtonElement>("[role=toolbar] button")];
          const ready = buttons.some((button) => (button.ariaLabel ?? button.textContent)?.trim() === "Step" && !button.disabled);
          if (ready) done(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await lab.grown();
  const firstPaintMs = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN);
  return {
    page,
    lab,
    cdp: await page.context().newCDPSession(page),
    browser: browser.version(),
    start: { firstPaintMs, usableMs },
    call,
    async close() {
      await browser.close();
      serve.kill("SIGINT");
      await ended;
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

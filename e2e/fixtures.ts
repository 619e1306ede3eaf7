/** `test` with a lab: each test gets one of its own, on an empty state folder, and none is left behind. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import type { LabApp, Launcher, LauncherKind } from "./lab-app.ts";
import { browserLauncher } from "./launchers/browser.ts";
import { electronLauncher } from "./launchers/electron.ts";
import { standinLauncher } from "./launchers/standin.ts";

export interface LabOptions {
  launcher: LauncherKind;
}

interface LabFixtures {
  stateDir: string;
  /** Starts a lab, perhaps with a genome; whatever is still running afterwards is ended. */
  start(genome?: string): Promise<LabApp>;
}

const launchers: Record<LauncherKind, Launcher> = { browser: browserLauncher, standin: standinLauncher, electron: electronLauncher };

export const test = base.extend<LabFixtures & LabOptions>({
  launcher: ["browser", { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its pattern
  stateDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "gyrus-e2e-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  start: async ({ launcher, stateDir }, use, info) => {
    const chosen = launchers[launcher];
    const why = chosen.unavailable();
    info.skip(why !== null, `${launcher}: ${why}`);
    const running = new Set<LabApp>();
    await use(async (genome) => {
      const lab = await chosen.launch({ stateDir, ...(genome === undefined ? {} : { genome }) });
      info.annotations.push({ type: "ran on", description: lab.name });
      running.add(lab);
      const quit = () => {
        running.delete(lab);
        return lab.quit();
      };
      return { ...lab, quit };
    });
    for (const lab of running) {
      if (info.status !== info.expectedStatus) await lab.page.screenshot({ path: info.outputPath("end.png") }).catch(() => {});
      await lab.quit().catch(() => {}); // the journey failed or skipped already; this only clears up
    }
  },
});

export { expect } from "@playwright/test";

/** Chromium over `gyrus serve`: the command line as shipped, the window in a browser. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../chromium.ts";
import { gone, type Launcher, type LaunchOptions, watchErrors } from "../lab-app.ts";
import { root } from "../root.ts";

interface FirstLine {
  /** Of the window; it carries the token. */
  url: string;
  api: string;
  pid: number;
  supervisorPid: number;
}

/** `gyrus serve`, once it listens. */
export async function serveLab({ genome, stateDir }: LaunchOptions) {
  const program = join(root, "scripts/gyrus.mjs");
  const serve = spawn(process.execPath, [program, "serve", "--state", stateDir, ...(genome === undefined ? [] : ["--genome", genome])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(serve, "exit");
  const [text] = (await Promise.race([
    once(createInterface({ input: serve.stdout }), "line"),
    ended.then(([code]) => Promise.reject(new Error(`gyrus serve ended with ${code}`))),
  ])) as [string];
  return { serve, ended, line: JSON.parse(text) as FirstLine };
}

export const browserLauncher: Launcher = {
  unavailable: () => (chromiumPath() === null ? "no Chromium here (set CHROMIUM_PATH)" : notBuilt("out/main/cli.js")),
  async launch({ genome, stateDir }) {
    const { serve, ended, line } = await serveLab({ ...(genome === undefined ? {} : { genome }), stateDir });
    const browser = await chromium.launch({ executablePath: chromiumPath() as string, args: chromiumArguments });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const errors = watchErrors(page);
    await page.goto(line.url);
    const hostPid = async () => ((await (await fetch(`${line.api}/health`)).json()) as { pid: number }).pid;
    return {
      name: `Chromium ${browser.version()} over gyrus serve`,
      page,
      errors,
      hostPid,
      killHost: async () => void process.kill(await hostPid(), "SIGKILL"),
      async quit() {
        const pids = [await hostPid().catch(() => line.pid), line.supervisorPid];
        await browser.close();
        serve.kill("SIGINT");
        const [code] = (await ended) as [number | null];
        if (code !== 0) throw new Error(`gyrus serve ended with ${code}`);
        await gone(pids);
      },
    };
  },
};

export function notBuilt(path: string): string | null {
  return existsSync(join(root, path)) ? null : `${path} is not built (npm run build)`;
}

/**
 * A real Electron window: the resolvable Electron 45, else Electron 9.4.1 with lowered bundles and the shims of e2e/electron-9.
 * Without a display it draws on an Xvfb of its own.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { _electron, type ElectronApplication } from "playwright-core";
import { buildElectron9App } from "../electron-9/build.ts";
import { fetchElectron9 } from "../electron-9/fetch.ts";
import { gone, type LabApp, type Launcher, watchErrors } from "../lab-app.ts";
import { root } from "../root.ts";
import { notBuilt } from "./browser.ts";

/** Real Electron; `old` runs the lowered bundles. */
export interface ElectronLab extends LabApp {
  readonly app: ElectronApplication;
  readonly old: boolean;
}

/** Electron 45's binary, null where it was never downloaded. */
function electron45(): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = process.platform === "win32" ? "electron.exe" : "electron";
  if (override) return existsSync(join(override, name)) ? join(override, name) : null;
  const folder = join(root, "node_modules/electron");
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return null;
  const path = join(folder, "dist", readFileSync(pathFile, "utf8").trim());
  return existsSync(path) ? path : null;
}

let loweredApp: Promise<string> | null = null;
/** Built once a run. */
function lowered(): Promise<string> {
  loweredApp ??= buildElectron9App();
  return loweredApp;
}

export const electronLauncher: Launcher & { launch: (...args: Parameters<Launcher["launch"]>) => Promise<ElectronLab> } = {
  unavailable() {
    if (!process.env.DISPLAY && process.platform === "linux" && spawnSync("Xvfb", ["-help"]).error)
      return "no display and no Xvfb (Debian: xvfb)";
    if (electron45() === null) {
      try {
        fetchElectron9();
      } catch (error) {
        return `no Electron 45 binary, and ${error instanceof Error ? error.message : error}`;
      }
    }
    return notBuilt("out/main/index.js");
  },
  async launch({ genome, stateDir }) {
    const modern = electron45();
    const folder = modern === null ? await lowered() : root;
    const display = await openDisplay();
    const app = await _electron.launch({
      executablePath: modern ?? fetchElectron9(),
      args: ["--no-sandbox", folder, ...(genome === undefined ? [] : [genome])],
      env: { ...(process.env as Record<string, string>), GYRUS_STATE_DIR: stateDir, GYRUS_NODE: process.execPath, ...display.env },
    });
    const main = app.process();
    const ended = once(main, "exit");
    const page = await app.firstWindow();
    const errors = watchErrors(page);
    const version = await app.evaluate(() => process.versions.electron);
    const hostPids = () =>
      app.evaluate(({ app: electron }) => {
        const shimmed = (globalThis as { gyrusHosts?: number[] }).gyrusHosts;
        return shimmed ?? electron.getAppMetrics().flatMap((metric) => (metric.name === "Gyrus brain host" ? [metric.pid] : []));
      });
    const hostPid = async () => (await hostPids()).at(-1) as number;
    return {
      name: `Electron ${version}${modern === null ? ", bundles lowered, bridge shimmed" : ""}`,
      app,
      old: modern === null,
      page,
      errors,
      hostPid,
      killHost: async () => void process.kill(await hostPid(), "SIGKILL"),
      async quit() {
        const pids = [main.pid as number, ...(await hostPids())];
        await app.close(); // app.quit(), and the debugger lets go
        await ended;
        display.close();
        await gone(pids);
      },
    };
  },
};

/** The display there is, or an Xvfb on the first free number. */
async function openDisplay(): Promise<{ env: Record<string, string>; close(): void }> {
  if (process.env.DISPLAY || process.platform !== "linux") return { env: {}, close() {} };
  const server: ChildProcess = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = (await once(createInterface({ input: server.stdio[3] as NodeJS.ReadableStream }), "line")) as [string];
  return { env: { DISPLAY: `:${number}` }, close: () => void server.kill() };
}

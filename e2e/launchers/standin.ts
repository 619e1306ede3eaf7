/** The unchanged built main, preload and window on the stand-in for the `electron` module (e2e/standin). */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { chromiumPath } from "../chromium.ts";
import { gone, type LabApp, type Launcher, watchErrors } from "../lab-app.ts";
import { root } from "../root.ts";
import { notBuilt } from "./browser.ts";

/** What the stand-in recorded and can be told; see e2e/standin/electron.cjs. */
export interface StandinElectron {
  app: { quit(): void; emit(event: string, ...args: unknown[]): void };
  standin: {
    alive: number[];
    record: {
      dialogs: { kind: string; options: object }[];
      answers: object[];
      menu: { label?: string; submenu?: { label?: string; role?: string; accelerator?: string; click?: () => void }[] }[];
      schemes: { scheme: string }[];
      revealed: string[];
      notifications: { title: string; body: string }[];
      recent: string[];
      /** What keeps the computer awake. */
      awake: number[];
      /** Whether the window has the focus; set by a journey. */
      focused?: boolean;
      permissions(permission: string, url: string): Promise<boolean>;
    };
  };
}

/** A lab whose main process can be looked into, as Playwright's own `_electron` allows. */
export interface StandinApp extends LabApp {
  evaluate<A, T>(run: (electron: StandinElectron, argument: A) => T, argument: A): Promise<T>;
}

export const standinLauncher: Launcher & { launch: (...args: Parameters<Launcher["launch"]>) => Promise<StandinApp> } = {
  unavailable: () => (chromiumPath() === null ? "no Chromium here (set CHROMIUM_PATH)" : notBuilt("out/main/index.js")),
  async launch({ genome, stateDir }) {
    const register = fileURLToPath(new URL("../standin/register.mjs", import.meta.url));
    const main = fork(join(root, "out/main/index.js"), genome === undefined ? [] : [genome], {
      execArgv: ["--import", register],
      env: { ...process.env, GYRUS_STATE_DIR: stateDir, GYRUS_CHROMIUM: chromiumPath() as string },
    });
    const ended = once(main, "exit");
    const { endpoint } = await nextMessage<{ endpoint: string }>(main, "browser");
    const browser = await chromium.connectOverCDP(endpoint);
    const context = browser.contexts()[0];
    if (!context) throw new Error("the stand-in's browser has no context");
    const page = context.pages()[0] ?? (await context.waitForEvent("page"));
    const errors = watchErrors(page);
    await page.waitForURL("https://gyrus.app.standin/**");
    let lastId = 0;
    const evaluate: StandinApp["evaluate"] = async (run, argument) => {
      const id = ++lastId;
      const answer = nextMessage<{ value: never; error?: string }>(main, "value", id);
      main.send({ id, source: run.toString(), argument });
      const { value, error } = await answer;
      if (error !== undefined) throw new Error(error);
      return value;
    };
    const hostPid = () => evaluate(({ standin }) => standin.alive.at(-1) as number, null);
    return {
      name: `main, preload and window on the stand-in, Chromium ${browser.version()}`,
      page,
      errors,
      evaluate,
      hostPid,
      killHost: async () => void process.kill(await hostPid(), "SIGKILL"),
      async quit() {
        const pids = [main.pid as number, ...(await evaluate(({ standin }) => standin.alive, null))];
        await evaluate(({ app }) => app.quit(), null);
        const [code] = (await ended) as [number | null];
        if (code !== 0) throw new Error(`the main process ended with ${code}`);
        await gone(pids);
      },
    };
  },
};

function nextMessage<T>(main: ChildProcess, t: string, id?: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: { t: string; id?: number }) => {
      if (message.t !== t || message.id !== id) return;
      main.off("message", onMessage);
      main.off("exit", onExit);
      resolve(message as T);
    };
    const onExit = (code: number | null) => reject(new Error(`the main process ended with ${code}`));
    main.on("message", onMessage);
    main.once("exit", onExit);
  });
}
